"""Explorers in a static page, driven as a reader drives them, from disk, with the network off."""

import gzip
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Browser, Locator, Page

from explorable.drawing.toolkit import panels, style_plane
from explorable.explore import Explorer, choice, explore, point, predict, say, slider
from explorable.explore.bundle import script, style
from explorable.sentences import Sentence
from tests.explorable.explore.browsing import (
    faults,
    handle,
    open_page,
    ready,
    sentence,
    write_page,
)

pytestmark = pytest.mark.browser

SPACE = "\N{NO-BREAK SPACE}"


def test_a_prediction_is_judged_again_and_again_and_all_options_stay(page: Page) -> None:
    card = page.locator("#explorer-sample")
    field = card.locator(".explorer-predict")
    options, said = field.locator(".explorer-options"), field.locator(".explorer-verdict")
    before, places = card.bounding_box(), options.bounding_box()
    assert not said.is_visible()
    for option, verdict in (
        ("half", "Not so. The answer is: double. Double is 4"),
        ("double", "Right. Double is 4"),
        ("half", "Not so."),
    ):
        field.get_by_label(option).focus()
        page.keyboard.press("Space")
        assert said.is_visible()
        assert said.inner_text().startswith(verdict)
        assert said.inner_text().count("Double is 4 times half.") == 1
        assert options.bounding_box() == places
        assert field.get_by_label("half").is_visible()
        assert field.get_by_label("double").is_visible()
        assert field.get_by_role("radio", checked=True).count() == 1
        assert field.get_by_label(option).is_checked()
        marks = options.locator("label span").evaluate_all(
            "spans => spans.map((span) => getComputedStyle(span, '::after').content)"
        )
        assert marks == ['" ✗"' if option == "half" else "none", '" ✓"']
    card.get_by_role("button", name="Reset").click()
    assert not said.is_visible()
    assert not field.get_by_label("half").is_checked()
    assert field.get_by_label("half").is_enabled()
    assert card.bounding_box() == before


def test_arrows_walk_through_the_options_of_a_prediction(page: Page) -> None:
    """Each option can be reached without answering; after the answer the focus is on it."""
    field = page.locator("#explorer-sample .explorer-predict")
    verdict = field.locator(".explorer-verdict")
    options = {name: field.get_by_label(name) for name in ("half", "double")}
    options["half"].focus()
    for key, name in (("Down", "double"), ("Right", "half"), ("Up", "double"), ("Left", "half")):
        page.keyboard.press(f"Arrow{key}")
        assert options[name].evaluate("option => option === document.activeElement")
        assert not verdict.is_visible()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Space")
    assert verdict.inner_text().startswith("Right.")
    outline = verdict.evaluate("""
        (verdict) => verdict === document.activeElement && getComputedStyle(verdict).outlineWidth
    """)
    assert outline == "2px"
    for following in ("show", "handle"):
        page.keyboard.press("Tab")
        assert page.locator(f"#explorer-sample .explorer-{following}").evaluate(
            "element => element === document.activeElement"
        )


FIRST, LAST = "A sin of 0.5 m at (0, 0).", "A cos of 2 m at (−1, 1)."
"""What the sample shows after an answer."""

LISTEN = """() => { window.said = [];
    new MutationObserver(([{ target }]) => window.said.push(target.textContent)).observe(
        document.querySelector("#explorer-sample .explorer-say p"), { childList: true });
    }"""


@pytest.fixture
def answered(browser: Browser, page_path: Path) -> Iterator[Callable[..., Page]]:
    """Return a function that opens a page whose clock stands still and answers wrongly."""
    opened = []

    def answer(**options: object) -> Page:
        page = ready(open_page(browser, page_path, **options))
        opened.append(page)
        page.clock.install(time=0)
        page.clock.pause_at(60)
        page.evaluate(LISTEN)
        page.get_by_label("half").first.check()
        return page

    yield answer
    for page in opened:
        assert page.troubles == []
        page.context.close()


def show_it(page: Page) -> Locator:
    return page.locator("#explorer-sample").get_by_role("button", name="Show it")


def stands(page: Page) -> list[str]:
    return page.locator("#explorer-sample .explorer-value, #explorer-sample select").evaluate_all(
        "all => all.map((one) => one.selectedOptions?.[0].text ?? one.textContent)"
    )


