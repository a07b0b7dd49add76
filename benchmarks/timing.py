"""Timing two or more ways to do the same, so that a busy machine disturbs all of them alike."""

import gc
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

BLOCK = 0.1
"""Seconds for which one contestant runs before the next has its turn.

Long enough for a pool of threads to wake up and for the other library's pool to fall asleep: two
pools that alternate call by call slow each other twentyfold.
"""


@dataclass(frozen=True)
class Paired:
    """Seconds a call of each contestant, block by block in the same order."""

    blocks: dict[str, list[float]]

    def seconds(self, name: str) -> float:
        """Return the median over the blocks."""
        return statistics.median(self.blocks[name])

    def ratio(self, name: str, other: str) -> tuple[float, float, float]:
        """Return lower quartile, median and upper quartile of the ratios of paired blocks."""
        pairs = zip(self.blocks[name], self.blocks[other], strict=True)
        ratios = [ours / theirs for ours, theirs in pairs]
        low, middle, high = statistics.quantiles(ratios, n=4, method="inclusive")
        return low, middle, high


def paired(contestants: dict[str, Callable[[], object]], rounds: int) -> Paired:
    """Let each contestant run for a block in turn, `rounds` times.

    Each first runs once unmeasured, then as often as fills a block. The order is reversed from
    round to round, so that none always comes after the same one.
    """
    repeats = {name: _repeats(run) for name, run in contestants.items()}
    blocks: dict[str, list[float]] = {name: [] for name in contestants}
    names = list(contestants)
    gc.collect()
    gc.disable()
    try:
        for _ in range(rounds):
            for name in names:
                blocks[name].append(_seconds_a_call(contestants[name], repeats[name]))
            names.reverse()
    finally:
        gc.enable()
    return Paired(blocks)


def _repeats(run: Callable[[], object]) -> int:
    """Return how many calls fill a block, after warming up."""
    run()
    repeats = 1
    while (elapsed := repeats * _seconds_a_call(run, repeats)) < BLOCK / 4:
        repeats *= 2
    return max(1, round(repeats * BLOCK / elapsed))


def _seconds_a_call(run: Callable[[], object], repeats: int) -> float:
    start = time.perf_counter()
    for _ in range(repeats):
        run()
    return (time.perf_counter() - start) / repeats
