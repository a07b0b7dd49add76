"""The cells of every chapter give in its page what they print in the book."""

import math
import time

import pytest

from tests.pages.readers import make_reader
from tests.pages.test_running import CHAPTERS, Desk, quick_cells

pytestmark = pytest.mark.browser


QUICK = 0.02
"""In seconds, for a cell with all that it needs, in the kernel."""

CASES = [
    pytest.param(path, QUICK, marks=[] if path.stem == "faq" else pytest.mark.proof)
    for path in CHAPTERS
] + [pytest.param(path, math.inf, marks=pytest.mark.proof) for path in CHAPTERS]
"""Quick cells of one chapter, of all in `make proof`; and there every cell."""


@pytest.mark.parametrize(("path", "limit"), CASES, ids=lambda each: getattr(each, "stem", each))
def test_cells_give_their_printed_output(browser, site, path, limit):
    reader = make_reader(browser, site)
    desk = Desk(reader, f"chapters/{path.stem}.html")
    quick = list(quick_cells(path, limit))
    wrong = []
    desk.run(desk.cells.nth(quick[0][0]))  # which brings Python
    slow: set[int] = set()
    for position, needed, source in quick:
        cell = desk.cells.nth(position)
        if slow & set(needed):
            slow.add(position)
            continue
        desk.press(cell)
        began = time.monotonic()
        while cell.get_attribute("data-run") in ("idle", "waiting", "running"):
            desk.page.wait_for_timeout(20)
            # Outside, its trainings were there already.
            if time.monotonic() - began > min(10 * limit + 2, 300):
                cell.evaluate("cell => cell.querySelector('.stop:not([hidden])')?.click()")
        if cell.get_attribute("data-run") == "stopped":
            slow.add(position)
            continue
        given = desk.output(cell)
        wanted = desk.printed(cell) if cell.locator(".cell_output").count() else ""
        if given.strip() != wanted.strip() or cell.get_attribute("data-run") != "done":
            wrong.append((source, given, wanted))
    assert wrong == []
    assert len(quick) - len(slow) > desk.cells.count() / 4
    reader.context.close()
