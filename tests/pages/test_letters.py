"""What the pages are set in: lines of a length to read, and letters of ours."""

import pytest

from tests.pages.visits import FOREIGN


@pytest.mark.browser
def test_a_line_of_text_has_66_to_72_letters(desk):
    page = desk.open("chapters/forward.html")
    lines = page.evaluate(
        """() => [...document.querySelectorAll("section > p")].map((p) => {
          const lines = Math.round(p.offsetHeight / parseFloat(getComputedStyle(p).lineHeight));
          return [p.innerText.length, lines, p.querySelector(".math, code") === null];
        }).filter(([letters, lines, plain]) => plain && lines > 4)"""
    )
    # A paragraph's last line is half full on average.
    letters = [count / (lines - 0.5) for count, lines, _ in lines]
    assert len(letters) > 3
    assert 66 <= sum(letters) / len(letters) <= 72
    style = page.evaluate(
        "(({lineHeight, fontSize}) => [lineHeight, fontSize])(getComputedStyle(document.body))"
    )
    height, size = (float(value.removesuffix("px")) for value in style)
    assert height / size == pytest.approx(1.6)


@pytest.mark.browser
def test_a_foreign_letter_is_found(desk):
    page = desk.open("index.html")
    page.evaluate("document.querySelector('main').append('∛')")
    foreign, _ = page.evaluate(FOREIGN)
    assert len(foreign) == 1
    assert foreign[0].startswith("∛ in ")