def test_what_decides_is_shown_and_left_to_the_reader(answered: Callable[..., Page]) -> None:
    page = answered()
    show_it(page).click()
    page.clock.run_for(1600)
    assert sentence(page) == FIRST
    page.clock.run_for(10_000)
    assert sentence(page) == LAST
    assert stands(page) == ["(−1, 1)", f"2{SPACE}m", "cosine", "3 / 3"]
    heard = page.evaluate("window.said")
    assert heard.index(FIRST) < heard.index(LAST)
    assert page.locator("#explorer-sample .explorer-spoken").inner_text() == LAST
    page.get_by_role("slider", name="amplitude").first.fill("1")
    page.clock.run_for(10_000)
    assert sentence(page) == "A cos of 1 m at (−1, 1)."
    show_it(page).click()
    page.clock.run_for(10_000)
    assert sentence(page) == LAST
    page.locator("#explorer-sample").get_by_role("button", name="Reset").click()
    assert sentence(page) == "A sin of 1 m at (0, 0)."
    assert not show_it(page).is_visible()


def test_what_can_glide_glides_there(browser: Browser, tmp_path: Path) -> None:
    figure, axes = panels(1)
    style_plane(axes, "x", "y", bounds=[[0, 1], [0, 1]])
    (dot,) = axes.plot([], [], "o")

    @explore(
        figure,
        {"dot": dot},
        "Does it glide?",
        name="sample",
        computed=True,
        prediction=predict(
            "Does it?",
            ["half", "yes"],
            answer=1,
            why="So.",
            show=[{"size": 1, "place": (1, 0), "word": "there"}],
        ),
        size=slider([0.0, 1.0], label="size"),
        place=point(axes, grid=(2, 2), start=(0, 1)),
        word=choice(["here", "there"]),
    )
    def glides(size: float, place: np.ndarray, word: str) -> Sentence:
        dot.set_data(place[:1], place[1:])
        return say("{size} {x} {y} {word}", size=size, x=place[0], y=place[1], word=word)

    page = ready(open_page(browser, write_page(tmp_path, glides)))
    page.clock.install()
    page.evaluate(LISTEN)
    page.get_by_label("half").check()
    show_it(page).click()
    page.clock.run_for(600)
    heard = [said.split() for said in page.evaluate("window.said")]
    assert heard[-1] == ["1", "1", "0", "there"]
    assert len(heard) > 10
    for sign, values in zip((1, 1, -1), zip(*heard, strict=True), strict=False):
        steps = np.diff([float(value) for value in values])
        assert (sign * steps >= 0).all()
        assert np.abs(steps).max() < 0.2
    assert page.troubles == []
    page.context.close()


@pytest.mark.parametrize("by", ["key", "calm"])
def test_by_keyboard_and_for_who_wants_no_motion_it_jumps(
    answered: Callable[..., Page], by: str
) -> None:
    page = answered(reduced_motion="reduce" if by == "calm" else "no-preference")
    if by == "calm":
        show_it(page).click()
    else:
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
    assert sentence(page) == FIRST
    page.clock.run_for(1100)
    assert sentence(page) == FIRST
    page.clock.run_for(200)
    assert sentence(page) == LAST
    page.clock.run_for(10_000)
    assert page.evaluate("window.said") == [FIRST, LAST]


@pytest.mark.parametrize("touch", ["slider", "key", "reset"])
def test_who_touches_a_control_takes_over(answered: Callable[..., Page], touch: str) -> None:
    page = answered()
    show_it(page).click()
    page.clock.run_for(800)
    assert sentence(page) == FIRST
    if touch == "slider":
        page.get_by_role("slider", name="amplitude").first.click()
    elif touch == "key":
        handle(page).press("ArrowRight")
    else:
        page.locator("#explorer-sample").get_by_role("button", name="Reset").click()
    here = sentence(page)
    page.clock.run_for(10_000)
    assert sentence(page) == here != LAST


def test_the_answer_goes_along_into_the_other_language(browser: Browser, page_path: Path) -> None:
    """As `edition.js` asks for it; a link that a reader copies keeps it to himself."""
    page = ready(open_page(browser, page_path))
    page.get_by_label("half").first.check()
    asked = """() => { const asked = new CustomEvent("address", { detail: { link: "" } });
        document.querySelector("#explorer-sample").dispatchEvent(asked);
        return asked.detail.link; }"""
    fragment = f"#{page.evaluate(asked)}"
    assert fragment.endswith("&prediction=0")
    page.locator("#explorer-sample").get_by_role("button", name="Link to this state").click()
    assert "prediction" not in page.evaluate("location.hash")
    page.get_by_role("button", name="Reset").first.click()
    assert page.evaluate(asked) == ""
    page.context.close()
    again = open_page(browser, page_path, fragment)
    field = again.locator("#explorer-sample .explorer-predict")
    assert field.locator(".explorer-verdict").inner_text().startswith("Not so. The answer is:")
    assert field.get_by_label("half").is_checked()
    again.context.close()
    nonsense = open_page(browser, page_path, "#explorer=sample&prediction=7")
    assert not nonsense.locator(".explorer-verdict").first.is_visible()
    nonsense.context.close()


