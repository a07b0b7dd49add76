"""One notebook, one file: whoever executes it, on whatever machine, the bytes are the same."""

import base64
import hashlib
import io
import re
from collections import Counter

import nbformat
import numpy as np
from nbformat import NotebookNode
from PIL import Image

from explorable.book import ROOT
from explorable.book.problem import BookError

METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {
        "file_extension": ".py",
        "mimetype": "text/x-python",
        "name": "python",
        "pygments_lexer": "ipython3",
    },
}
KEPT_CELL_METADATA = ("tags", "mystnb")
KEPT_CHUNKS = (b"IHDR", b"PLTE", b"tRNS", b"pHYs", b"IDAT", b"IEND")
PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
WIDGET = "application/vnd.jupyter.widget-view+json"
# Whose folder it is, is nobody's business, and another machine has another.
FOLDER = re.compile(
    r"(?<![\w/])(?:(?:/(?:home|Users|root|tmp)/|[A-Z]:\\+Users\\+)[\w.-]+"
    rf"|{re.escape(str(ROOT))}(?![\w.-]))"
)
# A solution begins and ends with a cell, for Jupyter closes whole cells.
BORDER = re.compile(r"\n+(?=```\{solution-start\})|(?<=```\{solution-end\}\n```)\n+")
MOST_TEXT = 200_000  # characters that one output may print
ADDRESS = re.compile(r"\bat 0x[0-9a-fA-F]{6,}")
PIXEL_TOLERANCE = 3  # of 255: what another machine's rounding may change in a picture


def normalise(notebook: NotebookNode) -> NotebookNode:
    """Return the notebook without anything that depends on when, where or by whom it was run.

    Timestamps, widget views and state, editor settings and the metadata inside pictures go;
    kernel and language are named in one way; a cell's id is the hash of its source. A solution has
    cells of its own.
    """
    seen: Counter[str] = Counter()
    cells = [_cell(part, seen) for cell in notebook.cells for part in _parts(cell)]
    cells = [cell for cell in cells if cell.source or cell.cell_type != "code"]
    plain = {"cells": cells, "metadata": METADATA, "nbformat": 4, "nbformat_minor": 5}
    made: NotebookNode = nbformat.from_dict(plain)
    return made


def dumps(notebook: NotebookNode) -> str:
    """Write a notebook the way Jupyter does: sorted keys, one space of indent, last newline."""
    return f"{nbformat.writes(notebook)}\n"


def keep_equal_pictures(new: NotebookNode, old: NotebookNode) -> None:
    """Keep a committed picture where the new one shows the same up to rounding."""
    before = {cell.id: cell.get("outputs", []) for cell in old.cells}
    for cell in new.cells:
        pairs = zip(cell.get("outputs", []), before.get(cell.id, []), strict=False)
        for output, former in pairs:
            data, reference = output.get("data", {}), former.get("data", {})
            if "image/png" in data and "image/png" in reference:
                one, other = data["image/png"], reference["image/png"]
                if one != other and same_picture(one, other):
                    data["image/png"] = other


def same_picture(one: str, other: str) -> bool:
    """Tell whether two base64 PNGs show the same, up to a few levels of each colour."""
    pixels = [
        np.asarray(Image.open(io.BytesIO(base64.b64decode(text))).convert("RGBA"), dtype=int)
        for text in (one, other)
    ]
    if pixels[0].shape != pixels[1].shape:
        return False
    return bool(np.abs(pixels[0] - pixels[1]).max() <= PIXEL_TOLERANCE)


def check_portable(notebook: NotebookNode, where: str) -> None:
    """Refuse text outputs that another machine or another run would not repeat."""
    for number, cell in enumerate(notebook.cells, start=1):
        for output in cell.get("outputs", []):
            text = output.get("text") or output.get("data", {}).get("text/plain", "")
            if output.get("name") == "stderr":
                raise BookError(f"{where}, cell {number}: writes to stderr: {text.strip()[:300]}")
            if len(text) > MOST_TEXT:
                raise BookError(
                    f"{where}, cell {number}: prints {len(text):,} characters, which no page "
                    f"can show; print at most {MOST_TEXT:,}"
                )
            if found := FOLDER.search(text):
                raise BookError(
                    f"{where}, cell {number}: prints a folder of this machine "
                    f"({found.group()}), which no other has"
                )
            if found := ADDRESS.search(text):
                raise BookError(
                    f"{where}, cell {number}: prints a memory address ({found.group()}), "
                    "which no other run repeats; end the cell with something readable"
                )


def _parts(cell: NotebookNode) -> list[NotebookNode]:
    if cell.cell_type != "markdown":
        return [cell]
    return [NotebookNode(cell, source=source) for source in BORDER.split(cell.source)]


def _cell(cell: NotebookNode, seen: Counter[str]) -> NotebookNode:
    source = cell.source.rstrip()
    seen[cell.cell_type + source] += 1
    key = f"{cell.cell_type}\n{source}\n{seen[cell.cell_type + source]}"
    plain: dict[str, object] = {
        "cell_type": cell.cell_type,
        "id": hashlib.sha256(key.encode()).hexdigest()[:8],
        "metadata": {
            name: cell.metadata[name] for name in KEPT_CELL_METADATA if name in cell.metadata
        },
        "source": source,
    }
    if cell.cell_type == "code":
        plain["execution_count"] = cell.execution_count
        plain["outputs"] = _outputs(cell.outputs)
    elif cell.get("attachments"):
        plain["attachments"] = cell.attachments
    made: NotebookNode = nbformat.from_dict(plain)
    return made


def _outputs(outputs: list[NotebookNode]) -> list[NotebookNode]:
    kept: list[NotebookNode] = []
    for output in map(nbformat.from_dict, outputs):
        if output.output_type == "stream" and kept and kept[-1].get("name") == output.name:
            kept[-1].text += output.text
            continue
        if "data" in output:
            output.data.pop(WIDGET, None)
            output.metadata = _picture_sizes(output.metadata)
            if "image/png" in output.data:
                output.data["image/png"] = _picture(output.data["image/png"])
            if not output.data:
                continue
        kept.append(output)
    return kept


def _picture_sizes(metadata: NotebookNode) -> NotebookNode:
    """Keep the width and height at which a picture wants to be shown."""
    sizes = {
        mime: {name: value for name, value in entry.items() if name in ("width", "height")}
        for mime, entry in metadata.items()
        if mime.startswith("image/")
    }
    made: NotebookNode = nbformat.from_dict(sizes)
    return made


def _picture(text: str) -> str:
    content = base64.b64decode(text)
    chunks, position = [PNG_SIGNATURE], len(PNG_SIGNATURE)
    while position < len(content):
        end = position + int.from_bytes(content[position : position + 4], "big") + 12
        if content[position + 4 : position + 8] in KEPT_CHUNKS:
            chunks.append(content[position:end])
        position = end
    return base64.b64encode(b"".join(chunks)).decode()
