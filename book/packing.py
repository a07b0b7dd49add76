"""The library as one file, for a reader who has a notebook and nothing else."""

import os
from pathlib import Path
from unittest.mock import patch

from flit_core.wheel import make_wheel_in

from book import ROOT


def pack(folder: Path, root: Path = ROOT) -> Path:
    """Write ``mathdl-….whl`` into a folder, the same bytes at every build; return its path."""
    with patch.dict(os.environ, SOURCE_DATE_EPOCH="0"):  # no time of day in the archive
        wheel: Path = make_wheel_in(root / "pyproject.toml", folder).file
    return wheel
