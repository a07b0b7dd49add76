"""What the laboratory's page brings: its script, its style, and the programs that it runs."""

from pathlib import Path
from typing import Any

from mathdl.laboratory.listing import pieces
from mathdl.laboratory.programs import programs

SCRIPT = Path(__file__).parent / "browser" / "laboratory.js"
STYLE = Path(__file__).parent / "browser" / "laboratory.css"


def content() -> dict[str, Any]:
    """Return the programs, and the source of what a reader may take home."""
    return {"programs": programs(), "pieces": pieces()}
