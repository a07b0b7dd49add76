"""What turns the notebooks into this site: execution, normalisation, Sphinx, style sheets."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
