"""The one session of a page's worker."""

import json
from collections.abc import Callable, Mapping, Sequence

from explorable.python import standins
from explorable.python.session import Session
from explorable.sentences import speak

_session = Session([], lambda key, kind, text: None)
_send: Callable[[str, str], object] = print


def begin(send: Callable[[str, str], object], words: str = "{}") -> None:
    """Make Python ready for a page.

    Parameters
    ----------
    send : callable
        Takes the kind of a message to the page, and its text.
    words : str
        What Python says there, from English to the page's language: a JSON object.
    """
    global _send
    dictionary = json.loads(words)
    speak(lambda template: dictionary.get(template, template))
    _send = send
    standins.install()


def open_page(cells: Sequence[Sequence[str]]) -> None:
    """Take the cells of the page.

    Parameters
    ----------
    cells : sequence of (str, str)
        Key and source of each, from top to bottom.
    """
    global _session
    pairs = [(key, source) for key, source, *_ in cells]
    _session = Session(pairs, lambda *message: _send("cell", json.dumps(message)))


def run_cell(key: str, edits: Mapping[str, str]) -> bool:
    """Run a cell, and before it the cells above that it needs.

    Parameters
    ----------
    key : str
        Which cell.
    edits : mapping of str to str
        The code that the reader has put into some cells, by their keys.

    Returns
    -------
    bool
        Whether it ran to its end. What it printed has been sent as it came.
    """
    _session.edit(edits)
    return _session.run(key)
