"""The one file through which the build driver speaks to the Sphinx extension.

It lies beside the pages that Sphinx reads. A book that Jupyter Book builds by itself has none.
"""

import json
from pathlib import Path
from typing import Any

FILE = "told.json"


def tell(stage: Path, **parts: object) -> None:
    """Write what the extension is to know, each part under a name."""
    (stage / FILE).write_text(json.dumps(parts, ensure_ascii=False), encoding="utf-8")


def told(stage: Path, part: str) -> Any:
    """Read one part of what the driver tells; None if it tells nothing."""
    path = stage / FILE
    return json.loads(path.read_text(encoding="utf-8")).get(part) if path.is_file() else None
