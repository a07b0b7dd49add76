"""Squeeze states into few bytes: lines as differences of whole numbers, the rest as text.

The layout, before compression by deflate: the length of a header (four bytes, little end
first), the header in JSON, then for each packed slot its numbers. A packed slot holds the points
of all its lines one after another, x and y apart, each as a difference of the first or second
order, sign folded into the lowest bit, in three planes of bytes: all lowest bytes, all middle
ones, all highest ones. Neighbouring numbers are then alike, which is what deflate likes.
"""

import json
import re
import zlib
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.int64]

_LINES = re.compile(r"(?:M-?\d+[ -]\d+(?:l[\d -]+)?)*")
_PLACES = re.compile(r"(?:M-?\d+[ -]\d+[ -]\d+(?:l[\d -]+)?)*")
_DOTS = re.compile(r"(?:M-?\d+[ -]\d+h0)*")
_FEW = 2000


def pack(counts: Sequence[int], slots: Sequence[list[Any]]) -> bytes:
    """Write slots (see `explorable.explore.states.Slot.row`) compressed.

    Parameters
    ----------
    counts : sequence of int
        How many values each control has.
    slots : sequence of list
        Artist, element, attribute, controls, index or 0, values.
    """
    rows: list[list[Any]] = []
    tail: list[bytes] = []
    for row in slots:
        values = row[-1]
        lines = row[2] in ("d", "data-xyz") and sum(map(len, values)) > _FEW
        packed = pack_lines(values, space=row[2] == "data-xyz") if lines else None
        if packed is not None:
            about, data = packed
            row = [*row[:-1], about]
            tail.append(data)
        rows.append(row)
    return _closed({"counts": list(counts), "slots": rows}, b"".join(tail))


