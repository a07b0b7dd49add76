"""The arithmetic of the benchmarks; the timings themselves are nobody's test."""

import pytest

from benchmarks import __main__ as command
from benchmarks import machine, table, timing


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
    monkeypatch.setattr(machine, "_is_installed", lambda package: package == "jax")
    assert command.main(["kernels"]) == 2
    assert "torch and scikit-learn, not installed here" in capsys.readouterr().out


def test_an_unknown_section_is_refused(capsys):
    with pytest.raises(SystemExit):
        command.main(["kernel"])
    assert "kernels, traced, chapters" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("seconds", "text"), [(2.0, "2 s"), (0.0123, "12.3 ms"), (4.5e-6, "4.5 µs")]
)
def test_durations_have_three_digits(seconds, text):
    assert table.duration(seconds) == text


def test_the_table_marks_and_counts_missed_targets(capsys):
    printed = table.Table()
    printed.comparison("sum", timing.Paired({"a": [3.0, 3.0], "b": [2.0, 2.0]}), "a", "b", 1.25)
    printed.time("key", 0.012, 0.02, beside=("slow", 0.12))
    printed.size("page", 123_456, 100_000)
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert lines == [
        ["sum", "3", "s", "b", "2", "s", "1.50", "1.50–1.50", "1.25", "missed"],
        ["key", "12", "ms", "slow", "120", "ms", "0.10", "20", "ms"],
        ["page", "123", "kB", "100", "kB", "missed"],
    ]
    assert printed.missed == 2
