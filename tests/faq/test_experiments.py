"""The experiments of the chapter of questions."""

from dataclasses import replace

import numpy as np
import pytest

from mathdl.datasets import load_digits
from mathdl.faq import fit_weights, legendre, stop_early
from mathdl.faq.experiments import (
    FAULTS,
    REMEDIES,
    CurveFit,
    Loop,
    Recipe,
    curve_errors,
    follow,
    measure,
    noisy_digits,
    remedy_errors,
    run,
    sample_curve,
    variants,
    wave,
)
from mathdl.forward import forward, parameter_vector

# Tests of `mathdl.faq.experiments.curves`


def test_a_curve_needs_more_samples_than_its_degree():
    assert CurveFit(n_samples=16).degree == 15
    with pytest.raises(ValueError, match="n_samples must be an integer of at least 16"):
        CurveFit(n_samples=15)


def test_sampling_a_curve(rng):
    x, y = sample_curve(5, 0, rng=rng)
    np.testing.assert_allclose(y, wave(x))
    assert sample_curve(2, 0, rng=rng)[0].tolist() == [-1, 1]


@pytest.mark.parametrize(
    "fit", [CurveFit(degree=3), CurveFit(penalty=0.1), CurveFit(n_samples=25, keep_rate=0.9)]
)
def test_errors_of_a_curve_are_medians_over_draws_of_root_mean_squares(fit):
    places, found = np.linspace(-1, 1, 201), []
    for seed in range(40):
        x, y = sample_curve(fit.n_samples, 0.2, rng=np.random.default_rng(seed))
        features = legendre(x, fit.degree)
        w = fit_weights(features, y, penalty=fit.penalty, keep_rate=fit.keep_rate)
        seen, unseen = features @ w - y, legendre(places, fit.degree) @ w
        found.append([np.sqrt(np.mean(e**2)) for e in (seen, unseen - wave(places))])
    errors = curve_errors(fit, 0.2)
    np.testing.assert_allclose([errors.train, errors.test], np.median(found, axis=0))


@pytest.mark.parametrize("noise", [0.03, 0.1, 0.3])
def test_every_remedy_helps_and_all_but_data_can_be_overdone(noise):
    for remedy in REMEDIES:
        errors = remedy_errors(remedy, noise)
        test = [each.test for each in errors]
        assert min(test) < test[0]
        assert (np.argmin(test) == 8) == (remedy == "data")
        assert errors[8].train > errors[0].train
        assert test[8] > min(test) or remedy == "data"


# Tests of `mathdl.faq.experiments.diagnosis`: each fault shows its signs, whatever the seed


GUESS = np.log(10)
SEEDS = range(5)


def seen(fault, seed):
    loop = FAULTS[fault] if fault else Loop()
    return follow(loop, seed)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_sound_training_shows_none_of_the_signs(seed):
    losses, held, train, test = seen("", seed)
    assert not any(array.flags.writeable for array in (losses, held))
    assert abs(losses[0] - GUESS) < 1
    assert losses.max() < 2 * GUESS
    assert losses[-6:].mean() < 0.1
    assert held[-1] < 0.6
    assert train < 0.02
    assert test < 0.2


@pytest.mark.parametrize("seed", SEEDS)
def test_each_fault_shows_its_sign(seed):
    sound = seen("", seed)

    low = seen("rate too low", seed).batch_losses
    assert 1 < low[-6:].mean() < low[-66:-60].mean() - 0.05

    high = seen("rate too high", seed)
    assert high.batch_losses[-60:].mean() > 0.8
    assert np.ptp(high.batch_losses[-60:]) > 0.5

    zero = seen("initial weights all 0", seed).batch_losses
    assert zero[0] == pytest.approx(GUESS)
    assert abs(zero - GUESS).max() < 0.1

    large = seen("initial weights large", seed)
    assert large.batch_losses[0] > 20 * GUESS

    mixed = seen("labels out of order", seed)
    assert mixed.held_out_losses[-1] > mixed.held_out_losses[6] + 0.3
    assert mixed.batch_losses[-6:].mean() < mixed.batch_losses[:6].mean() - 0.3

    summed = seen("gradients never reset", seed)
    assert summed.batch_losses[-60:].min() > 5 * GUESS
    assert summed.held_out_losses[-1] > 10 * GUESS

    overfitted = seen("overfitting", seed)
    assert overfitted.batch_losses[-6:].mean() < 0.1
    assert overfitted.held_out_losses[-1] > overfitted.held_out_losses.min() + 0.3

    scaled = seen("held-out not scaled", seed)
    np.testing.assert_array_equal(scaled.batch_losses, sound.batch_losses)
    assert scaled.held_out_losses[0] > 5 * GUESS

    strong = seen("penalty too strong", seed)
    assert strong.batch_losses[-60:].mean() > 1
    assert np.ptp(strong.held_out_losses[-10:]) < 0.1
    assert abs(strong.batch_losses[-60:].mean() - strong.held_out_losses[-1]) < 0.1


