"""Python in the page: the packed runtime and library, and which cells run there."""

import gzip
import hashlib
import io
import zipfile

import nbformat
import pytest

from explorable.book import ROOT
from explorable.book.notebooks.cells import page_cells
from explorable.book.problem import BookError
from explorable.book.settings import PACKAGES
from explorable.sphinx.site.python_scripts import VENDOR, pack_library, vendored


def test_the_runtime_is_the_one_whose_digests_are_written_down():
    files = {path.name for path in VENDOR.glob("*.gz")}
    assert {path.name for path in vendored()} == files
    assert len(files) == 4


def test_a_changed_runtime_is_refused(tmp_path, monkeypatch):
    for path in VENDOR.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    with (tmp_path / "core.js.gz").open("ab") as file:
        file.write(b"\0")
    monkeypatch.setattr("explorable.sphinx.site.python_scripts.VENDOR", tmp_path)
    with pytest.raises(BookError, match=r"core\.js\.gz is not the file that SHA256SUMS names"):
        vendored()


def test_the_library_is_packed_alike_at_every_build_and_without_drawing():
    packages = [ROOT / name for name in PACKAGES]
    packed = pack_library(packages)
    assert hashlib.sha256(packed).digest() == hashlib.sha256(pack_library(packages)).digest()
    names = zipfile.ZipFile(io.BytesIO(gzip.decompress(packed))).namelist()
    assert {"mathdl/forward/layers.py", "mathdl/data/digits.npz"} <= set(names)
    assert not [name for name in names if "figures" in name or "widgets" in name]


def cell(source, *outputs, tags=(), html=""):
    made = nbformat.v4.new_code_cell(source, metadata={"tags": list(tags)})
    made.outputs = [nbformat.v4.new_output("display_data", {kind: html}) for kind in outputs]
    return made


def test_cells_that_compute_can_be_run_and_those_that_draw_say_so():
    notebook = nbformat.v4.new_notebook(
        cells=[
            cell("import math\nfrom explorable.drawing.toolkit import panels"),
            nbformat.v4.new_markdown_cell("Text."),
            cell("x = math.pi"),
            cell("x", tags=["hide-input"]),
            cell("assert x > 3", tags=["remove-cell"]),
            cell("panels(x)", "image/png"),
            cell("panels(x)", "text/html"),
            cell("panels(x)", "text/html", html='<section class="explorer">'),
            cell("panels(x)", "image/png", tags=["remove-input"]),
        ]
    )
    kinds = {each.place: each.kind for each in page_cells(notebook)}
    draws = "needs-notebook"
    assert kinds == {0: "", 2: "computes", 3: "computes", 4: "", 5: draws, 6: draws, 7: "", 8: ""}
