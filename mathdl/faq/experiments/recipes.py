"""One small task on which every remedy is measured: few digits, some of them labelled wrongly."""

import functools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from explorable.checks import (
    GENERATOR,
    Array,
    IntegerArray,
    an_instance,
    check_fields,
    checked,
    instance,
    listed,
    number,
    one_of,
    several,
    shown,
    whole,
)
from mathdl.concepts import ACTIVATIONS
from mathdl.datasets import load_digits
from mathdl.faq.objectives import penalized, with_dropout
from mathdl.faq.scaling import Scaling, standardize
from mathdl.faq.stopping import stop_early
from mathdl.forward import Layer, forward, initialize
from mathdl.gradient_descent import (
    History,
    Optimizer,
    adam,
    gradient_descent,
    layers_from,
    momentum,
    train,
)
from mathdl.gradient_descent.experiments import jitter
from mathdl.gradient_descent.training import Objective

read_digits = functools.cache(load_digits)
"""Reading the file takes a quarter of a short training; nobody here changes the arrays."""

SCALES = {
    "as they are": Scaling(np.zeros(64), np.ones(64)),
    "0 to 16": Scaling(np.zeros(64), np.full(64, 1 / 16)),
    "around 10": Scaling(np.full(64, -10.0), np.ones(64)),
}
"""What may be done to the pixels, which come as numbers from 0 to 1."""

OPTIMIZERS: dict[str, Callable[[float], Optimizer]] = {
    "gradient descent": gradient_descent,
    "momentum": momentum,
    "Adam": adam,
}
"""What may take the steps, each with its usual settings but the rate."""


@dataclass(frozen=True)
class Recipe:
    """Everything that decides how a network is trained, but the seed.

    Attributes
    ----------
    n_train : int, default 200
        Training digits, from 10 to 3823.
    wrong : float, default 0.2
        Share of training labels that are replaced by another class, in [0, 1].
    hidden : sequence of int, default (128,)
        Widths of the hidden layers; () for logistic regression.
    activation : str, default "relu"
        Of the hidden layers, a name in `mathdl.concepts.ACTIVATIONS`.
    l1, l2 : float, default 0
        Penalties on the weights (`penalized`).
    keep_rate : float, default 1
        For dropout of hidden units (`with_dropout`); 1 for none. Not together with a penalty.
    learning_rate, batch_size, n_epochs : float, int and int, default 0.03, 50 and 100
        For `mathdl.gradient_descent.train`.
    optimizer : str, default "momentum"
        A name in `OPTIMIZERS`.
    patience : int, optional
        Hold out a fifth of the training digits and keep the parameters that `stop_early` picks.
    scale : str, default "as they are"
        ``"standardized"`` or a name in `SCALES`.
    shift : float, default 0
        At most how far each digit is moved along each axis, anew in every epoch, in pixels; at
        most 1.

    Examples
    --------
    >>> Recipe(hidden=(64, 32), l2=0.001, patience=5).n_epochs
    100
    """

    n_train: int = 200
    wrong: float = 0.2
    hidden: tuple[int, ...] = (128,)
    activation: str = "relu"
    l1: float = 0.0
    l2: float = 0.0
    keep_rate: float = 1.0
    learning_rate: float = 0.03
    batch_size: int = 50
    n_epochs: int = 100
    optimizer: str = "momentum"
    patience: int | None = None
    scale: str = "as they are"
    shift: float = 0.0

    def __post_init__(self) -> None:
        check_fields(
            self,
            n_train=whole(10, 3823),
            wrong=number("[0, 1]"),
            hidden=several(whole(), "widths"),
            activation=one_of(ACTIVATIONS),
            l1=number("[0, inf)"),
            l2=number("[0, inf)"),
            keep_rate=number("(0, 1]"),
            learning_rate=number("(0, inf)"),
            batch_size=whole(),
            n_epochs=whole(),
            optimizer=one_of(OPTIMIZERS),
            scale=one_of((*SCALES, "standardized")),
            shift=number("[0, 1]"),
        )
        object.__setattr__(self, "hidden", tuple(self.hidden))
        if self.patience is not None:
            check_fields(self, patience=whole())
        if self.keep_rate < 1 and (self.l1 > 0 or self.l2 > 0):
            raise ValueError("keep_rate must be 1 when there is a penalty: one remedy at a time.")


