"""How the page draws what it computes: which attributes show an artist's data, and by which pen.

Where an explorer is traced, a moving artist may be handed traced arrays. They are noted beside it,
and of the artist, drawn with their examples, is learnt which attributes of which elements they
become. The pens themselves are those of ``browser/sources/pens.js``.
"""

import copy
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

import numpy as np
from matplotlib.artist import Artist
from matplotlib.collections import PathCollection
from matplotlib.lines import Line2D
from matplotlib.patches import Polygon, Rectangle
from matplotlib.scale import LogTransform
from matplotlib.text import Annotation, Text
from matplotlib.transforms import Transform

from explorable.drawing.svg.nodes import Node, walk
from explorable.drawing.svg.renderer import UNITS
from explorable.drawing.toolkit import Line3D
from explorable.explore.artists import Scene, State, take_apart
from explorable.trace import program
from explorable.trace.traced import Traced, holds_traced

Fields = dict[str, Any]
LOW, HIGH = 0.25, 0.75
"""The opacities at which an artist is drawn, to put all others in between."""

_NUMBER = re.compile(r"(-?\d+(?:\.\d+)?)")
_TOKEN = re.compile("\ue000[0-9]+\ue001")
_MARK = re.compile(r"M(-?\d+) ?(-?\d+)([^M]*)")


class Put(NamedTuple):
    """What of an artist's element, by its place in the document, a pen of ``pens.js`` writes.

    The numbers are, as a rule, how far a unit of the data is in the drawing, and where it begins.
    """

    element: int
    attribute: str
    pen: str
    numbers: list[Any]


class Drawn(NamedTuple):
    """How an artist is drawn: its elements without what pens write, and what these get."""

    inside: str
    puts: list[tuple[Put, list[Any]]]


def _pair(points: Any) -> Fields:
    if isinstance(points, (list, tuple)):
        points = stacked(points)
    return {"x": points[..., 0], "y": points[..., 1]}


def _data(*args: Any) -> Fields:
    x, y = args if len(args) == 2 else args[0]
    return {"x": stacked(x), "y": stacked(y)}


_LINE: dict[str, Callable[..., Fields]] = {
    "set_data": _data,
    "set_xdata": lambda x: {"x": stacked(x)},
    "set_ydata": lambda y: {"y": stacked(y)},
}
_SETTERS: list[tuple[type[Artist], dict[str, Callable[..., Fields]]]] = [
    (Line3D, {"set_points": lambda points: {"points": points}}),
    (Line2D, _LINE),
    (PathCollection, {"set_offsets": _pair}),
    (Polygon, {"set_xy": _pair}),
    (
        Rectangle,
        {
            "set_xy": lambda xy: {"left": xy[0], "low": xy[1]},
            "set_x": lambda x: {"left": x},
            "set_y": lambda y: {"low": y},
            "set_width": lambda width: {"width": width},
            "set_height": lambda height: {"height": height},
        },
    ),
    (
        Text,
        {
            "set_text": lambda text: {"text": text},
            "set_position": lambda xy: {"x": xy[0], "y": xy[1]},
            "set_x": lambda x: {"x": x},
            "set_y": lambda y: {"y": y},
        },
    ),
]


def stacked(values: Any) -> Any:
    """Return a list of numbers, or of lists, as an array, also where some are traced."""
    if isinstance(values, (list, tuple)):
        traced = is_traced(values)
        return np.stack([*map(stacked, values)]) if traced else np.asarray(values)
    return values


def is_traced(value: Any) -> bool:
    """Return whether a value is traced, or a text or a list that holds something traced."""
    if isinstance(value, (list, tuple)):
        return any(map(is_traced, value))
    return holds_traced(value) or (isinstance(value, str) and bool(_TOKEN.search(value)))


def concrete(value: Any) -> Any:
    """Return what a traced value is for the example."""
    if isinstance(value, Traced):
        return value.value if value.ndim else value.value.item()
    if isinstance(value, str):
        return _TOKEN.sub("0", value)
    if isinstance(value, (list, tuple)):
        return [concrete(each) for each in value]
    return value


