"""Where an explorer cannot move, it says so, keeps to the truth, and lets the reader try again."""

import re
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.explorable.explore.browsing import open_page, ready, sentence, write_page
from tests.explorable.explore.examples import hill, sample
from tests.pages.phone import serving

pytestmark = pytest.mark.browser

FIRST = "A sin of 1 m at (0, 0)."
OFF = "so its controls are switched off."


@pytest.fixture(scope="session")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a page with an explorer whose states can be spoilt in a copy."""
    return write_page(tmp_path_factory.mktemp("good"), sample(), hill())


@pytest.fixture
def folder(good: Path, tmp_path: Path) -> Path:
    for path in [good, *good.parent.glob("explorers/*")]:
        copy = tmp_path / path.relative_to(good.parent)
        copy.parent.mkdir(exist_ok=True)
        copy.write_bytes(path.read_bytes())
    return tmp_path


def states(folder: Path, name: str = "sample") -> Path:
    (path,) = folder.glob(f"explorers/{name}.*.js")
    return path


def missing(path: Path) -> None:
    path.unlink()


def corrupt(path: Path) -> None:
    """Exchange a few letters in the middle."""
    text = path.read_text()
    half = len(text) // 2
    path.write_text(text[:half] + text[half : half + 40][::-1] + text[half + 40 :])


def of_another_explorer(path: Path) -> None:
    path.write_text(states(path.parent.parent, "hill").read_text())


def of_another_explorer_under_its_name(path: Path) -> None:
    other = states(path.parent.parent, "hill")
    path.write_text(other.read_text().replace(other.name, path.name))


FAULTS = {
    missing: "The states of this explorer did not load, ",
    corrupt: "The states of this explorer are damaged, ",
    of_another_explorer: "The states of this explorer are damaged, ",
    of_another_explorer_under_its_name: "The states of this explorer are damaged, ",
}


def controls(page: Page, name: str = "sample"):
    return page.locator(f"#explorer-{name} .explorer-controls").locator("input, select, button")


def trouble(page: Page, name: str = "sample"):
    return page.locator(f"#explorer-{name} .explorer-trouble")


@pytest.mark.parametrize(
    ("spoil", "over_http"),
    [(spoil, spoil is corrupt) for spoil in FAULTS],
    ids=lambda each: getattr(each, "__name__", each),
)
def test_what_is_wrong_is_said_and_can_be_tried_again(
    browser: Browser, folder: Path, spoil: Callable, over_http: bool
) -> None:
    good = states(folder).read_text()
    spoil(states(folder))
    with serving(folder) if over_http else nullcontext() as host:
        page = browser.new_context(viewport={"width": 800, "height": 900}).new_page()
        page.goto(f"{host.address if host else folder.as_uri()}/index.html")
        assert_told_and_tried_again(page, folder, spoil, good)
        page.context.close()


def assert_told_and_tried_again(page: Page, folder: Path, spoil: Callable, good: str) -> None:
    again = trouble(page).get_by_role("button", name="Try again")
    again.wait_for()
    assert trouble(page).inner_text() == f"{FAULTS[spoil]}{OFF} Try again"
    assert trouble(page).get_attribute("role") == "status"
    # Nothing that is seen is untrue, and nothing pretends to move.
    assert sentence(page) == FIRST
    assert all(control.is_disabled() for control in controls(page).all())
    assert page.locator("#explorer-sample .explorer-reset").is_disabled()
    ring = page.locator("#explorer-sample .explorer-handle")
    box = ring.bounding_box()
    page.mouse.click(box["x"] + 80, box["y"] + 22)
    assert ring.bounding_box() == box
    # What needs no states goes on: the prediction.
    page.locator("#explorer-sample").get_by_label("double").check()
    assert page.locator("#explorer-sample .explorer-verdict").inner_text().startswith("Right.")
    again.click()  # in vain
    page.wait_for_function("document.querySelector('.explorer-trouble button:enabled')")
    assert trouble(page).inner_text().startswith(FAULTS[spoil])
    (folder / "explorers" / re.search(r'\["(.*?)"\]', good)[1]).write_text(good)
    trouble(page).get_by_role("button", name="Try again").click()
    page.wait_for_selector("#explorer-sample[data-ready]")
    assert trouble(page).inner_text() == ""
    page.get_by_role("slider", name="amplitude").first.fill("2")
    assert sentence(page) == "A sin of 2 m at (0, 0)."


def test_a_link_to_a_state_is_followed_as_soon_as_it_can_be_and_other_explorers_go_on(
    browser: Browser, folder: Path
) -> None:
    path = states(folder)
    good = path.read_text()
    path.unlink()
    page = open_page(browser, folder / "index.html", "#explorer=sample&size=2&shape=cos")
    again = trouble(page).get_by_role("button", name="Try again")
    again.wait_for()
    assert sentence(page) == FIRST
    assert page.locator("#sample-size").get_attribute("aria-valuetext") == "1\u00a0m"
    page.wait_for_selector("#explorer-hill[data-ready]")
    assert trouble(page, "hill").inner_text() == ""
    assert all(control.is_enabled() for control in controls(page, "hill").all())
    path.write_text(good)
    again.click()
    page.wait_for_selector("#explorer-sample[data-ready]")
    assert sentence(page) == "A cos of 2 m at (0, 0)."
    assert page.locator("#sample-size").get_attribute("aria-valuetext") == "2\u00a0m"
    page.context.close()


def test_a_view_turns_without_states(browser: Browser, folder: Path) -> None:
    states(folder, "hill").unlink()
    page = open_page(browser, folder / "index.html")
    trouble(page, "hill").get_by_role("button").wait_for()
    part = page.locator("#explorer-hill [data-xyz]").first
    before = part.get_attribute("d")
    page.get_by_label("view from").fill("7")
    assert part.get_attribute("d") != before
    page.context.close()


def test_a_browser_that_cannot_unpack_is_told_so(browser: Browser, folder: Path) -> None:
    context = browser.new_context(offline=True)
    page = context.new_page()
    page.add_init_script("delete window.DecompressionStream")
    page.goto((folder / "index.html").as_uri())
    page.wait_for_selector(".explorer-trouble:not(:empty)")
    assert trouble(page).inner_text() == (
        "This browser cannot unpack the states of this explorer (it lacks DecompressionStream), "
        + OFF
    )  # and trying again would not help
    assert all(control.is_disabled() for control in controls(page).all())
    context.close()


def test_without_javascript_nothing_grey_is_left_unexplained(
    browser: Browser, folder: Path
) -> None:
    page = open_page(browser, folder / "index.html", java_script_enabled=False)
    assert page.locator(".explorer-still").first.inner_text() == (
        "Nothing moves here: JavaScript is off, or the script of the explorers did not load."
    )
    assert page.locator(".explorer-still").first.bounding_box()["height"] > 15
    for part in ("button", "input", "select", "small", ".explorer-handle", ".explorer-predict"):
        assert not any(each.is_visible() for each in page.locator(part).all()), part
    assert "place" not in page.locator("#explorer-sample").inner_text()
    assert sentence(page) == FIRST
    assert page.locator("#explorer-sample [data-m='0'] path").is_visible()
    page.context.close()


def test_where_the_script_is_missing_it_is_said_after_a_while(
    browser: Browser, folder: Path
) -> None:
    (folder / "explorers" / "explorer.js").unlink()
    page = open_page(browser, folder / "index.html")
    still = page.locator(".explorer-still").first
    assert still.bounding_box()["height"] == 0
    page.wait_for_function(
        "document.querySelector('.explorer-still').getBoundingClientRect().height > 15",
        timeout=10_000,
    )
    page.context.close()


def save(page: Page, folder: Path, kept: Path) -> Path:
    """Save a page as a browser does: the document as it stands, its scripts with other names."""
    (kept / "page_files").mkdir(parents=True)
    text = "<!doctype html>" + page.evaluate("document.documentElement.outerHTML")
    for address in page.evaluate("[...document.scripts].map((s) => s.src).filter(Boolean)"):
        name = address.rpartition("/")[2]
        file = kept / "page_files" / f"{name}.download"
        file.write_bytes((folder / "explorers" / name).read_bytes())
    text = re.sub(r'src="[^"]*/([^"/]*\.js)"', r'src="./page_files/\1.download"', text)
    saved = kept / "page.html"
    saved.write_text(text)
    return saved


def test_a_saved_page_comes_to_life_again_at_its_first_state(
    browser: Browser, folder: Path, tmp_path: Path
) -> None:
    page = ready(
        open_page(browser, folder / "index.html", viewport={"width": 800, "height": 2500})
    )
    page.wait_for_selector("#explorer-hill[data-ready]")
    first = page.locator("#explorer-sample .explorer-panels").screenshot()
    page.get_by_role("slider", name="amplitude").first.fill("2")
    page.get_by_label("shape").first.select_option("cosine")
    page.get_by_label("view from").fill("9")
    page.locator("#explorer-sample").get_by_label("half").check()
    page.locator("#explorer-hill .explorer-handle").focus()
    page.keyboard.press("ArrowRight")
    saved = save(page, folder, tmp_path / "saved")
    page.context.close()
    again = open_page(browser, saved, viewport={"width": 800, "height": 2500})
    again.wait_for_selector("#explorer-sample[data-ready]")
    again.wait_for_selector("#explorer-hill[data-ready]")
    assert sentence(again) == FIRST
    assert again.locator("#explorer-sample .explorer-panels").screenshot() == first
    assert not again.locator("#explorer-sample .explorer-verdict").is_visible()
    again.get_by_role("slider", name="amplitude").first.fill("2")
    assert sentence(again) == "A sin of 2 m at (0, 0)."
    assert sentence(again, "hill") == "It lies 0.00 high."
    assert again.troubles == []
    again.context.close()


def test_a_page_saved_before_the_states_came_says_so(
    browser: Browser, folder: Path, tmp_path: Path
) -> None:
    page = open_page(browser, folder / "index.html", viewport={"width": 800, "height": 900})
    ready(page)
    page.evaluate("document.querySelector('script[src*=\"sample.\"]').remove()")
    saved = save(page, folder, tmp_path / "saved")
    page.context.close()
    again = open_page(browser, saved)
    again.wait_for_selector("#explorer-sample .explorer-trouble:not(:empty)")
    assert trouble(again).inner_text() == (
        f"The states of this explorer had not been loaded when the page was saved, {OFF} Try again"
    )
    again.context.close()
