"""Explorers that the page computes: NumPy's numbers, at any value of their controls."""

import inspect
import itertools
import math
import re
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from matplotlib.patches import Rectangle

from explorable.drawing.toolkit import panels
from explorable.explore import ExplorerError, explore, say, slider
from explorable.explore.computed import compute
from explorable.explore.explorer import PROGRAM_BYTES
from explorable.explore.recipes import noting, shown
from explorable.explore.typeset import numbers
from explorable.trace import TraceError, gather
from tests.explorable.explore.catalogue import made, makers

COMPUTED = [maker for maker in makers() if "computed=True" in inspect.getsource(maker)]
SLOT = {"line": "points", "area": "points", "marks": "points", "space": "points",
        "text": "text", "between": "alpha"}  # fmt: skip
NEAR = 1e-12
JUMPS = {"border", "learned"}  # descents that jump or turn a ReLU off enlarge a rounding

compiled = cache(lambda maker: compute(made(maker)))


def values_of(explorer, rng):
    """Draw a value for each control, as a rule between the listed ones."""
    controls = explorer.controls.items()
    return {key: control.at(control.somewhere(rng)) for key, control in controls}


def values_shown(explorer):
    """Return a value for each control at each state that decides the prediction."""
    for places in explorer.show:
        standing = zip(explorer.inputs.items(), places, strict=True)
        yield {key: control.at(place) for (key, control), place in standing if control.has_states}


def numbers_shown(explorer, values):
    movers = [mover.artist for mover in explorer.scene.movers]
    with noting(movers) as noted, np.errstate(all="ignore"):
        explorer.update(**values)
    parts = [
        np.ravel(value).astype(float)
        for artist, fields in zip(movers, noted, strict=True)
        for slot in shown(artist, fields).values()
        for value in slot
        if not isinstance(value, str)
    ]
    return np.concatenate(parts)


def is_steady(explorer, values):
    """Tell whether NumPy itself answers alike if a rounding more is in the arguments."""
    moved = {
        k: v * (1 + 4e-16) if isinstance(v, (float, np.ndarray)) else v for k, v in values.items()
    }
    before, after = (numbers_shown(explorer, each) for each in (values, moved))
    return np.allclose(before, after, rtol=NEAR, atol=NEAR, equal_nan=True)


def given(explorer, computed, values):
    """Return the inputs and options of a program for values of the controls."""
    inputs, options = [], []
    for (key, control), number in zip(explorer.controls.items(), computed.numbers, strict=True):
        value = values[key]
        if number:
            inputs.append(value)
        else:
            listed = [control.value(index) for index in range(control.count)]
            options.append(listed.index(value))
    return inputs, options


def numbers_below(computed, entry, roots):
    """Return the numbers of the formula that the page shows, without brackets."""
    if entry == -1:
        return []
    puts = computed.recipes[entry[0]][1]
    assert [attribute for _, attribute, *_ in puts] == ["#"] * (len(puts) - 1) + ["data-tex"]
    return [roots[root] for places in entry[1] for root in places]


