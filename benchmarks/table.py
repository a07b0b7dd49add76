"""The one table in which all benchmarks print their lines."""

from dataclasses import dataclass

from benchmarks.timing import Paired

HEADER = ("what", "measured", "compared with", "takes", "ratio", "quartiles", "target", "")
LINE = "{:<52} {:>9}  {:<15} {:>9} {:>6}  {:^11} {:>8}  {}"


@dataclass
class Table:
    """Prints line by line, and counts the targets that were missed."""

    missed: int = 0

    def head(self) -> None:
        """Print the names of the columns."""
        self._print(*HEADER)

    def title(self, text: str) -> None:
        """Print the name of a group of lines."""
        print(f"\n{text}", flush=True)

    def comparison(
        self, what: str, times: Paired, ours: str, other: str, target: float | None = None
    ) -> None:
        """Print the ratio of medians of paired blocks; a target is the largest ratio hoped for."""
        low, ratio, high = times.ratio(ours, other)
        self._print(
            what,
            duration(times.seconds(ours)),
            other,
            duration(times.seconds(other)),
            f"{ratio:.2f}",
            f"{low:.2f}–{high:.2f}",
            "" if target is None else f"{target:.2f}",
            self._verdict(ratio, target),
        )

    def time(
        self,
        what: str,
        seconds: float,
        target: float | None = None,
        *,
        beside: tuple[str, float] | None = None,
    ) -> None:
        """Print a time, its target in seconds, and another time to see it beside."""
        other, takes = beside or ("", 0.0)
        self._print(
            what,
            duration(seconds),
            other,
            duration(takes) if other else "",
            f"{seconds / takes:.2f}" if other else "",
            "",
            "" if target is None else duration(target),
            self._verdict(seconds, target),
        )

    def size(self, what: str, n_bytes: float, target: float | None = None) -> None:
        """Print a number of bytes and its target."""
        limit = "" if target is None else kilobytes(target)
        self._print(what, kilobytes(n_bytes), *[""] * 4, limit, self._verdict(n_bytes, target))

    def _verdict(self, value: float, target: float | None) -> str:
        missed = target is not None and value > target
        self.missed += missed
        return "missed" if missed else ""

    @staticmethod
    def _print(*columns: str) -> None:
        print(LINE.format(*columns).rstrip(), flush=True)


def duration(seconds: float) -> str:
    """Write a time with three digits in the unit that suits it."""
    for unit, size in (("s", 1.0), ("ms", 1e-3)):
        if seconds >= size:
            return f"{seconds / size:.3g} {unit}"
    return f"{seconds / 1e-6:.3g} µs"


def kilobytes(n_bytes: float) -> str:
    """Write a size in kilobytes of 1,000 bytes."""
    return f"{n_bytes / 1000:.3g} kB"