class Outcome(NamedTuple):
    """What one training led to.

    Attributes
    ----------
    layers : list of Layer
        The network that one would use.
    history : History
        How it got there; validation is on the digits held out, if any are.
    x_train : ndarray
        The inputs it was trained on, scaled.
    train_error, test_error : float
        Shares of digits read wrongly; 1 if the training diverged. The training labels include
        the wrong ones.
    right_error : float
        The training error on those labels that are right; 0 if none is.
    repeated : float
        The share of the wrong labels that the network repeats; 0 if no label is wrong.
    """

    layers: list[Layer]
    history: History
    x_train: Array
    train_error: float
    test_error: float
    right_error: float
    repeated: float


@checked(
    n_samples=whole(),
    wrong=number("[0, 1]"),
    rng=GENERATOR,
    refuses="there are not so many digits",
)
def noisy_digits(
    n_samples: int, wrong: float, *, rng: np.random.Generator
) -> tuple[Array, IntegerArray]:
    """Draw training digits, and give some of them a wrong label.

    Parameters
    ----------
    n_samples
        How many, at most 3823.
    wrong
        The probability that a label is replaced by one of the nine others.
    rng
        Draws digits and mistakes.

    Returns
    -------
    x : ndarray, shape (n_samples, 64)
        Images.
    y : ndarray of int, shape (n_samples,)
        Labels.

    Examples
    --------
    >>> x, y = noisy_digits(5, 0.2, rng=np.random.default_rng(0))
    >>> x.shape, y.shape
    ((5, 64), (5,))
    """
    digits = read_digits()
    if n_samples > len(digits.x_train):
        raise ValueError(f"n_samples must be at most {len(digits.x_train)}, but is {n_samples}.")
    chosen = rng.permutation(len(digits.x_train))[:n_samples]
    mistaken = rng.random(n_samples) < wrong
    other = (digits.y_train[chosen] + rng.integers(1, 10, n_samples)) % 10
    return digits.x_train[chosen], np.where(mistaken, other, digits.y_train[chosen])


