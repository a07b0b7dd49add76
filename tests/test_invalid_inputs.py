"""Every public function meets every kind of invalid input.

The contract: the result is right, or a `ValueError` says in words what was expected and what came;
no other error, no warning, no argument changed, no result that is a piece of an argument.
`tests/invalid_inputs` takes right calls from the docstrings' examples (`catalogue`) and holds what
may come in the place of an argument (`array_forms`, `values`) and the `contract`.
"""

import re
from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from explorable.explore import choice, slider, steps
from mathdl.backward import backward
from mathdl.concepts.neuron import neuron_geometry
from mathdl.forward import Layer, forward
from mathdl.gradient_descent import descend, gradient_descent, quadratic
from tests.invalid_inputs import array_forms, catalogue, contract, examples, values
from tests.invalid_inputs.calls import Call, blaming
from tests.invalid_inputs.catalogue import every_call

drawn_at_random = settings(
    max_examples=5 if settings().derandomize else 150,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@pytest.fixture(autouse=True, scope="module")
def few_digits() -> Iterator[None]:
    with examples.few_digits():
        yield


def test_every_public_function_has_a_call():
    listed = {call.function for call in catalogue.calls()}
    missing = {name for name, thing in catalogue.wanted().items() if thing not in listed}
    assert missing == set(catalogue.TRUSTED)


@every_call
def test_invalid_inputs(call: Call):
    for argument in call.varied:
        for form in values.other_values(call.arguments[argument]):
            with blaming(**{argument: form.name}):
                result = contract.result_of(call, {**call.fresh(), argument: form.value})
                if isinstance(result, contract.Refusal):
                    require_subject(call, argument, form.name, result.message)


def require_subject(call: Call, argument: str, form: str, message: str) -> None:
    """Refuse a refusal that speaks of None, or not of what is wrong by itself."""
    subject = contract.subject(message)
    about_layers = argument == "layers" and re.search(r"\blayer\b", subject)
    about_it = call.words or about_layers or re.search(rf"\b{argument}\b", subject)
    assert about_it or form not in values.WRONG_ITSELF, message
    assert re.search("None|mask", form) or not re.search(r"\bNone\b", message), message


DTYPES = ("f2", "f4", "f8", "g", "i1", "i8", "u1", "u8", "?", "c16", ">f8", "U2", "M8[D]", "O")
NUMBERS = st.floats() | st.integers(-(2**70), 2**70) | st.floats(width=16).map(np.float16)


def surprises(right: object) -> st.SearchStrategy[object]:
    """Return a strategy for what may come in the place of a right value: values, and `Form`s."""
    shape = np.shape(right) if isinstance(right, np.ndarray) else ()
    shapes = [shape, shape, shape, shape[1:], (*shape, 2), tuple(n + 1 for n in shape)]
    arrays = hnp.arrays(st.sampled_from(DTYPES), st.sampled_from(shapes))
    drawn = {
        **{"numbers": arrays, "labels": arrays, "number": NUMBERS},
        # What lies between is taken at its word: a thousand million steps are taken, and last.
        "count": st.integers(-2, 12) | st.integers(10**10, 2**70) | st.floats(),
        "name": st.text(max_size=5),
        "widths": st.lists(st.integers(0, 6), max_size=4),
        "settings": st.lists(NUMBERS, max_size=4),
    }
    known = st.sampled_from([*values.other_values(right)])
    return drawn.get(array_forms.kind(right), known) | known


@pytest.mark.proof
@every_call
@given(data=st.data())
@drawn_at_random
def test_inputs_that_nobody_thought_of(call: Call, data: st.DataObject):
    some = st.lists(st.sampled_from(call.varied), min_size=1, max_size=2, unique=True)
    chosen = data.draw(some) if call.varied else []
    drawn = {name: data.draw(surprises(call.arguments[name])) for name in chosen}
    changed = {
        name: what.value if isinstance(what, array_forms.Form) else what
        for name, what in drawn.items()
    }
    with blaming(**drawn):
        contract.result_of(call, {**call.fresh(), **changed})


# What was wrong once, and what no other form of a right call meets


def test_forward_passes_and_optimizers_keep_what_they_were_given():
    x = np.array([[1.0]])
    layers = [Layer([[2.0]], [0.0])]
    passed = forward(layers, x)
    x[0, 0] = 9.0
    assert backward(layers, passed, [[1.0]])[0].weights == 1
    rates = np.array([0.5])
    rule = gradient_descent(rates)
    rates[0] = 9.0
    assert descend(lambda x: x, [[1.0]], rule, 1)[-1] == 0.5

    def greedy(x: np.ndarray) -> np.ndarray:
        x += 1
        return x

    with pytest.raises(ValueError, match="read-only"):
        descend(greedy, [1.0], gradient_descent(0.5), 1)


@pytest.mark.parametrize("size", [1e-200, 1.0, 1e200])
def test_a_neuron_has_a_boundary_however_large_its_weights(size):
    geometry = neuron_geometry([3 * size, 4 * size], 0.0)
    np.testing.assert_allclose([*geometry.normal, geometry.steepness], [0.6, 0.8, 5 * size])


def test_a_hessian_of_small_numbers_must_be_symmetric_too():
    with pytest.raises(ValueError, match="hessian must be symmetric"):
        quadratic([[1e-9, 5e-9], [0.0, 1e-9]])


@pytest.mark.parametrize(
    "refused",
    [
        lambda label: slider(["a"], label=label),
        lambda label: slider([1, 2], label=label).find(3),
        lambda label: steps(2, label=label, start=-1),
        lambda label: choice(["a", "b"], label=label).find("c"),
    ],
)
def test_a_long_label_is_told_in_a_few_words(refused):
    with pytest.raises(ValueError, match="value") as refusal:
        refused("x" * 5000)
    assert len(str(refusal.value)) < 200
