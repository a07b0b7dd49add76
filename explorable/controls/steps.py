"""A step that can be taken, and played."""

import html
from collections.abc import Sequence
from typing import Any

from explorable.checks import a_text, finite_number, listed, shown, whole_number
from explorable.controls.control import Card, Track, in_html
from explorable.sentences import number, translated


class Steps(Track):
    """Let the reader step or play from 0 to n.

    Parameters
    ----------
    n : int
        The last step; `update` receives 0, …, n.
    label : str
    start : int
        The first step shown.
    jump : int, optional
        Adds a pair of buttons that leap so far; 10 if there are 30 steps or more, 0 for none.
    words : sequence of n + 1 str, optional
        A name for each step, shown in place of its number.
    pace : int
        Milliseconds that a played step takes.
    """

    kind = "steps"
    numbers = "whole"
    wide = 2  # for its buttons

    def __init__(
        self,
        n: int,
        *,
        label: str = "step",
        start: int = 0,
        jump: int | None = None,
        words: Sequence[str] | None = None,
        pace: int = 200,
    ):
        last = whole_number(n, "n", 0, 10**6)
        named = None if words is None else listed(words, "words")
        if named is not None and len(named) != last + 1:
            raise ValueError(f"words must name all {last + 1} steps, got {len(named)}")
        self.words = None if named is None else [a_text(word, "each of words") for word in named]
        leap = 10 if last >= 30 else 0
        self.jump = leap if jump is None else whole_number(jump, "jump", 0)
        self.pace = whole_number(pace, "pace")
        super().__init__(a_text(label, "label"), last + 1, 0)
        self.start = self.find(start)

    def value(self, index: int) -> int:
        return index

    def text(self, index: int) -> str:
        if self.words is not None:
            return translated(self.words[index])
        return f"{number(index)} / {number(self.count - 1)}"

    def key(self, index: int) -> str:
        return str(index)

    def find(self, value: Any) -> int:
        wanted = finite_number(value, f"a value of {shown(self.label)} (its start, for example)")
        if not (0 <= wanted < self.count and wanted == int(wanted)):
            raise self._miss(value)
        return int(wanted)

    def html(self, card: Card, key: str) -> str:
        return super().html(card, key) + self.buttons()

    def buttons(self) -> str:
        """Write the buttons that step and play."""
        play, pause = in_html("Play"), in_html("Pause")
        player = (
            '<button type="button" class="explorer-play" disabled '
            f'data-play="{play}" data-pause="{pause}">{play}</button>'
        )
        leaps = [self.jump, 1] if self.jump else [1]
        back, on = (
            [self._leap(f"{sign}{leap}", way * leap) for leap in leaps]
            for sign, way in (("−", -1), ("+", 1))
        )
        buttons = "".join([*back, player, *reversed(on)])
        return f'<div class="explorer-buttons">{buttons}</div>'

    def _leap(self, text: str, leap: int) -> str:
        spoken = html.escape(f"{self.name('step')} {text}")
        return (
            f'<button type="button" disabled data-leap="{leap}" aria-label="{spoken}">{text}'
            "</button>"
        )

    def spec(self, card: Card) -> dict[str, Any]:
        return super().spec(card) | {"pace": self.pace}


steps = Steps
