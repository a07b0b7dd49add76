"""Path data in whole units: short to write, the same bytes every time, good to compress."""

from collections.abc import Iterable
from typing import Any

import numpy as np
from matplotlib.path import Path
from numpy.typing import NDArray


def polyline(points: NDArray[np.floating[Any]], grain: int = 1) -> str:
    """Write points (n, 2), or (n, 3), already in units with y downward, as path data.

    Points that are not finite break the line; points are rounded to whole grains. Steps are
    relative: they are small, and small numbers compress well.

    Examples
    --------
    >>> import numpy as np
    >>> polyline(np.array([[0.2, 0.0], [10.4, -5.0], [10.4, -5.0]]))
    'M0 0l10-5'
    """
    finite = np.isfinite(points).all(axis=1)
    if finite.all():
        return segment(np.rint(points / grain).astype(int) * grain)
    pieces = np.split(points, np.flatnonzero(~finite))
    return "".join(
        segment(np.rint(piece[np.isfinite(piece).all(axis=1)] / grain).astype(int) * grain)
        for piece in pieces
    )


def segment(points: NDArray[np.int_]) -> str:
    """Write whole points in a row: the first, and from each the step on."""
    if len(points) == 0:
        return ""
    steps = np.diff(points, axis=0)
    steps = steps[steps.any(axis=1)]
    return f"M{join(points[0].tolist())}" + (
        f"l{join(steps.ravel().tolist())}" if len(steps) else ""
    )


def join(numbers: Iterable[int]) -> str:
    """Write whole numbers with the fewest characters that path data needs."""
    return " ".join(map(str, numbers)).replace(" -", "-")


def commands(vertices: NDArray[np.float64], codes: Any) -> str:
    """Write Matplotlib's vertices and codes, already in units with y downward, as path data."""
    points, kinds = np.rint(vertices).astype(int).tolist(), np.asarray(codes).tolist()
    written: list[str] = []
    x = y = x0 = y0 = 0
    letter, index = "", 0
    while index < len(kinds):
        kind = kinds[index]
        if kind == Path.STOP:
            break
        if kind == Path.MOVETO:
            x, y = x0, y0 = points[index]
            written.append(f"M{join((x, y))}")
            letter, index = "M", index + 1
            continue
        if kind == Path.CLOSEPOLY:
            written.append("z")
            x, y, letter, index = x0, y0, "z", index + 1
            continue
        count, name = {Path.LINETO: (1, "l"), Path.CURVE3: (2, "q"), Path.CURVE4: (3, "c")}[kind]
        steps = [step for px, py in points[index : index + count] for step in (px - x, py - y)]
        x, y = points[index + count - 1]
        index += count
        if name == "l" and steps == [0, 0]:
            continue
        text = join(steps)
        joint = "" if text.startswith("-") else " "
        written.append(joint + text if letter == name else name + text)
        letter = name
    return "".join(written)