@contextmanager
def noting(artists: Sequence[Artist]) -> Iterator[list[Fields]]:
    """Note what artists are handed, traced or not; they themselves get the examples of it."""
    noted: list[Fields] = [{} for _ in artists]
    patched: list[tuple[Artist, str]] = []

    def patch(artist: Artist, name: str, read: Callable[..., Fields], fields: Fields) -> None:
        original = getattr(artist, name)

        def setter(*args: Any) -> Any:
            given = read(*args)
            result = original(*map(concrete, args))  # which may call other setters
            fields.update(given)
            return result

        setattr(artist, name, setter)
        patched.append((artist, name))

    for artist, fields in zip(artists, noted, strict=True):
        setters = next((found for kind, found in _SETTERS if isinstance(artist, kind)), {})
        alpha: dict[str, Callable[..., Fields]] = {"set_alpha": lambda a: {"alpha": a}}
        for name, read in (setters | alpha).items():
            patch(artist, name, read, fields)
    try:
        yield noted
    finally:
        for artist, name in patched:
            delattr(artist, name)


def shown(artist: Any, fields: Fields) -> dict[str, list[Any]]:
    """Return what an artist shows of the data that `noting` noted, on the scales of its axes.

    Of ``points`` (x and y, or points in space), ``text``, ``x``, ``y`` and ``alpha`` what was
    handed over, each as the values that a pen gets.
    """
    found: dict[str, list[Any]] = {}
    if isinstance(artist, Line3D):
        if "points" in fields:
            found["points"] = [fields["points"]]
    elif isinstance(artist, Text):
        if "text" in fields:
            found["text"] = [fields["text"]]
        for name, scale in zip("xy", _scales(artist), strict=True):
            if name in fields:
                found[name] = [scale(fields[name])]
    elif fields.keys() - {"alpha"}:
        across, up = _scales(artist)
        x, y = _points(artist, fields)
        found["points"] = [across(x), up(y)]
    if "alpha" in fields:
        found["alpha"] = [fields["alpha"]]
    return found


def drawn(scene: Scene, index: int, fields: Fields) -> Drawn | None:
    """Learn how a moving artist is drawn from what it was handed; None if that is not traced."""
    artist: Any = scene.movers[index].artist
    values = {slot: v for slot, v in shown(artist, fields).items() if any(map(is_traced, v))}
    if not values or not artist.get_visible():
        return None
    if "alpha" in values:  # at 0, nothing would be drawn
        type(artist).set_alpha(artist, HIGH)
    if isinstance(artist, Text) and not artist.get_text():
        Text.set_text(artist, "…")
    if "points" in values and isinstance(artist, Line2D | PathCollection):
        nodes = _one_point(scene, index, artist)
    else:
        nodes = scene.draw_mover(index)
    puts = [
        (put, values[slot])
        for slot in values
        for put in _PUTS[slot](scene, index, artist, nodes, slot)
    ]
    return Drawn(_emptied(nodes, puts), puts)


class _Scale:
    """The scale of an axis, for traced values too; without a transform, data stay as they are."""

    def __init__(self, transform: Transform | None):
        self.transform = transform

    def __call__(self, values: Any) -> Any:
        """Return values on the scale."""
        if self.transform is None:
            return values
        if isinstance(self.transform, LogTransform):
            least = -1000.0 if self.transform._clip else np.nan  # type: ignore[attr-defined]
            return _log10(values, least)
        return self.transform.transform_non_affine(values)


@program
def _log10(values: Any, least: float) -> Any:
    none = values <= 0
    return np.where(none, least, np.log10(np.where(none, 1.0, values)))


def _transform(artist: Any) -> Transform:
    if isinstance(artist, PathCollection):
        return artist.get_offset_transform()
    return Artist.get_transform(artist)  # without a patch's own, from a unit square


