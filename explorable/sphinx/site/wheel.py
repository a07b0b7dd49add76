"""The library and the engine as one file, for a reader who has a notebook and nothing else."""

import os
from pathlib import Path
from unittest.mock import patch

from hatchling.builders.wheel import WheelBuilder

from explorable.book import ROOT


def pack(folder: Path, root: Path = ROOT) -> Path:
    """Write both as a wheel into a folder, the same bytes at every build; return its path."""
    with patch.dict(os.environ, SOURCE_DATE_EPOCH="1600000000"):  # no time of day in the archive
        return Path(next(WheelBuilder(str(root)).build(directory=str(folder))))