def test_batches_that_are_never_shuffled_rise_and_fall_once_in_an_epoch():
    def period(losses):  # how alike are epochs, place by place
        epochs = losses[30:].reshape(-1, 6)
        return epochs.mean(axis=0).std() / losses[30:].std()

    for seed in SEEDS:
        assert period(seen("never shuffled", seed).batch_losses) > period(
            seen("", seed).batch_losses
        )


# Tests of `mathdl.faq.experiments.recipes`


def test_a_run_drops_hidden_units_if_its_recipe_says_so():
    recipe = Recipe(n_train=50, n_epochs=2)
    plain, dropped, again = (
        parameter_vector(run(replace(recipe, keep_rate=rate), seed=0).layers)
        for rate in (1.0, 0.5, 0.5)
    )
    np.testing.assert_array_equal(dropped, again)
    assert np.abs(dropped - plain).max() > 1e-3


def test_a_run_adds_the_penalties_of_its_recipe():
    plain, l1, l2 = (
        run(replace(Recipe(n_train=50, n_epochs=2), **fields), seed=0)
        for fields in ({}, {"l1": 0.05}, {"l2": 0.5})
    )

    def total(outcome, power):
        return sum(np.sum(abs(layer.weights) ** power) for layer in outcome.layers)

    assert total(l1, 1) < 0.99 * total(plain, 1)
    assert total(l2, 2) < 0.99 * total(plain, 2)


def test_a_run_keeps_a_fifth_for_patience_and_scales_what_it_fits():
    short = {"n_train": 50, "n_epochs": 1}
    assert len(run(Recipe(**short), seed=0).x_train) == 50
    assert len(run(Recipe(**short, patience=1), seed=0).x_train) == 40
    for patience in (None, 1):  # what is held out takes no part in the scaling
        recipe = Recipe(**short, patience=patience, scale="standardized")
        scaled = run(recipe, seed=0).x_train
        np.testing.assert_allclose(scaled.mean(axis=0), 0, atol=1e-12)
        spread = scaled.std(axis=0)
        np.testing.assert_allclose(spread[spread > 0], 1)


def test_the_training_error_is_that_on_right_and_on_wrong_labels():
    recipe = Recipe(n_train=60, wrong=0.3, n_epochs=40)
    outcome = run(recipe, seed=3)
    data_rng = np.random.default_rng(3).spawn(1)[0]
    x, y = noisy_digits(60, 0.3, rng=data_rng)
    _, truth = noisy_digits(60, 0.0, rng=np.random.default_rng(3).spawn(1)[0])
    guess = forward(outcome.layers, x).output.argmax(axis=1)
    wrong = y != truth
    assert 0 < wrong.sum() < 60
    assert outcome.repeated == (guess == y)[wrong].mean() > 0.5
    assert outcome.right_error == (guess != y)[~wrong].mean()
    assert outcome.train_error == pytest.approx((guess != y).mean())
    clean = run(replace(recipe, wrong=0.0, n_epochs=1), seed=3)
    assert clean.repeated == 0.0
    assert clean.right_error == clean.train_error
    assert run(replace(recipe, wrong=1.0, n_epochs=1), seed=3).right_error == 0.0


def test_a_run_repeats_itself_and_seeds_and_moved_digits_differ():
    still, moved = (run(Recipe(n_train=50, n_epochs=1, shift=s), seed=0) for s in (0.0, 1.0))
    assert not np.array_equal(still.layers[0].weights, moved.layers[0].weights)
    np.testing.assert_array_equal(still.x_train, moved.x_train)
    short = replace(BASE, n_epochs=3)
    first, again, other = run(short, 0), run(short, 0), run(short, 1)
    np.testing.assert_array_equal(first.history.losses, again.history.losses)
    assert first.history.losses[0] != other.history.losses[0]
    assert first.history.validation_losses is None


