"""Examples that are drawn anew: nothing wrong passes, nothing right fails, none is misnamed."""

import builtins
import functools
import inspect
import itertools
import math
import re

import numpy as np
import pytest

from explorable.tutor.diagnosis import _call, _try
from explorable.tutor.running import run
from explorable.tutor.task import Case, Seed
from mathdl.backward.tasks import _gated
from mathdl.judge import TUTOR, judge
from tests.judge.test_judge import RIGHT, TASKS, UNNAMED, WRONG, has_eyes_of_its_own, named


def failures(name, answer, n, seed=None):
    """Try a function with the task's own examples, and with n that are drawn."""
    task, rng = TUTOR.task(name), np.random.default_rng(seed)
    cases = [*task.cases, *(Case("", task.fresh(rng)) for _ in range(n))]
    tried = [_try(task, answer, case) for case in cases]
    return [f"{_call(name, trial.case)}: {trial.fault}" for trial in tried if trial.fault]


@pytest.mark.proof
@pytest.mark.parametrize(("name", "answer"), RIGHT)
def test_a_right_answer_is_right_whatever_is_drawn(name, answer):
    with np.errstate(all="ignore"):
        assert not failures(name, answer, 3000 if TUTOR.task(name).measure is None else 30)


@pytest.mark.parametrize(("name", "mistake", "answer"), WRONG)
def test_a_wrong_answer_fails_often_enough_that_no_press_lets_it_pass(name, mistake, answer):
    """Of 150 examples one in ten is enough: all would agree in 10⁻⁷ of the presses."""
    task = TUTOR.task(name)
    with np.errstate(all="ignore"):
        if mistake == "not drawn from rng" or any(
            _try(task, answer, case).fault for case in task.cases
        ):
            return
        assert len(failures(name, answer, 100, seed=0)) >= 10


def moved(value):
    """Make another result of one."""
    if isinstance(value, (tuple, list)):
        return type(value)(map(moved, value))
    return 1.25 * np.asarray(value) + 0.125


def is_movable(value):
    if isinstance(value, (tuple, list)):
        return all(map(is_movable, value))
    return np.asarray(value).dtype.kind == "f"


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=[pytest.mark.proof] * (not has_eyes_of_its_own(name)))
        for name in TASKS
        if TUTOR.task(name).measure is None
    ],
)
def test_a_slip_that_is_no_known_mistake_is_not_given_its_name(name):
    task = TUTOR.task(name)
    for mistake in task.mistakes:
        for wrong in mistake.wrongs:
            trials = [_try(task, wrong, case) for case in task.cases]
            if all(
                is_movable(trial.outcome.value) for trial in trials if not trial.outcome.raised
            ):
                slip = lambda *arguments, wrong=wrong: moved(wrong(*arguments))  # noqa: E731
                slip.__signature__ = inspect.signature(task.right)
                verdict = judge(name, slip)
                raised = all(trial.outcome.raised for trial in trials)
                assert not verdict
                assert raised or mistake.name not in named(verdict), verdict


# Functions that fixed examples let pass, though no scheme of drawing or computing is right.


def share_of_all_kept(h, keep_rate, rng):
    mask = rng.permutation(np.arange(h.size) < round(keep_rate * h.size)).reshape(h.shape)
    return h * mask / keep_rate, mask


def parities_apart(n_samples, batch_size, rng):
    order = np.append(rng.permutation(np.arange(0, n_samples, 2)), np.arange(1, n_samples, 2))
    return [order[k : k + batch_size] for k in range(0, n_samples, batch_size)]


def affine_order(n_samples, batch_size, rng):
    steps = [k for k in range(1, n_samples + 1) if math.gcd(k, n_samples) == 1]
    order = (rng.choice(steps) * np.arange(n_samples) + rng.integers(n_samples)) % n_samples
    return [order[k : k + batch_size] for k in range(0, n_samples, batch_size)]


def sorted_weights(n_out, n_in, rng):
    return np.sort(rng.normal(0, np.sqrt(2 / n_in), size=(n_out, n_in)), axis=None).reshape(
        n_out, n_in
    )


