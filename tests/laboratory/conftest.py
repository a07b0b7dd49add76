"""A page that has the laboratory's rooms without their walls, and one that has it whole."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route

from explorable.explore.bundle import joined
from mathdl.laboratory import page as laboratory

ROOMS = Path(laboratory.__file__).parent / "browser"
SAY = "window.say = (text, values = {}) => text.replace(/{(\\w+)}/g, (_, name) => values[name]);"
ADDRESS = "http://book.test/laboratory.html"


@pytest.fixture(scope="module")
def rooms(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    body = joined(ROOMS / "run.js", ROOMS / "home.js", ROOMS / "health.js", ROOMS / "history.js")
    names = ", ".join(re.findall(r"^(?:function|class|const) (\w+)", body, re.MULTILINE))
    page.add_script_tag(content=f"(() => {{\n{body}\nglobalThis.rooms = {{ {names} }};\n}})();")
    content = json.dumps(laboratory.content())
    page.evaluate(f"globalThis.machine = {content}; 0")
    yield page
    page.close()


@pytest.fixture(scope="module")
def opened(browser: Browser) -> Iterator[Callable[[str], Page]]:
    """Open the laboratory at an address, for a reader who has asked for less motion."""
    page = browser.new_page(reduced_motion="reduce", viewport={"width": 1280, "height": 900})
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    script = f"(() => {{ {SAY} window.machine = {json.dumps(laboratory.content())};\n"
    script += f"{joined(laboratory.SCRIPT)} }})();"
    sections = (
        '<article><div id="laboratory"></div><a href="x#why-is-my-loss-nan">NaN</a></article>'
    )
    style = laboratory.STYLE.read_text(encoding="utf-8")
    html = f"<!DOCTYPE html><style>{style}</style>{sections}<script>{script}</script>"

    def answer(route: Route) -> None:
        route.fulfill(body=html, content_type="text/html; charset=utf-8")

    page.route("**/*", answer)

    def go(design: str) -> Page:
        page.goto("about:blank")
        page.goto(f"{ADDRESS}#{design}")
        assert not faults
        return page

    yield go
    page.close()
    assert not faults
