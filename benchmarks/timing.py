"""Timing two or more ways to do the same, so that a busy machine disturbs all of them alike."""

import gc
import statistics
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeAlias

Line: TypeAlias = tuple[str, float, float | None]
"""What was measured and in which unit, the number, and the largest that is hoped for."""

BLOCK = 0.1
"""Seconds for which one contestant runs before the next has its turn.

Long enough for a pool of threads to wake up and for the other library's pool to fall asleep: two
pools that alternate call by call slow each other twentyfold.
"""


def compared(
    name: str,
    contestants: Mapping[str, Callable[[], object]],
    targets: Mapping[str, float],
    rounds: int = 15,
) -> Iterator[Line]:
    """Yield the time of the first contestant, and its share of that of each other one."""
    times = paired(contestants, rounds)
    ours, *others = contestants
    yield f"{name}, s", statistics.median(times[ours]), None
    for other in others:
        yield f"  of the time of {other}", ratio(times[ours], times[other]), targets.get(other)


def ratio(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """Return the median of the ratios of paired blocks."""
    return statistics.median(one / other for one, other in zip(ours, theirs, strict=True))


def paired(contestants: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, list[float]]:
    """Let each contestant run for a block in turn; return the seconds a call of each block.

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
    return blocks


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
