"""How the page draws what it computes: which attributes show an artist's data, and by which pen.

Where an explorer is traced, a moving artist may be handed traced arrays. They are noted beside it,
and of the artist, drawn with their examples, is learnt which attributes of which elements they
become. The pens themselves are those of ``browser/pens.js``.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

import numpy as np
from matplotlib.artist import Artist
from matplotlib.collections import PathCollection
from matplotlib.lines import Line2D
from matplotlib.patches import Polygon, Rectangle
from matplotlib.scale import LogTransform
from matplotlib.text import Annotation, Text
from matplotlib.transforms import IdentityTransform, Transform

from explorable.drawing.svg import Node
from explorable.drawing.svg.renderer import UNITS, SvgRenderer
from explorable.drawing.toolkit import Line3D
from explorable.explore.artists import Scene, leaves, take_apart
from explorable.explore.meters import HIGH, LOW, between
from explorable.trace.traced import Traced, holds_traced

Fields = dict[str, Any]
_TOKEN = re.compile("\ue000[0-9]+\ue001")
_MARK = re.compile(r"M(-?\d+) ?(-?\d+)([^M]*)")


class Put(NamedTuple):
    """What of an element a pen writes.

    Attributes
    ----------
    element : int
        Which of the artist's elements, in document order.
    attribute : str
    pen : str
        Its name in ``pens.js``.
    numbers : list
        What the pen needs besides: as a rule how far a unit of the data is in the drawing, and
        where it begins.
    """

    element: int
    attribute: str
    pen: str
    numbers: list[Any]


class Drawn(NamedTuple):
    """How an artist is drawn from traced data.

    Attributes
    ----------
    inside : str
        Its elements, without what the pens write.
    puts : list of (Put, list)
        Each with the traced values, arrays or numbers, that the pen gets.
    """

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
    """Return a list of numbers as an array, also where some of them are traced."""
    if isinstance(values, (list, tuple)):
        return np.stack(values) if is_traced(values) else np.asarray(values)
    return values


def is_traced(value: Any) -> bool:
    """Return whether a value is traced, or a text or a list that holds something traced."""
    return holds_traced(value) or (isinstance(value, str) and bool(_TOKEN.search(value)))


def concrete(value: Any) -> Any:
    """Return what a traced value is for the example."""
    if isinstance(value, Traced):
        return value.value
    if isinstance(value, str):
        return _TOKEN.sub("0", value)
    if isinstance(value, (list, tuple)):
        return [concrete(each) for each in value]
    return value


@contextmanager
def noting(artists: Sequence[Artist]) -> Iterator[list[Fields]]:
    """Note what artists are handed; they themselves get the examples of what is traced.

    Yields
    ------
    list of dict
        For each artist the data that it was handed, traced or not.
    """
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


def drawn(scene: Scene, index: int, fields: Fields) -> Drawn | None:
    """Learn how a moving artist is drawn from traced data, or return None if it has none.

    Parameters
    ----------
    scene : Scene
    index : int
        Which of its moving artists.
    fields : dict
        What it was handed.
    """
    traced = {name for name, value in fields.items() if is_traced(value)}
    if not traced:
        return None
    artist = scene.movers[index].artist
    if not artist.get_visible():
        return None
    renderer = scene.renderer(scene.movers[index].panel, "")
    puts: list[tuple[Put, list[Any]]] = []
    if "alpha" in traced:  # at 0, nothing would be drawn
        Artist.set_alpha(artist, HIGH)
    if traced == {"alpha"}:
        nodes = scene.draw_mover(index)
    elif isinstance(artist, Line3D):
        puts, nodes = _space(scene, index, renderer, artist, fields)
    elif isinstance(artist, Line2D | PathCollection):
        puts, nodes = _line(scene, index, renderer, artist, fields)
    elif isinstance(artist, Polygon | Rectangle):
        nodes = scene.draw_mover(index)
        across, up = _axes(artist, Artist.get_transform(artist), renderer)
        x, y = _corners(artist, fields)
        put = Put(_paths(nodes)[0], "d", "area", [*across.affine, *up.affine])
        puts = [(put, [across(x), up(y)])]
    elif isinstance(artist, Text):
        puts, nodes = _text(scene, index, renderer, artist, fields)
    else:
        raise TypeError(f"the page cannot draw a {type(artist).__name__} from traced data")
    if "alpha" in traced:
        puts += _opacity(scene, index, artist, fields["alpha"])
    return Drawn(_emptied(nodes, puts), puts)


class _Axis(NamedTuple):
    """How data along one axis become units of the drawing: a scale, a factor and an offset."""

    scale: Transform | None
    affine: tuple[float, float]

    def __call__(self, values: Any) -> Any:
        """Return the values on the axis' scale."""
        if self.scale is None:
            return values
        if isinstance(self.scale, LogTransform):
            least = -1000.0 if self.scale._clip else np.nan  # type: ignore[attr-defined]
            return np.where(values > 0, np.log10(np.where(values > 0, values, 1.0)), least)
        return self.scale.transform_non_affine(values)


