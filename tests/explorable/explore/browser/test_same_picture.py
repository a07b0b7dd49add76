"""The page's swapped SVG against Matplotlib's own full drawing, pixel by pixel."""

from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Browser, Page

from explorable.drawing.toolkit import (
    INK,
    MUTED,
    THREE,
    TWO,
    contour_bands,
    digit_image,
    mark_minima,
    opacity_rgba,
    panels,
    signed_image,
    signed_rgba,
    style_curve,
    style_plane,
)
from explorable.explore import Explorer, choice, explore, say, steps
from tests.explorable.explore.browser.pictures import (
    DENSITY,
    TOLERANCE,
    WORST,
    differences,
    drawn_by_browser,
    drawn_by_matplotlib,
    settle,
)
from tests.explorable.explore.browsing import open_page, ready, write_page

pytestmark = pytest.mark.browser


def kinds() -> Explorer:
    """Make an explorer in which every kind of artist moves."""
    figure, axes = panels(4, columns=2)
    x = np.linspace(-2, 2, 41)
    style_plane(axes[0], "x", "y", bounds=[[-2, 2], [-2, 2]])
    contour_bands(axes[0], x, x, x**2 + 2 * x[:, None] ** 2, [0.5, 1, 2, 4, 6])
    mark_minima(axes[0], [[0, 0]])
    (path,) = axes[0].plot([], [], marker="o", markersize=5)
    (square,) = axes[0].plot([], [], linestyle="none", marker="s", markersize=8, color=TWO)
    style_plane(axes[1], "a", "b", bounds=[[-2, 2], [-2, 2]])
    field = signed_image(
        axes[1], np.outer(x, x), extent=(-2, 2, -2, 2), scale=4, smooth=False
    )  # as Matplotlib draws it
    (boundary,) = axes[1].plot([], [], "--", color=INK)
    style_curve(axes[2], "k", "p")
    axes[2].set_ylim(-1.2, 1.2)
    bars = axes[2].bar(range(5), [0.0] * 5, width=0.6)
    rings = axes[2].scatter(range(5), [0] * 5, s=60, facecolors="none", edgecolors=THREE)
    digit = digit_image(axes[3], np.zeros((8, 8)))
    word = axes[3].text(3.5, 8.4, "", ha="center", va="bottom", color=MUTED)
    rng = np.random.default_rng(0)
    digits = rng.random((4, 8, 8))

    @explore(
        figure,
        {"path": path, "square": square, "field": field, "boundary": boundary,
         "bars": list(bars), "rings": rings, "digit": digit, "word": word},
        "Every kind of artist",
        name="kinds",
        t=steps(3),
        sign=choice(["plus", "minus"]),
    )  # fmt: skip
    def update(t: int, sign: str):  # type: ignore[no-untyped-def]
        factor = 1 if sign == "plus" else -1
        turn = np.linspace(0, 1 + t, 20)
        path.set_data(turn / 2 * np.cos(3 * turn), factor * turn / 2 * np.sin(3 * turn))
        square.set_data([t - 1.5], [factor])
        square.set_visible(t != 2)
        field.set_data(signed_rgba(factor * np.outer(np.sin(x * (t + 1)), x), 2))
        boundary.set_data([-2, 2], [-factor * (t - 1), factor * (t - 1)])
        heights = factor * np.cos(np.arange(5) * (t + 1))
        for bar, height in zip(bars, heights, strict=True):
            bar.set_height(height)
        rings.set_offsets(np.column_stack([np.arange(5), heights / 2]))
        digit.set_data(opacity_rgba(digits[t]))
        word.set_text("" if t == 1 else f"step {t}, {sign}")
        return say("Step {t}, {sign}.", t=t, sign=sign)

    return update


@pytest.fixture(scope="module")
def shown(browser: Browser, tmp_path_factory: pytest.TempPathFactory):
    explorer = kinds()
    path: Path = write_page(tmp_path_factory.mktemp("kinds"), explorer)
    page = ready(
        open_page(
            browser, path, device_scale_factor=DENSITY, viewport={"width": 900, "height": 1300}
        )
    )
    settle(page, explorer)
    yield explorer, page
    page.context.close()


@pytest.mark.parametrize(("t", "sign"), [(1, "minus"), (2, "plus")])
def test_page_and_matplotlib_draw_the_same(
    shown: tuple[Explorer, Page], t: int, sign: str
) -> None:
    explorer, page = shown
    page.locator("#kinds-t").fill(str(t))
    page.locator("#kinds-sign").select_option(sign)
    explorer.at(t=t, sign=sign)
    for panel in range(4):
        one = drawn_by_browser(page, explorer, panel)
        two = drawn_by_matplotlib(explorer, panel)
        mean, worst = differences(one, two)
        assert (mean < TOLERANCE, worst < WORST) == (True, True), (panel, mean, worst)
