"""What the pages are set in: lines of a length to read, words and borders that can be seen."""

import re

import pytest

from explorable.sphinx.site.write import ASSETS
from tests.pages.readers import make_reader
from tests.pages.visits import FOREIGN


@pytest.fixture(scope="module")
def desk(browser, site):
    """Return a reader who looks at the letters."""
    made = make_reader(browser, site, viewport={"width": 1280, "height": 900})
    yield made
    made.context.close()


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


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    dark, light = sorted(map(luminance, (one, other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_and_borders_of_controls_stand_out(desk, scheme):
    page = desk.open("index.html")
    page.emulate_media(color_scheme=scheme)
    colours = page.evaluate(
        """() => Object.fromEntries(["ink", "muted", "edge", "bg", "panel"].map((name) => {
          const probe = document.body.appendChild(document.createElement("i"));
          probe.style.color = `var(--${name})`;
          const parts = getComputedStyle(probe).color.match(/[0-9]+/g).slice(0, 3);
          probe.remove();
          return [name, "#" + parts.map((part) => (+part).toString(16).padStart(2, "0")).join("")];
        }))"""
    )
    for under in ("bg", "panel"):
        assert contrast(colours["ink"], colours[under]) >= 4.5
        assert contrast(colours["muted"], colours[under]) >= 4.5
        assert contrast(colours["edge"], colours[under]) >= 3
    sheet = (ASSETS / "site.css").read_text(encoding="utf-8")
    control = re.search(r"input\[type=\"search\"\],\s*button,.*?\{(.*?)\}", sheet, re.DOTALL)[1]
    assert "border: 1px solid var(--edge)" in control


@pytest.mark.browser
def test_a_foreign_letter_is_found(desk):
    page = desk.open("index.html")
    page.evaluate("document.querySelector('main').append('∛')")
    foreign, _ = page.evaluate(FOREIGN)
    assert len(foreign) == 1
    assert foreign[0].startswith("∛ in ")
