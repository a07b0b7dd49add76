"""The arithmetic of the benchmarks; the timings themselves are nobody's test."""

from benchmarks import timing


def test_contestants_take_turns_for_a_block_each_and_ratios_are_of_paired_blocks(monkeypatch):
    monkeypatch.setattr(timing, "BLOCK", 0.004)
    calls = []
    contestants = {"a": lambda: calls.append("a"), "b": lambda: calls.append("b")}
    times = timing.paired(contestants, rounds=3)
    assert [len(blocks) for blocks in times.values()] == [3, 3]
    turns = [name for name, previous in zip(calls, ["", *calls], strict=False) if name != previous]
    # Warming up both, then a b, b a, a b.
    assert turns[-4:] == ["a", "b", "a", "b"]
    # Ratios ½, 2, 1: their median is 1, though the medians' ratio is 3/2.
    assert timing.ratio([1.0, 4.0, 3.0], [2.0, 2.0, 3.0]) == 1.0