def _axes(artist: Any, transform: Transform, renderer: SvgRenderer) -> tuple[_Axis, _Axis]:
    data = artist.axes.transData
    matrix = (transform.get_affine() + renderer.to_units).get_matrix()
    if matrix[0, 1] or matrix[1, 0]:
        raise TypeError("the page cannot draw an artist that is turned from traced data")
    found = []
    for place, (from_data, axis) in enumerate(
        zip(
            transform.contains_branch_seperately(data),
            (artist.axes.xaxis, artist.axes.yaxis),
            strict=True,
        )
    ):
        scale = axis.get_transform() if from_data else IdentityTransform()
        plain = scale.is_affine
        factor, offset = float(matrix[place, place]), float(matrix[place, 2])
        found.append(_Axis(None if plain else scale, (_short(factor), _short(offset))))
    return found[0], found[1]


def _short(number: float) -> float:
    return float(f"{number:.9g}")


def _line(
    scene: Scene, index: int, renderer: SvgRenderer, artist: Any, fields: Fields
) -> tuple[list[tuple[Put, list[Any]]], list[Node]]:
    """Learn of one point in the middle of its axes which elements are a line, and which marks."""
    flat = isinstance(artist, Line2D)
    transform = artist.get_transform() if flat else artist.get_offset_transform()
    across, up = _axes(artist, transform, renderer)
    before = artist.get_data(orig=True) if flat else artist.get_offsets()
    middle = transform.inverted().transform(artist.axes.bbox.get_points().mean(axis=0))
    if flat:
        Line2D.set_data(artist, *middle[:, None])
    else:
        PathCollection.set_offsets(artist, middle[None])
    nodes = scene.draw_mover(index)
    if flat:
        Line2D.set_data(artist, *before)
    else:
        PathCollection.set_offsets(artist, before)
    x, y = fields.get("x"), fields.get("y")
    if x is None or y is None:  # one of them was set when the figure was drawn
        old = artist.get_data(orig=False) if flat else artist.get_offsets().T
        x, y = old[0] if x is None else x, old[1] if y is None else y
    roots = [across(x), up(y)]
    (a, b), (c, d) = across.affine, up.affine
    centre = np.rint(
        [a * float(concrete(across(middle[0]))) + b, c * float(concrete(up(middle[1]))) + d]
    )
    values = dict(zip(leaves(nodes), take_apart(nodes).values, strict=True))
    puts: list[tuple[Put, list[Any]]] = []
    for element in _paths(nodes):
        pieces = _MARK.findall(values[element, "d"])
        if flat and pieces and not pieces[0][2]:
            put = Put(element, "d", "line", [a, b, c, d])
        else:
            marks = [
                [int(px) - int(centre[0]), int(py) - int(centre[1]), rest]
                for px, py, rest in pieces
            ]
            put = Put(element, "d", "marks", [a, b, c, d, marks])
        puts.append((put, roots))
    return puts, nodes


