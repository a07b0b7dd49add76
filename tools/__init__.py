"""What this repository does for itself: checks, releases, the template of a chapter."""

import sys
from importlib.util import find_spec

if find_spec("playwright") is None:
    sys.exit(
        f"playwright is not installed for {sys.executable}: prepare the book's environment by "
        "`make environment`, and run .venv/bin/python -m tools.…"
    )
