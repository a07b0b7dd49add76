"""What a site's Python is made of: the runtime that was committed, the library that computes."""

import gzip
import io
import zipfile

import pytest

from explorable.book.problem import BookError
from explorable.sphinx.site import python_scripts
from explorable.sphinx.site.python_scripts import pack_library, write_python

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
}
KEPT = ["__init__.py", "b/c.py", "b/data.npz", "b.py", "figure.py"]


def test_a_file_of_the_runtime_that_is_not_the_listed_one_is_named(tmp_path, monkeypatch):
    (tmp_path / "core.wasm.gz").write_bytes(b"changed")
    (tmp_path / "SHA256SUMS").write_text(f"{'0' * 64}  core.wasm.gz\n", encoding="utf-8")
    monkeypatch.setattr(python_scripts, "VENDOR", tmp_path)
    with pytest.raises(BookError) as told:
        write_python(tmp_path, {}, [])
    expected = "explorable/vendor/pyodide/core.wasm.gz is not the file that SHA256SUMS names"
    assert str(told.value) == expected


def test_the_library_is_packed_without_what_draws_and_always_alike(tmp_path):
    for name, content in LIBRARY.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(content, encoding="utf-8")
    packed = pack_library([tmp_path / "mathdl"])
    assert packed[:8] == b"\x1f\x8b\x08\0\0\0\0\0"  # gzip, no name, no time
    with zipfile.ZipFile(io.BytesIO(gzip.decompress(packed))) as archive:
        stored = [
            (each.filename, each.date_time, each.compress_type) for each in archive.infolist()
        ]
        names = [f"mathdl/{name}" for name in KEPT]
        assert stored == [(each, (1980, 1, 1, 0, 0, 0), zipfile.ZIP_STORED) for each in names]
        assert [archive.read(name).decode() for name in names] == [LIBRARY[name] for name in names]
