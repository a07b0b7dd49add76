"""A picture that a reader paints in the page: by pointer, finger and keys."""

import re
from pathlib import Path

import bs4
import numpy as np
import pytest
from matplotlib.patches import Rectangle
from playwright.sync_api import Browser, Page, expect

from explorable.controls.paint import read, written
from explorable.drawing.toolkit import label, opacity_rgba, panels, style_bare
from explorable.explore import Explorer, explore, paint, say
from explorable.explore.live import LiveExplorer
from explorable.explore.page import explorer_html
from tests.explorable.controls.kernel import used, with_kernel
from tests.explorable.explore.browsing import open_page, ready, sentence, write_page

pytestmark = pytest.mark.browser

BAR = np.zeros((8, 8))
BAR[2:6, 3] = 1
PICTURES = {"bar": BAR.ravel(), "dot": np.eye(1, 64, 27).ravel()}


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
        digit=paint(axes, PICTURES, corner=(10, 20), size=160, label="digit"),
    )
    def update(digit: np.ndarray):  # type: ignore
        ink = digit.sum()
        square.set_alpha(ink / 64)
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
    return np.array(cells.evaluate_all(read)).reshape(8, 8)


def centre(page: Page, row: float, column: float) -> tuple[float, float]:
    box = page.locator(".explorer-canvas").bounding_box()
    cell = box["width"] / 8, box["height"] / 8
    return box["x"] + (column + 0.5) * cell[0], box["y"] + (row + 0.5) * cell[1]


def clear(page: Page) -> None:
    page.get_by_role("button", name="Clear").click()
    assert sentence(page) == "Cells of ink: 0.00."


def test_the_first_picture_is_there_without_a_script(path: Path, browser: Browser):
    page = open_page(browser, path, java_script_enabled=False)
    assert page.locator("[role=gridcell]").count() == 64
    style = page.locator("[role=gridcell]").nth(8 * 2 + 3).get_attribute("style")
    assert style == "--v:1"
    assert page.locator("[data-picture]").first.is_disabled()
    page.context.close()


def test_listed_pictures_and_their_slides_are_read(page: Page):
    np.testing.assert_array_equal(ink(page), BAR)
    page.get_by_role("button", name="dot").click()
    assert sentence(page) == "Cells of ink: 1.00."
    assert page.get_by_role("button", name="dot").get_attribute("aria-pressed") == "true"
    page.get_by_role("button", name="bar").click()
    page.get_by_role("button", name="slide left").click()
    page.get_by_role("button", name="slide down").click()
    np.testing.assert_array_equal(ink(page), np.roll(BAR, (1, -1), (0, 1)))
    assert sentence(page) == "Cells of ink: 4.00."
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
    page.mouse.move(*centre(page, 6, 6))  # the pen is up
    drawn = ink(page)
    assert (drawn[1, 1:7] == 1).all()
    assert (drawn[0, 1:7] == 0.25).all()
    assert (drawn[3:] == 0).all()
    expect(page.locator("[data-m='1']")).to_have_text(f"ink {drawn.sum():.2f}")


def test_a_finger_paints_and_the_page_does_not_scroll(browser: Browser, path: Path):
    page = open_page(browser, path, has_touch=True, viewport={"width": 390, "height": 664})
    ready(page)
    page.touchscreen.tap(*centre(page, 6, 6))
    assert ink(page)[6, 6] == 1
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
    assert focused.get_attribute("aria-label") == "row 7, column 2: 0 % ink"
    page.keyboard.press("+")
    assert focused.get_attribute("aria-label") == "row 7, column 2: 25 % ink"
    page.keyboard.press("Enter")  # ink goes
    page.keyboard.press("Enter")  # and comes
    page.keyboard.press("-")
    assert ink(page)[6, 1] == 0.75
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
        expect(other.locator(".explorer-say p").first).to_have_text("Cells of ink: 4.00.")
        np.testing.assert_array_equal(ink(other), BAR)
        other.get_by_role("button", name="Clear").click()
    other.context.close()


HALF = BAR / 2


@pytest.fixture
def painted():
    figure, axes = panels(1, width=400, height=200)
    style_bare(axes)
    axes.set(xlim=(0, 400), ylim=(200, 0))
    (line,) = axes.plot([0, 1])
    digit = paint(
        axes, {"bar": HALF.ravel(), "a < b": np.eye(1, 64).ravel()}, corner=(100, 20), size=80
    )
    return explore(figure, {"line": line}, "t", name="t", digit=digit)(lambda digit: say("a"))