def _space(
    scene: Scene, index: int, renderer: SvgRenderer, artist: Line3D, fields: Fields
) -> tuple[list[tuple[Put, list[Any]]], list[Node]]:
    nodes = scene.draw_mover(index)
    scale = UNITS * float(artist.axes.transData.get_matrix()[0, 0])  # type: ignore[union-attr]
    zero, one = artist.view.units(np.array([[0.0, 0, 0], [1, 1, 1]]))
    factors, offsets = scale * (one - zero), scale * zero
    numbers = [_short(each) for pair in zip(factors, offsets, strict=True) for each in pair]
    puts = [
        (Put(element, "data-xyz", "space", numbers), [fields["points"]])
        for element, attribute in leaves(nodes)
        if attribute == "data-xyz"
    ]
    return puts, nodes


def _corners(artist: Polygon | Rectangle, fields: Fields) -> tuple[Any, Any]:
    if isinstance(artist, Polygon):
        return fields["x"], fields["y"]
    left, low = (fields.get(n, v) for n, v in zip(("left", "low"), artist.get_xy(), strict=True))
    width = fields.get("width", artist.get_width())
    height = fields.get("height", artist.get_height())
    return (
        stacked([left, left + width, left + width, left]),
        stacked([low, low, low + height, low + height]),
    )


def _text(
    scene: Scene, index: int, renderer: SvgRenderer, artist: Text, fields: Fields
) -> tuple[list[tuple[Put, list[Any]]], list[Node]]:
    if not artist.get_text():
        Text.set_text(artist, "…")
    nodes = scene.draw_mover(index)
    values = dict(zip(leaves(nodes), take_apart(nodes).values, strict=True))
    told = [element for element, attribute in values if attribute == "#"]
    puts: list[tuple[Put, list[Any]]] = []
    if "text" in fields:
        if len(told) != 1:
            raise TypeError(f"the page writes one line of text, not {artist.get_text()!r}")
        puts.append((Put(told[0], "#", "text", []), [fields["text"]]))
    if is_traced(fields.get("x")) or is_traced(fields.get("y")):
        if isinstance(artist, Annotation):
            raise TypeError("the page cannot move an annotation; use a text")
        axes = _axes(artist, artist.get_transform(), renderer)
        for name, axis, position in zip("xy", axes, artist.get_position(), strict=True):
            if name in fields:
                factor, offset = axis.affine
                shift = float(values[told[0], name]) - round(
                    factor * float(concrete(axis(position))) + offset
                )
                numbers = [factor, _short(offset + shift)]
                puts.append((Put(told[0], name, "place", numbers), [axis(fields[name])]))
    return puts, nodes


def _opacity(scene: Scene, index: int, artist: Artist, alpha: Any) -> list[tuple[Put, list[Any]]]:
    states = []
    for value in (LOW, HIGH):
        Artist.set_alpha(artist, value)
        states.append(take_apart(scene.draw_mover(index)))
    return [
        (Put(element, attribute, "between", pieces), [alpha])
        for element, attribute, pieces in between(*states)
    ]


def _paths(nodes: list[Node]) -> list[int]:
    """Return which elements are paths of their own, not of a marker's definition."""
    found: list[int] = []
    count = 0

    def visit(node: Node, hidden: bool) -> None:
        nonlocal count
        if node.tag == "path" and not hidden:
            found.append(count)
        count += 1
        for child in node.children:
            visit(child, hidden or node.tag == "defs")

    for node in nodes:
        visit(node, hidden=False)
    return found


def _emptied(nodes: list[Node], puts: Sequence[tuple[Put, list[Any]]]) -> str:
    """Return elements as SVG, without what the pens write."""
    written = {(put.element, put.attribute) for put, _ in puts}
    count = 0

    def copy(node: Node) -> Node:
        nonlocal count
        mine, count = count, count + 1
        attributes: Mapping[str, str] = {
            name: "" if (mine, name) in written else value
            for name, value in node.attributes.items()
        }
        text = "" if (mine, "#") in written else node.text
        return Node(node.tag, dict(attributes), [copy(child) for child in node.children], text)

    return "".join(map(str, map(copy, nodes)))
