"""The folder with Python that a site gets, whole: scripts of a packed runtime that is tiny."""

import base64
import gzip
import hashlib
import io
import json
import zipfile
from itertools import chain

import nbformat
import pytest

from explorable.book.notebooks.cells import page_cells
from explorable.book.problem import BookError
from explorable.sphinx.site import python_scripts
from explorable.sphinx.site.python_scripts import (
    library_files,
    pack_library,
    vendored,
    write_python,
)

RUNTIME = {"core.js.gz": b"core of 16 bytes", "core.wasm.gz": b"seventeen bytes..", "e.gz": b"a"}
LIBRARY = {
    "mathdl/__init__.py": "one = 1\n",
    "mathdl/b.py": "§",
    "mathdl/b/c.py": "",
    "mathdl/b/data.npz": "numbers",
    "mathdl/b/data.csv": "left out",
    "mathdl/b/__pycache__/c.py": "left out",
    "mathdl/figures/b.py": "left out",
    "mathdl/figures.py": "left out",
    "mathdl/figure.py": "kept",
    "book/b.py": "left out",
}
SCRIPTS = {"b.js": "bee('é');\n", "a.js": "ay();\n", "worker/w.js": "work();\n", "no.txt": "no"}


@pytest.fixture
def root(tmp_path, monkeypatch):
    """Return the folder of a book whose runtime, editor, scripts and library are tiny."""
    made = tmp_path / "root"
    vendor, editor, scripts = made / "vendor", made / "editor", made / "scripts"
    for folder, files in ((vendor, RUNTIME), (made, LIBRARY), (scripts, SCRIPTS)):
        for name, content in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
    sums = [f"{hashlib.sha256(RUNTIME[name]).hexdigest()}  {name}\n" for name in RUNTIME]
    (vendor / "SHA256SUMS").write_text("".join(sums), encoding="utf-8")
    editor.mkdir()
    (editor / "codemirror.min.js").write_text("edit('é');\n", encoding="utf-8")
    for name, value in {
        "VENDOR": vendor, "EDITOR": editor, "SCRIPTS": scripts, "PART": 16
    }.items():  # fmt: skip
        monkeypatch.setattr(python_scripts, name, value)
    return made


def notebook(*cells):
    """Return a notebook of cells, given id, source and tags of each."""
    made = nbformat.v4.new_notebook()
    for key, source, *tags in cells:
        made.cells.append(nbformat.v4.new_code_cell(source, id=key, metadata={"tags": tags}))
    return made


def named(stem, script):
    """Return what a script is called, and the script."""
    return f"{stem}.{hashlib.sha256(script.encode()).hexdigest()[:10]}.js", script


def part(name, index, content):
    """Return a script that hands over a piece of a file."""
    text = base64.b64encode(content).decode()
    return named(f"{name}.{index}", f'pythonPart("{name}",{index},"{text}")\n')


def test_the_folder_has_runtime_library_cells_words_and_the_script_that_knows_them(
    root, tmp_path, monkeypatch
):
    monkeypatch.setattr(python_scripts, "pack_library", lambda of: of[0].name.encode() * 9)
    one = notebook(("i", "import math"), ("x", 'x = "é"'), ("y", "x", "remove-cell"))
    two = notebook(("draw", "from matplotlib import pyplot\npyplot.plot(1)"))
    two.cells.append(nbformat.v4.new_markdown_cell("Text.", id="text"))
    site = tmp_path / "site"
    site.mkdir()
    chapters = {"zh/chapters/two": two, "one": one, "chapters/empty": notebook()}
    cells = {page: [cell[1:] for cell in page_cells(each)] for page, each in chapters.items()}
    name = write_python(site, cells, [root], {"zh-Hans": {"Run": "运行", "a, b": "甲"}})
    parts = {
        "core.js": [part("core.js", 0, b"core of 16 bytes")],
        "core.wasm": [part("core.wasm", 0, b"seventeen bytes."), part("core.wasm", 1, b".")],
        "e": [part("e", 0, b"a")],
        "library.zip": [
            part("library.zip", 0, b"rootrootrootroot"),
            part("library.zip", 1, b"rootrootrootroot"),
            part("library.zip", 2, b"root"),
        ],
    }
    cells = {
        "chapters/empty": named("cells.empty", 'pythonCells("chapters/empty",[])\n'),
        "one": named(
            "cells.one",
            'pythonCells("one",[["i","import math",""],'
            '["x","x = \\"é\\"","computes"],["y","x",""]])\n',
        ),
        "zh/chapters/two": named(
            "cells.two",
            'pythonCells("zh/chapters/two",[["draw",'
            '"from matplotlib import pyplot\\npyplot.plot(1)","needs-notebook"]])\n',
        ),
    }
    words = named("words", 'pythonWords({"Run":"运行","a, b":"甲"})\n')
    packed = {
        "parts": {file: [each for each, _ in scripts] for file, scripts in parts.items()},
        "cells": {page: each for page, (each, _) in cells.items()},
        "words": {"zh-Hans": words[0]},
        "worker": '"use strict";\n(() => {\nwork();\n})();\n',
    }
    known = json.dumps(packed, ensure_ascii=False, separators=(",", ":"))
    main = named(
        "python",
        f"\"use strict\";\nvar PACKED = {known};\nedit('é');\n"
        "\"use strict\";\n(() => {\nay();\n})();\n(() => {\nbee('é');\n})();\n",
    )
    assert name == main[0]
    assert [path.name for path in site.iterdir()] == ["python"]
    assert {
        path.name: path.read_text(encoding="utf-8") for path in (site / "python").iterdir()
    } == dict([*chain.from_iterable(parts.values()), *cells.values(), words, main])


def test_a_file_of_the_runtime_that_is_not_the_listed_one_is_named(root, tmp_path):
    (root / "vendor" / "core.wasm.gz").write_bytes(b"changed")
    expected = "explorable/vendor/pyodide/core.wasm.gz is not the file that SHA256SUMS names"
    with pytest.raises(BookError) as told:
        vendored()
    assert str(told.value) == expected
    with pytest.raises(BookError) as told:
        write_python(tmp_path, {}, [root])
    assert str(told.value) == expected


def test_the_library_is_packed_without_what_draws_and_always_alike(root):
    kept = ["mathdl/__init__.py", "mathdl/b/c.py", "mathdl/b/data.npz", "mathdl/b.py",
            "mathdl/figure.py"]  # fmt: skip
    assert [name for name, _path in library_files([root / "mathdl"])] == kept
    packed = pack_library([root / "mathdl"])
    assert packed[:8] == b"\x1f\x8b\x08\0\0\0\0\0"  # gzip, no name, no time
    with zipfile.ZipFile(io.BytesIO(gzip.decompress(packed))) as archive:
        assert [(each.filename, each.date_time, each.compress_type) for each in
                archive.infolist()] == [
            (name, (1980, 1, 1, 0, 0, 0), zipfile.ZIP_STORED) for name in kept
        ]  # fmt: skip
        assert [archive.read(name).decode() for name in kept] == [LIBRARY[name] for name in kept]
