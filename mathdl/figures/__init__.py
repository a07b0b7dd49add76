"""Drawings: each function draws on Axes that are handed in; one look for all."""