def test_noisy_digits_are_digits_with_the_share_of_wrong_labels(rng):
    digits = load_digits()
    x, y = noisy_digits(3000, 0.2, rng=np.random.default_rng(0))
    x_again, right = noisy_digits(3000, 0.0, rng=np.random.default_rng(0))
    np.testing.assert_array_equal(x, x_again)
    assert (y != right).mean() == pytest.approx(0.2, abs=0.02)
    order = np.random.default_rng(0).permutation(3823)[:3000]
    np.testing.assert_array_equal(right, digits.y_train[order])
    _, all_wrong = noisy_digits(3000, 1.0, rng=np.random.default_rng(0))
    assert {*((all_wrong - right) % 10)} == {*range(1, 10)}
    assert noisy_digits(3823, 0.5, rng=np.random.default_rng(0))[0].shape == (3823, 64)
    with pytest.raises(ValueError, match="n_samples must be at most 3823"):
        noisy_digits(3824, 0.1, rng=rng)


@pytest.mark.parametrize("penalty", ["l1", "l2"])
def test_dropout_and_a_penalty_are_not_combined(penalty):
    with pytest.raises(ValueError, match="one remedy at a time"):
        Recipe(keep_rate=0.5, **{penalty: 0.1})


BASE = Recipe()


def test_patience_holds_out_a_fifth_and_goes_back_to_the_best():
    outcome = run(replace(BASE, patience=10, n_epochs=40), 0)
    held = outcome.history.validation_losses
    best = stop_early(held, 10).best
    assert outcome.x_train.shape == (160, 64)
    kept = outcome.history.snapshots[best + 1]
    np.testing.assert_array_equal(parameter_vector(outcome.layers), kept)
    recipe = Recipe(activation="identity", hidden=(32,) * 6, learning_rate=0.3, n_epochs=6)
    outcome = run(replace(recipe, patience=3), 0)
    assert np.isfinite(outcome.history.validation_losses).tolist() == [True] + 5 * [False]
    np.testing.assert_array_equal(parameter_vector(outcome.layers), outcome.history.snapshots[1])


def test_a_diverged_training_reads_nothing():
    outcome = run(replace(BASE, activation="identity", hidden=(32,) * 6, learning_rate=3.0), 0)
    assert (outcome.train_error, outcome.test_error) == (1.0, 1.0)
    overflowing = run(Recipe(n_train=10, hidden=(8,), n_epochs=1, learning_rate=1e200), 0)
    assert np.isfinite(overflowing.layers[0].weights).all()  # and still nothing can be read
    assert (overflowing.train_error, overflowing.test_error) == (1.0, 1.0)


def test_a_run_steps_as_its_optimizer_does():
    recipe = Recipe(n_train=50, n_epochs=1, learning_rate=0.01)  # a single step
    start = parameter_vector(run(replace(recipe, learning_rate=1e-300), 0).layers)
    ends = {
        name: parameter_vector(run(replace(recipe, optimizer=name), 0).layers) - start
        for name in ("gradient descent", "momentum", "Adam")
    }
    np.testing.assert_allclose(ends["momentum"], ends["gradient descent"])
    moved = ends["Adam"][abs(ends["momentum"]) > 1e-6]
    np.testing.assert_allclose(abs(moved), 0.01, rtol=1e-3)


@pytest.mark.parametrize(("activation", "variance"), [("relu", 2 / 64), ("tanh", 2 / (64 + 400))])
def test_a_run_starts_from_he_or_glorot_weights(activation, variance):
    recipe = Recipe(n_train=10, n_epochs=1, hidden=(400,), activation=activation)
    weights = run(replace(recipe, learning_rate=1e-9), 0).layers[0].weights
    assert weights.var() == pytest.approx(variance, rel=0.05)


def test_measuring_keeps_names_and_pairs_seeds():
    recipes = variants(replace(BASE, n_epochs=2), "l2", [0.0, 0.1])
    measured = measure(recipes, [3, 4])
    assert list(measured) == ["0.0", "0.1"]
    for name, recipe in recipes.items():
        for position, seed in enumerate((3, 4)):
            outcome = run(recipe, seed)
            assert measured[name].train[position] == outcome.train_error
            assert measured[name].test[position] == outcome.test_error


@pytest.mark.parametrize(
    ("recipes", "seeds", "words"),
    [
        ({}, [0], "at least one"),
        ({"a": BASE}, [], "at least one"),
        ({"a": 3}, [0], "each of recipes must be a Recipe, but is 3"),
    ],
)
def test_measure_refuses(recipes, seeds, words):
    with pytest.raises(ValueError, match=words):
        measure(recipes, seeds)


def test_variants_refuse():
    with pytest.raises(ValueError, match="values must hold at least one"):
        variants(BASE, "l2", [])


# What the chapter says of five seeds, over others


