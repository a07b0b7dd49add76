"""The laboratory: a small network that the reader designs, and the programs that train it."""