@pytest.mark.browser
@pytest.mark.parametrize("n", [10, pytest.param(1000, marks=pytest.mark.proof)])
@pytest.mark.parametrize("maker", COMPUTED, ids=lambda maker: maker.__name__)
def test_the_page_computes_what_numpy_does(maker, n, player, rng):
    explorer, computed = made(maker), compiled(maker)
    tried = [*values_shown(explorer), *(values_of(explorer, rng) for _ in range(n))]
    asked = [given(explorer, computed, values) for values in tried]
    (answers,) = player.played([(computed.program, asked)])
    movers = [mover.artist for mover in explorer.scene.movers]
    near = 1e-9 if explorer.name in JUMPS else NEAR
    if explorer.name in JUMPS:
        steady = [is_steady(explorer, values) for values in tried]
        assert sum(steady) > len(tried) / 3
        tried = list(itertools.compress(tried, steady))
        answers = list(itertools.compress(answers, steady))
    for values, (roots, told) in zip(tried, answers, strict=True):
        with noting(movers) as noted, np.errstate(all="ignore"):
            sentence = explorer.update(**values)
        assert roots[0] == str(sentence), values
        assert roots[0].endswith((".", "?")), values
        assert not {"nan", "nan,", "nan.", "{"} & {*roots[0].split()}, values
        if explorer.has_formula:
            *told, formula = told
            assert numbers_below(computed, formula, roots) == numbers(sentence), values
        for index, (artist, fields, entry) in enumerate(zip(movers, noted, told, strict=True)):
            if not isinstance(entry, list):  # drawn once and for all, or hidden
                drawing = computed.drawings[entry] if entry >= 0 else ""
                assert drawing == explorer.scene.state(index, afresh=True).inside(), values
                continue
            slots = shown(artist, fields)
            puts = computed.recipes[entry[0]][1]
            for (_, attribute, pen, _), places in zip(puts, entry[1], strict=True):
                expected = slots[SLOT.get(pen, attribute)]
                for root, wanted in zip(places, expected, strict=True):
                    if isinstance(wanted, str):
                        assert roots[root] == wanted, values
                    else:
                        exact = np.ravel(np.asarray(wanted, dtype=float))
                        size = np.abs(exact[np.isfinite(exact)]).max(initial=1.0)
                        np.testing.assert_allclose(
                            np.ravel(roots[root]), exact,
                            rtol=near, atol=near * size, err_msg=f"{values} {artist}",
                        )  # fmt: skip


def small(read):
    """Make a computed explorer whose line is what `read` makes of the slider's number."""
    figure, axes = panels(1)
    (line,) = axes.plot(np.arange(3), np.zeros(3))

    @explore(figure, {"line": line}, "Small?", name="small", computed=True, t=slider([0.5, 1.5]))
    def explorer(t):
        line.set_ydata(read(t))
        return say("{t:.2f}", t=t)

    return explorer


def test_what_is_transparent_at_first_can_be_seen_later():
    figure, axes = panels(1)
    patch = axes.add_patch(Rectangle((0, 0), 1, 1, linewidth=0))

    @explore(figure, {"patch": patch}, "Seen?", computed=True, t=slider([0.0, 0.5]))
    def explorer(t):
        patch.set_alpha(t)
        return say("{t:.2f}", t=t)

    ((_, ((_, attribute, pen, _),)),) = compute(explorer).recipes
    assert (attribute, pen) == ("fill-opacity", "between")


def test_what_cannot_be_traced_is_refused_with_line_and_cure(tmp_path):
    explorer = small(lambda t: np.full(3, math.sin(t)))
    with pytest.raises(TraceError, match=r"\.py:\d+: .+ cannot be traced; .+\.") as error:
        explorer.html(tmp_path)
    line = int(re.search(r"test_computed\.py:(\d+)", str(error.value))[1])
    assert "math.sin(t)" in Path(__file__).read_text("utf-8").splitlines()[line - 1]


def test_a_program_that_is_too_large_is_refused(tmp_path, monkeypatch):
    assert PROGRAM_BYTES == 12_000
    small(np.ones(3).__mul__).html(tmp_path)
    monkeypatch.setattr("explorable.explore.explorer.PROGRAM_BYTES", 100)
    with pytest.raises(ExplorerError, match=r"its program takes .* kB, at most 0; give"):
        small(np.ones(3).__mul__).html(tmp_path)


def test_an_index_by_the_number_of_a_slider_is_refused_with_the_cure():
    cure = r"; pick with gather\(array, np\.rint\(index\)\.astype\(int\)\)"
    three = np.array([3.0, 5.0, 7.0])
    with pytest.raises(ExplorerError, match=cure):
        compute(small(lambda t: three[t] * np.ones(3)))
    with pytest.raises(TraceError, match=cure):
        compute(small(lambda t: three[int(t)] * np.ones(3)))
    compute(small(lambda t: gather(three, np.rint(t).astype(int)) * np.ones(3)))
