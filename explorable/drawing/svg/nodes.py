"""Elements of an SVG, and how colours and numbers are written in it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import escape
from typing import Any

from matplotlib import colors

from explorable.drawing.svg.tokens import NAMES


@dataclass
class Node:
    """An SVG element."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Node"] = field(default_factory=list)
    text: str = ""

    def __str__(self) -> str:
        words = "".join(f' {name}="{_quote(value)}"' for name, value in self.attributes.items())
        inside = escape(self.text, quote=False) + "".join(map(str, self.children))
        return f"<{self.tag}{words}>{inside}</{self.tag}>" if inside else f"<{self.tag}{words}/>"


def walk(nodes: Iterable[Node]) -> Iterator[Node]:
    """Yield elements in the order of the document."""
    for node in nodes:
        yield node
        yield from walk(node.children)


def _quote(value: str) -> str:
    return value.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")


def colour(rgba: Any) -> tuple[str, float]:
    """Return how the page writes a colour, and its opacity.

    Examples
    --------
    >>> colour(("#0339c6", 0.5))
    ('var(--one)', 0.5)
    """
    red, green, blue, alpha = colors.to_rgba(rgba)
    written = colors.to_hex((red, green, blue))
    token = NAMES.get(written)
    return (f"var(--{token})" if token else written), float(alpha)


def decimal(value: float) -> str:
    """Write a number with at most three decimals."""
    return f"{value:.3f}".rstrip("0").rstrip(".")
