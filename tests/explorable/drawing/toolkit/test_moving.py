"""What moves is found by the fields of a class."""

from dataclasses import dataclass

from matplotlib.lines import Line2D
from matplotlib.text import Text

from explorable.drawing.toolkit import MovingParts


@dataclass(eq=False)
class Inner(MovingParts):
    dot: Line2D


@dataclass(eq=False)
class Outer(MovingParts):
    inner: Inner
    rows: list[list[Text]]
    named: dict[str, Line2D]
    place: tuple[float, float] = (0.0, 1.0)
    known: str | None = None


def test_artists_are_found_in_fields_and_all_else_stays() -> None:
    dot, line, words = Line2D([], []), Line2D([], []), [Text(), Text(), Text()]
    parts = Outer(Inner(dot), [words[:1], words[1:]], {"a": line})
    assert parts.artists == {"dot": [dot], "rows": words, "named": [line]}
    assert list(parts.artists) == ["dot", "rows", "named"]
