"""Two pictures with one fingerprint look the same."""

import numpy as np
import pytest
from matplotlib.lines import Line2D
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.transforms import Affine2D

from explorable.explore.fingerprint import fingerprint

SQUARE = Path([[0, 0], [1, 0], [1, 1], [0, 0]], closed=True)
MADE = {
    "line": lambda: Line2D([0, 1], [2, 3], color="#0339c6", marker="o"),
    "text": lambda: Text(0.5, 0.5, "word"),
    "patch": lambda: PathPatch(SQUARE, facecolor="#0339c6"),
}
CHANGES = [
    ("line", "set_data", ([0, 1], [2, 4])), ("line", "set_color", ("#af670d",)),
    ("line", "set_linewidth", (3,)), ("line", "set_linestyle", ("--",)),
    ("line", "set_alpha", (0.5,)), ("line", "set_visible", (False,)),
    ("line", "set_marker", ("s",)), ("line", "set_markersize", (9,)),
    ("line", "set_markerfacecolor", ("#ffffff",)), ("line", "set_markeredgecolor", ("#ffffff",)),
    ("line", "set_markeredgewidth", (3,)), ("line", "set_drawstyle", ("steps",)),
    ("line", "set_markevery", (2,)), ("line", "set_clip_on", (False,)),
    ("line", "set_transform", (Affine2D().scale(2),)),
    ("patch", "set_transform", (Affine2D().scale(2),)),
    ("text", "set_text", ("other",)), ("text", "set_position", ((0, 0),)),
    ("text", "set_color", ("#af670d",)), ("text", "set_fontsize", (20,)),
    ("text", "set_fontweight", ("bold",)), ("text", "set_fontstyle", ("italic",)),
    ("text", "set_rotation", (90,)), ("text", "set_ha", ("right",)), ("text", "set_va", ("top",)),
    ("text", "set_alpha", (0.5,)), ("text", "set_visible", (False,)),
    ("patch", "set_path", (Path([[0, 0], [2, 0], [1, 1], [0, 0]], closed=True),)),
    ("patch", "set_path", (Path(SQUARE.vertices),)), ("patch", "set_facecolor", ("#af670d",)),
    ("patch", "set_edgecolor", ("#af670d",)), ("patch", "set_linewidth", (3,)),
    ("patch", "set_linestyle", ("--",)), ("patch", "set_alpha", (0.5,)),
    ("patch", "set_visible", (False,)),
]  # fmt: skip


@pytest.mark.parametrize("kind", MADE)
def test_alike_is_alike(kind: str) -> None:
    assert fingerprint(MADE[kind]()) == fingerprint(MADE[kind]())


@pytest.mark.parametrize(("kind", "change", "values"), CHANGES)
def test_every_change_is_told(kind: str, change: str, values: tuple[object, ...]) -> None:
    artist = MADE[kind]()
    before = fingerprint(artist)
    getattr(artist, change)(*values)
    assert fingerprint(artist) != before


def test_what_is_not_known_has_none() -> None:
    from matplotlib.collections import PathCollection

    assert fingerprint(PathCollection([SQUARE], offsets=np.zeros((1, 2)))) is None
