"""What the page's pens draw of computed values, beside what Matplotlib draws of them."""

import re

import numpy as np
import pytest
from matplotlib.patches import Polygon, Rectangle
from playwright.sync_api import Browser, Page

from explorable.drawing.toolkit import ONE, TWO, dots, panels, style_curve, style_plane, view_3d
from explorable.explore import Explorer, explore, say, slider
from tests.explorable.explore.browsing import open_page, ready, sentence, write_page

pytestmark = pytest.mark.browser

VALUES = [0.25, 0.4, 1.0, 1.7]

READ = """([index, inside]) => {
    const group = document.querySelector(`#explorer-pens [data-m="${index}"]`);
    const fresh = group.cloneNode(false);
    fresh.innerHTML = inside;
    const told = (element) => [element.tagName, Object.fromEntries(
        element.getAttributeNames().map((name) => [name, element.getAttribute(name)])),
        element.children.length ? "" : element.textContent];
    return [group, fresh].map((each) => [...each.querySelectorAll("*")].map(told));
}"""


def drawn_by_pens() -> Explorer:
    """Make an explorer in which every kind of artist is drawn from computed values."""
    figure, axes = panels(4, columns=2)
    plane, logarithmic, roots, space = axes
    style_plane(plane, "x", "y", bounds=[[-2, 2], [-2, 2]])
    style_curve(logarithmic, "x", "loss", log="y")
    logarithmic.set(xlim=(-1, 1), ylim=(1e-3, 1e3))
    style_curve(roots, "step", "y")
    roots.set_xscale("function", functions=(lambda n: np.sqrt(np.maximum(n, 0)), np.square))
    roots.set(xlim=(0, 9), ylim=(-2, 2))
    box = view_3d(space, [[-1, 1], [-1, 1], [0, 2]], azimuth=30)
    marks = {"linestyle": "none", "marker": "s", "markersize": 6}
    artists = {
        "line": plane.plot([], [], color=ONE)[0],
        "dashed": plane.plot([], [], "--", color=TWO, marker="o")[0],
        "squares": plane.plot([], [], **marks)[0],
        "cloud": dots(plane, [0.0, 0.0], [0.0, 0.0], size=5),
        "area": plane.add_patch(Polygon([[0, 0], [1, 1], [0, 1]], alpha=0.5)),
        "bar": plane.add_patch(Rectangle((0, 0), 0.5, 1)),
        "word": plane.text(0, 0, "start", ha="center", va="bottom"),
        "losses": logarithmic.plot([], [])[0],
        "last": logarithmic.plot([], [], **marks)[0],
        "named": logarithmic.text(0.5, 1, "start"),
        "steps": roots.plot([], [])[0],
        "path": box.line(color=ONE),
        "ball": box.line(color=ONE, marker="o", markersize=8),
    }
    x = np.linspace(-1, 1, 9)

    @explore(
        figure, artists, "What do pens draw?", name="pens", computed=True,
        t=slider(VALUES, label="t", start=1.0),
    )  # fmt: skip
    def update(t: float):  # type: ignore[no-untyped-def]
        y = np.sin(3 * t * x)
        broken = np.where(abs(x) < 0.1, np.nan, y)
        artists["line"].set_data(x, broken)
        artists["dashed"].set_data(x, y)
        artists["squares"].set_data(x, broken)
        artists["cloud"].set_offsets(np.stack([np.stack([t, 0.0]), np.stack([0.0, t])]))
        artists["area"].set_xy([[-t, 0], [t, 1], [0, -1]])
        artists["area"].set_alpha(t / 2)
        artists["bar"].set_x(t - 1)
        artists["bar"].set_height(-t)
        artists["word"].set_text(str(say("{t:.2f}", t=t)))
        artists["word"].set_position((t - 1, -t))
        losses = np.exp(4 * t * x)
        artists["losses"].set_data(x, losses)
        artists["last"].set_data([x[-1]], [losses[-2]])
        artists["named"].set_y(losses[-3])
        artists["steps"].set_data(9 * abs(x) ** t, x)
        artists["path"].set_points(np.stack([x, x * t / 2, t * x**2], axis=-1))
        artists["ball"].set_points(np.stack([x[-1] * t / 2, 0 * t, t]))
        return say("t is {t:.2f}.", t=t)

    return update


@pytest.fixture(scope="module")
def explorer() -> Explorer:
    return drawn_by_pens()


@pytest.fixture(scope="module")
def page(browser: Browser, explorer: Explorer, tmp_path_factory: pytest.TempPathFactory):
    made = ready(open_page(browser, write_page(tmp_path_factory.mktemp("pens"), explorer)))
    yield made
    assert made.troubles == []
    made.context.close()


def points(data: str, size: int = 2) -> list[np.ndarray]:
    """Return the points of each piece of a path, of a row of equal ones the first."""
    pieces: list[np.ndarray] = []
    for command, written in re.findall(r"([Mlh])([^Mlhz]*)", data):
        numbers = np.array(re.findall(r"-?[\d.]+", written), dtype=float)
        if command == "h":
            numbers = np.insert(numbers, 1, 0.0)
        places = numbers.reshape(-1, size)
        if command == "M":
            pieces.append(places)
        else:
            places = pieces[-1][-1] + places.cumsum(axis=0)
            pieces[-1] = np.concatenate([pieces[-1], places])
    return [each[np.append(True, np.diff(each, axis=0).any(axis=1))] for each in pieces]


def assert_same(name: str, ours: str, wanted: str) -> None:
    """Compare an attribute: points and places to a unit, opacities to a thousandth."""
    if name in ("d", "data-xyz"):
        size = 2 if name == "d" else 3
        assert ours.count("z") == wanted.count("z")
        for piece, right in zip(points(ours, size), points(wanted, size), strict=True):
            assert piece.shape == right.shape, (ours, wanted)
            assert abs(piece - right).max() <= 1, (ours, wanted)
    elif name in ("x", "y"):
        assert abs(float(ours) - float(wanted)) <= 1
    elif name.endswith("opacity"):
        assert float(ours) == pytest.approx(float(wanted), abs=1e-3)
    else:
        assert ours == wanted


@pytest.mark.parametrize("t", VALUES)
def test_pens_draw_what_matplotlib_draws(page: Page, explorer: Explorer, t: float) -> None:
    page.evaluate(f"location.hash = '#explorer=pens&t={t}'")
    page.wait_for_function(
        f"document.querySelector('#explorer-pens .explorer-say p').textContent === 't is {t:.2f}.'"
    )
    assert explorer.at(t=t) == sentence(page, "pens")
    for index, state in enumerate(explorer.scene.look()):
        ours, wanted = page.evaluate(READ, [index, state.inside()])
        assert [each[0] for each in ours] == [each[0] for each in wanted]
        for (_, attributes, text), (_, right, words) in zip(ours, wanted, strict=True):
            assert text == words
            assert attributes.keys() == right.keys()
            for name, value in attributes.items():
                if not (name == "d" and "data-xyz" in attributes):  # the page projects these
                    assert_same(name, value, right[name])
