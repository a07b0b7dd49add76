"""Calls of the backward pass and of its studies."""

import numpy as np

from mathdl import backward
from mathdl.backward import (
    Dual,
    Node,
    growth,
    paths,
    scalar_network,
    step_size,
    tape,
)
from tests.bad_days.calls import call
from tests.bad_days.material import (
    LABELS,
    NETWORK,
    PASS,
    POSITIVE,
    RNG,
    SMALL,
    SMOOTH,
    TARGET,
    WEIGHTS,
    X,
    squares,
    twice,
)

VECTOR = np.arange(22) / 8
JACOBIANS = [np.array([[1.0], [2.0]]), np.array([[1.0, 0.5], [2.0, -1.0], [0.5, 0.25]])]


NUMBER = "is not a finite real number"
"""How a scalar says that the result of an operation is out of range."""


def node() -> Node:
    return Node(2.0, "x") * 3.0 + 1.0


BACKWARD = [
    call(
        backward.affine_backward, upstream=np.arange(12.0).reshape(3, 4) / 4, x=X, weights=WEIGHTS
    ),
    call(backward.backward, layers=NETWORK, forward_pass=PASS, output_gradient=TARGET),
    call(backward.loss_and_gradients, layers=NETWORK, x=X, target=LABELS, loss="cross_entropy"),
    call(
        backward.loss_and_gradients, layers=SMOOTH, x=X, target=TARGET, loss="mean_squared_error"
    ),
    call(backward.multiply_adds, sizes=[3, 4, 2], n_samples=5),
    call(backward.numerical_gradient, function=squares, x=X, step=0.125, scheme="forward").within(
        1e-6
    ),
    call(backward.numerical_gradient, function=squares, x=X, scheme="complex").within(1e-6),
    call(backward.numerical_gradient, function=squares, x=X, scheme="central").within(1e-6),
    call(
        backward.check_gradient, function=squares, gradient=twice, x=X, step=0.125, tolerance=0.125
    ).other_in_float32(),
    call(
        backward.check_gradient, function=squares, gradient=2 * X, x=X, scheme="complex"
    ).other_in_float32(),
    call(
        backward.check_gradient, function=squares, gradient=twice, x=X, directions=2, rng=RNG
    ).other_in_float32(),
    call(backward.check_gradient, function=squares, gradient=X, x=X).other_in_float32(),
    call(Node, value=2.0, label="x"),
    call(Dual, value=2.0, tangent=0.5),
    *(
        call(getattr(Node(2.5), f"__{name}__"), other=0.5).saying(NUMBER)
        for name in ("add", "sub", "mul", "truediv", "radd", "rsub", "rmul", "rtruediv")
    ),
    *(
        call(getattr(Dual(2.5, 1.0), f"__{name}__"), other=0.5).saying(NUMBER)
        for name in ("add", "sub", "mul", "truediv", "radd", "rsub", "rmul", "rtruediv")
    ),
    call(Node(2.5).__pow__, exponent=0.5).saying(NUMBER),
    call(Dual(2.5).__pow__, exponent=0.5).saying(NUMBER),
    call(Node(2.5).paths_from, start=Node(1.0)),
    call(growth.growth_factor, activation="tanh", gains=POSITIVE).in_float64(),
    call(paths.layer_jacobians, layers=SMOOTH, x=X[0]),
    call(paths.path_products, jacobians=JACOBIANS),
    call(paths.path_units, jacobians=JACOBIANS),
    call(paths.product_cost, widths=[1, 2, 3], mode="reverse"),
    call(paths.example_chain),
    call(scalar_network.scalar_network, layers=SMOOTH, x=X, target=LABELS, loss="cross_entropy")
    .used(lambda network: network.loss)
    .saying(NUMBER),
    call(
        scalar_network.scalar_gradients,
        layers=SMOOTH,
        x=X,
        target=TARGET,
        loss="mean_squared_error",
    )
    .in_float64()
    .saying(NUMBER),
    call(scalar_network.graph_size, node=node()),
    call(
        step_size.difference_quotient,
        function=np.tanh,
        points=POSITIVE,
        steps=SMALL,
        scheme="central",
        dtype="float32",
    )
    .in_float64()
    .within(1e-6),
    call(
        step_size.difference_quotient,
        function=np.exp,
        points=POSITIVE,
        steps=SMALL,
        scheme="complex",
    ).in_float64(),
    call(
        step_size.difference_errors,
        function=np.tanh,
        derivative=lambda x: 1 - np.tanh(x) ** 2,
        points=POSITIVE,
        steps=SMALL,
        scheme="forward",
        dtype="float64",
    )
    .in_float64()
    .within(1e-6),
    call(step_size.error_terms, steps=SMALL, scheme="forward", dtype="float32").in_float64(),
    call(step_size.unit_roundoff, dtype="float32"),
    call(step_size.best_step, scheme="central", value=0.5, curvature=2.0, dtype="float32"),
    call(step_size.relative_error, first=X, second=TARGET),
    call(step_size.loss_of_parameters, layers=SMOOTH, x=X, target=LABELS, loss="cross_entropy"),
    call(step_size.loss_of_parameters(SMOOTH, X, LABELS, "cross_entropy"), vector=VECTOR),
    call(
        step_size.kink_error, layers=NETWORK, x=X, target=LABELS, loss="cross_entropy", step=0.125
    ),
    call(tape.compute, leaves=dict(tape.LEAVES)).saying(NUMBER),
    call(tape.sweep, leaves=dict(tape.LEAVES), accumulate=False).saying(NUMBER),
    call(tape.loss_of_x, x=2.0, leaves=dict(tape.LEAVES)).saying(NUMBER),
]
