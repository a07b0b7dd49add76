"""How figures are drawn: a renderer for the page, a toolkit for Matplotlib, a reader's own plots."""
