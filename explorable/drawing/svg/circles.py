"""Circles: most marks of the book are round, and few bytes suffice for them."""

import numpy as np
from matplotlib.path import Path
from matplotlib.transforms import Affine2D, Transform
from numpy.typing import NDArray

from explorable.drawing.svg.nodes import Node, decimal
from explorable.drawing.svg.pathdata import join


def is_circle(path: Path) -> bool:
    """Return whether a path is Matplotlib's circle, of any radius."""
    circle = Path.unit_circle()
    if path is circle:
        return True
    vertices = np.asarray(path.vertices)
    if vertices.shape != np.asarray(circle.vertices).shape:
        return False
    radius = np.abs(vertices).max()
    return bool(radius) and bool(np.allclose(vertices / radius, circle.vertices))


def circles(centres: NDArray[np.float64], radius: float, style: dict[str, str]) -> Node:
    """Write circles; plain dots are points of a wide round pen."""
    points = np.rint(centres).astype(int)
    if "fill" in style and "stroke" not in style:
        pen = {"stroke": style["fill"], "stroke-width": decimal(2 * radius)}
        if "fill-opacity" in style:
            pen["stroke-opacity"] = style["fill-opacity"]
        else:  # one dot hides another in the same place
            _, first = np.unique(points, axis=0, return_index=True)
            points = points[np.sort(first)]
        return Node("path", {"d": "".join(f"M{join(p)}h0" for p in points.tolist()), **pen})
    style = {name: value for name, value in style.items() if "-line" not in name}
    r = round(radius)
    ring = f"a{r} {r} 0 1 0 {2 * r} 0a{r} {r} 0 1 0-{2 * r} 0z"
    data = "".join(f"M{join((x - r, y))}{ring}" for x, y in points.tolist())
    return Node("path", {"d": data, **style})


def without_translation(transform: Transform) -> Affine2D:
    """Return what a transform does to a shape around the origin."""
    matrix = np.array(transform.get_matrix())
    matrix[:2, 2] = 0
    return Affine2D(matrix)
