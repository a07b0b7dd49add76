"""The library in the book: its pages, its names in code, its functions behind equations."""