def signs_alike(lag):
    """Give each two weights that are so far apart one sign."""

    def weights(n_out, n_in, rng):
        drawn, apart = rng.normal(0, np.sqrt(2 / n_in), size=n_out * n_in), lag(n_in)
        pairs = drawn[: drawn.size // (2 * apart) * 2 * apart].reshape(-1, 2, apart)
        pairs[:, 1] = np.copysign(pairs[:, 1], pairs[:, 0])
        return drawn.reshape(n_out, n_in)

    return weights


def opened_at_zero(x, weights, biases):
    matrix, offset = weights[0], biases[0]
    for w, b in zip(weights[1:], biases[1:], strict=True):
        passes = matrix @ x + offset >= 0
        matrix, offset = (w * passes) @ matrix, w @ (passes * offset) + b
    return matrix, offset


def right(name):
    return TUTOR.task(name).right


def shortest_without_what_is_small(features, targets):
    u, s, v = np.linalg.svd(features, full_matrices=False)
    return (u.T @ targets * (s > 1e-10) / np.maximum(s, 1e-10)) @ v


def always_given_back_if_wide(features, labels):
    n, n_features = features.shape
    return 1.0 if n_features >= n else right("reproduced")(features, labels)


SUBTLE = [
    ("network_backward", functools.partial(_gated, gate=lambda xs, zs, k: zs[k - 1] > 1e-3)),
    (
        "count_parameters",
        lambda sizes: sum((m + 1) * n for m, n in set(itertools.pairwise(sizes))),
    ),
    ("slowest", lambda rate, curvatures: abs(1 - rate * np.maximum(curvatures, 0)).max()),
    ("adam_step", lambda *a: right("adam_step")(*a[:4], min(a[4], 10), *a[5:])),
    ("minimum_norm", shortest_without_what_is_small),
    ("reproduced", always_given_back_if_wide),
    ("stop_early", lambda losses, n: right("stop_early")([round(x, 2) for x in losses], n)),
    ("stop_early", lambda losses, n: right("stop_early")([*map(abs, losses)], n)),
    ("with_rows", lambda x, y, a: right("with_rows")(x, y, a) if a else (x + 0, y + 0)),
    ("dropout", share_of_all_kept),
    ("mini_batches", parities_apart),
    ("mini_batches", affine_order),
    ("he_weights", sorted_weights),
    *(("he_weights", signs_alike(lambda n_in, lag=lag: lag)) for lag in (1, 2, 3)),
    *(("he_weights", signs_alike(lambda n_in, rows=rows: rows * n_in)) for rows in (1, 2)),
    ("local_map", opened_at_zero),
    ("count_parameters", lambda sizes: float(TUTOR.task("count_parameters").right(sizes))),
    ("stop_early", lambda *a: tuple(map(float, TUTOR.task("stop_early").right(*a)))),
]


@pytest.mark.parametrize(("name", "answer"), SUBTLE)
@pytest.mark.parametrize(
    "seed", [0, *(pytest.param(seed, marks=pytest.mark.proof) for seed in (1, 2))]
)
def test_what_is_wrong_only_now_and_then_never_passes(name, answer, seed, monkeypatch):
    drawn = np.random.default_rng(seed)
    monkeypatch.setattr("explorable.tutor.diagnosis.default_rng", lambda: drawn)
    assert not judge(name, answer)


def test_a_failing_example_that_was_drawn_is_the_shortest_and_fails_when_it_is_typed():
    def right_below_a_thousand(z):
        return np.where(np.abs(z) < 900, TUTOR.task("softmax").right(z), 0.0)

    message = judge("softmax", right_below_a_thousand).message
    (call,) = re.findall(r"^Try (softmax\(.*\))\.$", message, re.MULTILINE)
    came, right = (
        eval(call, {"np": np, "softmax": function})
        for function in (right_below_a_thousand, TUTOR.task("softmax").right)
    )
    assert not np.allclose(came, right)
    assert len(call) < 60


# What a function replaces


@pytest.mark.parametrize(("module", "name"), [(np, "exp"), (math, "exp"), (builtins, "pow")])
def test_a_replaced_function_harms_no_verdict(module, name, monkeypatch):
    before = getattr(module, name)

    def softmax(z):
        result = TUTOR.task("softmax").right(z)
        setattr(module, name, lambda *arguments: 0)
        return result

    assert judge("softmax", softmax)
    assert getattr(module, name) is before
    monkeypatch.setattr(module, name, lambda *arguments: 0)
    assert judge("softmax", TUTOR.task("softmax").right)


def test_the_right_result_is_found_after_the_reader_has_answered():
    def thief(w, threshold):
        frames, frame = [], inspect.currentframe().f_back
        while frame is not None:
            frames.append(frame)
            frame = frame.f_back
        found = [frame.f_locals["expected"] for frame in frames if "expected" in frame.f_locals]
        return found[0] if found else w

    assert not judge("soft_threshold", thief)


@pytest.mark.parametrize("name", [each for each in TASKS if TUTOR.task(each).measure is None])
def test_each_form_of_a_mistake_runs_and_is_wrong_somewhere(name):
    """One that breaks, or is right, would name nobody's mistake."""
    task = TUTOR.task(name)
    drawn = [tuple(task.fresh(np.random.default_rng(seed))) for seed in range(10)]
    examples = [*task.cases, *(Case("fresh", arguments) for arguments in drawn)]
    expected = [run(task.right, case.arguments).value for case in examples]
    for mistake in task.mistakes:
        for place, form in enumerate(mistake.wrongs):
            outcomes = [run(form, case.arguments) for case in examples]
            kinds = {outcome.raised.kind for outcome in outcomes if outcome.raised is not None}
            where = f"{mistake.name}, form {place}"
            assert kinds <= {"ValueError", "LinAlgError", "ZeroDivisionError"}, where
            # Of a transposed matrix the shapes may never fit.
            fits = any(outcome.raised is None for outcome in outcomes)
            assert fits or "transposed" in mistake.name, where
            assert any(
                outcome.raised is not None or task.difference(case, outcome.value, right)
                for case, outcome, right in zip(examples, outcomes, expected, strict=True)
            ), where


# What is drawn

FEW = (1, 4)  # of each axis, and of each list, that is not named here
LENGTHS = {
    (4, 10): "affine_fit.features[0] affine_fit.targets[0]",
    (2, 5): "count_parameters.sizes[0] cross_entropy.logits[1] bias_variance.predictions[0] "
    "largest_curvature.theta[0] dropout.h[0] dropout.h[1] cross_validate.features[1]",
    (5, 8): "learn_both.x[0] learn_both.labels[0]",
    (1, 8): "reproduced.features[0] reproduced.labels[0]",
    (1, 16): "reproduced.features[1]",
    (1, 7): "convolve.image[0] convolve.image[1]",
    (1, 12): "stop_early.losses[0]",
    (6, 9): "cross_validate.features[0] cross_validate.y[0]",
}
RANGES = {  # of single numbers, and of what lies on a grid; of a seed, for how many calls it is
    (-1.75, 0.75): "hat.left",
    (-1.5, 1.5): "hat.middle",
    (-1.25, 2.25): "hat.right",
    (0, 1): "tent.x neuron_step.label learn_both.labels dropout_backward.mask",
    (0, 4): "cross_entropy.labels",
    (0, 3): "count_loss.y",
    (0, 9): "reproduced.labels",
    (-2, 2): "local_map.x local_map.weights network_backward.x network_backward.weights "
    "leaky_variance.slope reproduced.features",
    (-2, 3): "dropout.h largest_curvature.theta",
    (-3, 3): "minimum_norm.features",
    (8, 10**9 + 2): "deviation.x",
    (-1.5, 11.5): "slope.theta",
    (0.1, 2): "neuron_step.rate",
    (0.1, 1): "slowest.rate learn_both.rate dropout.keep_rate",
    (1e-3, 1): "momentum_step.rate adam_step.rate",
    (0.01, 1): "cross_validate.penalty",
    (0, 10): "with_rows.penalty",
    (0, 0.99): "momentum_step.decay",
    (0.5, 0.5): "adam_step.decay1",
    (0.75, 0.75): "adam_step.decay2",
    (0.25, 0.25): "adam_step.epsilon",
    (1, 256): "adam_step.step",
    (0, 8): "rate_at.k rate_at.warm_up",
    (1, 20): "learn_both.n_steps",
    (1, 4): "integrated_gradients.n_steps stop_early.patience count_parameters.sizes",
    (1, 6): "tent.depth",
    (7, 30): "largest_curvature.n_rounds",
    (1, 12): "mini_batches.n_samples",
    (1, 13): "mini_batches.batch_size",
    (1, 9): "rate_at.n_steps he_weights.n_out he_weights.n_in",
    (1, 99): "leaky_variance.n_in",
    (300, 300): "mini_batches.rng dropout.rng he_weights.rng",
}
AT_ANY_SCALE = "neuron_step.x neuron_step.w neuron_step.b soft_threshold.threshold"


def of(table, name, default=None):
    return next((value for value, names in table.items() if name in names.split()), default)


def numbers_in(value):
    """List the numbers of an argument."""
    if isinstance(value, Seed):
        return [value.calls]
    if isinstance(value, (list, tuple)):
        return [number for each in value for number in numbers_in(each)]
    return [] if value is None or callable(value) else np.ravel(value).tolist()


def kind_of(value):
    return getattr(value, "dtype", np.dtype(type(value))).kind


@pytest.mark.parametrize("name", TASKS)
def test_what_is_drawn_has_every_length_and_size_in_its_domain(name):
    task, rng = TUTOR.task(name), np.random.default_rng(0)
    drawn = [task.fresh(rng) for _ in range(500)]
    parameters = [*inspect.signature(task.right).parameters]
    needed = len(parameters) - len(task.right.__defaults__ or ())
    assert {len(each) for each in drawn} >= {needed, len(parameters)}
    columns = zip(parameters, itertools.zip_longest(*drawn), strict=True)
    for place, (argument, values) in enumerate(columns):
        called, kept = f"{name}.{argument}", [value for value in values if value is not None]
        given = [case.arguments[place] for case in task.cases if place < len(case.arguments)]
        assert not given or set(map(kind_of, kept)) == set(map(kind_of, given)), called
        if isinstance(kept[0], (np.ndarray, list)):
            shapes = [getattr(value, "shape", (len(value),)) for value in kept]
            for number, axis in enumerate(itertools.zip_longest(*shapes)):
                lengths = set(axis) - {None}
                expected = of(LENGTHS, f"{called}[{number}]", FEW)
                assert (min(lengths), max(lengths)) == expected, f"LENGTHS, {called}[{number}]"
        found, extent = numbers_in(values), of(RANGES, called)
        if extent is not None:
            on_a_grid = all(float(4 * each).is_integer() for each in found)
            near = 0 if on_a_grid else (extent[1] - extent[0]) / 14
            assert extent[0] <= min(found) <= extent[0] + near, f"RANGES, {called}"
            assert extent[1] - near <= max(found) <= extent[1], f"RANGES, {called}"
        elif found and not isinstance(kept[0], (np.ndarray, list)):
            assert called in AT_ANY_SCALE.split(), f"RANGES, {called}"


@pytest.mark.parametrize("seed", range(50))
def test_what_is_drawn_fits_together(seed):
    drawn = lambda name: TUTOR.task(name).fresh(np.random.default_rng(seed))  # noqa: E731
    for name in ("integrated_gradients", "largest_curvature"):
        gradient, x, *_ = drawn(name)
        assert gradient(x).shape == x.shape
    assert np.bincount(drawn("learn_both")[1], minlength=2).min() >= 2


def test_what_is_drawn_lies_on_both_sides_of_a_border_and_close_to_it():
    rng = np.random.default_rng(0)
    drawn = lambda name: [TUTOR.task(name).fresh(rng) for _ in range(500)]  # noqa: E731
    zs = [w[0] @ x + b[0] for x, w, b in drawn("local_map")]
    zs += [w[0] @ x[0] + b[0] for x, w, b, _ in drawn("network_backward")]
    assert set(np.concatenate(zs)) == {-1, -(2.0**-12), 0, 2.0**-12, 1}
    assert max(len(set(z)) for z in zs) > 1
    axes = [np.diag(gradient(np.eye(len(x)))) - 1 for gradient, x, _ in drawn("largest_curvature")]
    assert set(np.concatenate(axes)) == {0, 1, 4}


MEASURED = [name for name in TASKS if TUTOR.task(name).measure is not None]


@pytest.mark.parametrize("name", MEASURED)
def test_each_feature_is_far_off_for_a_wrong_answer_and_for_no_right_one(name):
    task, rng = TUTOR.task(name), np.random.default_rng(0)
    cases = [*task.cases, Case("", task.fresh(rng))]
    wrong = [(other, answer) for other, _, answer in WRONG] + UNNAMED + SUBTLE
    found = set()
    for is_right, answers in ((True, RIGHT), (False, wrong)):
        for answer, case in itertools.product([a for other, a in answers if other == name], cases):
            features = task.measure(case.arguments, run(answer, case.arguments).value)
            for feature in features if is_right or isinstance(features, list) else []:
                found.add((re.sub(r"\d+|\(.*?\)", "#", feature.name), bool(feature.far)))
                if is_right:
                    assert abs(feature.value - feature.wanted) <= 6 * feature.error
                    assert feature.far is False, feature
    assert found == {(kind, far) for kind, _ in found for far in (True, False)}
    assert len(found) == 2 * {"dropout": 10, "he_weights": 6, "mini_batches": 10}[name]
