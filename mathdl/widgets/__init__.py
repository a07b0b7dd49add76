"""The explorers of each chapter, one function each."""