def test_a_link_restores_the_state(browser: Browser, page: Page, page_path: Path) -> None:
    page.get_by_role("slider", name="amplitude").first.fill("2")
    page.get_by_label("shape").first.select_option("cosine")
    handle(page).focus()
    page.keyboard.press("ArrowRight")
    page.locator("#explorer-sample").get_by_role("button", name="Link to this state").click()
    fragment = page.evaluate("location.hash")
    assert fragment.startswith("#explorer=sample&")
    again = ready(open_page(browser, page_path, fragment))
    assert sentence(again) == "A cos of 2 m at (1, 0)."
    assert again.get_by_label("shape").first.input_value() == "cosine"
    again.context.close()


def test_the_sentence_is_announced_once_when_the_hand_rests(page: Page) -> None:
    page.evaluate("""() => { window.said = [];
      const live = '[aria-live], [role=status], [role=alert], [role=log], output';
      for (const region of document.querySelectorAll(live)) {
        new MutationObserver(() => {
          if (region.textContent) window.said.push(region.textContent);
        }).observe(region, { subtree: true, childList: true, characterData: true });
      } }""")
    page.get_by_role("slider", name="amplitude").first.focus()
    for key in ("ArrowRight", "ArrowLeft", "ArrowLeft", "ArrowRight", "ArrowRight"):
        page.keyboard.press(key)
    handle(page).focus()
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    assert page.evaluate("window.said") == []
    page.wait_for_function("window.said.length")
    page.wait_for_timeout(1000)
    assert page.evaluate("window.said") == ["A sin of 2 m at (2, 0)."]


def test_states_load_when_the_explorer_comes_near_and_nothing_moves_before(
    browser: Browser, tmp_path: Path, make: Callable[..., Explorer]
) -> None:
    far = '<div class="{}" style="height:5000px"></div>'
    # What comes first in a page is wanted at once; here something else does.
    ready(open_page(browser, write_page(tmp_path, make(), before=far))).context.close()
    page = open_page(browser, write_page(tmp_path, make(), before=far.format("machine")))
    page.wait_for_selector(".explorer[data-alive]")
    page.wait_for_timeout(200)
    assert page.locator("script[src*='sample.']").count() == 0
    controls = page.locator(".explorer-controls").locator("input, select, button")
    assert controls.count() == 6
    assert all(control.is_disabled() for control in controls.all())
    assert handle(page).get_attribute("tabindex") == "-1"
    page.evaluate("scrollTo(0, 4500)")
    ready(page)
    assert page.locator("script[src*='sample.']").count() == 1
    assert all(control.is_enabled() for control in controls.all())
    assert handle(page).get_attribute("tabindex") == "0"
    page.context.close()


def test_two_explorers_on_a_page_show_their_focus_and_are_printed(page: Page) -> None:
    seen = set()
    page.locator("h1").click()
    for _ in range(14):
        page.keyboard.press("Tab")
        seen.add(
            page.evaluate(
                """() => { const style = getComputedStyle(document.activeElement);
                return document.activeElement.closest('#explorer-sample') &&
                  `${style.outlineWidth} ${style.outlineStyle}`; }"""
            )
        )
    assert seen - {None} == {"2px solid"}
    page.get_by_role("slider", name="amplitude").nth(1).fill("0")
    page.wait_for_function("document.querySelectorAll('.explorer[data-ready]').length === 2")
    assert sentence(page, "other") == "A sin of 0.5 m at (0, 0)."
    assert sentence(page) == "A sin of 1 m at (0, 0)."
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map((element) => element.id)")
    assert len(ids) == len(set(ids))
    page.get_by_label("double").first.check()
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 800
    page.emulate_media(media="print")
    assert page.locator("#explorer-sample svg").first.is_visible()
    assert page.locator(".explorer-say p").first.is_visible()
    for hidden in ("#sample-size", ".explorer-reset", ".explorer-predict", ".explorer-show"):
        assert not page.locator(hidden).first.is_visible()


def test_script_and_style_weigh_little() -> None:
    """In bytes as a server sends them."""
    weights = {script(): 20_000, style(): 4_000}
    for text, most in weights.items():
        assert len(gzip.compress(text.encode(), 9)) < most
