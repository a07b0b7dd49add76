"""A page with explorers on it, and a reader who opens it from disk."""

from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page

from explorable.drawing.svg.tokens import palette_css
from explorable.explore import Explorer
from explorable.explore.bundle import script, style

SHELL = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Explorers</title>
<meta name="viewport" content="width=device-width"><style>{css}
:root {{ color-scheme: light dark; }}
body {{ margin: 20px; background: var(--bg); color: var(--ink); }}
@media (max-width: 500px) {{ body {{ margin: 8px; }} }}</style>
<script defer src="explorers/explorer.js"></script></head>
<body><main><h1>Explorers</h1>{body}</main></body></html>"""


def write_page(folder: Path, *explorers: Explorer, before: str = "") -> Path:
    """Write a page with these explorers; `before` stands above them."""
    states = folder / "explorers"
    body = before + "".join(explorer.html(states) for explorer in explorers)
    (states / "explorer.js").write_text(script())
    page = folder / "index.html"
    page.write_text(SHELL.format(css=palette_css() + style(), body=body))
    return page


def open_page(browser: Browser, path: Path, fragment: str = "", **options: object) -> Page:
    """Open a page from disk without a network; what goes wrong lands in `page.troubles`."""
    options = {"viewport": {"width": 800, "height": 900}, **options}
    page = browser.new_context(offline=True, **options).new_page()
    page.troubles = []
    page.on("console", lambda message: page.troubles.append(message.text))
    page.on("pageerror", lambda error: page.troubles.append(str(error)))
    page.goto(path.as_uri() + fragment)
    return page


def ready(page: Page) -> Page:
    page.wait_for_selector(".explorer[data-ready]")
    return page


def faults(page: Page) -> list[object]:
    """Return what axe finds wrong, in light or in dark."""
    found: list[object] = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        violations = Axe().run(page, options={"preload": False}).response["violations"]
        found += [(scheme, each["id"], [node["html"] for node in each["nodes"]])
                  for each in violations]  # fmt: skip
    return found


def sentence(page: Page, name: str = "sample") -> str:
    return page.locator(f"#explorer-{name} .explorer-say p").first.inner_text()


def handle(page: Page) -> Locator:
    return page.locator("#explorer-sample .explorer-handle")
