"""The drills in the built book: a card is answered, drawn anew, linked to, and printed."""

import json

import pytest

from explorable.drills import filled
from mathdl.concepts.drills import neuron
from mathdl.faq.drills import loss_curve

pytestmark = pytest.mark.browser

HEAR = """() => {
  window.heard = [];
  document.addEventListener("explorable:done", ({ detail }) => heard.push(detail));
}"""


def test_a_drill_is_answered_drawn_anew_linked_to_and_printed(reader):
    page = reader.open("practice.html")
    cards = page.locator("[data-drill][data-seed]")
    assert cards.count() == page.locator("[data-drill][data-alive]").count() >= 28
    page.evaluate(HEAR)
    card = page.locator("[data-drill=neuron]")
    field, verdict = card.get_by_label("Your answer"), card.get_by_role("status")

    # A link brings the question of a seed, with Python's numbers.
    values = neuron.at(7)
    page.evaluate("location.hash = '#drill=neuron&seed=7'")
    page.wait_for_function("document.querySelector('[data-drill=neuron]').dataset.seed === '7'")
    for name in ("w", "x", "b"):
        shown = [filled(f"@{name}.{k}", values) for k in range(values[name].size)]
        numbers = card.locator(".drill-question math mn").all_text_contents()
        assert set(shown) <= set(numbers)

    # Enter checks; what is typed may be wrong in a known way, unreadable, or right.
    mistake = next(n for n in neuron.mistakes if values[n] != values["answer"])
    field.fill(f"{float(values[mistake])}")
    field.press("Enter")
    assert neuron.mistakes[mistake] in verdict.inner_text()
    field.fill("two")
    field.press("Enter")
    assert "One number, such as" in verdict.inner_text()
    assert field.get_attribute("aria-invalid") == "true"
    field.fill(filled("@answer.0", values))
    card.get_by_role("button", name="Check").click()
    assert verdict.inner_text() == "Right."
    told = {"kind": "drill", "id": "neuron", "seed": 7}
    assert page.evaluate("heard") == [{**told, "right": False}, {**told, "right": True}]

    # The solution has these numbers; after it nothing is told any more.
    solution = card.locator(".drill-solution")
    card.get_by_role("button", name="Show solution").click()
    assert filled("@z.0", values) in solution.text_content()
    assert "@" not in card.locator(".drill-question").text_content()
    card.get_by_role("button", name="Check").click()
    assert len(page.evaluate("heard")) == 2
    page.emulate_media(media="print")
    assert not solution.is_visible()
    assert card.locator(".drill-question").is_visible()
    assert not card.get_by_role("button").first.is_visible()
    page.emulate_media(media="screen")

    # By keyboard another question comes, and the cursor waits for its answer.
    card.get_by_role("button", name="Another").press("Enter")
    seed = card.get_attribute("data-seed")
    assert page.evaluate("location.hash") == f"#drill=neuron&seed={seed}"
    assert card.locator(".drill-link").get_attribute("href") == f"#drill=neuron&seed={seed}"
    assert field.evaluate("each => each === document.activeElement")
    assert [field.input_value(), verdict.inner_text(), solution.is_visible()] == ["", "", False]

    # A picture says its numbers, and options are chosen.
    curve = page.locator("[data-drill=loss_curve]")
    right = int(loss_curve.at(int(curve.get_attribute("data-seed")))["answer"])
    assert curve.locator("svg[role=img]").get_attribute("aria-label").startswith("Step by step: ")
    curve.get_by_role("button", name="Check").click()
    assert "Choose an answer." in curve.get_by_role("status").inner_text()
    curve.get_by_role("radio").nth(right).check()
    curve.get_by_role("button", name="Check").click()
    assert curve.get_by_role("status").inner_text() == "Right."
    assert page.evaluate("heard.at(-1)")["id"] == "loss_curve"
    assert not reader.messages
    assert not [url for url in reader.requests if not url.startswith("file:")]


def test_without_scripts_a_chapter_says_that_nothing_can_be_checked(plain):
    page = plain("zh/chapters/outlook.html")
    card = page.locator("#drills [data-drill=roofline]")
    assert "小题的脚本没有加载" in card.inner_text()
    assert not card.get_by_role("button").first.is_visible()
    assert card.locator(".drill-question math mn").first.is_visible()
    assert page.locator("#drills ~ section").first.get_attribute("id") == "exercises"
    spec = json.loads(card.locator("script").text_content())
    assert {"draws", "program", "question", "solution", "mistakes", "options"} == spec.keys()
