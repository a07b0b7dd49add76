"""Each formula with a number, as Chromium sets it: in the font of the pages, level, straight."""

import pytest

from tests.explorable.sphinx.formulas import MEASURE
from tests.pages.cards import CHAPTERS
from tests.pages.readers import make_reader, only

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize(
    "name", only(CHAPTERS, "chapters/backward.html", "chapters/concepts.html")
)
def test_formulas_are_whole_level_and_straight(browser, site, name, width):
    reader = make_reader(browser, site, viewport={"width": width, "height": 900})
    sizes, faults = reader.open(name).evaluate(f"async () => {{ {MEASURE} }}")
    reader.context.close()
    assert len(sizes) > 10
    assert faults == []
