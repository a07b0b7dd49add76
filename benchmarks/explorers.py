"""How fast an explorer is in the static page and in JupyterLab.

The explorer has the size that `explorable.explore` promises to bear: 121 starts, 8 learning rates
and 4 optimizers make 3,872 states, each a path of 61 points over a landscape and its loss curve.
In JupyterLab the same figure stands beside it, drawn by ``ipywidgets.interact`` with Matplotlib's
inline pictures.
"""

import random
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from playwright.sync_api import Browser, Page

from benchmarks.table import Table
from explorable.book.chromium import chromium
from explorable.drawing.toolkit import (
    ONE,
    contour_bands,
    mark_minima,
    panels,
    style_curve,
    style_plane,
)
from explorable.explore import Explorer, choice, explore, point, say, slider
from explorable.explore.computed import compute
from explorable.explore.explorer import PROGRAM_BYTES
from mathdl.gradient_descent import (
    SURFACES,
    adam,
    descend,
    gradient_descent,
    momentum,
    rmsprop,
)
from tests.explorable.explore.browsing import open_page, ready, write_page
from tests.explorable.explore.catalogue import catalogue
from tests.explorable.explore.lab import run_notebook, running_lab, write_notebook

ROOT = Path(__file__).parents[1]
SURFACE = SURFACES["himmelblau"]
RULES = {
    "gradient descent": gradient_descent,
    "momentum": momentum,
    "rmsprop": rmsprop,
    "adam": adam,
}
RATES = np.round(np.geomspace(0.002, 0.02, 8), 4)
LEVELS = [1, 5, 12, 25, 45, 70, 100, 150, 200, 300]
PRESSES = 60
ROUNDS = 5
RHYTHMS = {"page, key held": (32, 48), "page, key pressed": (120, 180)}
"""Pauses between keys, in milliseconds: as a key that is held repeats, and as a hand presses."""

IN_LAB = f"""import sys
sys.path.insert(0, {str(ROOT)!r})
from benchmarks.explorers import descent_explorer, descent_figure, move
descent_explorer()"""

INTERACT = """%matplotlib inline
import ipywidgets, matplotlib.pyplot as plt
from IPython.display import display
from benchmarks.explorers import RATES, RULES
def picture(rate, rule):
    figure, artists, _ = descent_figure()
    move(artists, np.array([-1.0, -1.0]), rate, rule)
    display(figure)
import numpy as np
ipywidgets.interact(picture, rate=ipywidgets.SelectionSlider(options=RATES.tolist()),
                    rule=list(RULES));"""

STAMP = """
() => { window.times = [];
  addEventListener('keydown', (event) => { window.pressed = event.timeStamp; }, true); }
"""
EMPTY = """<!doctype html><html lang="en"><head><title>Empty</title></head>
<body><label>learning rate <input type="range" max="7" value="4"></label></body></html>"""
IN_PAGE = """
() => { window.presses = []; let pressed;
  addEventListener('keydown', (event) => { pressed = event.timeStamp; }, true);
  addEventListener('input', () => {
    const key = pressed, swapped = performance.now();
    requestAnimationFrame(() => {
      const frame = performance.now(), channel = new MessageChannel();
      channel.port1.onmessage = () => {
        const painted = performance.now();
        window.presses.push([swapped - key, painted - key, painted - key - (frame - swapped)]);
      };
      channel.port2.postMessage(0);
    });
  }); }
"""
WATCH = """
(selector) => { window.times = [];
  new MutationObserver(() => {
    if (window.pressed === undefined) return;
    window.times.push(performance.now() - window.pressed);
    window.pressed = undefined;
  }).observe(document.querySelector(selector), {subtree: true, attributes: true, childList: true});
}
"""
LOADING = """
window.loading = {};
new MutationObserver((records) => {
  for (const record of records) {
    for (const node of record.addedNodes) {
      if (node.tagName === 'SCRIPT' && /descent/.test(node.src)) {
        node.addEventListener('load', () => { window.loading.loaded = performance.now(); });
      }
    }
    if (record.attributeName === 'data-ready') window.loading.ready = performance.now();
  }
}).observe(document, {subtree: true, childList: true, attributes: true});
"""


