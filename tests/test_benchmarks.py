"""The arithmetic of the benchmarks; the timings themselves are nobody's test."""

import pytest

from benchmarks import __main__ as command
from benchmarks import machine, timing


def test_ratios_are_of_paired_blocks():
    times = timing.Paired({"a": [1.0, 4.0, 3.0], "b": [2.0, 2.0, 3.0]})
    # Ratios ½, 2, 1: their median is 1, though the medians' ratio is 3/2.
    assert times.seconds("a") == 3.0
    assert times.ratio("a", "b") == (0.75, 1.0, 1.5)


def test_contestants_take_turns_for_a_block_each(monkeypatch):
    monkeypatch.setattr(timing, "BLOCK", 0.004)
    calls = []
    contestants = {"a": lambda: calls.append("a"), "b": lambda: calls.append("b")}
    times = timing.paired(contestants, rounds=3)
    assert [len(blocks) for blocks in times.blocks.values()] == [3, 3]
    turns = [name for name, previous in zip(calls, ["", *calls], strict=False) if name != previous]
    # Warming up both, then a b, b a, a b.
    assert turns[-4:] == ["a", "b", "a", "b"]


def test_a_missing_library_is_named(monkeypatch, capsys):
    monkeypatch.setattr(machine.importlib.util, "find_spec", lambda module: None)
    assert command.main([]) == 2
    assert "torch and scikit-learn, not installed here" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("seconds", "text"), [(2.0, "2 s"), (0.0123, "12.3 ms"), (4.5e-6, "4.5 µs")]
)
def test_durations_have_three_digits(seconds, text):
    assert command._duration(seconds) == text
