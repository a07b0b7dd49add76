"""What lets a reader keep the whole book on a device: the list of its files, and a worker."""

import hashlib
import json
import shutil
from pathlib import Path

from explorable.book import ENGINE

DEVICE = ENGINE / "sphinx" / "assets" / "device"
NOT_KEPT = {".ipynb", ".whl", ".xml"}
OWN = {"files.js", "worker.js"}  # perhaps of an earlier build; always asked for anew
COLOUR = "#0033cc"


def write_device(site: Path, title: str) -> None:
    """Write worker, manifest and the list of all files, with their sizes, of a finished site."""
    shutil.copyfile(DEVICE / "icon.svg", site / "assets" / "icon.svg")
    manifest = {
        "name": title,
        "start_url": ".",
        "display": "minimal-ui",
        "background_color": "#ffffff",
        "theme_color": COLOUR,
        "icons": [{"src": "assets/icon.svg", "sizes": "any", "type": "image/svg+xml"}],
    }
    (site / "manifest.webmanifest").write_text(json.dumps(manifest), encoding="utf-8")
    files = {
        path.relative_to(site).as_posix(): path.read_bytes()
        for path in sorted(site.rglob("*"))
        if path.is_file() and path.suffix not in NOT_KEPT and not path.name.startswith(".")
    }
    files = {name: content for name, content in files.items() if name not in OWN}
    edition = hashlib.sha256()
    for name, content in files.items():
        edition.update(name.encode() + b"\0" + hashlib.sha256(content).digest())
    listed = {
        "edition": edition.hexdigest()[:16],
        "files": {name: len(content) for name, content in files.items()},
    }
    (site / "files.js").write_text(f"window.bookFiles = {json.dumps(listed)}", encoding="utf-8")
    shutil.copyfile(DEVICE / "worker.js", site / "worker.js")
