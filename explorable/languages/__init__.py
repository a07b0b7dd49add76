"""The editions of a book in other languages than English."""
