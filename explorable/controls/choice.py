"""One of a few words."""

import html
from collections.abc import Iterable, Mapping
from typing import Any

from explorable.checks import a_text, shown
from explorable.controls.control import Card, Control
from explorable.sentences import translated


class Choice(Control):
    """Let the reader choose one of a few words.

    Parameters
    ----------
    options : sequence of str, or dict
        `update` receives the name. Of a dict, the keys are the names; values that are strings
        are what the reader sees instead.
    label : str
    start : str, optional
        The first name; the first option when left out.
    """

    kind = "choice"

    def __init__(
        self,
        options: Iterable[str] | Mapping[str, Any],
        *,
        label: str = "",
        start: str | None = None,
    ):
        a_text(label, "label")
        if isinstance(options, (str, bytes)) or not isinstance(options, Iterable):
            raise ValueError(f"options must be a list of words, but is {shown(options)}.")
        self.options = [a_text(option, "each of options") for option in options]
        self.words = list(self.options)
        if isinstance(options, Mapping):
            values = list(options.values())
            self.words = [
                word if isinstance(word, str) else option
                for option, word in zip(self.options, values, strict=True)
            ]
        super().__init__(label, len(self.options), 0)
        if start is not None:
            self.start = self.find(start)

    def value(self, index: int) -> str:
        return self.options[index]

    def text(self, index: int) -> str:
        return translated(self.words[index])

    def key(self, index: int) -> str:
        return self.options[index]

    def find(self, value: Any) -> int:
        if not isinstance(value, str) or value not in self.options:
            raise self._miss(value)
        return self.options.index(value)

    def html(self, card: Card, key: str) -> str:
        options = "".join(
            f"<option{' selected' * (index == self.start)}>{html.escape(self.text(index))}"
            "</option>"
            for index in range(self.count)
        )
        return (
            f'<label for="{card.name}-{key}">{html.escape(self.name(key))}</label>'
            f'<select id="{card.name}-{key}" autocomplete="off" disabled>{options}</select>'
        )


choice = Choice
