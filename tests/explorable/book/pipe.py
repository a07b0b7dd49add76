"""What a command prints, as it comes out of a pipe: not before it is flushed."""

import io
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout


class Pipe(io.StringIO):
    """A pipe that knows what has arrived at its other end."""

    arrived = ""

    def flush(self) -> None:
        self.arrived = self.getvalue()


@contextmanager
def pipe() -> Iterator[Pipe]:
    with redirect_stdout(Pipe()) as made:
        yield made