def pack_lines(
    values: Sequence[str], *, space: bool = False
) -> tuple[dict[str, Any], bytes] | None:
    """Pack path data that consists of lines, or of dots, or return None if it is anything else.

    Parameters
    ----------
    values : sequence of str
        As `explorable.drawing.svg.pathdata.polyline` writes them.
    space : bool
        Whether they are points in space, as `explorable.drawing.toolkit.View3D` writes them.

    Returns
    -------
    about : dict
        ``lengths``: points of each line, or a list of them where it is broken; ``order`` of the
        differences; ``grain``: what all numbers were divided by; ``dots``, ``space``: whether the
        points are dots, and whether they lie in space.
    data : bytes
    """
    dots = any("h0" in value for value in values)
    pattern = _PLACES if space else _DOTS if dots else _LINES
    if not all(pattern.fullmatch(value) for value in values):
        return None
    columns = 3 if space else 2
    pieces = [[_points(piece, columns) for piece in value.split("M")[1:]] for value in values]
    lines = [line for value in pieces for line in value]
    if not lines:
        return None
    lengths: list[Any]
    if dots:
        lengths = [len(value) for value in pieces]
        lines = [np.concatenate(value) for value in pieces if value]
    else:
        lengths = [[len(line) for line in value] for value in pieces]
        lengths = [length[0] if len(length) == 1 else length for length in lengths]
    grain = int(np.gcd.reduce(np.concatenate(lines), axis=None)) or 1
    lines = [line // grain for line in lines]
    tried = [(len(zlib.compress(data, 6)), order, data) for order, data in _orders(lines)]
    _, order, data = min(tried)
    about = {"lengths": lengths, "order": order, "grain": grain}
    about |= {"dots": 1} if dots else {}
    about |= {"space": 1} if space else {}
    return about, data


def _points(piece: str, columns: int) -> Integers:
    """Return the absolute points (n, columns) of one piece of path data without its M."""
    text = piece.replace("h0", "").replace("l", " ").replace("-", " -")
    return np.array(text.split(), dtype=np.int64).reshape(-1, columns).cumsum(axis=0)


def _orders(lines: Sequence[Integers]) -> list[tuple[int, bytes]]:
    starts = np.cumsum([0, *map(len, lines)])[:-1]
    points = np.concatenate(lines)
    first = np.diff(points, axis=0, prepend=0)
    second = np.diff(first, axis=0, prepend=0)
    # A line's first point is told from the start of the line before; its first step as it is.
    jumps = np.diff(points[starts], axis=0, prepend=0)
    first[starts] = second[starts] = jumps
    long = starts[[len(line) > 1 for line in lines]]
    second[long + 1] = first[long + 1]
    return [(1, planes(first)), (2, planes(second))]


def planes(steps: Integers) -> bytes:
    """Write whole numbers (n, columns) column by column, each in three planes of bytes."""
    folded = np.where(steps < 0, -2 * steps - 1, 2 * steps)
    return b"".join(
        ((folded[:, column] >> shift) & 255).astype(np.uint8).tobytes()
        for column in range(folded.shape[1])
        for shift in (0, 8, 16)
    )


def unpack_lines(about: dict[str, Any], data: bytes) -> tuple[list[str], int]:
    """Undo `pack_lines`, as the page does.

    Returns
    -------
    values : list of str
        Path data with absolute points.
    used : int
        How many bytes of ``data`` belong to it.

    Examples
    --------
    >>> about, data = pack_lines(["M1 2l3-4 5 6", "", "M7 8"])
    >>> unpack_lines(about, data)
    (['M1 2 4 -2 9 4', '', 'M7 8'], 24)
    """
    lengths = [[n] if isinstance(n, int) else n for n in about["lengths"]]
    total = sum(map(sum, lengths))
    columns = 3 if about.get("space") else 2
    used = 3 * columns * total
    bytes_ = np.frombuffer(data[:used], dtype=np.uint8).astype(np.int64)
    low, middle, high = bytes_.reshape(columns, 3, total).transpose(1, 2, 0)
    folded = low | middle << 8 | high << 16
    steps = np.where(folded & 1, -(folded + 1) // 2, folded // 2)
    values, at, start = [], 0, np.zeros(columns, dtype=np.int64)
    for parts in lengths:
        written = ""
        for n in parts:
            if n == 0:
                continue
            line = steps[at : at + n].copy()
            start = line[0] = start + line[0]
            if about["order"] == 2:
                line[1:] = line[1:].cumsum(axis=0)
            line = line.cumsum(axis=0) * about["grain"]
            at += n
            if about.get("dots"):
                written += "".join(f"M{x} {y}h0" for x, y in line.tolist())
            else:
                written += "M" + " ".join(map(str, line.ravel().tolist()))
        values.append(written)
    return values, used


def unpack(packed: bytes) -> dict[str, Any]:
    """Undo `pack`, as the page does."""
    payload, tail = _opened(packed)
    for slot in payload["slots"]:
        if isinstance(slot[5], dict):
            slot[5], used = unpack_lines(slot[5], tail)
            tail = tail[used:]
    return payload


def reworded(packed: bytes, reword: Callable[[list[Any]], list[str]]) -> bytes:
    """Put other values in place of those that are text; lines stay as they are.

    Parameters
    ----------
    packed : bytes
        What `pack` returned.
    reword : callable
        Takes a slot, as `pack` does, and returns its values.

    Examples
    --------
    >>> packed = pack((2,), [[-1, 0, "#", [0], 0, ["one", "two"]]])
    >>> other = reworded(packed, lambda slot: [value.upper() for value in slot[5]])
    >>> unpack(other)["slots"]
    [[-1, 0, '#', [0], 0, ['ONE', 'TWO']]]
    """
    payload, tail = _opened(packed)
    for slot in payload["slots"]:
        if isinstance(slot[5], list):
            slot[5] = reword(slot)
    return _closed(payload, tail)


def _opened(packed: bytes) -> tuple[dict[str, Any], bytes]:
    """Return the header, and the numbers of the lines."""
    raw = zlib.decompress(packed)
    end = 4 + int.from_bytes(raw[:4], "little")
    return json.loads(raw[4:end]), raw[end:]


def _closed(payload: dict[str, Any], tail: bytes) -> bytes:
    """Undo `_opened`."""
    header = json.dumps(payload, ensure_ascii=False, separators=(",", ":")).encode()
    return zlib.compress(len(header).to_bytes(4, "little") + header + tail, 9)