def test_a_picture_to_paint_is_a_grid_over_the_place_that_is_drawn(painted):
    states = [(state, False) for state in painted.scene.look()]
    card = bs4.BeautifulSoup(explorer_html(painted, states), "html.parser")
    canvas = card.select_one(".explorer-panel > .explorer-canvas")
    assert (canvas["role"], canvas["aria-label"]) == ("grid", "picture")
    assert canvas["aria-disabled"] == "true"
    rows = canvas.find_all(attrs={"role": "row"})
    cells = [row.find_all(attrs={"role": "gridcell"}) for row in rows]
    assert [[cell["style"] for cell in row] for row in cells] == [
        [f"--v:{ink:g}" for ink in row] for row in HALF
    ]
    assert [cell["tabindex"] for row in cells for cell in row] == ["0", *["-1"] * 63]
    axes = painted.controls["digit"].axes
    drawn = painted.controls["digit"].drawn()[0]
    assert drawn.get_extent() == [100, 180, 100, 20]
    np.testing.assert_array_equal(drawn.get_array(), opacity_rgba(HALF))
    assert (axes.get_xlim(), axes.get_ylim(), axes.get_aspect()) == ((0, 400), (200, 0), "auto")
    box, (left, bottom, right, top) = axes.get_figure().bbox, axes.get_window_extent().extents
    share = dict(re.findall(r"(\w+):([\d.]+)%", canvas["style"]))
    expected = {
        "left": (left + (right - left) * 100 / 400) / box.width,
        "top": (box.height - top + (top - bottom) * 20 / 200) / box.height,
        "width": (right - left) * 80 / 400 / box.width,
        "height": (top - bottom) * 80 / 200 / box.height,
    }
    assert {side: float(value) for side, value in share.items()} == pytest.approx(
        {side: 100 * value for side, value in expected.items()}, abs=2e-3
    )


# Of any shape

WIDE = np.zeros((3, 5))
WIDE[1, 1:4] = 1


def wide() -> Explorer:
    figure, axes = panels(1, width=400, height=200)
    style_bare(axes)
    axes.set(xlim=(0, 400), ylim=(200, 0))
    (dot,) = axes.plot([0], [0], "o")
    pictures = {"bar": WIDE.ravel(), "dot": np.eye(1, 15, 14).ravel()}
    sheet = paint(axes, pictures, shape=(3, 5), corner=(10, 20), size=150, label="sheet")

    @explore(figure, {"dot": dot}, "How wide?", name="wide", sheet=sheet)
    def update(sheet: np.ndarray):  # type: ignore
        return say("{ink}", ink=" ".join(f"{cell:g}" for cell in sheet))

    return update


def test_a_picture_of_any_shape_is_listed_and_drawn_and_what_is_none_refused():
    control = wide().controls["sheet"]
    assert control.count == 2
    assert control.value(0).reshape(3, 5).tolist() == WIDE.tolist()
    assert control.drawn()[0].get_extent() == [10, 160, 110, 20]
    assert control.at("g" + 14 * "0").tolist() == np.eye(1, 15)[0].tolist()
    with pytest.raises(ValueError, match="must be written in 15 letters from 0 to g"):
        control.at(64 * "0")
    axes = wide().controls["sheet"].axes
    for shape, told in [((3,), "rows and columns"), ((0, 5), "each of shape"), ((2, 5), "15")]:
        with pytest.raises(ValueError, match=told):
            paint(axes, {"bar": WIDE.ravel()}, shape=shape)


def test_a_picture_of_any_shape_is_painted(browser: Browser, tmp_path: Path):
    def inked() -> np.ndarray:
        return np.array(used(page)).reshape(3, 5)

    with with_kernel(browser, tmp_path, wide()) as page:
        box = page.locator(".explorer-canvas").bounding_box()
        cells = [cell.bounding_box() for cell in page.get_by_role("gridcell").all()]
        for side, count in (("width", 5), ("height", 3)):
            whole = pytest.approx(box[side] / count, abs=0.1)
            assert [cell[side] for cell in cells] == [whole] * 15
        page.get_by_role("gridcell").first.focus()
        for key in ("End", "PageDown", "ArrowRight", "ArrowDown", "Space"):
            page.keyboard.press(key)
        focused = page.locator("[role=gridcell]:focus")
        assert focused.get_attribute("aria-label") == "row 3, column 5: 100 % ink"
        assert inked().tolist() == (WIDE + np.eye(1, 15, 14).reshape(3, 5)).tolist()
        page.get_by_role("button", name="Clear").click()
        y, x = (
            box[start] + box[size] * (k + 0.5) / n
            for start, size, k, n in [("y", "height", 2, 3), ("x", "width", 4, 5)]
        )
        page.mouse.click(x, y)
        page.wait_for_function("document.querySelector('.explorer-say p').textContent.endsWith(1)")
        assert inked()[2, 4] == inked().max() == 1


# What is listed, and how a picture is written

RNG = np.random.default_rng(0)
RANDOM = {"a": RNG.integers(0, 17, 64) / 16, "b": np.zeros(64)}


def test_a_picture_is_written_and_read_and_what_is_none_is_refused():
    picture = RANDOM["a"]
    assert len(written(picture)) == 64
    np.testing.assert_array_equal(read(written(picture)), picture)
    with pytest.raises(ValueError, match="none of those that are listed"):
        paint(panels(1)[1], RANDOM).find(np.full(64, 0.5))
    for bad in (np.zeros(63), np.full(64, 1.5), np.full(64, np.nan)):
        with pytest.raises(ValueError, match="picture"):
            paint(panels(1)[1], {"bad": bad})
    view = LiveExplorer(painting())
    sent = []
    view.send = sent.append
    with pytest.raises(Exception, match="64 letters from 0 to g"):
        view._answer(view, {"indices": ["rubbish"]}, [])
    assert "64 letters from 0 to g" in sent[0]["changes"][0][3]
