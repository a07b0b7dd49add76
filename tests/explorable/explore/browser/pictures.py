"""Pictures of an explorer, drawn by the browser and by Matplotlib, and how far they differ."""

import io

import numpy as np
from PIL import Image, ImageFilter
from playwright.sync_api import Page

from explorable.drawing.svg import PIXELS_PER_INCH
from explorable.drawing.toolkit import PANEL
from explorable.explore import Explorer

DENSITY = 2
TOLERANCE = 0.012
"""Mean difference, of 1 for black against white, that fonts and antialiasing may make."""

WORST = 0.25
"""Largest difference after both pictures are blurred by two pixels of the page."""


def drawn_by_matplotlib(explorer: Explorer, panel: int) -> Image.Image:
    written = io.BytesIO()
    explorer.figure.savefig(written, dpi=DENSITY * PIXELS_PER_INCH, facecolor=PANEL)
    whole = Image.open(written).convert("RGB")
    cell = explorer.scene.cells[explorer.scene.panels[panel]]
    top = whole.height - DENSITY * (cell.bottom + cell.height)
    left = DENSITY * cell.left
    corners = (left, top, left + DENSITY * cell.width, top + DENSITY * cell.height)
    return whole.crop(tuple(map(round, corners)))


def drawn_by_browser(page: Page, explorer: Explorer, panel: int) -> Image.Image:
    svg = page.locator(f"#explorer-{explorer.name} .explorer-panel > svg").nth(panel)
    return Image.open(io.BytesIO(svg.screenshot())).convert("RGB")


def differences(one: Image.Image, two: Image.Image) -> tuple[float, float]:
    """Return mean difference, and the largest one after a blur."""
    width, height = map(min, one.size, two.size)
    one, two = (each.crop((0, 0, width, height)) for each in (one, two))

    def apart(a: Image.Image, b: Image.Image) -> np.ndarray:
        return np.abs(np.asarray(a, float) - np.asarray(b, float)) / 255

    blur = ImageFilter.GaussianBlur(2 * DENSITY)
    return apart(one, two).mean(), apart(one.filter(blur), two.filter(blur)).max()


def settle(page: Page, explorer: Explorer) -> None:
    """Show panels at the size at which Matplotlib draws them, each on whole pixels."""
    rules = [
        f".explorer-panel[data-panel='{index}'] {{ flex: none !important; "
        f"width: {round(cell.width)}px; height: {round(cell.height)}px; }}"
        for index, cell in enumerate(explorer.scene.cells.values())
    ]
    # The page has letters of its own; places are compared in those that Matplotlib has.
    rules += [
        ".explorer-panel svg * { font-family: 'DejaVu Sans' !important; }",
        ".explorer-handle, .explorer-canvas { display: none; }",
    ]
    page.add_style_tag(content=" ".join(rules))
    # The card first: what it contains is drawn from where its own corner is rounded to.
    for part in ("", " .explorer-panels", " .explorer-panel"):
        page.locator(f"#explorer-{explorer.name}{part}").evaluate_all(
            """parts => parts.forEach((part) => {
              const box = part.getBoundingClientRect();
              part.style.position = 'relative';
              part.style.left = `${Math.round(box.x + scrollX) - box.x - scrollX}px`;
              part.style.top = `${Math.round(box.y + scrollY) - box.y - scrollY}px`;
            })"""
        )
