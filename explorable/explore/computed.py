"""Explorers that the page computes: their update, traced, and how its results are drawn.

What an explorer shows is a function of its controls. Where that function can be traced, the page
runs it itself, at any value of a control, and no state is written.
"""

import json
from dataclasses import dataclass
from typing import Any

import numpy as np

from explorable.explore.model import Model
from explorable.explore.packed import packed_json
from explorable.explore.recipes import Put, drawn, noting
from explorable.explore.typeset import numbers as numbers_of
from explorable.explore.typeset import nums
from explorable.sentences import Sentence
from explorable.trace import Program, TraceError, trace_paths

TRIES = 200
"""At so many random values of its controls an explorer is tried before it is published."""


@dataclass(frozen=True)
class Computed:
    """An explorer as the page computes it.

    The program takes the controls; each of its leaves tells how each moving artist is drawn: not
    at all (-1), as one of the drawings, the insides of artists, or by a recipe from some of the
    leaf's roots, the first of which is the sentence.
    """

    # which controls are numbers to the program; each value of others has a tree
    numbers: list[bool]
    program: Program
    recipes: list[Any]  # drawing, and what is put into it by which pen
    drawings: list[str]

    def packed(self) -> bytes:
        """Return it compressed."""
        return packed_json(vars(self) | {"program": self.program.content})


class _Table:
    """Values in the order in which they come, each once."""

    def __init__(self) -> None:
        self.places: dict[str, int] = {}
        self.values: list[Any] = []

    def place(self, value: Any) -> int:
        key = json.dumps(value)
        if key not in self.places:
            self.places[key] = len(self.values)
            self.values.append(value)
        return self.places[key]


def compute(explorer: Model) -> Computed:
    """Trace an explorer, or raise a `TraceError` that names line and cure."""
    scene, controls = explorer.scene, explorer.controls
    movers = [mover.artist for mover in scene.movers]
    drawings, recipes = _Table(), _Table()

    def run(**values: Any) -> tuple[list[Any], list[Any]]:
        with noting(movers) as noted:
            sentence = explorer.update(**values)
        roots: list[Any] = [str(sentence)]
        told: list[Any] = []
        for index, fields in enumerate(noted):
            found = drawn(scene, index, fields)
            if found is None:
                state = scene.state(index, afresh=True)
                told.append(drawings.place(state.inside()) if state.shape else -1)
                continue
            entry = []
            for _, shown in found.puts:
                entry.append([_root(roots, value) for value in shown])
            recipe = [drawings.place(found.inside), [list(put) for put, _ in found.puts]]
            told.append([recipes.place(recipe), entry])
        if explorer.has_formula:
            told.append(formula(sentence, roots))
        return roots, told

    def formula(sentence: Sentence, roots: list[Any]) -> Any:
        if not sentence.formula:
            return -1
        inside, places = explorer.typeset.slots(sentence.formula)
        found = zip(places, nums(sentence.formula), strict=True)
        puts: list[Put] = [Put(place, "#", "number", [num.bracketed]) for place, num in found]
        puts.append(Put(-1, "data-tex", "fixed", [sentence.formula]))
        entry = [[_root(roots, text)] for text in numbers_of(sentence)]
        return [recipes.place([drawings.place(inside), [*map(list, puts)]]), [*entry, []]]

    def traced(numbers: list[str]) -> Program:
        def named(*inputs: Any, **options: Any) -> tuple[list[Any], list[Any]]:
            return run(**dict(zip(numbers, inputs, strict=True)), **options)

        examples = [controls[key].value(controls[key].start) for key in numbers]
        others = {key: each for key, each in controls.items() if key not in numbers}
        return trace_paths(
            named,
            examples,
            [(key, [*map(each.value, range(each.count))]) for key, each in others.items()],
        )

    numbers = [key for key, control in controls.items() if control.numbers]
    try:
        program = traced(numbers)
    except TraceError:  # whole numbers may have to be plain ones: then each is traced by itself
        numbers = [key for key in numbers if controls[key].numbers != "whole"]
        program = traced(numbers)
    return Computed([key in numbers for key in controls], program, recipes.values, drawings.values)


def _root(roots: list[Any], value: Any) -> int:
    for place, other in enumerate(roots):
        if other is value:
            return place
    roots.append(value)
    return len(roots) - 1


def tried(explorer: Model, seed: int = 0) -> str:
    """Try an explorer at random values, warnings being errors; return its longest sentence."""
    rng = np.random.default_rng(seed)
    controls = explorer.controls.values()
    said = [explorer.sentence, *map(explorer.at_places, explorer.show)]
    for _ in range(TRIES):
        said.append(explorer.at_indices(tuple(control.somewhere(rng) for control in controls)))
    return max(said, key=len)
