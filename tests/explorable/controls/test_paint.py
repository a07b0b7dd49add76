"""A picture that a reader paints in the page: by pointer, finger and keys."""

import re
from pathlib import Path

import bs4
import numpy as np
import pytest
from matplotlib.patches import Rectangle
from playwright.sync_api import Browser, Page, expect

from explorable.controls.paint import written
from explorable.drawing.toolkit import label, opacity_rgba, panels, style_bare
from explorable.explore import Explorer, explore, paint, say
from explorable.explore.live import LiveExplorer
from explorable.explore.page import explorer_html
from tests.explorable.explore.browsing import open_page, ready, sentence, write_page

pytestmark = pytest.mark.browser

SHAPE = (7, 8)
BAR = np.zeros(SHAPE)
BAR[2:6, 3], BAR[1, 3] = 1, 0.5
PICTURES = {"bar": BAR.ravel(), "a < b": np.eye(1, 56, 27).ravel()}


def painting() -> Explorer:
    figure, axes = panels(1, width=400, height=200)
    style_bare(axes)
    axes.set(xlim=(0, 400), ylim=(200, 0))
    square = axes.add_patch(Rectangle((250, 20), 100, 100, color="#0339c6", linewidth=0))
    text = label(axes, 300, 160, "")

    @explore(
        figure,
        {"square": square, "text": text},
        "How much ink?",
        name="sample",
        computed=True,
        digit=paint(axes, PICTURES, shape=SHAPE, corner=(10, 20), size=160),
    )
    def update(digit: np.ndarray):  # type: ignore
        ink = digit.sum()
        square.set_alpha(ink / 56)
        text.set_text(str(say("ink {ink:.2f}", ink=ink)))
        return say("Cells of ink: {ink:.2f}.", ink=ink)

    return update


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_page(tmp_path_factory.mktemp("painting"), painting())


@pytest.fixture
def page(browser: Browser, path: Path):
    opened = ready(open_page(browser, path))
    yield opened
    assert opened.troubles == []
    opened.context.close()


def ink(page: Page) -> np.ndarray:
    cells = page.locator("[role=gridcell]")
    read = "(cells) => cells.map((cell) => Number(cell.style.getPropertyValue('--v')))"
    return np.array(cells.evaluate_all(read)).reshape(SHAPE)


def centre(page: Page, row: float, column: float) -> tuple[float, float]:
    box = page.locator(".explorer-canvas").bounding_box()
    cell = box["width"] / 8, box["height"] / 7
    return box["x"] + (column + 0.5) * cell[0], box["y"] + (row + 0.5) * cell[1]


def clear(page: Page) -> None:
    page.get_by_role("button", name="Clear").click()
    assert sentence(page) == "Cells of ink: 0.00."


def test_the_first_picture_is_there_without_a_script(path: Path, browser: Browser):
    page = open_page(browser, path, java_script_enabled=False)
    assert page.locator("[role=gridcell]").count() == 56
    style = page.locator("[role=gridcell]").nth(8 * 2 + 3).get_attribute("style")
    assert style == "--v:1"
    assert page.locator("[data-picture]").first.is_disabled()
    page.context.close()


def test_listed_pictures_and_their_slides_are_read(page: Page):
    np.testing.assert_array_equal(ink(page), BAR)
    page.get_by_role("button", name="a < b").click()
    assert sentence(page) == "Cells of ink: 1.00."
    assert page.get_by_role("button", name="a < b").get_attribute("aria-pressed") == "true"
    page.get_by_role("button", name="bar").click()
    page.get_by_role("button", name="slide left").click()
    page.get_by_role("button", name="slide down").click()
    np.testing.assert_array_equal(ink(page), np.roll(BAR, (1, -1), (0, 1)))
    assert sentence(page) == "Cells of ink: 4.50."
    assert page.get_by_role("button", name="bar").get_attribute("aria-pressed") == "false"


def test_the_pointer_paints_a_stroke_without_gaps_and_rubs_it_out(page: Page):
    erase = page.get_by_role("button", name="Erase")
    erase.click()
    assert erase.get_attribute("aria-pressed") == "true"
    page.mouse.click(*centre(page, 3, 3))
    assert ink(page)[3, 3] == 0
    assert ink(page)[5, 3] == 1
    erase.click()
    page.mouse.click(*centre(page, 3, 3))
    assert ink(page)[3, 3] == 1
    clear(page)
    page.mouse.move(*centre(page, 1, 1))
    page.mouse.down()
    page.mouse.move(*centre(page, 1, 6))  # one leap
    page.mouse.up()
    page.mouse.move(*centre(page, 5, 6))  # the pen is up
    drawn = ink(page)
    assert (drawn[1, 1:7] == 1).all()
    assert (drawn[0, 1:7] == 0.25).all()
    assert (drawn[3:] == 0).all()
    expect(page.locator("[data-m='1']")).to_have_text(f"ink {drawn.sum():.2f}")


def test_a_finger_paints_and_the_page_does_not_scroll(browser: Browser, path: Path):
    page = open_page(browser, path, has_touch=True, viewport={"width": 390, "height": 664})
    ready(page)
    page.touchscreen.tap(*centre(page, 6, 7))
    assert ink(page)[6, 7] == 1
    touch = page.locator(".explorer-canvas").evaluate("(c) => getComputedStyle(c).touchAction")
    assert touch == "none"
    box = page.locator(".explorer-canvas").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    page.context.close()


