"""Explorers that the page computes: the same numbers as NumPy's, at any value of their controls."""

import inspect
import json
from functools import cache

import numpy as np
import pytest

from explorable.explore.computed import compute
from explorable.explore.recipes import noting, shown
from tests.explorable.explore.catalogue import made, makers
from tests.explorable.trace.playing import joined

COMPUTED = [maker for maker in makers() if "computed=True" in inspect.getsource(maker)]
SLOT = {"line": "points", "area": "points", "marks": "points", "space": "points",
        "text": "text", "between": "alpha"}  # fmt: skip
NEAR = 1e-12
FARTHER = {"race": 1e-8}  # at such rates its descents jump, and each jump enlarges a rounding

compiled = cache(lambda maker: compute(made(maker)))

RUN = """([content, asked]) => {
    const run = traced.compile(content.program);
    const plain = (root) => typeof root === "string" ? root : [...root.values].map(String);
    return asked.map(([inputs, options]) => {
        const { told, roots } = run(inputs, options);
        return [told, roots.map(plain)];
    });
}"""


@pytest.fixture(scope="module")
def page(browser):
    made_page = browser.new_page()
    made_page.add_script_tag(content=joined("number", "loops", "player"))
    yield made_page
    made_page.close()


def values_of(explorer, rng):
    """Draw a value for each control, as a rule between the listed ones."""
    controls = explorer.controls.items()
    return {key: control.at(control.somewhere(rng)) for key, control in controls}


def given(explorer, computed, values):
    """Return the inputs and options of a program for values of the controls."""
    inputs, options = [], []
    for (key, control), number in zip(explorer.controls.items(), computed.numbers, strict=True):
        value = values[key]
        if number:
            flat = np.ravel(value).tolist()
            shape = list(np.shape(value))
            inputs.append({"shape": shape, "values": flat} if shape else flat[0])
        else:
            listed = [control.value(index) for index in range(control.count)]
            options.append(listed.index(value))
    return inputs, options


@pytest.mark.parametrize("maker", COMPUTED, ids=lambda maker: maker.__name__)
def test_the_page_computes_what_numpy_does(maker, page, rng, n=30):
    explorer, computed = made(maker), compiled(maker)
    tried = [values_of(explorer, rng) for _ in range(n)]
    asked = [given(explorer, computed, values) for values in tried]
    content = json.loads(json.dumps({"program": computed.program.content}))
    answers = page.evaluate(RUN, [content, asked])
    near = FARTHER.get(explorer.name, NEAR)
    movers = [mover.artist for mover in explorer.scene.movers]
    for values, (told, roots) in zip(tried, answers, strict=True):
        with noting(movers) as noted, np.errstate(all="ignore"):
            sentence = explorer.update(**values)
        assert roots[0] == str(sentence), values
        for artist, fields, entry in zip(movers, noted, told, strict=True):
            if not isinstance(entry, list):
                continue
            slots = shown(artist, fields)
            puts = computed.recipes[entry[0]][1]
            for (_, attribute, pen, _), numbers in zip(puts, entry[1], strict=True):
                expected = slots[SLOT.get(pen, attribute)]
                for root, wanted in zip(numbers, expected, strict=True):
                    if isinstance(wanted, str):
                        assert roots[root] == wanted, values
                    else:
                        np.testing.assert_allclose(
                            np.array(roots[root], dtype=float),
                            np.ravel(np.asarray(wanted, dtype=float)),
                            rtol=near, atol=near * 1e-3, err_msg=f"{values} {artist}",
                        )  # fmt: skip
