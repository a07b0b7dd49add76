"""The colours of the page: enough contrast for what they are used for, in light and dark."""

import re

import pytest
from matplotlib.colors import to_rgb

from explorable.drawing.svg.tokens import DARK, LETTERS, NAMES, TOKENS, palette_css

THEMES = {"light": TOKENS, "dark": DARK}
INKS = ("ink", "muted", "one", "two", "three", "four")


def luminance(color: str) -> float:
    """Return the relative luminance of WCAG 2."""
    linear = [
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4
        for part in to_rgb(color)
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, two: str) -> float:
    low, high = sorted([luminance(one), luminance(two)])
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("below", ["bg", "panel"])
def test_letters_can_be_read_and_lines_and_edges_seen(theme: str, below: str) -> None:
    tokens = THEMES[theme]
    letters = tokens | (LETTERS if theme == "light" else {})
    for ink in INKS:
        assert contrast(letters[ink], tokens[below]) >= 4.5, ink
    for line in (*INKS, "edge"):
        assert contrast(tokens[line], tokens[below]) >= 3, line


def test_the_page_learns_each_colour_once_for_light_and_dark() -> None:
    written = palette_css()
    assert TOKENS.keys() == DARK.keys()
    for name in TOKENS:
        assert written.count(f"--{name}: light-dark({TOKENS[name]}, {DARK[name]});") == 1
    root, letters = re.findall(r"^([^{]+) \{\n(.*?)^\}", written, re.MULTILINE | re.DOTALL)
    assert [part[0].strip() for part in (root, letters)] == [":root", "svg text"]
    assert set(re.findall(r"--(\w+)", letters[1])) == set(LETTERS)
    assert len(NAMES) == len(TOKENS)  # each hex stands for one variable
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.478, abs=1e-3)
