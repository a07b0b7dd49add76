"""Packed lines come back as they were."""

import zlib

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from explorable.drawing.svg.pathdata import polyline, segment
from explorable.explore.packing import pack, pack_lines, unpack, unpack_lines

coordinates = st.integers(-39_000, 39_000)
lines = st.lists(st.tuples(coordinates, coordinates), min_size=1, max_size=6, unique=True)


def absolute(pieces: list[list[tuple[int, int]]]) -> str:
    return "".join("M" + " ".join(str(x) for point in piece for x in point) for piece in pieces)


@given(st.lists(st.lists(lines, max_size=3), min_size=1, max_size=5))
def test_lines_come_back(values: list[list[list[tuple[int, int]]]]) -> None:
    written = ["".join(polyline(np.array(line, float)) for line in value) for value in values]
    packed = pack_lines(written)
    if not any(values):
        assert packed is None
        return
    assert packed is not None
    assert unpack_lines(*packed)[0] == [absolute(value) for value in values]


def test_dots_come_back() -> None:
    dots = ["M1 2h0M-3-4h0", "", "M9-9h0"]
    packed = pack_lines(dots)
    assert packed is not None
    assert unpack_lines(*packed)[0] == ["M1 2h0M-3 -4h0", "", "M9 -9h0"]


def test_curves_are_left_alone() -> None:
    assert pack_lines(["M1 2c3 4 5 6 7 8"]) is None


def test_packing_pays_on_smooth_curves() -> None:
    time = np.linspace(0, 6, 61)
    values = [
        polyline(np.column_stack([500 * time, 1500 * np.sin(time * rate)]))
        for rate in np.linspace(1, 2, 200)
    ]
    rows = [[0, 0, "d", [0], 0, values]]
    packed = pack([200], rows)
    assert len(packed) < 2 * 200 * 61 * 0.45  # bytes: less than half a byte a coordinate
    assert unpack(packed)["slots"][0][5][0].startswith("M0 0 50 ")


def test_lines_in_space_come_back() -> None:
    written = ["M1 2 3l-5 3 3", "", "M7-8 9"]
    packed = pack_lines(written, space=True)
    assert packed is not None
    about, data = packed
    assert (about["space"], about["lengths"]) == (1, [2, [], 1])
    assert unpack_lines(about, data) == (["M1 2 3 -4 5 6", "", "M7 -8 9"], len(data))
    walks = np.arange(1, 9001).reshape(100, 30, 3) % 37
    long = [segment(walk) for walk in walks]
    flat = [polyline(walk[:, :2].astype(float)) for walk in walks]
    rows = [[0, 0, "data-xyz", [0], 0, long], [0, 1, "d", [0], 0, flat]]
    slots = unpack(pack([100], rows))["slots"]
    assert slots[0][5] == [absolute([walk.tolist()]) for walk in walks]
    assert slots[1][5] == [absolute([walk[:, :2].tolist()]) for walk in walks]


def test_what_all_numbers_share_is_divided_out() -> None:
    about, data = pack_lines(["M30 60l-90 120", "M0 15"]) or ({}, b"")
    assert about["grain"] == 15
    assert unpack_lines(about, data)[0] == ["M30 60 -60 180", "M0 15"]
    zeros, data = pack_lines(["M0 0l0 0"]) or ({}, b"")
    assert zeros["grain"] == 1
    assert unpack_lines(zeros, data)[0] == ["M0 0 0 0"]


def test_letters_are_packed_as_they_are() -> None:
    packed = pack([2], [[-1, 0, "#", [0], 0, ["é = 1", "α = 2"]]])
    assert unpack(packed)["slots"][0][5] == ["é = 1", "α = 2"]
    assert "é = 1".encode() in zlib.decompress(packed)
    assert b": " not in zlib.decompress(packed)
