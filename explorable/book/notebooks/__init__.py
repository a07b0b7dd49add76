"""Notebooks: executed, normalised, read by the book, and shown by Jupyter."""
