"""The cells of every chapter give in its page what they print in the book."""

import math
import time

import pytest

from tests.pages.readers import make_reader
from tests.pages.test_running import CHAPTERS, Desk, quick_cells

pytestmark = pytest.mark.browser


PATIENCE = 300
"""In seconds, for a cell whose trainings the book had when it was built."""


@pytest.mark.proof
@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_cells_give_their_printed_output(browser, site, path):
    reader = make_reader(browser, site)
    desk = Desk(reader, f"chapters/{path.stem}.html")
    cells = list(quick_cells(path, math.inf))
    wrong = []
    desk.run(desk.cells.nth(cells[0][0]))  # which brings Python
    slow: set[int] = set()
    for position, needed, source in cells:
        cell = desk.cells.nth(position)
        if slow & set(needed):
            slow.add(position)
            continue
        desk.press(cell)
        began = time.monotonic()
        while cell.get_attribute("data-run") in ("idle", "waiting", "running"):
            desk.page.wait_for_timeout(20)
            if time.monotonic() - began > PATIENCE:
                cell.evaluate("cell => cell.querySelector('.stop:not([hidden])')?.click()")
        if cell.get_attribute("data-run") == "stopped":
            slow.add(position)
            continue
        given = desk.output(cell)
        wanted = desk.printed(cell) if cell.locator(".cell_output").count() else ""
        if given.strip() != wanted.strip() or cell.get_attribute("data-run") != "done":
            wrong.append((source, given, wanted))
    assert wrong == []
    assert len(cells) - len(slow) > desk.cells.count() / 4
    reader.context.close()
