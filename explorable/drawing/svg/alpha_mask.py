"""Pictures as alpha masks: where a colour of the palette shows, and how strongly."""

import base64
import io
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from PIL import Image


def alpha_masks(
    pixels: NDArray[np.uint8],
) -> Iterator[tuple[tuple[float, ...], NDArray[np.uint8]]]:
    """Split an RGBA picture into one opacity map a colour."""
    visible = pixels[..., 3] > 0
    flat = pixels[..., :3].reshape(-1, 3)[visible.ravel()]
    found = np.unique(flat, axis=0)
    if len(found) > 8:
        raise ValueError(
            "a picture must be drawn in colours of the palette thinned by opacity "
            f"(opacity_rgba or signed_rgba); this one has {len(found)} colours"
        )
    for rgb in found:
        mine = (pixels[..., :3] == rgb).all(axis=-1)
        yield tuple(rgb / 255.0), np.where(mine, pixels[..., 3], 0).astype(np.uint8)


def png_address(grey: NDArray[np.uint8]) -> str:
    """Write grey pixels (rows, columns) as a PNG in a data address."""
    written = io.BytesIO()
    Image.fromarray(grey).save(written, "png", optimize=True)
    return "data:image/png;base64," + base64.b64encode(written.getvalue()).decode("ascii")
