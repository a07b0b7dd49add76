"""What a reader moves: each control lists its values, and says how it is drawn and read."""
