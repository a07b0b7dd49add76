"""All states of an explorer: one small table for everything that changes.

A *slot* is one attribute of one element of a moving artist, or the sentence. Its table holds
each distinct value once, and an index only over the controls on which it really depends: a
curve that ignores the start of a descent is not stored 121 times.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from explorable.explore.artists import State
from explorable.explore.packed import packed_json

SENTENCE = -1
"""Stands for the sentence where an artist's index is expected."""


@dataclass(frozen=True)
class Slot:
    """Something that changes: an attribute of an artist's element, with a value for each state."""

    artist: int  # its index, or `SENTENCE`
    element: int  # in document order; -1 for the artist's group itself
    attribute: str  # # for text, < for everything inside
    axes: tuple[int, ...]  # the controls on which it depends
    index: NDArray[np.int_] | None  # which value stands where; None in order
    values: list[str]

    def row(self) -> list[Any]:
        """Return what is written to the page."""
        index = 0 if self.index is None else self.index.ravel().tolist()
        return [self.artist, self.element, self.attribute, list(self.axes), index, self.values]


def tabulate(
    artist: int, element: int, attribute: str, column: Sequence[str], counts: Sequence[int]
) -> Slot | None:
    """Make the table of a slot from its value at every state, or None if it never changes.

    Of the controls, which have so many values each, the last runs fastest.

    >>> slot = tabulate(0, 0, "d", ["a", "b", "a", "b"], (2, 2))
    >>> slot.axes, slot.index, slot.values
    ((1,), None, ['a', 'b'])
    """
    seen: dict[str, int] = {}
    index = np.array([seen.setdefault(value, len(seen)) for value in column])
    if len(seen) == 1:
        return None
    index = index.reshape(tuple(counts))
    axes = []
    for axis in range(len(counts)):
        first = index.take([0], axis=axis)
        if (index == first).all():
            index = first
        else:
            axes.append(axis)
    ordered = (index.ravel() == np.arange(index.size)).all()
    return Slot(artist, element, attribute, tuple(axes), None if ordered else index, list(seen))


@dataclass(frozen=True)
class States:
    """Every state of an explorer."""

    counts: tuple[int, ...]  # how many values each control has
    slots: list[Slot]
    templates: list[tuple[State, bool]]  # what is shown at first, and whether it is hidden
    seconds: float  # what computing them took

    @property
    def longest(self) -> str:
        """Return the longest sentence."""
        found = [slot.values for slot in self.slots if slot.artist == SENTENCE]
        return max(found[0], key=len) if found else ""

    @property
    def count(self) -> int:
        """Return the number of states."""
        return math.prod(self.counts)

    def packed(self) -> bytes:
        """Return the states compressed."""
        return packed_json({"counts": self.counts, "slots": [slot.row() for slot in self.slots]})


def artist_slots(artist: int, drawn: Sequence[State], counts: Sequence[int]) -> list[Slot]:
    """Make the slots of one artist from what it looks like at every state, as `tabulate` does.

    One slot an attribute as long as its elements stay the same, else one for all that is inside.
    """
    if len({state.shape for state in drawn if state.shape}) > 1:
        inside = {id(state): state.inside() for state in drawn}
        whole = tabulate(artist, -1, "<", [inside[id(state)] for state in drawn], counts)
        return [] if whole is None else [whole]
    template = first_visible(drawn)
    if template is None:
        return []
    filled = [template]
    for state in drawn:
        filled.append(state if state.shape else filled[-1])
    hidden = ["" if state.shape else "none" for state in drawn]
    slots = [tabulate(artist, -1, "display", hidden, counts)]
    for element, attribute in template.told:
        column = [state.told[element, attribute] for state in filled[1:]]
        slots.append(tabulate(artist, element, attribute, column, counts))
    return [slot for slot in slots if slot is not None]


def first_visible(drawn: Sequence[State]) -> State | None:
    """Return the first state at which something is drawn."""
    return next((state for state in drawn if state.shape), None)
