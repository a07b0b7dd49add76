"""Explorers alive in a real JupyterLab and in a real Notebook."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.explorable.explore.browsing import sentence
from tests.explorable.explore.examples import sample
from tests.explorable.explore.lab import rest, run_all, run_notebook, running_lab, write_notebook

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[4]
SOURCE = f"""import sys
sys.path.insert(0, {str(ROOT)!r})
from tests.explorable.explore.examples import hill, sample
sample()"""


@pytest.fixture(
    scope="module", params=["jupyterlab", pytest.param("notebook", marks=pytest.mark.proof)]
)
def notebook(
    request: pytest.FixtureRequest, browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Page]:
    folder = tmp_path_factory.mktemp(request.param)
    write_notebook(folder / "explorers.ipynb", [SOURCE, "hill()", "1 + 1"])
    with running_lab(folder, request.param) as address:
        page = run_notebook(browser, address, "explorers.ipynb")
        alive(page)
        page.file = folder / "explorers.ipynb"
        yield page
        page.close()


def alive(page: Page) -> None:
    page.wait_for_selector("#explorer-hill[data-alive]", timeout=60_000)
    rest(page)
    page.wait_for_timeout(500)  # Jupyter moves the focus once more


def becomes(page: Page, name: str, wanted: str) -> None:
    page.wait_for_function(
        "([name, wanted]) => document.querySelector(`#explorer-${name} .explorer-say p`)"
        ".textContent === wanted",
        arg=[name, wanted],
    )


def drawn(page: Page, name: str, mover: int) -> str:
    return page.locator(f"#explorer-{name} [data-m='{mover}']").first.inner_html()


def test_every_control_by_keyboard(notebook: Page) -> None:
    """None of these keys reaches Jupyter, whose shortcuts move between cells and change them."""
    assert sentence(notebook) == "A sin of 1 m at (0, 0)."
    other = sentence(notebook, "hill")
    cells = notebook.locator(".jp-Cell").count()
    card = notebook.locator("#explorer-sample")
    press = notebook.keyboard.press
    card.locator(".explorer-handle").focus()
    press("ArrowRight")
    press("ArrowUp")
    becomes(notebook, "sample", "A sin of 1 m at (1, 1).")
    press("Tab")
    press("ArrowRight")
    becomes(notebook, "sample", "A sin of 2 m at (1, 1).")
    press("ArrowDown")
    becomes(notebook, "sample", "A sin of 1 m at (1, 1).")
    press("Tab")
    press("ArrowDown")
    becomes(notebook, "sample", "A cos of 1 m at (1, 1).")
    press("s")  # native fields choose by letter
    becomes(notebook, "sample", "A sin of 1 m at (1, 1).")
    moment = card.locator(".explorer-steps .explorer-value")
    card.get_by_role("button", name="quarter +1").focus()
    press("Space")
    assert moment.inner_text() == "1 / 3"
    card.locator(".explorer-play").focus()
    press("Space")
    notebook.wait_for_function("value => value.innerText === '3 / 3'", arg=moment.element_handle())
    card.get_by_label("half").focus()
    press("ArrowDown")
    press("Space")
    assert card.locator(".explorer-verdict").inner_text().startswith("Right.")
    card.get_by_role("slider", name="amplitude").focus()
    for key in ("Escape", "a", "b", "x", "d", "d", "Home", "End"):
        press(key)
    assert notebook.locator(".jp-Cell").count() == cells
    assert sentence(notebook, "hill") == other


def test_other_keys_stay_with_jupyter(notebook: Page) -> None:
    """Ctrl+S in an explorer saves the notebook, and arrows outside of it change the cell."""
    before = notebook.file.stat().st_mtime_ns
    notebook.locator("#explorer-hill .explorer-handle").focus()
    notebook.keyboard.press("ArrowRight")
    becomes(notebook, "hill", "It lies 0.25 high.")
    notebook.keyboard.press("Control+s")
    for _ in range(100):
        if notebook.file.stat().st_mtime_ns != before:
            break
        notebook.wait_for_timeout(50)
    assert notebook.file.stat().st_mtime_ns != before
    notebook.keyboard.press("ArrowLeft")
    becomes(notebook, "hill", "It lies 0.00 high.")
    chosen = """() => [...document.querySelectorAll('.jp-Cell')]
        .findIndex((cell) => cell.classList.contains('jp-mod-active'))"""
    notebook.locator(".jp-InputPrompt").nth(2).click()
    assert notebook.evaluate(chosen) == 2
    notebook.keyboard.press("ArrowUp")
    assert notebook.evaluate(chosen) == 1


def test_the_notebook_shows_what_the_page_shows_and_a_point_is_dragged(notebook: Page) -> None:
    card = notebook.locator("#explorer-sample")
    card.get_by_role("button", name="Reset").click()
    becomes(notebook, "sample", "A sin of 1 m at (0, 0).")
    card.get_by_label("shape").select_option("cosine")
    becomes(notebook, "sample", "A cos of 1 m at (0, 0).")
    explorer = sample()
    explorer.at(shape="cos")
    fresh = """inside => {
        const group = document.createElementNS("http://www.w3.org/2000/svg", "g");
        group.innerHTML = inside;
        return group.innerHTML; }"""
    for index, state in enumerate(explorer.scene.look()):
        assert drawn(notebook, "sample", index) == notebook.evaluate(fresh, state.inside())
    handle = notebook.locator("#explorer-hill .explorer-handle")
    handle.scroll_into_view_if_needed()
    ring = handle.bounding_box()
    notebook.mouse.move(ring["x"] + 20, ring["y"] + 20)
    notebook.mouse.down()
    notebook.mouse.move(ring["x"] + 400, ring["y"] - 300, steps=6)
    notebook.mouse.up()
    becomes(notebook, "hill", "It lies 2.00 high.")


def test_a_view_that_is_gone_leaves_nothing_behind(notebook: Page) -> None:
    """Running the cells again replaces the views, and with them what they listened to."""

    def listeners() -> int:
        session = notebook.context.new_cdp_session(notebook)
        window = session.send("Runtime.evaluate", {"expression": "window"})["result"]
        found = session.send("DOMDebugger.getEventListeners", {"objectId": window["objectId"]})
        session.detach()
        return sum(listener["type"] == "keydown" for listener in found["listeners"])

    before = listeners()
    assert before >= 2
    notebook.evaluate("document.querySelector('#explorer-hill').dataset.old = ''")
    run_all(notebook)
    notebook.wait_for_selector("#explorer-hill[data-old]", state="detached", timeout=60_000)
    alive(notebook)
    assert listeners() == before
