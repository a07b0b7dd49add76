"""Steps that are taken and played."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from explorable.explore import steps
from tests.explorable.controls.listed import keys, texts, values
from tests.explorable.explore.browsing import open_page, ready


def test_steps_count_from_0_to_n():
    control = steps(3, label="layer", start=2)
    assert values(control) == [0, 1, 2, 3]
    assert keys(control) == ["0", "1", "2", "3"]
    assert texts(control) == ["0 / 3", "1 / 3", "2 / 3", "3 / 3"]
    assert (control.kind, control.label, control.count, control.start) == ("steps", "layer", 4, 2)
    assert (steps(3).label, steps(3).start, steps(3).pace) == ("step", 0, 200)
    assert steps(3, pace=30).pace == 30
    for n, jump, leap in [(29, None, 0), (30, None, 10), (60, 25, 25), (60, 0, 0)]:
        control = steps(n, jump=jump)
        assert control.jump == leap  # many steps get buttons that leap
        assert control.buttons().count(f'aria-label="step +{leap}"') == bool(leap)


def test_steps_may_have_words_and_refuse_what_is_no_step():
    control = steps(2, words=["before", "during", "after"])
    assert texts(control) == ["before", "during", "after"]
    assert values(control) == [0, 1, 2]
    with pytest.raises(ValueError, match="words must name all 3 steps, got 2"):
        steps(2, words=["before", "after"])
    assert steps(3).find(3.0) == 3
    for value in (-1, 4, 1.5):
        with pytest.raises(ValueError, match="is not a value of 'step': 0 / 3, 1 / 3"):
            steps(3).find(value)
        with pytest.raises(ValueError, match="is not a value of 'step'"):
            steps(3, start=value)


@pytest.mark.browser
def test_steps_play_pause_and_leap(page: Page) -> None:
    controls = page.locator("#explorer-sample .explorer-steps")
    output = controls.locator(".explorer-value")
    controls.get_by_role("button", name="quarter +1").click()
    assert output.inner_text() == "1 / 3"
    controls.get_by_role("button", name="Play").click()
    page.wait_for_function(
        "document.querySelector('.explorer-steps .explorer-value').textContent[0] > 1"
    )
    page.wait_for_function("document.querySelector('.explorer-play').textContent === 'Play'")
    assert output.inner_text() == "3 / 3"
    controls.get_by_role("button", name="quarter −1").click()
    assert output.inner_text() == "2 / 3"


@pytest.mark.browser
def test_nothing_plays_for_a_reader_who_wants_calm(browser: Browser, page_path: Path) -> None:
    page = ready(open_page(browser, page_path, reduced_motion="reduce"))
    page.get_by_role("button", name="Play").first.click()
    assert page.locator(".explorer-steps .explorer-value").first.inner_text() == "3 / 3"
    page.context.close()
