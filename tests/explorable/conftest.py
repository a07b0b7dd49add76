"""The built book, and readers who open it from disk without a network."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from explorable.book import ROOT
from explorable.book.job import Build
from tests.pages.readers import Reader, make_reader


@pytest.fixture(scope="session")
def site() -> Path:
    """Return the folder of the built book; build it first if anything changed."""
    job = Build()
    command = [sys.executable, "-m", "explorable", "build"]
    for name in ("source", "work", "output"):
        command += [f"--{name}", str(getattr(job, name))]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if result.returncode:
        pytest.fail(f"The book does not build.\n{result.stderr}", pytrace=False)
    return job.output


@pytest.fixture
def reader(browser: Browser, site: Path) -> Iterator[Reader]:
    """Return a reader at a desk: 1280 × 900, light."""
    made = make_reader(browser, site, viewport={"width": 1280, "height": 900})
    yield made
    made.context.close()


@pytest.fixture
def interruptible() -> Iterator[None]:
    """Let Ctrl-C reach what is started, also if a shell runs these tests in the background."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)
