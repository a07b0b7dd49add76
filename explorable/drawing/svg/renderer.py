"""The renderer on which Matplotlib draws SVG for the page.

One unit is a tenth of a pixel, so every coordinate is a whole number; text stays text; a colour
that is a token becomes a CSS variable; a picture becomes alpha masks.
"""

import math
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import numpy as np
from matplotlib import colors
from matplotlib.backend_bases import GraphicsContextBase, RendererBase
from matplotlib.font_manager import FontProperties, weight_dict
from matplotlib.path import Path
from matplotlib.transforms import Affine2D, Bbox, Transform
from numpy.typing import NDArray

from explorable.drawing.svg.alpha_mask import alpha_masks, png_address
from explorable.drawing.svg.circles import circles, is_circle, without_translation
from explorable.drawing.svg.layout import Cell
from explorable.drawing.svg.nodes import Node, colour, decimal
from explorable.drawing.svg.pathdata import commands, join, polyline

UNITS = 10
"""Units of the SVG in a pixel of the page."""

_FAR = 40_000
"""Coordinates beyond this are cut off before they are written."""

_STRAIGHT = (Path.STOP, Path.MOVETO, Path.LINETO, Path.CLOSEPOLY)
_FEW, _GRAIN, _MOVING_GRAIN = 30, 2, 5
"""A path of straight lines with more points than a few loses those that change it by less than a
grain, in units; a coarser one where there will be many."""