def test_ink_is_seen_where_the_system_chooses_the_colours(path: Path, browser: Browser):
    page = ready(open_page(browser, path, forced_colors="active", color_scheme="dark"))
    paper, inked = (page.locator("[role=gridcell]").nth(at).screenshot() for at in (9, 19))
    assert paper != inked
    page.context.close()


def test_keys_walk_and_paint(page: Page):
    page.locator("[role=gridcell]").first.focus()
    for key in ("End", "PageDown", "Home", "ArrowRight", "ArrowUp"):
        page.keyboard.press(key)
    focused = page.locator("[role=gridcell]:focus")
    assert focused.get_attribute("aria-label") == "row 6, column 2: 0 % ink"
    page.keyboard.press("+")
    assert focused.get_attribute("aria-label") == "row 6, column 2: 25 % ink"
    page.keyboard.press("Enter")  # ink goes
    page.keyboard.press("Enter")  # and comes
    page.keyboard.press("-")
    assert ink(page)[5, 1] == 0.75
    page.keyboard.press("Delete")
    np.testing.assert_array_equal(ink(page), BAR)
    assert page.locator("[role=gridcell][tabindex='0']").count() == 1
    bar = page.get_by_role("button", name="bar")
    assert bar.get_attribute("aria-pressed") == "true"  # it is the listed picture again


def test_reset_and_links_bring_pictures_back(page: Page, browser: Browser, path: Path):
    clear(page)
    page.mouse.click(*centre(page, 4, 4))
    page.evaluate("navigator.clipboard.writeText = async () => {}")
    page.get_by_role("button", name="Link to this state: copy").click()
    fragment = page.evaluate("location.hash")
    assert written(ink(page).ravel()) in fragment
    before = ink(page)
    page.get_by_role("button", name="Reset").click()
    np.testing.assert_array_equal(ink(page), BAR)
    other = ready(open_page(browser, path, fragment))
    np.testing.assert_array_equal(ink(other), before)
    for rubbish in ("rubbish", "00"):
        other.evaluate("link => { location.hash = link; }", f"explorer=sample&digit={rubbish}")
        expect(other.locator(".explorer-say p").first).to_have_text("Cells of ink: 4.50.")
        np.testing.assert_array_equal(ink(other), BAR)
        other.get_by_role("button", name="Clear").click()
    other.context.close()


def test_a_picture_to_paint_is_a_grid_over_the_place_that_is_drawn():
    painted = painting()
    states = [(state, False) for state in painted.scene.look()]
    card = bs4.BeautifulSoup(explorer_html(painted, states), "html.parser")
    canvas = card.select_one(".explorer-panel > .explorer-canvas")
    assert (canvas["role"], canvas["aria-label"]) == ("grid", "picture")
    assert canvas["aria-disabled"] == "true"
    rows = canvas.find_all(attrs={"role": "row"})
    cells = [row.find_all(attrs={"role": "gridcell"}) for row in rows]
    assert [[cell["style"] for cell in row] for row in cells] == [
        [f"--v:{ink:g}" for ink in row] for row in BAR
    ]
    assert [cell["tabindex"] for row in cells for cell in row] == ["0", *["-1"] * 55]
    axes = painted.controls["digit"].axes
    drawn = painted.controls["digit"].drawn()[0]
    assert drawn.get_extent() == [10, 170, 160, 20]
    np.testing.assert_array_equal(drawn.get_array(), opacity_rgba(BAR))
    assert (axes.get_xlim(), axes.get_ylim(), axes.get_aspect()) == ((0, 400), (200, 0), "auto")
    box, (left, bottom, right, top) = axes.get_figure().bbox, axes.get_window_extent().extents
    share = dict(re.findall(r"(\w+):([\d.]+)%", canvas["style"]))
    expected = {
        "left": (left + (right - left) * 10 / 400) / box.width,
        "top": (box.height - top + (top - bottom) * 20 / 200) / box.height,
        "width": (right - left) * 160 / 400 / box.width,
        "height": (top - bottom) * 140 / 200 / box.height,
    }
    assert {side: float(value) for side, value in share.items()} == pytest.approx(
        {side: 100 * value for side, value in expected.items()}, abs=2e-3
    )


def test_a_picture_is_written_and_read_and_what_is_none_is_refused():
    control, axes = painting().controls["digit"], panels(1)[1]
    picture = np.random.default_rng(0).integers(0, 17, 56) / 16
    assert control.count == 2
    np.testing.assert_array_equal(control.value(0), BAR.ravel())
    np.testing.assert_array_equal(control.at(written(picture)), picture)
    with pytest.raises(ValueError, match="none of those that are listed"):
        control.find(picture)
    for bad in (np.zeros(63), np.full(64, 1.5), np.full(64, np.nan)):
        with pytest.raises(ValueError, match="picture"):
            paint(axes, {"bad": bad})
    for shape, told in [((3,), "rows and columns"), ((0, 5), "each of shape"), ((2, 5), "10")]:
        with pytest.raises(ValueError, match=told):
            paint(axes, PICTURES, shape=shape)
    view = LiveExplorer(painting())
    sent = []
    view.send = sent.append
    with pytest.raises(Exception, match="56 letters from 0 to g"):
        view._answer(view, {"indices": ["rubbish"]}, [])
    assert "56 letters from 0 to g" in sent[0]["changes"][0][3]
