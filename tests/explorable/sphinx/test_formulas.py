"""Each formula with a number, as Chromium sets it: in the font of the pages, level, straight."""

import pytest

from explorable.book.build import Build
from tests.explorable.sphinx.formulas import MEASURE
from tests.pages.readers import make_reader, only

pytestmark = pytest.mark.browser

BOOK = Build()
CHAPTERS = [f"chapters/{path.stem}.html" for path in BOOK.documents if path.suffix == ".ipynb"]
MEASURED = f"async () => {{ {MEASURE} }}"
SPOILT = {
    "is not seen": "mi { font-size: 0 }",
    "overlaps what is before it": "mo + mi { margin-left: -1em }",
    "is not straight": "mtr:first-child .tml-left * { position: relative; left: 1em }",
    "too wide": ".equation > .scroll { flex: none; width: 2em }",
    "a line is not level": ".part + .part math { position: relative; top: 0.3em }",
    "a brace is too short": "munder > mo[stretchy=true] { width: auto !important }",
}


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize(
    "name", only(CHAPTERS, "chapters/backward.html", "chapters/concepts.html")
)
def test_formulas_are_whole_level_and_straight(browser, site, name, width):
    reader = make_reader(browser, site, viewport={"width": width, "height": 900})
    sizes, faults = reader.open(name).evaluate(MEASURED)
    reader.context.close()
    assert len(sizes) > 10
    assert faults == []


@pytest.mark.parametrize("fault", [*SPOILT, "Ж is in no font"])
def test_a_formula_that_is_not_is_noticed(browser, site, fault):
    reader = make_reader(browser, site, viewport={"width": 1280, "height": 900})
    page = reader.open("chapters/concepts.html")
    page.add_style_tag(content=SPOILT.get(fault, "mi { color: red }"))
    if fault not in SPOILT:
        page.evaluate("document.querySelector('.equation mi').textContent = 'Ж'")
    assert any(fault in each for each in page.evaluate(MEASURED)[1])
    reader.context.close()