def _scales(artist: Any) -> list[_Scale]:
    along_data = _transform(artist).contains_branch_seperately(artist.axes.transData)
    axes = (artist.axes.xaxis, artist.axes.yaxis)
    scales = [
        axis.get_transform() if data else None for data, axis in zip(along_data, axes, strict=True)
    ]
    return [_Scale(None if each is None or each.is_affine else each) for each in scales]


def _affine(scene: Scene, index: int) -> list[float]:
    """Return factor and offset of either axis, from the scale to units of the drawing."""
    mover = scene.movers[index]
    renderer = scene.renderer(mover.panel, "")
    matrix = (_transform(mover.artist).get_affine() + renderer.to_units).get_matrix()
    if matrix[0, 1] or matrix[1, 0]:
        raise TypeError(f"the page cannot draw {mover.name!r} from traced data: it is turned")
    return [_short(each) for each in (*matrix[0, [0, 2]], *matrix[1, [1, 2]])]


def _short(number: float) -> float:
    return float(f"{number:.9g}")


def _points(artist: Any, fields: Fields) -> tuple[Any, Any]:
    """Return the coordinates of a line, of marks, or of corners."""
    if isinstance(artist, Rectangle):
        left, low = (
            fields.get(name, value)
            for name, value in zip(("left", "low"), artist.get_xy(), strict=True)
        )
        width = fields.get("width", artist.get_width())
        height = fields.get("height", artist.get_height())
        return (
            stacked([left, left + width, left + width, left]),
            stacked([low, low, low + height, low + height]),
        )
    if isinstance(artist, Line2D):
        x, y = artist.get_data(orig=False)  # one of them may have been set before
        return fields.get("x", x), fields.get("y", y)
    return fields["x"], fields["y"]


def _one_point(scene: Scene, index: int, artist: Any) -> list[Node]:
    """Draw a line or marks with one point, in the middle of its axes."""
    middle = _transform(artist).inverted().transform(_middle(artist))
    if isinstance(artist, PathCollection):
        before = artist.get_offsets()
        PathCollection.set_offsets(artist, middle[None])
        nodes = scene.draw_mover(index)
        PathCollection.set_offsets(artist, before)
    elif isinstance(artist, Line3D):
        nodes = scene.draw_mover(index)
    else:
        before = artist.get_data(orig=True)
        Line2D.set_data(artist, *middle[:, None])
        nodes = scene.draw_mover(index)
        Line2D.set_data(artist, *before)
    return nodes


def _middle(artist: Any) -> Any:
    return artist.axes.bbox.get_points().mean(axis=0)


def _put_points(
    scene: Scene, index: int, artist: Any, nodes: list[Node], slot: str
) -> Iterator[Put]:
    if isinstance(artist, Line3D):
        zero, one = artist.view.units(np.array([[0.0, 0, 0], [1, 1, 1]]))
        axes: Any = artist.axes
        scale = UNITS * float(axes.transData.get_matrix()[0, 0])
        pairs = zip(scale * (one - zero), scale * zero, strict=True)
        numbers: list[Any] = [_short(float(each)) for pair in pairs for each in pair]
        for element, attribute in take_apart(nodes).told:
            if attribute == "data-xyz":
                yield Put(element, attribute, "space", numbers)
        return
    numbers = _affine(scene, index)
    if isinstance(artist, Polygon | Rectangle):
        yield Put(_paths(nodes)[0], "d", "area", numbers)
        return
    renderer = scene.renderer(scene.movers[index].panel, "")
    centre = np.rint(renderer.to_units.transform(_middle(artist))).astype(int)
    values = take_apart(nodes).told
    for element in _paths(nodes):
        pieces = _MARK.findall(values[element, "d"])
        if isinstance(artist, Line2D) and not pieces[0][2]:
            yield Put(element, "d", "line", numbers)
        else:
            marks = [
                [int(x - centre[0]), int(y - centre[1]), rest] for x, y, rest in _whole(pieces)
            ]
            yield Put(element, "d", "marks", [*numbers, marks])


