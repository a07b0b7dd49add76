"""Recognise a picture that was drawn before, without drawing it again.

An explorer visits thousands of states, and many artists look the same at most of them: a
landscape changes with the choice of a surface only, though `update` sets it every time.
"""

from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.lines import Line2D
from matplotlib.patches import PathPatch
from matplotlib.text import Text
from matplotlib.transforms import Transform

from explorable.drawing.toolkit import Line3D


def fingerprint(artist: Artist) -> tuple[Any, ...] | None:
    """Return all on which an artist's picture depends, or None for artists not known here.

    Parameters
    ----------
    artist : Artist
        A line, also in space, a patch of any path, or a text (not an annotation).
    """
    kind = type(artist)
    if kind is Line2D or kind is Line3D:
        assert isinstance(artist, Line2D)
        return (*_common(artist), *_line(artist))
    if kind is PathPatch:
        assert isinstance(artist, PathPatch)
        path = artist.get_path()
        codes = b"" if path.codes is None else np.asarray(path.codes).tobytes()
        return (
            *_common(artist),
            np.asarray(path.vertices).tobytes(),
            codes,
            artist.get_facecolor(),
            artist.get_edgecolor(),
            artist.get_linewidth(),
            str(artist.get_linestyle()),
        )
    if kind is Text:
        assert isinstance(artist, Text)
        return (
            *_common(artist),
            artist.get_text(),
            artist.get_position(),
            str(artist.get_color()),
            artist.get_rotation(),
            artist.get_horizontalalignment(),
            artist.get_verticalalignment(),
            hash(artist.get_fontproperties()),
            artist.get_bbox_patch() is None,
        )
    return None


def _common(artist: Artist) -> tuple[Any, ...]:
    return (
        artist.get_visible(),
        artist.get_alpha(),
        artist.get_clip_on(),
        _place(Artist.get_transform(artist)),
    )


def _place(transform: Transform) -> bytes | int:
    # A transform that is not affine belongs to the axes and stays with the artist.
    return transform.get_matrix().tobytes() if transform.is_affine else id(transform)


def _line(line: Line2D) -> tuple[Any, ...]:
    data = line.points if isinstance(line, Line3D) else line.get_xydata()
    return (
        np.asarray(data, dtype=float).tobytes(),
        str(line.get_color()),
        line.get_linewidth(),
        str(line.get_linestyle()),
        str(line.get_gapcolor()),
        line.get_drawstyle(),
        str(line.get_marker()),
        line.get_markersize(),
        str(line.get_markerfacecolor()),
        str(line.get_markeredgecolor()),
        line.get_markeredgewidth(),
        str(line.get_markevery()),
    )
