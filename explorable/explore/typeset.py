"""The formula below an explorer's picture, with the numbers that it has now.

To the engine it is one more moving artist, the last: its elements are MathML, and what moves are
the texts of its numbers. Below it stands unseen the longest, so that nothing around it moves.
"""

import math
import re
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element, fromstring

from explorable.drawing.readable import readable
from explorable.drawing.svg.nodes import Node, walk
from explorable.explore.artists import State, take_apart
from explorable.sentences import Sentence, number

NUM = re.compile(r"\\num\{(\(?)(\w+)\)?(?::([^{}]*))?\}")
FIRST = 7_770_000
"""Stands for the first number while the formula is rendered, the next for the second."""

CLASS = "explorer-number"
WIDE = {".": 0.5, ",": 0.5, " ": 0.5, "(": 0.75, ")": 0.75, "∞": 2} | dict.fromkeys("+−×%", 1.5)
WIDE |= dict.fromkeys("⁰¹²³⁴⁵⁶⁷⁸⁹", 0.75)
"""Signs that are not as wide as a digit."""


class Num(NamedTuple):
    """A number in a formula: the name of its value, its format, whether it wants brackets."""

    name: str
    spec: str
    bracketed: bool


def nums(tex: str) -> list[Num]:
    r"""Return the numbers of a formula.

    Examples
    --------
    >>> nums(r"w - \num{(slope):.2f}")
    [Num(name='slope', spec='.2f', bracketed=True)]
    """
    return [Num(name, spec, bool(bracket)) for bracket, name, spec in NUM.findall(tex)]


def numbers(sentence: Sentence) -> list[str]:
    """Return how the numbers of a sentence's formula are written; tokens for what is traced."""
    found = nums(sentence.formula)
    if unknown := {each.name for each in found} - set(sentence.numbers):
        raise ValueError(
            f"the formula {sentence.formula} has no value for {', '.join(sorted(unknown))}"
        )
    return [number(sentence.numbers[each.name], each.spec) for each in found]


def written(text: str, *, bracketed: bool) -> str:
    """Return a number as it stands in a formula: no minus before zero, brackets where wanted.

    Examples
    --------
    >>> [written(text, bracketed=True) for text in ("−1.20", "1.20", "−0.00")]
    ['(−1.20)', '1.20', '0.00']
    """
    if not re.search("[1-9∞n]", text):
        return text.replace("−", "")
    return f"({text})" if bracketed and text.startswith("−") else text


class Typeset:
    """The formulas of an explorer, of which one is shown at a time, with room for its numbers."""

    def __init__(self) -> None:
        self.room: dict[str, list[float]] = {}

    def note(self, sentence: Sentence) -> None:
        """Keep room for the numbers of a sentence's formula, if it has one."""
        if sentence.formula:
            _rendered(sentence.formula)  # which refuses what is wrong
            texts = self._texts(sentence)
            room = self.room.setdefault(sentence.formula, [0.0] * len(texts))
            room[:] = map(max, room, map(_width, texts))

    def state(self, sentence: Sentence) -> State:
        """Return what is seen below the picture: nothing where the sentence has no formula."""
        if not sentence.formula:
            return State("", {}, [])
        return self._state(sentence.formula, self._texts(sentence))

    def ghost(self) -> State | None:
        """Return the longest of what may be seen, for which room is kept."""
        if not any(self.room.values()):
            return None
        seen = [
            self._state(tex, ["0" * math.ceil(each) for each in room])
            for tex, room in self.room.items()
        ]
        return max(seen, key=lambda state: sum(len(node.text) for node in walk(state.nodes)))

    def slots(self, tex: str) -> tuple[str, list[int]]:
        """Return a formula as HTML, and which of its elements are its numbers."""
        texts = [f"{FIRST + k}" for k in range(len(nums(tex)))]
        state = self._state(tex, texts)
        places = {text: element for (element, _), text in state.told.items()}
        return state.inside(), [places[text] for text in texts]

    def _texts(self, sentence: Sentence) -> list[str]:
        found = zip(numbers(sentence), nums(sentence.formula), strict=True)
        return [written(text, bracketed=num.bracketed) for text, num in found]

    def _state(self, tex: str, texts: list[str]) -> State:
        filling = iter(texts)
        return take_apart([_filled(node, filling) for node in _rendered(tex)])


def _width(text: str) -> float:
    return sum(WIDE.get(sign, 1) for sign in text)


def _filled(node: Node, filling: Iterator[str]) -> Node:
    """Return an element with its numbers; what has none is not copied."""
    if node.attributes.get("class") == CLASS:
        return Node(node.tag, node.attributes, [], next(filling))
    children = [_filled(child, filling) for child in node.children]
    if all(map(lambda one, other: one is other, children, node.children)):
        return node
    return Node(node.tag, node.attributes, children, node.text)


@cache
def _rendered(tex: str) -> list[Node]:
    """Return the elements of a formula; where nothing renders TeX, its signs as plain text."""
    count = len(nums(tex))
    plain = NUM.sub("\ue000", tex)
    for k in range(count):
        plain = plain.replace("\ue000", f"{{{FIRST + k}}}", 1)
    try:
        html = _renderer()(plain, display=True)
    except ValueError as error:
        raise ValueError(f"{error}, in the formula {tex}") from None
    except (ImportError, FileNotFoundError):  # readers may lack QuickJS; the wheel, Temml
        pieces = re.split(r"(777\d{4})", readable(plain).replace("{", "").replace("}", ""))
        return [
            Node("span", {"class": CLASS}) if k % 2 else Node("span", text=piece)
            for k, piece in enumerate(pieces)
        ]
    return [_node(element) for element in fromstring(f"<x>{html}</x>")]


@cache
def _renderer() -> Any:
    from explorable.drawing.formulas import Renderer

    return Renderer()


def _node(element: Element) -> Node:
    text = element.text or ""
    if element.tag == "mn" and re.fullmatch(r"777\d{4}", text):
        return Node("mtext", children=[Node("span", {"class": CLASS})])
    return Node(element.tag, dict(element.attrib), [*map(_node, element)], text)
