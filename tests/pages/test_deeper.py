"""What goes deeper in the built book, and derivations step by step."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.pages.visits import LEAVE_OUT, QUICK

pytestmark = pytest.mark.browser

PAGE = "chapters/gradient_descent.html"
FOLD = "#gradient-descent-ball-proof"
STEPS = f"{FOLD} .derivation .step"
SEEN = "all => all.map((each) => getComputedStyle(each).contentVisibility)"


@pytest.mark.parametrize("edition", ["", "zh/"])
def test_a_fold_is_closed_until_a_link_leads_into_it(desk, edition):
    page = desk.open(f"{edition}{PAGE}")
    fold = page.locator(FOLD)
    assert fold.get_attribute("open") is None
    assert fold.locator("> summary > .inside").is_visible()
    for target in (FOLD, "#gradient-descent-thm-ball-proof"):
        fold.evaluate("fold => { fold.open = false; }")
        page.evaluate("target => { location.hash = target; }", target)
        page.locator(f"{FOLD}[open]").wait_for()
    fold = page.locator("details.deeper:has(> * .explorer, > .explorer)").first
    name = fold.locator(".explorer").first.get_attribute("id").removeprefix("explorer-")
    page.evaluate("name => { location.hash = `explorer=${name}`; }", name)
    expect(fold).to_have_attribute("open", "")
    expect(fold.locator(".explorer").first).to_be_in_viewport()
    told = page.locator("p.bar > span").inner_text()
    main, whole = map(int, re.findall(r"\d+", told)[:2])  # minutes, without and with it
    assert main < whole


def test_the_search_leads_to_a_fold(desk):
    page = desk.open(PAGE)
    page.keyboard.press("/")
    page.keyboard.type("proof heavy ball quadratic")
    found = page.locator("dialog.search .results a").filter(has_text="Proof: the heavy ball")
    found.wait_for()
    assert found.get_attribute("href").endswith(f"{PAGE}{FOLD}")


def test_a_derivation_goes_on_step_by_step_but_for_paper(desk):
    page = desk.open(PAGE)
    page.emulate_media(media="print")
    assert page.locator(STEPS).evaluate_all(SEEN) == ["visible"] * 4
    assert page.locator(STEPS).last.locator(".why p").is_visible()
    assert not page.locator(f"{FOLD} .steps").is_visible()
    page.emulate_media(media="screen")
    page.locator(f"{FOLD} > summary").click()
    steps = page.locator(STEPS)
    assert steps.evaluate_all(SEEN) == ["visible", "hidden", "hidden", "hidden"]
    button = page.locator(f"{FOLD} .steps").get_by_role("button", name="Next step")
    button.focus()
    page.keyboard.press("Enter")
    assert steps.evaluate_all(SEEN) == ["visible", "visible", "hidden", "hidden"]
    why = steps.nth(1).locator("summary")
    why.click()
    assert steps.nth(1).locator("details[open] p").is_visible()
    page.keyboard.press("Escape")
    for _ in range(2):
        button.focus()
        page.keyboard.press("Enter")
    assert steps.evaluate_all(SEEN) == ["visible"] * 4
    assert not button.is_visible()
    assert page.evaluate("document.activeElement.className") == "step"


def test_all_steps_are_shown_at_once_or_by_the_browsers_search(desk):
    page = desk.open(PAGE)
    page.locator(f"{FOLD} > summary").click()
    steps = page.locator(STEPS)
    steps.nth(2).evaluate("step => step.dispatchEvent(new Event('beforematch'))")
    assert steps.evaluate_all(SEEN) == ["visible"] * 3 + ["hidden"]
    page.locator(f"{FOLD} .steps").get_by_role("button", name="All steps").click()
    assert steps.evaluate_all(SEEN) == ["visible"] * 4
    page.evaluate(LEAVE_OUT)
    assert Axe().run(page, context=FOLD, options=QUICK).response["violations"] == []


def test_nothing_is_left_out_without_a_script(plain):
    page = plain(PAGE)
    for part in (FOLD, f"{STEPS}:last-of-type .why"):
        box = page.locator(f"{part} p").last.bounding_box()
        assert box["height"] > 10
    assert not page.locator(f"{FOLD} .steps").is_visible()
