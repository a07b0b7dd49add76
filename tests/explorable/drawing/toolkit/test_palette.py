"""The colours differ and stand out, in light and dark."""

import itertools

import pytest
from matplotlib.colors import to_rgb

from explorable.drawing import toolkit

DARK = {
    "ink": "#e6e9ee", "muted": "#a3adbb", "one": "#5c80fd", "two": "#fd811f", "three": "#89ba99",
    "four": "#b285a9",
}  # fmt: skip


def luminance(colour: str) -> float:
    channels = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(colour)
    ]
    return 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2]


def contrast(one: str, two: str) -> float:
    bright, dim = sorted((luminance(one), luminance(two)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


@pytest.mark.parametrize("token", ["INK", "MUTED", "ONE", "TWO", "THREE", "FOUR"])
def test_every_ink_stands_out_from_page_and_panel(token: str) -> None:
    light, dark = getattr(toolkit, token), DARK[token.lower()]
    least = 4.5 if token in ("INK", "MUTED") else 3.3
    assert min(contrast(light, "#ffffff"), contrast(light, "#f7f8fa")) >= least
    assert min(contrast(dark, "#14181e"), contrast(dark, "#1b2028")) >= least


def test_inks_differ_for_every_pair() -> None:
    inks = [toolkit.INK, toolkit.ONE, toolkit.TWO, toolkit.THREE, toolkit.FOUR]
    assert all(one != two for one, two in itertools.combinations(inks, 2))
