"""Pages: kB transferred (gzip); first contentful paint (4G line, processor slowed 4×)."""

import statistics
from collections.abc import Iterator

from benchmarks.timing import Line
from explorable.book.build import build
from explorable.book.chromium import chromium
from explorable.book.job import Build
from tests.pages.phone import first_paint, serving

HEAVIEST = 330.0  # kilobytes, compressed, before explorer states
FIRST_PAINT = 1.0  # seconds
TRIALS = 3


def lines() -> Iterator[Line]:
    """Yield weight and first paint of every page, through a slow line and processor."""
    job = Build()
    build(job)
    with chromium() as browser:
        for document in job.documents:
            name = document.relative_to(job.source).with_suffix(".html").as_posix()
            page = "index.html" if document == job.documents[0] else name
            paints = []
            for _ in range(TRIALS):
                with serving(job.output) as server:
                    paints.append(first_paint(browser, server.address, page, whole=True))
                    sent = server.sent
            states = sum(size for path, size in sent.items() if _holds_states(path))
            yield f"{page}, kB", (sum(sent.values()) - states) / 1000, HEAVIEST
            yield "  states of its explorers, all loaded, kB", states / 1000, None
            yield "  first paint, s", statistics.median(paints), FIRST_PAINT


def _holds_states(path: str) -> bool:
    return "/explorers/" in path and not path.endswith("explorer.js")
