"""What turns the notebooks into this site: execution, normalisation, Sphinx, style sheets."""

import os
import sys
from pathlib import Path
from types import ModuleType
from typing import cast

ENGINE = Path(__file__).resolve().parents[1]
# The book that is worked on: in this folder, or, as here, beside the engine.
ROOT = Path.cwd() if Path("_config.yml").is_file() else ENGINE.parent
# Where .venv and _build are made: here, or elsewhere if this folder cannot be written to.
FOLDER = Path(os.environ.get("BOOK_FOLDER") or ROOT).resolve()

# Where this package is installed, jsonschema builds its grammars in each process, which takes a
# second; it checks international addresses, of which a notebook has none. None says: not here.
sys.modules.setdefault("rfc3987_syntax", cast(ModuleType, None))