class SvgRenderer(RendererBase):
    """Collects what Matplotlib draws as SVG nodes.

    Parameters
    ----------
    cell : Cell
        The part of the figure that is drawn; its upper left corner is the origin.
    key : str
        Prefix of the ids.
    moving : bool
        Whether what is drawn will change: an artist without data then still leaves its element,
        and lines are written a little coarser, because there will be many.
    """

    def __init__(self, cell: Cell, key: str = "m", *, moving: bool = False):
        super().__init__()
        self.cell = cell
        self.key = self.clip_key = key
        self.moving = moving
        self.grain = 2 if moving else 1
        self.nodes: list[Node] = []
        self.clips: dict[tuple[int, int, int, int], str] = {}
        self._masks = self._marked = 0
        self._points: NDArray[np.float64] | None = None
        self._line: Node | None = None
        self.to_units = (
            Affine2D()
            .translate(-cell.left, -cell.bottom - cell.height)
            .scale(UNITS, -UNITS)
            .frozen()
        )

    # What Matplotlib asks of a renderer.

    def get_canvas_width_height(self) -> tuple[float, float]:
        """Return the size of the drawing in pixels."""
        return self.cell.width, self.cell.height

    def points_to_pixels(self, points: Any) -> Any:
        """Return points: figures are laid out with one pixel a point."""
        return points

    def flipy(self) -> bool:
        """Measure upward, as Matplotlib's display does; `to_units` turns it over."""
        return False

    def option_image_nocomposite(self) -> bool:
        """Ask for every image by itself."""
        return True

    def option_scale_image(self) -> bool:
        """Ask for images as they are; the page scales them."""
        return True

    def draw_path(
        self,
        gc: GraphicsContextBase,
        path: Path,
        transform: Transform,
        rgbFace: Any = None,  # noqa: N803 (Matplotlib's name)
    ) -> None:
        """Draw a path, filled if there is a face colour."""
        style = self._paint(gc, rgbFace)
        if style is None:
            return
        self._points = None
        data = self.path_data(path, transform, filled=rgbFace is not None)
        if data or self.moving:
            self._line = Node("path", {"d": data, **style})
            self._add(gc, self._line)

    def draw_markers(
        self,
        gc: GraphicsContextBase,
        marker_path: Path,
        marker_trans: Transform,
        path: Path,
        trans: Transform,
        rgbFace: Any = None,  # noqa: N803
    ) -> None:
        """Draw one marker at every vertex, all of them as one path."""
        style = self._paint(gc, rgbFace)
        centres = (trans + self.to_units).transform(path.vertices)
        centres = centres[np.isfinite(centres).all(axis=1)]
        centres = centres[(np.abs(centres) < _FAR).all(axis=1)]
        if style is None:
            return
        if not len(centres) and not self.moving:
            return
        mark = Affine2D(marker_trans.get_matrix()).scale(UNITS, -UNITS)
        line = self._line_through(centres)
        if line is not None and "fill" in style and is_circle(marker_path):
            self._mark_line(line, marker_path, mark, style)
            return
        self._add(gc, self._marks(marker_path, mark, centres, style))

    def _line_through(self, centres: NDArray[np.float64]) -> Node | None:
        """Return the line just drawn if it runs through these points."""
        last = self.nodes[-1] if self.nodes else None
        while last is not None and last.tag == "g" and last.children:
            last = last.children[-1]
        if last is None or last is not self._line or self._points is None:
            return None
        return last if np.array_equal(centres, self._points) else None

    def _mark_line(
        self, line: Node, path: Path, transform: Transform, style: dict[str, str]
    ) -> None:
        """Put dots on a line's own points, so that these are written once."""
        self._marked += 1
        key = f"{self.key}-d{self._marked}"
        dot = self._marks(path, transform, np.zeros((1, 2)), style)
        marker = Node(
            "marker", {"id": key, "markerUnits": "userSpaceOnUse", "overflow": "visible"}, [dot]
        )
        self.nodes.append(Node("defs", {}, [marker]))
        for place in ("start", "mid", "end"):
            line.attributes[f"marker-{place}"] = f"url(#{key})"

    def draw_path_collection(
        self,
        gc: GraphicsContextBase,
        master_transform: Transform,
        paths: Any,
        all_transforms: Any,
        offsets: Any,
        offset_trans: Any,
        facecolors: Any,
        edgecolors: Any,
        linewidths: Any,
        linestyles: Any,
        antialiaseds: Any,
        urls: Any,
        offset_position: Any,
        *,
        hatchcolors: Any = None,
    ) -> None:
        """Draw a collection; neighbours that look alike become one path."""
        raw = list(
            self._iter_collection_raw_paths(  # type: ignore[attr-defined]
                master_transform, paths, all_transforms
            )
        )
        run: tuple[str, dict[str, str]] | None = None
        for x, y, (path, transform), gc0, face in self._iter_collection(  # type: ignore[attr-defined]
            gc, raw, offsets, offset_trans, facecolors, edgecolors, linewidths, linestyles,
            antialiaseds, urls, offset_position, hatchcolors=[],
        ):  # fmt: skip
            style = self._paint(gc0, face)
            if style is None:
                continue
            moved = transform + Affine2D().translate(x, y)
            if is_circle(path):
                centre = (moved + self.to_units).transform([[0.0, 0.0]])
                shape = without_translation(moved + self.to_units)
                node = self._marks(path, shape, centre, style)
                data, style = node.attributes.pop("d"), node.attributes
            else:
                data = self.path_data(path, moved, filled=face is not None)
            if run and run[1] == style and not any("opacity" in name for name in style):
                run = run[0] + data, style
            else:
                if run:
                    self._add(gc, Node("path", {"d": run[0], **run[1]}))
                run = data, style
        if run:
            self._add(gc, Node("path", {"d": run[0], **run[1]}))

    def draw_image(
        self, gc: GraphicsContextBase, x: float, y: float, im: Any, transform: Any = None
    ) -> None:
        """Draw a picture: an alpha mask for each colour in it."""
        pixels = np.asarray(im)[::-1]
        rows, columns = pixels.shape[:2]
        place = Affine2D() if transform is None else Affine2D(transform.get_matrix())
        if transform is None:
            place.scale(columns, rows)
        # A picture whose first row is on top comes with a transform that turns it over.
        across, up = np.sign(np.diag(place.get_matrix())[:2]).astype(int)
        pixels = pixels[::up, ::across]
        corners = (place.translate(x, y) + self.to_units).transform([[0, 1], [1, 0]])
        box = _box(Bbox(corners))
        if gc.get_alpha() not in (None, 1.0):
            pixels = pixels.copy()
            pixels[..., 3] = np.rint(pixels[..., 3] * gc.get_alpha())
        scaling = "auto" if str(gc.get_gid()) == "smooth" else "pixelated"
        for rgb, opacity in alpha_masks(pixels):
            name, _ = colour(rgb)
            self._masks += 1
            key = f"{self.key}-s{self._masks}"
            picture = Node(
                "image",
                {
                    **box,
                    "href": png_address(opacity),
                    "preserveAspectRatio": "none",
                    "style": f"image-rendering:{scaling}",
                },
            )
            self._add(gc, Node("mask", {"id": key}, [picture]))
            self._add(gc, Node("rect", {**box, "fill": name, "mask": f"url(#{key})"}))

    def draw_text(
        self,
        gc: GraphicsContextBase,
        x: float,
        y: float,
        s: str,
        prop: FontProperties,
        angle: float,
        ismath: Any = False,
        mtext: Any = None,
    ) -> None:
        """Write a line of text, anchored as it is aligned, so that any font sits well."""
        fill, opacity = colour((*gc.get_rgb()[:3], _alpha(gc)))
        attributes = {"fill": fill}
        if opacity < 1:
            attributes["fill-opacity"] = decimal(opacity)
        attributes["font-size"] = decimal(prop.get_size_in_points() * UNITS)
        if prop.get_style() != "normal":
            attributes["font-style"] = str(prop.get_style())
        weight = prop.get_weight()
        if weight_dict.get(weight, weight) != 400:  # type: ignore[arg-type]
            attributes["font-weight"] = "600"
        left, base = self.to_units.transform((x, y))
        if ismath:
            node = Node("text", attributes, list(self._math(s, prop)))
        else:
            node = Node("text", attributes, text=s)
        if mtext is not None and not ismath:
            width = self.get_text_width_height_descent(s, prop, ismath)[0] * UNITS
            anchor = {"left": 0.0, "center": 0.5, "right": 1.0}[mtext.get_horizontalalignment()]
            turned = math.radians(angle)
            left += anchor * width * math.cos(turned)
            base -= anchor * width * math.sin(turned)
            if anchor:
                attributes["text-anchor"] = "middle" if anchor == 0.5 else "end"
        place = (round(left), round(base))
        if ismath or angle:
            turn = f"rotate({decimal(-angle)})" if angle else ""
            attributes["transform"] = f"translate({place[0]} {place[1]}){turn}"
        else:
            attributes.update(x=str(place[0]), y=str(place[1]))
        self._add(gc, node)

    def _math(self, s: str, prop: FontProperties) -> Iterator[Node]:
        _, _, _, glyphs, _ = self._text2path.mathtext_parser.parse(s, 72, prop)
        for font, size, code, *_, x, y in glyphs:
            attributes = {"x": str(round(x * UNITS)), "y": str(round(-y * UNITS))}
            attributes["font-size"] = decimal(size * UNITS)
            if "Oblique" in str(font.fname) or "Italic" in str(font.fname):
                attributes["font-style"] = "italic"
            yield Node("tspan", attributes, text=chr(code))

    def get_text_width_height_descent(
        self, s: str, prop: FontProperties, ismath: Any
    ) -> tuple[float, float, float]:
        """Measure a line of text; every renderer measures alike, so each line once."""
        return _measure(s, prop.copy(), ismath)

    # How it is written.

    def path_data(self, path: Path, transform: Transform, *, filled: bool = False) -> str:
        """Write a path of Matplotlib as path data in whole units."""
        whole = transform + self.to_units
        straight = path.codes is None or np.isin(path.codes, _STRAIGHT).all()
        kept = self.moving and path.codes is None  # the same points from state to state
        thinned = straight and not kept and len(path) > _FEW
        if path.codes is None and not path.should_simplify and not filled and not thinned:
            points = whole.transform(path.vertices)
            if np.abs(points[np.isfinite(points)]).max(initial=0.0) < _FAR:
                self._points = points
                return polyline(points, self.grain)
        area = None if filled else (-_FAR / 4, -_FAR / 4, _FAR / 4, _FAR / 4)
        if thinned:
            path = Path(path.vertices, path.codes)
            grain = _MOVING_GRAIN if self.moving else _GRAIN
            path.simplify_threshold = grain
        cleaned = path.cleaned(
            whole,
            remove_nans=True,
            clip=area,
            simplify=thinned or path.should_simplify,
            curves=True,
        )
        vertices = np.clip(cleaned.vertices, -_FAR, _FAR)
        if thinned:
            vertices = np.rint(vertices / grain) * grain
        return commands(vertices, cleaned.codes)

    def _marks(
        self, path: Path, transform: Transform, centres: NDArray[np.float64], style: dict[str, str]
    ) -> Node:
        if is_circle(path):
            radius = abs(float(transform.get_matrix()[0, 0] * np.asarray(path.vertices).max()))
            return circles(centres, radius, style)
        shape = self.path_data(path, transform - self.to_units, filled="fill" in style)
        shape = shape.replace("M", "m", 1)
        start = re.match(r"m(-?\d+) ?(-?\d+)", shape)
        if start is None or "M" in shape[1:]:
            parts = [
                self.path_data(path, transform - self.to_units + _shift(centre))
                for centre in centres
            ]
            return Node("path", {"d": "".join(parts), **style})
        rest = shape[start.end() :]
        first = np.rint(centres).astype(int) + np.array([int(start[1]), int(start[2])])
        data = "".join(f"M{join(point)}{rest}" for point in first.tolist())
        return Node("path", {"d": data, **style})

    def _paint(self, gc: GraphicsContextBase, face: Any) -> dict[str, str] | None:
        style: dict[str, str] = {}
        if face is not None:
            rgba = colors.to_rgba(face)
            alpha = _alpha(gc) if gc.get_forced_alpha() else rgba[3]
            name, opacity = colour((*rgba[:3], alpha))
            if opacity > 0:
                style["fill"] = name
                if opacity < 1:
                    style["fill-opacity"] = decimal(opacity)
        width = gc.get_linewidth()
        name, opacity = colour((*gc.get_rgb()[:3], _alpha(gc)))
        if width > 0 and opacity > 0:
            style["stroke"] = name
            if opacity < 1:
                style["stroke-opacity"] = decimal(opacity)
            style["stroke-width"] = decimal(width * UNITS)
            style |= _ends(gc)
            offset, dashes = _dashes(gc)
            if dashes is not None:
                style["stroke-dasharray"] = join(round(d * UNITS) for d in dashes)
                if offset:
                    style["stroke-dashoffset"] = decimal(offset * UNITS)
        return style or None

    def _add(self, gc: GraphicsContextBase, node: Node) -> None:
        rectangle = gc.get_clip_rectangle()
        if rectangle is None:
            self.nodes.append(node)
            return
        box = _box(Bbox(self.to_units.transform(rectangle.get_points())))
        key = (int(box["x"]), int(box["y"]), int(box["width"]), int(box["height"]))
        name = self.clips.setdefault(key, f"{self.clip_key}-c{len(self.clips)}")
        clip = f"url(#{name})"
        last = self.nodes[-1] if self.nodes else None
        if last is not None and last.tag == "g" and last.attributes == {"clip-path": clip}:
            last.children.append(node)
        else:
            self.nodes.append(Node("g", {"clip-path": clip}, [node]))


