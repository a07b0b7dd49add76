"""What a teacher makes of the book: handed-in notebooks judged, sheets, figures."""
