"""
What explorers show in a kernel of the build: HTML, their states beside it in a file.

An extension of IPython, loaded into every kernel that `book.execute` starts. It does nothing
unless ``MATHDL_BOOK`` names the folder of the book's build.
"""

import os
from pathlib import Path
from typing import TYPE_CHECKING

from IPython.core.interactiveshell import InteractiveShell

if TYPE_CHECKING:
    from mathdl.explorer import Explorer


def load_ipython_extension(shell: InteractiveShell) -> None:
    """Publish explorers where they would be shown alive."""
    if "MATHDL_BOOK" not in os.environ:
        return
    states = Path(os.environ["MATHDL_BOOK"]) / "explorers"

    def publish(explorer: "Explorer") -> dict[str, str]:
        return {"text/plain": repr(explorer), "text/html": explorer.html(states)}

    assert shell.display_formatter is not None
    shown = shell.display_formatter.mimebundle_formatter
    # By name, so that a notebook without explorers does not import them.
    shown.for_type_by_name("mathdl.explorer.explorer", "Explorer", publish)