@lru_cache(4096)
def _measure(s: str, prop: FontProperties, ismath: Any) -> tuple[float, float, float]:
    return RendererBase().get_text_width_height_descent(s, prop, ismath)


def _alpha(gc: GraphicsContextBase) -> float:
    alpha = gc.get_alpha() if gc.get_forced_alpha() else gc.get_rgb()[3]
    return float(1.0 if alpha is None else alpha)


def _ends(gc: GraphicsContextBase) -> dict[str, str]:
    """Return how lines end and bend, where it is not the round that stands on the root."""
    cap, join = str(gc.get_capstyle()), str(gc.get_joinstyle())
    ends = {"stroke-linecap": "square" if cap == "projecting" else cap, "stroke-linejoin": join}
    return {name: value for name, value in ends.items() if value != "round"}


def _dashes(gc: GraphicsContextBase) -> tuple[float, list[float] | None]:
    offset, dashes = gc.get_dashes()
    return float(offset or 0), None if dashes is None else np.asarray(dashes).tolist()


def _shift(centre: NDArray[np.float64]) -> Affine2D:
    return Affine2D().translate(float(centre[0]) / UNITS, -float(centre[1]) / UNITS)


def _box(box: Bbox) -> dict[str, str]:
    left, top = round(float(box.xmin)), round(float(box.ymin))
    return {
        "x": str(left),
        "y": str(top),
        "width": str(round(float(box.xmax)) - left),
        "height": str(round(float(box.ymax)) - top),
    }
