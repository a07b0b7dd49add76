"""Find and start the Chromium that opens the built pages: for the tests and for the PDF."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

from explorable.book.problem import BookError

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find_chromium() -> str:
    """Return the browser named by $CHROMIUM, or the first on the PATH."""
    named = os.environ.get("CHROMIUM")
    found = shutil.which(named) if named else next(filter(None, map(shutil.which, NAMES)), None)
    if found:
        return found
    what = (
        f"$CHROMIUM names {named}, which cannot be run" if named else "Chromium is not installed"
    )
    raise BookError(
        f"{what}. The built pages are tested and printed in a real browser: install it "
        "(Debian, Ubuntu: sudo apt-get install chromium; macOS: brew install --cask chromium), "
        "or name one with CHROMIUM=/path/to/chrome."
    )


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start the browser, and stop it."""
    path = find_chromium()
    with sync_playwright() as playwright:
        # It opens no page but ours, often as root in a container, where a sandbox can't start.
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        try:
            yield browser
        finally:
            browser.close()
