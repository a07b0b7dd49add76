"""How a cell's output is handed on, and cut."""

import pytest

from explorable.python import output as module
from explorable.python.output import HEAD, SECONDS, TAIL, Output


@pytest.fixture
def clock(monkeypatch):
    """A clock that stands still unless it is set."""
    clock = [0.5]  # before a first text could wait
    monkeypatch.setattr(module.time, "monotonic", lambda: clock[0])
    return clock


@pytest.fixture
def sent():
    return []


@pytest.fixture
def output(sent):
    return Output(lambda *message: sent.append(message))


def written(output, *texts, kind="stdout"):
    for text in texts:
        output.write(kind, text)


def test_the_first_text_goes_at_once_and_the_next_when_it_is_time(clock, output, sent):
    written(output, "a", "b")
    output.write("stderr", "c")
    clock[0] += SECONDS
    written(output, "d", "e")
    assert sent == [("stdout", "a")]
    clock[0] += 0.001
    written(output, "f", "g")
    assert sent[1:] == [("stdout", "b"), ("stderr", "c"), ("stdout", "def")]
    output.end()
    assert sent[4:] == [("stdout", "g")]
    output.end()
    assert len(sent) == 5


def test_the_last_character_that_fits_is_waited_for(clock, output, sent):
    written(output, "x")
    written(output, "y" * (HEAD - 2))  # which waits
    assert sent == [("stdout", "x")]
    written(output, "zab", "c")
    assert sent[1:] == [("stdout", "y" * (HEAD - 2) + "z")]
    output.end()
    assert sent[2:] == [("stdout", "abc")]


@pytest.mark.parametrize(
    ("texts", "cut", "end"),
    [
        ([], None, ""),
        (["a" * TAIL], None, "a" * TAIL),
        (["a" * TAIL, "b"], None, "a" * TAIL + "b"),  # whole portions are left out
        (["a", "b" * TAIL], "… 1 characters left out …", "b" * TAIL),
        (["a", "b" * (TAIL - 1), "c"], "… 1 characters left out …", "b" * (TAIL - 1) + "c"),
        (["a" * 10, "b" * (TAIL + 1234)], "… 1,244 characters left out …", "b" * TAIL),
        (["a" * 7, "b" * 5, "c" * TAIL, "d"], "… 12 characters left out …", "c" * TAIL + "d"),
    ],
)
def test_of_the_rest_the_end_is_shown_and_how_much_is_left_out(
    clock, output, sent, texts, cut, end
):
    written(output, "x" * HEAD, *texts)
    output.end()
    rest = ([("cut", cut)] if cut else []) + ([("stdout", end)] if end else [])
    assert sent == [("stdout", "x" * HEAD), *rest]
