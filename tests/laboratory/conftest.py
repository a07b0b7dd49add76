"""A page that has the laboratory's rooms without their walls."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from explorable.explore.bundle import joined

ROOMS = Path(__file__).parents[2] / "mathdl/laboratory/browser"


@pytest.fixture(scope="module")
def rooms(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    body = joined(ROOMS / "run.js", ROOMS / "home.js")
    names = ", ".join(re.findall(r"^(?:function|class|const) (\w+)", body, re.MULTILINE))
    page.add_script_tag(content=f"(() => {{\n{body}\nglobalThis.rooms = {{ {names} }};\n}})();")
    yield page
    page.close()
