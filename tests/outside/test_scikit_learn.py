"""Regularisers, classifiers and data agree with scikit-learn's."""

import warnings

import numpy as np
import pytest
from sklearn.datasets import load_digits as their_digits
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import Lasso, LogisticRegression, Ridge
from sklearn.neighbors import NearestNeighbors
from sklearn.neural_network import MLPClassifier
from sklearn.preprocessing import StandardScaler

from mathdl import background, faq
from mathdl import gradient_descent as gd
from mathdl.datasets import load_digits
from mathdl.gradient_descent import accuracy
from mathdl.gradient_descent.experiments import DIGITS_SIZES, train_digits

SEEDS = pytest.mark.parametrize("seed", range(5))


def regression(seed, n_samples=40, n_in=8):
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(n_samples, n_in))
    return x, x @ rng.normal(size=n_in) + rng.normal(size=n_samples)


@SEEDS
@pytest.mark.parametrize("penalty", [1e-6, 0.1, 1e4])
@pytest.mark.parametrize("n_samples", [40, 5])
def test_ridge(seed, penalty, n_samples):
    # Their squares are summed, ours averaged. With 5 samples of 8 inputs and a penalty of 1e-6
    # the equations are solved to about 1e-9.
    x, target = regression(seed, n_samples)
    theirs = Ridge(alpha=n_samples * penalty, fit_intercept=False, solver="svd").fit(x, target)
    np.testing.assert_allclose(faq.ridge(x, target, penalty), theirs.coef_, rtol=1e-7, atol=1e-10)


@SEEDS
@pytest.mark.parametrize("penalty", [0.05, 0.5, 3.0])
def test_the_smallest_penalized_quadratic(seed, penalty):
    rng = np.random.default_rng(seed)
    root, minimum = rng.normal(size=(2, 2)), rng.normal(size=2)
    x = np.sqrt(2) * root  # two samples, whose mean of squares halves
    theirs = Lasso(alpha=penalty, fit_intercept=False, tol=1e-14, max_iter=100_000)
    theirs.fit(x, x @ minimum)
    ours = faq.penalized_minimum(root.T @ root, minimum, penalty, "L1")
    np.testing.assert_allclose(ours, theirs.coef_, rtol=0, atol=1e-6)


@SEEDS
@pytest.mark.parametrize("k", [1, 2, 5, 12])
def test_nearest_neighbours(seed, k):
    rng = np.random.default_rng(seed)
    x, new = rng.normal(size=(150, 3)), rng.normal(size=(200, 3))
    theirs = NearestNeighbors(n_neighbors=k).fit(x).kneighbors(new, return_distance=False)
    np.testing.assert_array_equal(background.nearest_rows(x, new, k), theirs)


@SEEDS
def test_standardisation(seed):
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(50, 6)) * [1e-6, 1.0, 1e6, 3.0, 0.0, 1.0] + [0, 1, 1e6, -1e4, 0.1, 0]
    new = rng.normal(size=(10, 6))
    theirs = StandardScaler().fit(x)
    ours = faq.standardize(x)
    np.testing.assert_allclose(ours.mean, theirs.mean_, rtol=1e-12, atol=1e-14)
    np.testing.assert_allclose(ours.deviation, theirs.scale_, rtol=1e-10)
    np.testing.assert_allclose(ours(new), theirs.transform(new), rtol=1e-9, atol=1e-9)


@SEEDS
@pytest.mark.parametrize("penalty", [0.01, 1.0])
def test_softmax_regression_by_newton(seed, penalty):
    # Ours is penalised in the bias too: theirs gets the ones as one more column.
    rng = np.random.default_rng(seed)
    x, labels = rng.normal(size=(60, 4)), np.arange(60) % 3
    x[np.arange(60), labels] += 1
    problem = faq.softmax_regression(x, labels, n_classes=3, penalty=penalty)
    rule = gd.newton(problem.hessian)
    ours = gd.descend(problem.gradient, problem.start, rule, 12)[-1].reshape(3, 5)
    theirs = LogisticRegression(
        C=1 / (60 * penalty), fit_intercept=False, solver="newton-cg", tol=1e-10, max_iter=1000
    ).fit(np.column_stack([x, np.ones(60)]), labels)
    np.testing.assert_allclose(ours, theirs.coef_, rtol=0, atol=1e-6)


def test_the_digits_of_the_test_are_theirs():
    theirs = their_digits()
    ours = load_digits()
    np.testing.assert_array_equal(ours.x_test * 16, theirs.data)
    np.testing.assert_array_equal(ours.y_test, theirs.target)


def test_the_recipe_reads_digits_no_worse():
    # Margin: half a point below a network of the same widths, trained as often.
    digits = load_digits()
    history = train_digits(np.random.default_rng(0))
    ours = accuracy(history.layers, digits.x_test, digits.y_test)
    theirs = MLPClassifier(
        DIGITS_SIZES[1:-1],
        solver="sgd",
        alpha=0.0,
        batch_size=32,
        learning_rate_init=0.05,
        nesterovs_momentum=False,
        max_iter=30,
        n_iter_no_change=31,
        random_state=0,
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # thirty epochs are meant
        theirs.fit(digits.x_train, digits.y_train)
    judged = theirs.score(digits.x_test, digits.y_test)
    assert judged > 0.95
    assert ours >= judged - 0.005