@pytest.mark.proof
def test_eight_hidden_units_are_worse_than_128_and_sixteen_are_not():
    widths = variants(Recipe(), "hidden", [(4,), (8,), (16,), (128,)])
    four, eight, sixteen, usual = (e.test for e in measure(widths, range(200, 220)).values())
    assert (four > eight).sum() >= 17
    assert (eight > usual).sum() >= 17
    assert abs((sixteen - usual).mean()) < 0.015


FLAT = Recipe(hidden=(64,), n_train=1000, wrong=0.0, n_epochs=10)


@pytest.mark.proof
def test_the_cliff_of_the_rate_begins_within_a_factor_of_two_of_the_best():
    rates = variants(FLAT, "learning_rate", [0.3, 0.6])
    best, beyond = (e.test for e in measure(rates, range(200, 220)).values())
    assert (beyond > best).sum() >= 15
    assert beyond.mean() > 1.5 * best.mean()


@pytest.mark.proof
def test_three_optimizers_are_level_each_at_a_rate_of_its_own():
    good = {"gradient descent": (0.1, 0.3, 1.0), "momentum": (0.03, 0.1, 0.3)}
    good["Adam"] = (0.003, 0.01, 0.03)
    ends = {}
    for name, rates in good.items():
        recipes = variants(replace(FLAT, optimizer=name), "learning_rate", rates)
        means = [e.test.mean() for e in measure(recipes, range(300, 320)).values()]
        assert max(means) < 0.1
        ends[name] = dict(zip(rates, means, strict=True))
    best = [ends["gradient descent"][1.0], ends["momentum"][0.1], ends["Adam"][0.03]]
    assert max(best) - min(best) < 0.01


@pytest.mark.proof
def test_six_layers_do_better_with_tanh_and_shallow_ones_about_as_well():
    deep = replace(FLAT, hidden=(32,) * 6, learning_rate=0.01, n_epochs=20)
    under_adam = replace(deep, optimizer="Adam", learning_rate=0.003)
    for recipe, won in ((deep, 17), (under_adam, 16), (FLAT, None)):
        activations = variants(recipe, "activation", ["tanh", "relu"])
        tanh, relu = (e.test for e in measure(activations, range(200, 220)).values())
        if won:
            assert (tanh < relu).sum() == won
            assert 0.01 < (relu - tanh).mean() < 0.02
        else:
            assert abs((tanh - relu).mean()) < 0.005


@pytest.mark.proof
def test_what_is_better_and_worse_than_l2_alone():
    recipes = {
        "L2": Recipe(l2=0.02),
        "L1": Recipe(l1=0.003),
        "both": Recipe(l2=0.02, patience=10),
        "linear": Recipe(hidden=()),
        "moved": Recipe(shift=1.0),
        "moved and L2": Recipe(shift=0.75, l2=0.005),
    }
    measured = measure(recipes, range(200, 220))
    alone, l1, both, linear, moved, two = (each.test for each in measured.values())
    assert two.mean() < min(moved.mean(), alone.mean())
    assert (l1 > alone).sum() >= 18
    assert (both > alone).sum() >= 15
    assert 0 < (linear - alone).mean() < 0.02


@pytest.mark.proof
def test_training_once_more_on_all_digits_reads_better_than_the_network_that_stopped():
    better = 0
    for seed in range(200, 220):
        stopped = run(Recipe(patience=10), seed)
        kept = 1 + int(np.argmin(stopped.history.validation_losses))
        better += run(Recipe(n_epochs=kept), seed).test_error < stopped.test_error
    assert better == 19


@pytest.mark.proof
def test_the_network_beats_the_linear_model_each_at_a_rate_of_its_own():
    every = Recipe(n_train=3823, wrong=0.0, n_epochs=10)
    recipes = {
        "linear": replace(every, hidden=(), learning_rate=0.3),
        "network": replace(every, learning_rate=0.1),
    }
    linear, network = (e.test for e in measure(recipes, range(200, 210)).values())
    assert (network < linear).all()


@pytest.mark.proof
@pytest.mark.parametrize(("steps", "gain"), [(40, (0.008, 0.03)), (200, (-0.002, 0.008))])
def test_a_larger_batch_is_somewhat_better_after_few_steps_and_level_after_many(steps, gain):
    small = replace(FLAT, n_epochs=steps // 20)
    large = replace(FLAT, batch_size=250, n_epochs=steps // 4)
    one, other = (
        e.test for e in measure({"small": small, "large": large}, range(100, 130)).values()
    )
    assert gain[0] < (one - other).mean() < gain[1]
    if steps == 40:
        assert (other < one).sum() >= 24
