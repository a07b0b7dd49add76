"""What a page of the built book weighs, and how soon a reader on a phone sees it."""

import statistics

from benchmarks.table import Table
from explorable.book.build import build
from explorable.book.chromium import chromium
from explorable.book.job import Build
from tests.pages.phone import first_paint, serving

HEAVIEST = 330_000  # bytes, compressed, before explorer states
FIRST_PAINT = 1.0  # seconds
TRIALS = 3


def measure_pages(table: Table) -> None:
    """Print weight and first paint of every page, through a slow line and processor."""
    job = Build()
    build(job)
    table.title(
        "Pages: bytes transferred (gzip), first contentful paint (4G line, processor slowed 4×)"
    )
    with chromium() as browser:
        for document in job.documents:
            name = document.relative_to(job.source).with_suffix(".html").as_posix()
            page = job.output / ("index.html" if document == job.documents[0] else name)
            name = page.relative_to(job.output).as_posix()
            paints = []
            for _ in range(TRIALS):
                with serving(job.output) as server:
                    paints.append(first_paint(browser, server.address, name, whole=True))
                    sent = server.sent
            states = sum(size for path, size in sent.items() if _holds_states(path))
            table.size(name, sum(sent.values()) - states, HEAVIEST)
            if states:
                table.size("  states of its explorers, all loaded", states)
            table.time("  first paint", statistics.median(paints), FIRST_PAINT)


def _holds_states(path: str) -> bool:
    return "/explorers/" in path and not path.endswith("explorer.js")
