"""Made-up notebooks of a class: a chapter of the book, with answers in the place of its stubs."""

import importlib
import inspect
import json
import re

from explorable.book import ROOT
from explorable.book.course.graded import ASKED


def chapter(stem):
    """Return a chapter as a student finds it."""
    return json.loads((ROOT / "chapters" / f"{stem}.ipynb").read_text("utf-8"))


def stubs(notebook):
    """Yield the cells that ask for a function, with the task and the function's name."""
    for cell in notebook["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] == "code" and "\n    ...  # return " in source:
            (asked,) = ASKED.findall(source)
            yield cell, *asked


def written(answer):
    """Return the source of an answer, with the functions of its module that it calls."""
    module = inspect.getmodule(answer)
    around, found, pending = vars(module), {}, [answer]
    imports = re.findall(r"^(?:import|from) .+$", inspect.getsource(module), re.MULTILINE)
    while pending:
        each = pending.pop()
        found[each.__name__] = inspect.getsource(each)
        named = map(around.get, re.findall(r"\w+", found[each.__name__]))
        pending += [f for f in named if inspect.getmodule(f) is module and f.__name__ not in found]
    return "\n\n".join([*imports, *reversed(found.values())])


def answered(stem, pick=lambda task, right, wrong: right[0]):
    """Return a chapter whose stubs are filled in with tested answers; None leaves one empty."""
    notebook, answers = chapter(stem), importlib.import_module(f"tests.{stem}.answers")
    for cell, task, name in stubs(notebook):
        answer = pick(task, answers.RIGHT[task], answers.WRONG.get(task, {}))
        if answer is not None:
            end = f'{name} = {answer.__name__}\njudge("{task}", {name})'
            cell["source"] = f"from mathdl.judge import judge\n{written(answer)}\n\n{end}"
    return notebook


def wrong(number):
    """Return how to pick the mistake of that number, wherever there are so many."""

    def pick(task, right, wrongs):
        made = [each for each in wrongs.values() if "<" not in each.__qualname__]
        return made[number] if number < len(made) else right[0]

    return pick


def with_cell(source, place=2):
    notebook = answered("forward")
    cell = {"cell_type": "code", "id": "more", "metadata": {}, "outputs": [], "source": source}
    notebook["cells"].insert(place, cell)
    return notebook


def other_kernel():
    """Return a right notebook that says it was written in another language."""
    kernel = {"name": "ir", "display_name": "R", "language": "R"}
    return answered("forward") | {"metadata": {"kernelspec": kernel, "language_info": {}}}


def deleted():
    """Return a right notebook of which only the answers are left, and of these half."""
    notebook = answered("forward")
    code = [cell for cell in notebook["cells"] if "from mathdl.judge" in "".join(cell["source"])]
    return notebook | {"cells": [*notebook["cells"][:3], *code[::2]]}


def redone(task, source):
    """Return a right notebook in which one task is answered otherwise."""
    notebook = answered("forward")
    (cell,) = [c for c in notebook["cells"] if f'judge("{task}"' in c["source"]]
    cell["source"] = source
    return notebook


LEAKY = "def leaky_variance(n_in, slope):\n    "
FEW = {
    "right": answered("forward"),
    "wrong": answered("forward", wrong(0)),
    "untouched": chapter("forward"),
    "endless": redone("leaky_variance", f"{LEAKY}while True:\n        pass"),
    "huge": redone("leaky_variance", f"{LEAKY}return bytearray(10**11)"),
    "exits": with_cell("import os, sys\nsys.exit(1)", place=60),
    "patched": with_cell("import numpy as np\nnp.maximum = np.exp = np.allclose = None\nx = 1"),
    "commented": with_cell("# leaky_variance(n_in, slope)", place=10**6),
    "wrapped": with_cell(
        "old = leaky_variance\ndef leaky_variance(n_in, slope):\n    return old(n_in, slope)",
        place=10**6,
    ),
    "deleted": deleted(),
    "kernel": other_kernel(),
    "empty": "",
    "no-json": "{'cells': []}",
}
HOSTILE = f"""import asyncio, sys
with open(sys.argv[2], "a") as results:
    results.write("mine\\tright\\n")
await asyncio.sleep(0)
raise type("=1+1", (Exception,), {{}})
{LEAKY}return 1
"""
CHAPTERS = ["background", "backward", "concepts", "faq", "gradient_descent", "outlook"]
MORE = {
    "leaves": redone("leaky_variance", "import os\nleaky_variance = 1\nos._exit(0)"),
    "fails": redone("leaky_variance", f"1 / 0\n{LEAKY}return 1"),
    "no-python": redone("leaky_variance", "Here is my leaky_variance:"),
    "magic": redone("leaky_variance", f"%timeit 1\n!ls\n{LEAKY}return 1"),
    "deaf": redone(
        "leaky_variance",
        f"import signal\n{LEAKY}signal.signal(14, signal.SIG_IGN)\n    while 1: pass",
    ),
    "taken": redone(
        "leaky_variance",
        "from mathdl.forward.tasks import TASKS\nleaky_variance = TASKS['leaky_variance'].right",
    ),
    "cells": '{"cells": [1, null, {"cell_type": "code"}]}',
    "bytes": b"\xff\xfe\x00",
    "poem": {"cells": []},
    **{stem: answered(stem) for stem in CHAPTERS},
    "mistaken": answered("gradient_descent", wrong(1)),
}


def hand_in(folder, notebooks):
    for name, made in notebooks.items():
        text = json.dumps(made) if isinstance(made, dict) else made
        data = text if isinstance(text, bytes) else text.encode()
        (folder / f"{name}.ipynb").write_bytes(data)
