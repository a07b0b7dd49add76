"""Tests of `mathdl.backward.graph`."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mathdl.backward import Node
from mathdl.concepts import ACTIVATIONS

OPERATIONS = {
    "+": lambda a, b: a + b,
    "−": lambda a, b: a - b,
    "×": lambda a, b: a * b,
    "÷": lambda a, b: a / b,
    "number on the left": lambda a, b: (2 + a) * (3 - b) + 1 / a + 5 * b,
    "number on the right": lambda a, b: (a - 1) / 4 + b * 3 - np.float64(2),
    "numpy number on the left": lambda a, b: np.float64(2) * a + np.float64(3) / b,
    "powers": lambda a, b: -(a**2) + b**-1.5 + a**0,
    "shared": lambda a, b: (a * b) * (a * b) + a,
    "exp": lambda a, b: (a * b).exp(),
    "log": lambda a, b: (a * b).log(),
}


@pytest.mark.parametrize("name", OPERATIONS)
@given(a=st.floats(0.2, 3), b=st.floats(0.2, 3))
def test_adjoints_are_what_central_differences_measure(name, a, b):
    function, h = OPERATIONS[name], 1e-5
    measured = [
        (function(Node(a + s), Node(b + t)).value - function(Node(a - s), Node(b - t)).value)
        / (2 * h)
        for s, t in [(h, 0), (0, h)]
    ]
    x, y = Node(a), Node(b)
    result = function(x, y)
    result.backward()
    np.testing.assert_allclose([x.adjoint, y.adjoint], measured, rtol=1e-6, atol=1e-7)
    assert [(3 - y).slopes, (1 / x).slopes[0]] == [(1.0, -1.0), 1 / a]  # in the constant, too
    if name in "+−×÷ exp log":
        assert result.operation == name


@pytest.mark.parametrize("name", ["tanh", "sigmoid", "relu", "softplus"])
@given(z=st.one_of(st.floats(-50, 50), st.sampled_from([0.0, 1e4, -1e4, 1e308, -1e308])))
def test_nodes_and_arrays_have_the_same_activations(name, z):
    node = Node(z)
    result = getattr(node, name)()
    result.backward()
    function, derivative = ACTIVATIONS[name]
    assert result.operation == name
    assert result.value == pytest.approx(float(function(z)), rel=1e-13, abs=1e-300)
    assert node.adjoint == pytest.approx(float(derivative(z)), rel=1e-13, abs=1e-300)


def test_a_graph_is_stepped_backward_one_node_at_a_time():
    x = Node(2.0, "x")
    square = x**2
    result = square * 3 + x
    for _ in range(2):  # again: the same, not twice as much
        steps = result.backward_steps()
        assert [node.adjoint for node in (result, square, x)] == [1, 0, 0]
        assert next(steps) is result
        assert [square.adjoint, x.adjoint] == [0, 1]
        passed = [result, *steps]
        assert [square.adjoint, x.adjoint] == [3, 13]
    assert passed == result.order()[::-1]
    assert len(passed) == len(set(map(id, passed))) == 5
    for node in passed:  # only after everything that was computed from it
        assert all(passed.index(parent) > passed.index(node) for parent in node.parents)
    assert (square.operation, square.parents, square.slopes) == ("^2", (x,), (4,))
    assert [(3 - x).operation, (3 / x).operation] == ["−", "÷"]
    square.label = "s"
    assert repr(square) == "Node(s: value 4, adjoint 3)"
    assert repr(result) == "Node(+: value 14, adjoint 1)"
    assert repr(Node(2)) == "Node(constant: value 2, adjoint 0)"


def test_a_long_chain_is_no_recursion():
    y = x = Node(1.0)
    for _ in range(5000):
        y = y + x
    y.backward()
    assert x.adjoint == 5001


@pytest.mark.parametrize(
    ("compute", "message"),
    [
        (lambda a: a / 0, "÷ of 2 and 0, or its slope, is not a finite real number"),
        (lambda a: (a - 2) / 1e-310, "÷ of 0 and 1e-310, or its slope"),
        (lambda a: a * 6e307 + 1e308, r"^\+ of 1\.2e\+308 and 1e\+308, or"),
        (lambda a: (a - 2).log(), "log of 0, or"),
        (lambda a: (a * 1000).exp(), "exp of 2000, or"),
        (lambda a: (-a) ** 0.5, r"\^0.5 of -2, or"),
        (lambda a: (a - 2) ** 0.5, r"\^0.5 of 0, or its slope"),
        (lambda a: a + "1", "the other operand must be one finite real number"),
        (lambda a: a**a, "exponent must be one finite real number"),
        (lambda a: Node(np.inf), "value must be one finite real number"),
        (lambda a: (a * 1e200 * 1e-200 * 1e-200 * 1e200 * 1e200).backward(), "the adjoint of"),
    ],
)
def test_nodes_refuse(compute, message):
    with pytest.raises(ValueError, match=message):
        compute(Node(2.0))


def test_zero_to_the_power_of_zero_is_a_constant():
    result = Node(0.0) ** 0
    assert (result.value, result.slopes) == (1, (0,))
