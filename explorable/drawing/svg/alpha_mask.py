"""Pictures as alpha masks: where a colour of the palette shows, and how strongly."""

import base64
import struct
import zlib
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray


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
    rows, columns = grey.shape
    raw = b"".join(b"\0" + row.tobytes() for row in np.ascontiguousarray(grey))
    header = struct.pack(">IIBBBBB", columns, rows, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(raw, 9)), (b"IEND", b""))
    written = b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )
    return "data:image/png;base64," + base64.b64encode(written).decode("ascii")