def descent_figure():  # type: ignore[no-untyped-def]
    """Draw the landscape; return figure, moving artists and the plane."""
    figure, axes = panels(2)
    x, y = (np.linspace(low, high, 121) for low, high in SURFACE.bounds)
    style_plane(axes[0], "θ₁", "θ₂", bounds=SURFACE.bounds)
    heights = SURFACE.value(np.stack(np.meshgrid(x, y), axis=-1))
    contour_bands(axes[0], x, y, heights, LEVELS)
    mark_minima(axes[0], SURFACE.minima)
    style_curve(axes[1], "step", "loss", log="y")
    axes[1].set(xlim=(0, 60), ylim=(1e-4, 1e3))
    (path,) = axes[0].plot([], [], color=ONE, marker="o", markersize=4)
    (loss,) = axes[1].plot([], [], color=ONE)
    return figure, {"path": path, "loss": loss}, axes[0]


def paths() -> dict[str, np.ndarray]:
    """Descend from every start at every rate, at once for each rule."""
    across, up = (np.linspace(low, high, 11) for low, high in SURFACE.bounds)
    starts = np.stack(np.meshgrid(across, up), axis=-1).reshape(121, 1, 2)
    starts = np.broadcast_to(starts, (121, len(RATES), 2))
    found = {}
    for name, rule in RULES.items():
        faster = 20 if name in ("adam", "rmsprop") else 1
        with np.errstate(all="ignore"):
            path = descend(SURFACE.gradient, starts, rule(faster * RATES), 60)
        found[name] = np.clip(np.nan_to_num(path, nan=50.0), -50, 50)
    return found


def move(artists, start, rate, rule):  # type: ignore[no-untyped-def]
    """Descend once and move the artists, as the figure beside the explorer does."""
    faster = 20 if rule in ("adam", "rmsprop") else 1
    path = descend(SURFACE.gradient, start, RULES[rule](faster * rate), 60)
    artists["path"].set_data(*path.T)
    artists["loss"].set_data(range(61), SURFACE.value(path))


def descent_explorer() -> Explorer:
    """Make the explorer with 3,872 states."""
    figure, artists, landscape = descent_figure()
    known = paths()
    losses = {rule: np.maximum(SURFACE.value(path), 1e-6) for rule, path in known.items()}
    position = point(landscape, grid=(11, 11), label="start", start=(-1, -1))
    rates = slider(RATES, label="learning rate η", start=RATES[4])

    @explore(
        figure,
        artists,
        "Where does it roll?",
        start=position,
        rate=rates,
        rule=choice(RULES, label="rule"),
    )
    def update(start, rate, rule):  # type: ignore[no-untyped-def]
        at = (slice(None), position.find(start), rates.find(rate))
        artists["path"].set_data(*known[rule][at].T)
        artists["loss"].set_data(range(61), losses[rule][at])
        return say("After {n} steps the loss is {loss:.2g}.", n=60, loss=losses[rule][at][-1])

    return update


def percentile(milliseconds: Sequence[float], share: float) -> float:
    """Return a percentile of measured times, in seconds."""
    return float(np.percentile(milliseconds, share)) / 1000


def press(page: Page, keys: Sequence[str], count: int, pauses: tuple[float, float]) -> None:
    """Press keys in turn, with pauses of a random length, in milliseconds.

    A fixed pause would beat with the frames of the display and meet them at a few moments only.
    """
    draw = random.Random(0).uniform
    for index in range(count):
        page.keyboard.press(keys[index % len(keys)])
        page.wait_for_timeout(draw(*pauses))


def measure_explorers(table: Table) -> None:
    """Print the lines of the explorer in the page and in JupyterLab."""
    table.title("An explorer of 3,872 states")
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        path = time_building(table, Path(folder))
        time_page(table, browser, path)
        lab = Path(folder) / "lab"
        lab.mkdir()
        time_lab(table, browser, lab)
    weigh_programs(table)


def weigh_programs(table: Table) -> None:
    """Print what the page loads for each explorer that it computes."""
    table.title("Explorers that the page computes: program and data, compressed")
    for name, explorer in catalogue().items():
        if explorer.computed:
            _, _, size = compute(explorer).script(name)
            table.size(name, size, PROGRAM_BYTES)