def _whole(pieces: Sequence[tuple[str, str, str]]) -> Iterator[tuple[int, int, str]]:
    return ((int(x), int(y), rest) for x, y, rest in pieces)


def _put_text(
    scene: Scene, index: int, artist: Any, nodes: list[Node], slot: str
) -> Iterator[Put]:
    told = [element for element, attribute in take_apart(nodes).told if attribute == "#"]
    if len(told) != 1:
        raise TypeError(f"the page writes one line of text, not {artist.get_text()!r}")
    yield Put(told[0], "#", "text", [])


def _put_place(
    scene: Scene, index: int, artist: Any, nodes: list[Node], slot: str
) -> Iterator[Put]:
    if isinstance(artist, Annotation):
        raise TypeError("the page cannot move an annotation; use a text")
    values = take_apart(nodes).told
    axis = "xy".index(slot)
    factor, offset = _affine(scene, index)[2 * axis : 2 * axis + 2]
    here = factor * float(_scales(artist)[axis](artist.get_position()[axis])) + offset
    (element,) = (element for element, attribute in values if attribute == slot)
    yield Put(element, slot, "place", [factor, offset + int(values[element, slot]) - round(here)])


def _put_alpha(
    scene: Scene, index: int, artist: Any, nodes: list[Node], slot: str
) -> Iterator[Put]:
    states = []
    for value in (LOW, HIGH):
        type(artist).set_alpha(artist, value)
        states.append(take_apart(scene.draw_mover(index)))
    for element, attribute, pieces in between(*states):
        yield Put(element, attribute, "between", pieces)


_PUTS: dict[str, Callable[..., Iterator[Put]]] = {
    "points": _put_points,
    "text": _put_text,
    "x": _put_place,
    "y": _put_place,
    "alpha": _put_alpha,
}


def _paths(nodes: list[Node]) -> list[int]:
    """Return which elements are paths of their own, not of a marker's definition."""
    defined = {id(part) for each in walk(nodes) if each.tag == "defs" for part in walk([each])}
    every = enumerate(walk(nodes))
    return [k for k, node in every if node.tag == "path" and id(node) not in defined]


def _emptied(nodes: list[Node], puts: Sequence[tuple[Put, list[Any]]]) -> str:
    """Return elements as SVG, without what the pens write."""
    copied = copy.deepcopy(nodes)
    elements = list(walk(copied))
    for put, _ in puts:
        if put.attribute == "#":
            elements[put.element].text = ""
        else:
            elements[put.element].attributes[put.attribute] = ""
    return "".join(map(str, copied))


def between(low: State, high: State) -> list[list[Any]]:
    """Return what differs between two drawings: element, attribute, and its pieces.

    A piece is a text that stays, or a number that is one at `LOW` and another at `HIGH`.

    >>> from explorable.explore.artists import take_apart
    >>> from explorable.drawing.svg import Node
    >>> low, high = (take_apart([Node("path", {"d": f"M{x} 7h0"})]) for x in (10, 30))
    >>> between(low, high)
    [[0, 'd', ['M', [10.0, 30.0], ' 7h0']]]
    """
    if low.shape != high.shape:
        raise ValueError("an artist must have the same elements at every opacity")
    parts: list[list[Any]] = []
    for (element, attribute), one in low.told.items():
        other = high.told[element, attribute]
        if one != other:
            texts, starts = _NUMBER.split(one)[::2], _NUMBER.split(one)[1::2]
            ends = _NUMBER.split(other)[1::2]
            pieces: list[Any] = [texts[0]]
            for start, end, text in zip(starts, ends, texts[1:], strict=True):
                if start == end:
                    pieces[-1] += start + text
                else:
                    pieces += [[float(start), float(end)], text]
            parts.append([element, attribute, pieces])
    return parts
