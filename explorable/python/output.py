"""What cells print and show: handed on in good portions, and cut where it would be too much."""

import io
import itertools
import operator
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from explorable.sentences import told

HEAD, TAIL = 60_000, 20_000  # characters of a cell's output that are shown
SECONDS = 0.1  # between two portions

Send = Callable[[str, str], object]
"""Takes the kind of a message, such as ``"stdout"``, and its text."""


class Output:
    """One cell's output, sent by kind and text.

    The first characters are handed on as they come, of the rest only the last, when the cell has
    ended: a loop that prints for ever costs no memory.
    """

    def __init__(self, send: Send) -> None:
        self.send = send
        self.room = HEAD
        self.pending: list[tuple[str, str]] = []
        self.sent = 0.0
        self.tail: deque[tuple[str, str]] = deque()
        self.kept = self.dropped = 0

    def write(self, kind: str, text: str) -> None:
        """Take some text."""
        if self.room > 0:
            now, text = text[: self.room], text[self.room :]
            self.room -= len(now)
            self.pending.append((kind, now))
            if self.room <= 0 or time.monotonic() > self.sent + SECONDS:
                self.flush()
        if text:
            self.tail.append((kind, text[-TAIL:]))
            self.dropped += max(len(text) - TAIL, 0)
            self.kept += len(self.tail[-1][1])
            while self.kept - len(self.tail[0][1]) >= TAIL:
                gone = len(self.tail.popleft()[1])
                self.kept -= gone
                self.dropped += gone

    def flush(self) -> None:
        """Hand on what waits."""
        for kind, text in _joined(self.pending):
            self.send(kind, text)
        self.pending.clear()
        self.sent = time.monotonic()

    def end(self) -> None:
        """Hand on the rest: how much was left out, and the end."""
        self.flush()
        if self.dropped:
            left_out = f"{self.dropped:,}"
            self.send("cut", told("… {n} characters left out …", n=left_out))
        for kind, text in _joined(self.tail):
            self.send(kind, text)
        self.tail.clear()


def _joined(portions: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Join neighbours of a kind."""
    for kind, same in itertools.groupby(portions, key=operator.itemgetter(0)):
        yield kind, "".join(text for _, text in same)


class _Stream(io.TextIOBase):
    """Standard output or error, as print knows it."""

    def __init__(self, output: Output, kind: str) -> None:
        self.output, self.kind = output, kind

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        self.output.write(self.kind, str(text))
        return len(text)


@contextmanager
def captured(output: Output) -> Iterator[None]:
    """Let everything that is printed go to an output, and ``input`` say that nobody answers."""
    before = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = _Stream(output, "stdout"), _Stream(output, "stderr")
    try:
        yield
    finally:
        sys.stdout, sys.stderr = before
        output.end()
