"""Tests of `mathdl.backward.tape`."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mathdl.backward import Node
from mathdl.backward.tape import ARROWS, LEAVES, N_STEPS, loss_of_x, sweep


@given(x=st.floats(-3, 3), w=st.floats(-3, 3), b=st.floats(-3, 3), t=st.floats(-3, 3))
@settings(max_examples=50, deadline=None)
def test_the_sweep_ends_where_the_nodes_end(x, w, b, t):
    leaves = {"x": x, "w": w, "b": b, "t": t}
    nodes = {name: Node(value, name) for name, value in leaves.items()}
    nodes["q"] = nodes["w"] * nodes["x"]
    nodes["s"] = nodes["q"] + nodes["b"]
    nodes["h"] = nodes["s"].relu()
    nodes["m"] = nodes["x"] * nodes["h"]
    nodes["d"] = nodes["m"] - nodes["t"]
    nodes["L"] = nodes["d"] * nodes["d"]  # as the sweep does: ** may round otherwise
    nodes["L"].backward()
    last = sweep(leaves)[-1]
    assert last.values == {name: node.value for name, node in nodes.items()}
    for name, node in nodes.items():
        assert last.adjoints[name] == pytest.approx(node.adjoint, rel=1e-12, abs=1e-12)


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
