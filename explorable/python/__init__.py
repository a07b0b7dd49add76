"""Python in the page of the book: what the worker of a page calls.

Nothing here needs a browser; the worker hands in and takes out text. The page's side is in
``explorable/python/browser``.
"""

from explorable.python.answers import answer
from explorable.python.worker import begin, open_page, run_cell

__all__ = ["answer", "begin", "open_page", "run_cell"]
