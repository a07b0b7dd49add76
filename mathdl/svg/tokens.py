"""The colours that the page knows by name, so that it can change them from light to dark."""

TOKENS = {
    "ink": "#1d2430",
    "muted": "#5b6575",
    "one": "#0339c6",
    "two": "#af670d",
    "three": "#2c968a",
    "four": "#6f426c",
    "bg": "#ffffff",
    "panel": "#f7f8fa",
    "grid": "#dfe3ea",
}
"""CSS variables of the page, with their values in the light page."""

NAMES = {value: name for name, value in TOKENS.items()}
"""The CSS variable that stands for each colour."""
