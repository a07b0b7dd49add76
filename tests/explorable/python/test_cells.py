"""Which cells another one needs."""

import ast

import pytest

from explorable.python.cells import Notebook
from explorable.python.names import Names


def needed(*sources):
    notebook = Notebook((str(at), source) for at, source in enumerate(sources))
    return notebook.needed(len(sources) - 1)


@pytest.mark.parametrize(
    ("sources", "wanted"),
    [
        (["x = 1", "y = 2", "x"], [0]),
        (["x = 1", "x = 2", "x"], [1]),
        (["a = 1", "b = a", "c = b", "c"], [0, 1, 2]),
        (["x", "x = 1", "y"], []),
        (["from math import pi", "def area(r):\n    return pi * r**2", "area(2)"], [0, 1]),
        (["def f():\n    return n", "n = 3", "n = 4", "f()"], [0, 2]),  # looked up when called
        (["def f():\n    return g()", "def g():\n    return n", "n = 3", "f()"], [0, 1, 2]),
        (["x = [1]", "x.append(2)", "x"], [0, 1]),
        (["x = [1]", "x[0] = 2", "y = 1", "x"], [0, 1]),
        (["x = [1]", "y = [x]", "x[0] = 2", "y"], [0, 1, 2]),  # y holds x
        (["x = [1]", "y = [x]", "y[0][0] = 2", "x"], [0, 1, 2]),
        (["a = N(1)", "b = a * 2", "b.backward()", "a.gradient"], [0, 1, 2]),
        (["import numpy as np", "x = np.ones(2)", "np.shuffle(x)", "x"], [0, 1]),
        (["r = default_rng(0)", "a = r.random()", "b = r.random()", "r.random()"], [0, 1, 2]),
        (["r = default_rng(0)", "a = r.random()", "r = default_rng(1)", "r.random()"], [2]),
        (["x = 1", "this is no Python", "x"], [0]),
        (["x = [1]", "x[0] = 2", "x = [3]\nx.append(4)"], []),
        (["x = [1]", "x.append(2)", "def f():\n    x = []\n    x.append(3)\nx = f()"], []),
        (["x = N(1)", "y = x * 2\ny.backward()", "x.gradient"], [0, 1]),
        (["x = [1]", "print(x)", "x"], [0]),
        (["def h(): f()", "def f(): g()", "def g(): f()", "h()"], [0, 1, 2]),  # round and round
    ],
)
def test_a_cell_needs_what_makes_and_what_changes_its_names(sources, wanted):
    assert needed(*sources) == wanted


def test_what_draws_is_left_out_and_what_was_drawn_with_it():
    notebook = Notebook(
        enumerate_keys(
            "from explorable.drawing.toolkit import panels\nimport math",
            "x = math.pi\nfigure, axes = panels(1)\naxes.plot(x)\ny = 2 * x",
            "axes.set_title('π')",
            "print(y)",
            "figure = 3",
            "print(figure)",
        )
    )
    needs = [position for position, cell in enumerate(notebook.cells) if cell.needs_notebook]
    assert needs == [1, 2]
    assert notebook.needed(3) == [0, 1]
    assert len(notebook.cells[1].tree.body) == 2


@pytest.mark.parametrize(
    ("imported", "needs"),
    [
        ("import matplotlib.pyplot as plt", True),
        ("from dask.distributed import Client as plt", True),
        ("from mathdl.forward import explorers as plt", True),
        ("from mathdl.forward import figures as plt", True),
        ("import mathdl.forward.figures.digits as plt", True),
        ("import matplotlib.pyplot\nplt = matplotlib.pyplot", True),
        ("from mathdl.forward import layers as plt", False),
    ],
)
def test_what_needs_the_notebook_is_known_by_what_is_imported(imported, needs):
    notebook = Notebook(enumerate_keys(imported, "plt.show()"))
    assert notebook.cells[1].needs_notebook == needs


@pytest.mark.parametrize(
    ("source", "needs"),
    [
        ("for name in 'ab':\n    print(name)", False),  # another than the one that was drawn with
        ("[name for name in 'ab']", False),
        ("def f(name):\n    return name", False),
        ("def f():\n    return name", True),
        ("print(name)", True),
        ("name = 1\nprint(name)", False),
    ],
)
def test_a_name_that_is_bound_anew_needs_it_no_more(source, needs):
    first = "from explorable.drawing.toolkit import names\nfor name in names:\n    pass"
    assert Notebook(enumerate_keys(first, source)).cells[1].needs_notebook == needs


def test_an_edit_changes_what_is_needed_and_goes_when_it_is_not_repeated():
    notebook = Notebook(enumerate_keys("x = 1", "y = 2", "x"))
    notebook.edit({"2": "y", "unknown": "x"})
    assert notebook.needed(2) == [1]
    notebook.edit({})
    assert notebook.needed(2) == [0]
    notebook = Notebook(enumerate_keys("x", "y = 1", "x = y"))
    assert [notebook.needed(position) for position in range(3)] == [[], [], [1]]
    cell = Notebook([("a", "this is no Python")]).cells[0]
    assert ast.dump(cell.tree) == ast.dump(ast.parse(""))
    assert (cell.key, cell.source, cell.names) == ("a", "this is no Python", Names())
    assert cell.needs_notebook is False


def enumerate_keys(*sources):
    return [(str(at), source) for at, source in enumerate(sources)]
