"""How figures are drawn: a renderer for the page, a toolkit for Matplotlib, formulas."""
