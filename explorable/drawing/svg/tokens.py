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
    "edge": "#838e9e",
}
"""CSS variables of the page, with their values in the light page."""

DARK = {
    "ink": "#e6e9ee",
    "muted": "#a3adbb",
    "one": "#5c80fd",
    "two": "#fd811f",
    "three": "#89ba99",
    "four": "#b285a9",
    "bg": "#14181e",
    "panel": "#1b2028",
    "grid": "#2b323c",
    "edge": "#616d7f",
}
"""Their values in the dark page."""

LETTERS = {"two": "#a4600c", "three": "#257d73"}
"""Inks that are too light for letters on the light page, and what letters have there instead."""

NAMES = {value: name for name, value in TOKENS.items()}
"""The CSS variable that stands for each colour."""


def palette_css() -> str:
    """Return the one place where the page learns its colours, both light and dark."""
    page = "".join(f"  --{name}: light-dark({TOKENS[name]}, {DARK[name]});\n" for name in TOKENS)
    text = "".join(f"  --{name}: light-dark({LETTERS[name]}, {DARK[name]});\n" for name in LETTERS)
    return f":root {{\n{page}}}\n\nsvg text {{\n{text}}}\n"
