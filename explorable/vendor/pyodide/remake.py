"""
Make the packed runtime in this folder again: ``python explorable/vendor/pyodide/remake.py``.

Needs a network, pip, npm and Node 18 or later, which building the book does not. Everything
comes from two packages: Pyodide's own, and one that carries the build of NumPy that Pyodide's
lock file names; what the lock file says of its content is checked, so that the carrier needs no
trust. The same versions give the same bytes.
"""

import base64
import gzip
import hashlib
import json
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
PYODIDE = "pyodide@0.29.0"
PYODIDE_SHA512 = (
    "ObIvsTmcrxAWKg+FT1GjfSdDmQc5CabnYe/nn5BCuhr9BVVITeQ24DBdZuG5B2tIiAZ9YonBpnDB7cmHZyd2Rw=="
)
CARRIER = "gbdraw==0.14.2"
WHEEL = "numpy-2.2.5-cp313-cp313-pyodide_2025_0_wasm32.whl"
PARTS = ("core.js", "core.wasm", "stdlib.zip", "numpy.zip")


def main() -> None:
    """Download, check, compile, pack, and write down the hashes."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        core = fetch_core(folder)
        wheel = fetch_numpy(folder, json.loads((core / "pyodide-lock.json").read_bytes()))
        command = ["node", str(HERE / "compile.cjs"), str(core), str(wheel), str(folder)]
        subprocess.run(command, check=True)
        # Together in one file, for a worker made of text cannot load another script.
        scripts = [(core / name).read_bytes() for name in ("pyodide.js", "pyodide.asm.js")]
        contents = {
            "core.js": b"\n;".join(map(without_source_map, scripts)),
            "core.wasm": (core / "pyodide.asm.wasm").read_bytes(),
            "stdlib.zip": (folder / "stdlib.zip").read_bytes(),
            "numpy.zip": (folder / "numpy.zip").read_bytes(),
        }
        for name in PARTS:
            packed = gzip.compress(contents[name], compresslevel=9, mtime=0)
            (HERE / f"{name}.gz").write_bytes(packed)
        with zipfile.ZipFile(wheel) as archive:
            license_text = archive.read("numpy-2.2.5.dist-info/LICENSE.txt")
        (HERE / "LICENSE-numpy").write_bytes(license_text)
    write_hashes()


def fetch_core(folder: Path) -> Path:
    """Download Pyodide's own package, check it, and return where its files are."""
    subprocess.run(["npm", "pack", "--silent", PYODIDE], cwd=folder, check=True)
    archive = folder / "pyodide-0.29.0.tgz"
    found = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    if found != PYODIDE_SHA512:
        sys.exit(f"{PYODIDE} has the sha512 {found}, not {PYODIDE_SHA512}")
    with tarfile.open(archive) as package:
        package.extractall(folder, filter="data")
    return folder / "package"


def fetch_numpy(folder: Path, lock: dict[str, dict[str, dict[str, str]]]) -> Path:
    """Download the package that carries NumPy's wheel, and take out the wheel that is locked."""
    command = [
        sys.executable,
        "-m",
        "pip",
        "download",
        "--no-deps",
        "--dest",
        str(folder),
        CARRIER,
    ]
    subprocess.run(command, check=True)
    (carrier,) = folder.glob("gbdraw-*.whl")
    with zipfile.ZipFile(carrier) as archive:
        (member,) = [name for name in archive.namelist() if name.endswith(f"/{WHEEL}")]
        content = archive.read(member)
    locked = lock["packages"]["numpy"]
    if locked["file_name"] != WHEEL or locked["sha256"] != hashlib.sha256(content).hexdigest():
        sys.exit(f"{WHEEL} in {CARRIER} is not the one that Pyodide's lock file names")
    wheel = folder / WHEEL
    wheel.write_bytes(content)
    return wheel


def without_source_map(script: bytes) -> bytes:
    """Drop the last comment of a script, which names a file that is not here."""
    return script.partition(b"\n//# sourceMappingURL=")[0]


def write_hashes() -> None:
    """Write what ``sha256sum --check`` reads, in the order of the parts."""
    lines = [
        f"{hashlib.sha256((HERE / f'{name}.gz').read_bytes()).hexdigest()}  {name}.gz\n"
        for name in PARTS
    ]
    (HERE / "SHA256SUMS").write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
