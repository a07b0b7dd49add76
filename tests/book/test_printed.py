"""The cells of every chapter give in its page what they print in the book."""

import time

import pytest

from tests.book.readers import make_reader
from tests.book.test_running import CHAPTERS, DIFFERENT, Desk, quick_cells


def test_known_differences_are_printed_somewhere():
    text = "".join(path.read_text(encoding="utf-8") for path in CHAPTERS)
    assert [each for each in DIFFERENT if each not in text] == []


@pytest.mark.browser
@pytest.mark.parametrize("limit", [0.1, pytest.param(0.5, marks=pytest.mark.proof)])
@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
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
            if time.monotonic() - began > 10 * limit + 2:
                cell.evaluate("cell => cell.querySelector('.stop:not([hidden])')?.click()")
        if cell.get_attribute("data-run") == "stopped":
            slow.add(position)
            continue
        given = desk.output(cell)
        wanted = desk.printed(cell) if cell.locator(".cell_output").count() else ""
        if any(each in wanted for each in DIFFERENT):
            continue
        if given.strip() != wanted.strip() or cell.get_attribute("data-run") != "done":
            wrong.append((source, given, wanted))
    assert wrong == []
    assert len(quick) - len(slow) > desk.cells.count() / 5
    reader.context.close()
