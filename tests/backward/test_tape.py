"""Tests of `mathdl.backward.tape`."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from mathdl.backward import numerical_gradient
from mathdl.backward.tape import ARROWS, LEAVES, N_STEPS, NEURON_LEAVES, loss_of_x, sweep


@pytest.mark.equation("backward-adjoint")
@given(leaves=st.fixed_dictionaries(dict.fromkeys("xwbt", st.floats(-3, 3))))
@settings(max_examples=50, deadline=None)
def test_adjoints_are_what_differences_measure(leaves):
    names, place = list(leaves), np.array(list(leaves.values()))
    assume(abs(leaves["w"] * leaves["x"] + leaves["b"]) > 1e-3)  # no kink within the step

    def loss(numbers):
        x, w, b, t = (numbers[names.index(name)] for name in "xwbt")
        return (x * max(w * x + b, 0) - t) ** 2

    adjoints = sweep(leaves)[-1].adjoints
    measured = numerical_gradient(loss, place)
    assert [adjoints[name] for name in names] == pytest.approx(measured, rel=1e-6, abs=1e-6)


@pytest.mark.equation("backward-accumulate")
@pytest.mark.equation("backward-scalar")
def test_the_sweep_of_the_worked_example():
    snapshots = sweep(LEAVES)
    assert len(snapshots) == N_STEPS + 1 == 14
    assert [s.result for s in snapshots[1:7]] == list(ARROWS)
    assert snapshots[0].values == LEAVES
    assert [s.adjoints for s in snapshots[:7]] == [{}] * 7
    assert all(s.values == snapshots[6].values for s in snapshots[7:])
    assert snapshots[6].values == {**LEAVES, "q": 2, "s": 1, "h": 1, "m": 2, "d": -3, "L": 9}
    assert snapshots[7].adjoints == {"L": 1.0}
    neuron = sweep(NEURON_LEAVES, neuron=True)[-1].values
    assert neuron["L"] == neuron["d"] ** 2 != 1
    forwards = [(result, tuple((each, result) for each in ARROWS[result])) for result in ARROWS]
    assert [(s.result, s.used) for s in snapshots] == [
        ("", ()), *forwards, ("L", ()), *reversed(forwards)
    ]  # fmt: skip
    # Worked by hand in the chapter's table.
    assert snapshots[-1].adjoints == {
        "L": 1, "d": -6, "m": -6, "t": 6, "x": -18, "h": -12, "s": -12, "q": -12, "b": -12,
        "w": -24,
    }  # fmt: skip


def test_overwriting_keeps_the_last_contribution_and_other_leaves_are_refused():
    wrong = sweep(LEAVES, accumulate=False)[-1].adjoints
    right = sweep(LEAVES)[-1].adjoints
    assert wrong["x"] == -12
    assert {name for name in right if wrong[name] != right[name]} == {"x"}
    for x in (-1.0, 0.5, 1.0, 2.0, 3.0):
        assert loss_of_x(x) == pytest.approx((x * max(x - 1, 0) - 5) ** 2)
    words = r"leaves must give a number for \['b', 't', 'w', 'x'\], but are \{'x': 1\.0\}"
    with pytest.raises(ValueError, match=words):
        sweep({"x": 1.0})