def time_building(table: Table, folder: Path) -> Path:
    """Compute and write all states; return the page."""
    explorer = descent_explorer()
    began = time.process_time()
    states = explorer.states()
    _, _, size = states.script(explorer.name)
    table.time(f"{states.count} states computed and compressed", time.process_time() - began, 2)
    table.size("their size, compressed", size, 450_000)
    return write_page(folder, explorer)


def time_page(table: Table, browser: Browser, path: Path) -> None:
    """Press keys in the static page."""
    context = browser.new_context(offline=True, viewport={"width": 800, "height": 900})
    page = context.new_page()
    page.add_init_script(LOADING)
    page.goto(path.as_uri())
    ready(page)
    loading = page.evaluate("window.loading")
    usable = (loading["ready"] - loading["loaded"]) / 1000
    table.time("page: states loaded to usable", usable, 0.1)
    context.close()
    time_keys(table, browser, path)


def time_keys(table: Table, browser: Browser, path: Path) -> None:
    """Press keys in the static page and, in turn, on a bare slider that does nothing.

    A browser draws when the display asks for a frame, every 16.7 ms. For some frames after a
    change it also waits for the next one with a change that comes soon after; that wait is the
    display's, and the bare slider has it, too. What remains is ours.
    """
    empty = path.with_name("empty.html")
    empty.write_text(EMPTY)
    pages = {"ours": ready(open_page(browser, path)), "empty": open_page(browser, empty)}
    for page in pages.values():
        page.evaluate(IN_PAGE)
        page.get_by_label("learning rate").focus()
    for rhythm, pauses in RHYTHMS.items():
        for _ in range(ROUNDS):
            for page in pages.values():
                page.bring_to_front()
                press(page, ["ArrowRight", "ArrowLeft", "ArrowLeft", "ArrowRight"], 40, pauses)
        times = {name: page.evaluate("window.presses.splice(0)") for name, page in pages.items()}
        (swapped, *ours), (_, *bare) = (zip(*found, strict=True) for found in times.values())
        table.time(f"{rhythm}: key to swapped picture, median", percentile(swapped, 50), 0.002)
        for name, share in (("median", 50), ("95th percentile", 95)):
            (painted, worked), beside = (
                [percentile(column, share) for column in columns] for columns in (ours, bare)
            )
            what = f"{rhythm}: key to painted frame, {name}"
            table.time(what, painted, 0.016, beside=("empty slider", beside[0]))
            what = f"  without the wait for a frame, {name}"
            table.time(what, worked, beside=("empty slider", beside[1]))
    for page in pages.values():
        page.context.close()


def time_lab(table: Table, browser: Browser, folder: Path) -> None:
    """Press keys in JupyterLab: the explorer, then the same figure through interact."""
    write_notebook(folder / "explorers.ipynb", [IN_LAB, INTERACT])
    with running_lab(folder) as address:
        page = run_notebook(browser, address, "explorers.ipynb")
        page.wait_for_selector("#explorer-descent[data-alive]", timeout=120_000)
        page.wait_for_selector(".widget-interact", timeout=120_000)
        page.wait_for_timeout(2000)
        page.evaluate(STAMP)
        page.evaluate(WATCH, "#explorer-descent [data-m='0']")
        page.get_by_label("learning rate").focus()
        press(page, ["ArrowRight", "ArrowLeft"], PRESSES, (110, 130))
        ours = page.evaluate("window.times")
        slider_handle = page.locator(".jp-OutputArea .noUi-handle, .widget-hslider [role=slider]")
        output = ".widget-interact .jp-OutputArea, .widget-interact .widget-output"
        page.evaluate(WATCH, output)
        slider_handle.first.focus()
        press(page, ["ArrowRight", "ArrowLeft"], 20, (490, 510))
        interact = page.evaluate("window.times")
        beside = ("interact", percentile(interact, 50))
        table.time("JupyterLab: key to picture, median", percentile(ours, 50), 0.02, beside=beside)
        table.time("JupyterLab: key to picture, 95th percentile", percentile(ours, 95), 0.04)
        page.close()
