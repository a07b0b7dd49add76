"""What the library of a book is: its public names, and its functions behind equations."""
