"""How building grows: with the number of chapters, and with the values of a control."""

import tempfile
import time
from pathlib import Path

import nbformat
import numpy as np

from benchmarks.building import build_twice
from benchmarks.explorers import RATES, SURFACE, descent_figure, move
from benchmarks.table import Table
from explorable.book import ROOT
from explorable.explore import explore, say, slider

TIMES = (1, 4, 16)
N_STARTS = 31
FORMULAS = "$$ x^2 + y $$\n\n" * 40
FIGURE = """from explorable.drawing.toolkit import panels, show
figure, axes = panels(1)
axes.plot([1, 2])
show(figure, "A line rises.")"""
EXPLORER = "from mathdl.forward import explorers\nexplorers.product_explorer()"
CELLS = [
    nbformat.v4.new_markdown_cell(f"# A chapter\n\nAfter {{doc}}`intro`.\n\n{FORMULAS}"),
    nbformat.v4.new_code_cell(FIGURE),
    nbformat.v4.new_code_cell(EXPLORER),
]
"""A small chapter: forty formulas, a figure and an explorer."""


def measure_growth(table: Table) -> None:
    """Print the lines at one, four and sixteen times the size."""
    table.title("Growth, beside the smallest")
    for name, measure in [("small chapters", _build), ("values of one control", _states)]:
        first = None
        for count in TIMES:
            seconds = measure(count)
            first = first or seconds
            table.time(f"{count} {name}", seconds, beside=(f"{TIMES[0]}", first))


def _build(count: int) -> float:
    """Return the seconds to build a book of small chapters from clean."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "source"
        source.mkdir()
        config = (ROOT / "_config.yml").read_text(encoding="utf-8")
        (source / "_config.yml").write_text(config, encoding="utf-8")
        (source / "references.bib").touch()
        (source / "intro.md").write_text("# A book\n\nOf small chapters.\n", encoding="utf-8")
        names = [f"chapter{n}" for n in range(count)]
        toc = ", ".join(f"{{file: {name}}}" for name in names)
        (source / "_toc.yml").write_text(f"format: jb-book\nroot: intro\nchapters: [{toc}]\n")
        for name in names:
            nbformat.write(nbformat.v4.new_notebook(cells=CELLS), source / f"{name}.ipynb")
        return build_twice(Path(folder), source, "--leave-english")[0]


def _states(count: int) -> float:
    """Return the seconds to compute and compress all states with `count` learning rates."""
    figure, artists, _ = descent_figure()
    across, up = SURFACE.bounds.T
    starts = np.linspace(across, up, N_STARTS)

    @explore(
        figure,
        artists,
        "How far does it roll?",
        start=slider(range(N_STARTS), label="start"),
        rate=slider(np.linspace(RATES[0], RATES[-1], count + 1)[1:], label="learning rate η"),
    )
    def explorer(start, rate):
        move(artists, starts[start], rate, "momentum")
        return say("The rate is {rate:.3g}.", rate=rate)

    began = time.process_time()
    explorer.states().script(explorer.name)
    return time.process_time() - began
