"""Time the kernels against PyTorch, scikit-learn and bare matrix products, in one table."""

import argparse
import sys
import warnings

from benchmarks.machine import described, restart_with_settings, what_to_install
from benchmarks.timing import paired

HEADER = ("what", "mathdl", "compared with", "takes", "ratio", "quartiles", "target", "")
LINE = "{:<42} {:>9}  {:<13} {:>9} {:>6}  {:^11} {:>6}  {}"


def main(arguments: list[str] | None = None) -> int:
    """Run the benchmarks; return the number of targets missed, or 2 without PyTorch."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--only", default="", metavar="WORD", help="cases with this in their name")
    parser.add_argument("--rounds", type=int, help="paired blocks a case, at least 2")
    parser.add_argument("--threads", type=int, help="of every library; all cores by default")
    options = parser.parse_args(arguments)
    if sentence := what_to_install("The benchmarks compare with"):
        print(sentence)
        return 2
    restart_with_settings(options.threads)

    from benchmarks.cases import OURS, all_cases

    warnings.filterwarnings("ignore", message="Stochastic Optimizer: Maximum iterations")
    print(described())
    print("Medians of paired blocks; a ratio below 1 says that mathdl takes less time.\n")
    print(LINE.format(*HEADER))
    missed = 0
    for case in all_cases():
        if options.only not in case.name:
            continue
        times = paired(case.contestants, options.rounds or case.rounds)
        for other in list(case.contestants)[1:]:
            low, ratio, high = times.ratio(OURS, other)
            target = case.targets.get(other)
            misses = target is not None and ratio > target
            missed += misses
            print(
                LINE.format(
                    case.name,
                    _duration(times.seconds(OURS)),
                    other,
                    _duration(times.seconds(other)),
                    f"{ratio:.2f}",
                    f"{low:.2f}–{high:.2f}",
                    "" if target is None else f"{target:.2f}",
                    "missed" if misses else "",
                ),
                flush=True,
            )
    return missed


def _duration(seconds: float) -> str:
    for unit, size in (("s", 1.0), ("ms", 1e-3)):
        if seconds >= size:
            return f"{seconds / size:.3g} {unit}"
    return f"{seconds / 1e-6:.3g} µs"


if __name__ == "__main__":
    sys.exit(main())
