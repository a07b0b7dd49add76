"""The one session of a page's worker."""

import json
from collections.abc import Callable, Mapping, Sequence

from explorable.python import standins
from explorable.python.session import Session
from explorable.sentences import speak

_session = Session([], lambda key, kind, text: None)
_send: Callable[[str, str], object] = print


def begin(send: Callable[[str, str], object], words: str = "{}") -> None:
    """Make Python ready for a page, to which `send` takes a message's kind and text.

    What Python says there, from English to the page's language, is a JSON object.
    """
    global _send
    dictionary = json.loads(words)
    speak(lambda template: dictionary.get(template, template))
    _send = send
    standins.install()


def open_page(cells: Sequence[Sequence[str]]) -> None:
    """Take the cells of the page, key and source of each, from top to bottom."""
    global _session
    pairs = [(key, source) for key, source, *_ in cells]
    _session = Session(pairs, lambda *message: _send("cell", json.dumps(message)))


def run_cell(key: str, edits: Mapping[str, str]) -> bool:
    """Run a cell, and before it those above that it needs; tell whether it ran to its end.

    What the reader has put into cells goes by their keys; what they print is sent as it comes.
    """
    _session.edit(edits)
    return _session.run(key)
