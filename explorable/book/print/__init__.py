"""The whole book in one file: a PDF to print, an EPUB to carry."""
