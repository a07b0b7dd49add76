"""What stands in the text: formulas, folds, tables, terms, captions, cells."""
