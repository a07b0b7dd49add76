"""What turns the notebooks into this site: execution, normalisation, Sphinx, style sheets."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# Where .venv and _build are made: here, or elsewhere if this folder cannot be written to.
FOLDER = Path(os.environ.get("BOOK_FOLDER") or ROOT).resolve()
