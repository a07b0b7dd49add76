"""Tests of `mathdl.backward.graph`."""

import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mathdl.backward import Node
from mathdl.concepts import ACTIVATIONS

UNARY = ["exp", "log", "tanh", "sigmoid", "relu", "softplus"]


OPERATIONS = {
    "+": lambda a, b: a + b,
    "−": lambda a, b: a - b,
    "×": lambda a, b: a * b,
    "÷": lambda a, b: a / b,
    "number on the left": lambda a, b: (2 + a) * (3 - b) + 1 / a + 5 * b,
    "number on the right": lambda a, b: (a - 1) / 4 + b * 3 - np.float64(2),
    "numpy number on the left": lambda a, b: np.float64(2) * a + np.float64(3) / b,
    "neg": lambda a, b: -a + b,
    "powers": lambda a, b: a**2 + b**-1.5 + a**0,
    "shared": lambda a, b: (a * b) * (a * b) + a,
    **{name: (lambda a, b, name=name: getattr(a * b, name)()) for name in UNARY},
}


@pytest.mark.equation("backward-adjoint")
@pytest.mark.parametrize("name", list(OPERATIONS))
@given(a=st.floats(0.2, 3), b=st.floats(0.2, 3))
def test_adjoints_agree_with_central_differences(name, a, b):
    function = OPERATIONS[name]
    numeric = [
        (function(Node(a + h), Node(b + k)).value - function(Node(a - h), Node(b - k)).value)
        / 2e-5
        for h, k in [(1e-5, 0), (0, 1e-5)]
    ]
    x, y = Node(a), Node(b)
    result = function(x, y)
    result.backward()
    np.testing.assert_allclose([x.adjoint, y.adjoint], numeric, rtol=1e-6, atol=1e-7)
    if name not in UNARY:
        assert result.value == pytest.approx(function(a, b), rel=1e-12)


@pytest.mark.parametrize("name", ["tanh", "sigmoid", "relu", "softplus"])
@given(z=st.one_of(st.floats(-50, 50), st.sampled_from([0.0, 1e4, -1e4, 1e308, -1e308])))
def test_nodes_and_arrays_have_the_same_activations(name, z):
    node = Node(z)
    result = getattr(node, name)()
    result.backward()
    function, derivative = ACTIVATIONS[name]
    assert result.value == pytest.approx(float(function(z)), rel=1e-13, abs=1e-300)
    assert node.adjoint == pytest.approx(float(derivative(z)), rel=1e-13, abs=1e-300)


@pytest.mark.parametrize("name", ["+", "−", "×", "÷", "neg", *UNARY])
def test_each_operation_is_called_what_it_is(name):
    a, b = Node(2.0), Node(1.5)
    functions = OPERATIONS | {"neg": lambda a, b: -a}
    assert functions[name](a, b).operation == name
    assert (a**2).operation == "^2"
    assert (a**-0.5).operation == "^-0.5"


@pytest.mark.equation("backward-accumulate")
def test_adjoints_add_up_over_all_paths():
    x = Node(3.0, "x")
    y = x * x + x
    y.backward()
    assert x.adjoint == 7
    y.backward()  # again: the same, not twice as much
    assert x.adjoint == 7


def test_a_graph_knows_how_it_was_computed():
    a, b = Node(2, "a"), Node(5, "b")
    product = a * b
    result = product - 4
    assert result.operation == "−"
    assert result.parents[0] is product
    assert product.parents == (a, b)
    assert product.slopes == (5, 2)
    assert result.parents[1].label == "4"
    order = result.order()
    assert order[-1] is result
    assert order.index(product) > max(order.index(a), order.index(b))
    assert len(order) == len(set(map(id, order))) == 5
    product.label = "p"
    assert repr(product) == "Node(p: value 10, adjoint 0)"
    assert repr(result) == "Node(−: value 6, adjoint 0)"
    assert repr(Node(2)) == "Node(constant: value 2, adjoint 0)"


def test_a_node_hands_on_only_what_is_complete():
    x = Node(2.0, "x")
    square = x**2
    (square * 3 + x).backward()
    assert [square.adjoint, x.adjoint] == [3, 13]


@pytest.mark.skipif(
    sys.platform == "emscripten", reason="freeing a chain takes more stack than a page has"
)
def test_a_long_chain_is_no_recursion():
    x = Node(1.0)
    y = x
    for _ in range(5000):
        y = y + x
    y.backward()
    assert x.adjoint == 5001


@pytest.mark.parametrize(
    ("compute", "message"),
    [
        (lambda a: a / 0, "÷ of 2 and 0 is not a finite real number"),
        (lambda a: a * 6e307 + 1e308, r"^\+ of 1\.2e\+308 and 1e\+308 is not a finite"),
        (lambda a: a * -6e307 - 1e308, r"^− of -1\.2e\+308 and 1e\+308 is not a finite"),
        (lambda a: (a - 2).log(), "log of 0 is not a finite"),
        (lambda a: (a * 1000).exp(), "exp of 2000 is not a finite"),
        (lambda a: (-a) ** 0.5, "power of -2 and 0.5 is not a finite"),
        (lambda a: (a - 2) ** 0.5, "the slope of power of 0 and 0.5 is not a finite"),
        (lambda a: a * 1e308, r"× of 2 and 1e\+308 is not a finite"),
        (lambda a: a / 1e-200, "the slope of ÷ of 2 and 1e-200 is not a finite"),
        (lambda a: (a - 2) / 1e-310, "^÷ of 1 and 1e-310 is not a finite"),
        (lambda a: (a * 5e-311).log(), "the slope of log of 1e-310 is not a finite"),
        (lambda a: a + "1", "the other operand must be one finite real number"),
        (lambda a: a**a, "exponent must be one finite real number"),
        (lambda a: Node(np.inf), "value must be one finite real number"),
    ],
)
def test_nodes_refuse(compute, message):
    with pytest.raises(ValueError, match=message):
        compute(Node(2.0))


def test_zero_to_the_power_of_zero_is_a_constant():
    result = Node(0.0) ** 0
    assert (result.value, result.slopes) == (1, (0,))
