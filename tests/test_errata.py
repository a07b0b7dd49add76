"""The nine errors that appendix/errata.md lists, each reproduced and set right."""

import re
from pathlib import Path

import numpy as np
import pytest

from mathdl.backward import affine_backward, check_gradient, numerical_gradient
from mathdl.concepts import ACTIVATIONS, relu
from mathdl.forward import affine
from mathdl.gradient_descent import SURFACES, descend, gradient_descent

X = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
N_NEURONS = 10


def positive_parameters() -> tuple[np.ndarray, np.ndarray]:
    """Weights and biases between 0 and 1, as the article draws them."""
    rng = np.random.default_rng(0)
    return rng.random((N_NEURONS, 3)), rng.random((N_NEURONS, 1))


def test_erratum_1_the_product_does_not_fit() -> None:
    weights, _ = positive_parameters()
    with pytest.raises(ValueError, match="mismatch"):
        X @ weights
    assert (X @ weights.T).shape == (2, N_NEURONS)


def test_erratum_2_a_column_of_biases_cannot_be_added() -> None:
    weights, column = positive_parameters()
    with pytest.raises(ValueError, match="broadcast"):
        X @ weights.T + column
    ten = np.ones((N_NEURONS, 3))
    wrong = ten @ weights.T + column
    right = affine(ten, weights, column[:, 0])
    assert wrong.shape == right.shape
    assert not np.allclose(wrong, right)


def test_erratum_3_the_gradient_raises_and_is_not_the_derivative() -> None:
    weights, column = positive_parameters()
    bias = column[:, 0] - 0.5
    weights = weights - 0.5
    a = relu(affine(X, weights, bias))
    with pytest.raises(ValueError, match="sequence"):
        np.zeros_like(weights)[0, 0] = 2 * (a[0] - X[0, 0]) * X[0, 0]

    def loss(w: np.ndarray) -> float:
        return float((relu(affine(X, w, bias)) ** 2).sum())

    upstream = 2 * a * (affine(X, weights, bias) > 0)
    assert check_gradient(loss, upstream.T @ X, weights).passed
    # Read as generously as can be, entry by entry, its formula is still another number.
    generous = np.array([[2 * (a[0, i] - X[0, j]) * X[0, j] for j in range(3)] for i in range(10)])
    assert not np.allclose(generous, numerical_gradient(loss, weights), rtol=0.1)


def test_erratum_4_the_bias_update_has_three_entries() -> None:
    weights, column = positive_parameters()
    gradients = np.ones_like(weights)
    assert gradients.sum(axis=0).shape == (3,)
    with pytest.raises(ValueError, match="broadcast"):
        column -= 0.1 * gradients.sum(axis=0)
    upstream = np.arange(20.0).reshape(2, N_NEURONS)
    bias_gradient = affine_backward(upstream, X, weights).bias
    np.testing.assert_array_equal(bias_gradient, upstream[0] + upstream[1])


def test_erratum_5_the_weights_matter() -> None:
    weights, column = positive_parameters()
    bias = column[:, 0]
    assert not np.allclose(affine(X, weights, bias), affine(X, 2 * weights, bias))


def test_erratum_6_without_the_activation_the_chain_rule_fails() -> None:
    rng = np.random.default_rng(1)
    weights, bias = rng.normal(size=(N_NEURONS, 3)), rng.normal(size=N_NEURONS)

    def loss(w: np.ndarray) -> float:
        return float((relu(affine(X, w, bias)) ** 2).sum() + relu(affine(X, w, bias)).sum())

    z = affine(X, weights, bias)
    derivative = ACTIVATIONS["relu"].derivative(z)
    first_path, second_path = 2 * relu(z), np.ones_like(z)
    assert check_gradient(loss, ((first_path + second_path) * derivative).T @ X, weights).passed
    assert not check_gradient(loss, (first_path + second_path).T @ X, weights).passed
    assert not check_gradient(loss, (first_path * derivative).T @ X, weights).passed


def test_erratum_7_the_step_goes_against_the_gradient_and_may_end_at_a_saddle() -> None:
    ravine = SURFACES["ravine"]
    start = np.array([1.0, 1.0])
    downhill = descend(ravine.gradient, start, gradient_descent(0.01), 1)[-1]
    uphill = start + 0.01 * ravine.gradient(start)
    assert ravine.value(downhill) < ravine.value(start) < ravine.value(uphill)
    # Started on the ridge line of the saddle x² − y², descent ends where nothing is minimal.
    saddle = SURFACES["saddle"]
    end = descend(saddle.gradient, np.array([1.0, 0.0]), gradient_descent(0.1), 200)[-1]
    np.testing.assert_allclose(saddle.gradient(end), 0, atol=1e-9)
    assert np.linalg.eigvalsh(saddle.hessian(end)).min() < 0


@pytest.mark.equation("concepts-relu-not-linear")
def test_erratum_8_relu_is_not_linear() -> None:
    assert relu(np.array(1.0)) + relu(np.array(-1.0)) != relu(np.array(0.0))


def test_erratum_9_positive_numbers_leave_every_relu_open() -> None:
    for seed in range(20):
        rng = np.random.default_rng(seed)
        z = affine(X, rng.random((N_NEURONS, 3)), rng.random(N_NEURONS))
        assert (relu(z) == z).all()
    signed = np.random.default_rng(0).normal(size=(N_NEURONS, 3))
    z = affine(X, signed, np.zeros(N_NEURONS))
    assert (relu(z) != z).any()


def test_each_erratum_has_its_test() -> None:
    page = Path(__file__).parent.parent / "appendix" / "errata.md"
    listed = set(re.findall(r"^\| (\d+) \|", page.read_text(encoding="utf-8"), re.MULTILINE))
    tested = set(re.findall(r"^def test_erratum_(\d+)_", Path(__file__).read_text("utf-8"), re.M))
    assert listed == tested == {str(number) for number in range(1, 10)}