@checked(recipe=instance(Recipe), seed=whole(0, 10**9), diverges=True)
def run(recipe: Recipe, seed: int) -> Outcome:
    """Train one network by a recipe.

    Parameters
    ----------
    recipe
        How to train.
    seed
        Decides digits, wrong labels, initial weights, order and masks.

    Returns
    -------
    Outcome

    Examples
    --------
    >>> outcome = run(Recipe(n_epochs=60, wrong=0.0), seed=0)
    >>> outcome.train_error, bool(outcome.test_error < 0.15)
    (0.0, True)
    """
    data_rng, rng = np.random.default_rng(seed).spawn(2)
    digits = read_digits()
    data_seed = data_rng.bit_generator.state
    x, y = noisy_digits(recipe.n_train, recipe.wrong, rng=data_rng)
    data_rng.bit_generator.state = data_seed  # once more, without mistakes
    _, truth = noisy_digits(recipe.n_train, 0.0, rng=data_rng)
    fit = recipe.n_train - (recipe.n_train // 5 if recipe.patience else 0)
    scaling = standardize(x[:fit]) if recipe.scale == "standardized" else SCALES[recipe.scale]
    x, x_test = scaling(x), scaling(digits.x_test)
    n_steps = recipe.n_epochs * -(-fit // recipe.batch_size)
    history = train(
        _start(recipe, rng),
        x[:fit],
        y[:fit],
        loss="cross_entropy",
        optimizer=OPTIMIZERS[recipe.optimizer](recipe.learning_rate),
        augment=functools.partial(jitter, shift=recipe.shift, noise=0.0) if recipe.shift else None,
        n_epochs=recipe.n_epochs,
        batch_size=recipe.batch_size,
        rng=rng,
        validation=(x[fit:], y[fit:]) if recipe.patience else None,
        objective=_objective(recipe, rng),
        snapshot_every=None if recipe.patience else n_steps,  # nobody goes back
    )
    layers = _kept(recipe, history)
    x, y, wrong = x[:fit], y[:fit], (y != truth)[:fit]
    return Outcome(
        layers,
        history,
        x,
        train_error=_error(layers, x, y),
        test_error=_error(layers, x_test, digits.y_test),
        right_error=0.0 if wrong.all() else _error(layers, x[~wrong], y[~wrong]),
        repeated=1 - _error(layers, x[wrong], y[wrong]) if wrong.any() else 0.0,
    )


def _error(layers: Sequence[Layer], x: Array, labels: IntegerArray) -> float:
    """Return the share read wrongly; all of it if the network has diverged."""
    with np.errstate(all="ignore"):
        logits = forward.plain(layers, x).output
    return float((logits.argmax(axis=1) != labels).mean()) if np.isfinite(logits).all() else 1.0


def _start(recipe: Recipe, rng: np.random.Generator) -> list[Layer]:
    scheme = "he" if "relu" in recipe.activation else "glorot"
    sizes = (64, *recipe.hidden, 10)
    return initialize(sizes, hidden=recipe.activation, scheme=scheme, rng=rng)


def _objective(recipe: Recipe, rng: np.random.Generator) -> Objective | None:
    if recipe.keep_rate < 1:
        return with_dropout("cross_entropy", recipe.keep_rate, rng=rng)
    if recipe.l1 > 0 or recipe.l2 > 0:
        return penalized("cross_entropy", l1=recipe.l1, l2=recipe.l2)
    return None  # the plain loss, in half the time


def _kept(recipe: Recipe, history: History) -> list[Layer]:
    """Return the last network, or with patience the best one before it ended."""
    if recipe.patience is None:
        return history.layers
    assert history.validation_losses is not None
    highest = np.finfo(np.float64).max  # the loss of a network that has diverged
    losses = np.nan_to_num(history.validation_losses, nan=highest)  # infinity becomes it anyway
    best = stop_early(losses, recipe.patience).best
    return layers_from(history.layers, history.snapshots[best + 1])


class Errors(NamedTuple):
    """Errors over seeds.

    Attributes
    ----------
    train, test : ndarray, shape (n_seeds,)
        Shares of digits read wrongly.
    right : ndarray, shape (n_seeds,)
        The training error on labels that are right.
    repeated : ndarray, shape (n_seeds,)
        Shares of the wrong labels that are repeated.
    """

    train: Array
    test: Array
    right: Array
    repeated: Array


@checked(seeds=several(whole(0, 10**9)), diverges=True, refuses="there are no recipes or no seeds")
def measure(recipes: Mapping[str, Recipe], seeds: Sequence[int]) -> dict[str, Errors]:
    """Train by several recipes, each with several seeds.

    Parameters
    ----------
    recipes : dict of Recipe
        By name.
    seeds
        All recipes see the same ones.

    Returns
    -------
    dict of Errors
        By the names of the recipes.

    Examples
    --------
    >>> few = Recipe(n_epochs=1)
    >>> measure({"one epoch": few}, seeds=[0, 1])["one epoch"].test.shape
    (2,)
    """
    if not isinstance(recipes, Mapping):
        raise ValueError(f"recipes must be a dict of Recipe, but is {shown(recipes)}.")
    if not recipes or not seeds:
        raise ValueError("recipes and seeds must each hold at least one, but one is empty.")
    for recipe in recipes.values():
        an_instance(recipe, "each of recipes", Recipe)
    return {
        name: Errors(*np.transpose([_errors(recipe, seed) for seed in seeds]))
        for name, recipe in recipes.items()
    }


def _errors(recipe: Recipe, seed: int) -> tuple[float, ...]:
    outcome = run(recipe, seed)
    return outcome.train_error, outcome.test_error, outcome.right_error, outcome.repeated


@checked(
    recipe=instance(Recipe),
    field=one_of(Recipe.__dataclass_fields__),
    diverges=True,
    refuses="there is no value, or a value cannot be meant",
)
def variants(recipe: Recipe, field: str, values: Sequence[object]) -> dict[str, Recipe]:
    """Return copies of a recipe in which one field takes several values.

    Parameters
    ----------
    recipe
        What all of them share.
    field
        A name of its fields.
    values : sequence
        What the field takes.

    Returns
    -------
    dict of Recipe
        By the values, written out.

    Examples
    --------
    >>> list(variants(Recipe(), "l2", [0.01, 0.03]))
    ['0.01', '0.03']
    """
    if not listed(values, "values"):
        raise ValueError("values must hold at least one value, but is empty.")
    changed = [replace(recipe, **{field: value}) for value in values]  # type: ignore[arg-type]
    return {str(value): recipe for value, recipe in zip(values, changed, strict=True)}
