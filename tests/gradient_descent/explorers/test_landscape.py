"""The explorers of surfaces and of the digits network's loss, asserted against the kernels."""

import itertools

import numpy as np
import pytest

from mathdl.datasets import load_digits
from mathdl.gradient_descent import OPTIMIZERS, SURFACES, accuracy, descend, layers_from
from mathdl.gradient_descent.experiments import comparison, reading_digits
from mathdl.gradient_descent.explorers import landscape
from mathdl.gradient_descent.figures.landscape import thin_path
from tests.explorable.explore.states import moving, once
from tests.gradient_descent.problems import fate

descents = once(landscape.descent_explorer)
reader = once(landscape.digits_explorer)


def start_of(surface, units):
    return SURFACES[surface].window.from_units(np.array(units))


SOME = [
    (surface, *state)
    for surface in SURFACES
    for state in (("adam", 20, (-1.0, 1.0)), ("momentum", 200, (0.6, 0.2)))
]


@pytest.mark.parametrize(("surface", "rule", "n_steps", "units"), SOME)
def test_paths_are_those_of_descend(descents, surface, rule, n_steps, units):
    descents.at(surface=surface, rule=rule, n_steps=n_steps, start=units)
    window, ground = SURFACES[surface].window, SURFACES[surface]
    for which, line, curve in zip(
        (rule, "gradient_descent"),
        moving(descents, "paths"),
        moving(descents, "curves"),
        strict=True,
    ):
        optimizer = OPTIMIZERS[which](comparison.tuned_rate(surface, which, n_steps))
        path = descend(ground.gradient, start_of(surface, units), optimizer, n_steps)
        expected = window.to_units(path)
        far = ~(np.abs(expected) <= 3).all(axis=1)
        seen = int(far.argmax()) + 1 if far.any() else n_steps + 1
        assert line.get_xydata()[:seen] == pytest.approx(expected[:seen])
        assert np.isnan(line.get_xydata()[seen:]).all()
        shown, heights = curve.get_data()
        last = int((shown <= n_steps).sum())
        values = np.nan_to_num(ground.value(path[shown[:last].astype(int)]), nan=np.inf)
        assert heights[:last] == pytest.approx(np.clip(values, 1e-8, 1e5), rel=1e-9)
        assert np.isnan([shown[last:], heights[last:]]).all()
        assert (shown[0], shown[last - 1]) == (0, n_steps)


def test_numbers_beside_the_plane_are_the_coordinates(descents):
    for surface, ground in SURFACES.items():
        center, reach = ground.window
        descents.at(surface=surface)
        texts = moving(descents, "ticks")
        told = [float(text.get_text().replace("−", "-")) for text in texts]
        places = np.linspace(-1, 1, 5)
        assert told == pytest.approx(
            [*(center[0] + reach * places), *(center[1] + reach * places)]
        )


def test_counts_and_dots_tell_who_is_ahead(descents):
    for surface, n in itertools.product(SURFACES, comparison.STEPS):
        descents.at(surface=surface, rule="rmsprop", n_steps=n)
        told = comparison.verdicts(surface, "rmsprop", n_steps=n)
        wanted = [int((told == side).sum()) for side in (1, -1, 0)]
        assert [int(text.get_text()) for text in moving(descents, "counts")] == wanted
        everywhere = SURFACES[surface].window.to_units(comparison.starts(surface))
        for side, dots in zip((1, -1, 0), moving(descents, "dots"), strict=True):
            assert np.array_equal(np.isfinite(dots.get_xdata()), told == side)
            places = dots.get_xydata()[told == side]
            assert places == pytest.approx(everywhere[told == side])


def test_names_tell_rates_and_sentences_ends_also_from_a_start_of_the_readers_own(descents):
    descents.at(surface="beale", rule="rmsprop")
    above, rule, rival = (text.get_text() for text in moving(descents, "names"))
    assert above == "RMSProp"
    assert rule == f"RMSProp, η = {comparison.tuned_rate('beale', 'rmsprop'):.2g}"
    assert rival.startswith("gradient descent, η = 8.5")
    assert rival.endswith(" × 10⁻⁵")
    words = descents.at(surface="himmelblau", rule="adam", start=(0.0, -0.2))
    assert words.startswith("From (0, −1), Adam is near the minimum (3, 2)")
    assert "reaches the minimum (3.58, −1.85)" in words
    assert words == descents.sentence
    descents.at()
    before = [text.get_text() for text in moving(descents, "counts")]
    said = str(descents.update("himmelblau", "adam", 60, np.array([0.331, -0.412])))
    assert said.startswith("From (1.66, −2.06), Adam ")
    assert [text.get_text() for text in moving(descents, "counts")] == before
    assert moving(descents, "here")[0].get_xydata().tolist() == [[0.331, -0.412]]
    assert moving(descents, "paths")[0].get_xydata()[0] == pytest.approx([0.331, -0.412])


def test_sentences_tell_the_fates(descents):
    said = {}
    for surface, rule, units in itertools.product(
        SURFACES, ["adam", "nesterov"], itertools.product([-1.0, 0.0, 0.6, 1.0], repeat=2)
    ):
        words = descents.at(surface=surface, rule=rule, start=units)
        start = start_of(surface, units)
        index = np.abs(comparison.starts(surface) - start).sum(axis=1).argmin()
        fates = [
            fate(surface, comparison.paths(surface, which)[:, index])
            for which in (rule, "gradient_descent")
        ]
        for kind, _, _ in fates:
            said.setdefault(kind, []).append(words)
        both = {kind for kind, _, _ in fates} <= {"arrives", "close"}
        apart = fates[0][2] != fates[1][2]
        assert ("another minimum" in words) == (both and apart)
    marks = {
        "diverges": "diverges and is out of the picture",
        "arrives": "reaches the minimum",
        "close": "is near the minimum",
        "saddle": "at the saddle point",
        "stalls": "all but stops",
        "moves": "is still on its way",
    }
    assert set(marks) <= set(said)
    for kind, mark in marks.items():
        assert all(mark in words for words in said[kind])


def test_first_prediction_is_what_the_kernel_counts(descents):
    prediction = descents.prediction
    himmelblau, beale = (
        comparison.verdicts(name, "adam", n_steps=200) for name in (landscape.SHOWN, "beale")
    )
    question, _, why = prediction.words()
    assert prediction.choices[prediction.answer] == "Adam, from nearly all"
    assert (himmelblau < 0).mean() > 0.9 < (beale > 0).mean()
    assert "Himmelblau’s surface gradient descent is ahead from nearly all" in question
    assert f"Adam, from {(beale > 0).sum()} of the 121 starts" in why
    assert prediction.show[-1] == {"surface": "beale", "n_steps": 200}
    assert [landscape._ahead(name, 60) for name in ("himmelblau", "beale", "rosenbrock")] == [
        0,
        1,
        2,
    ]


def test_second_prediction_is_what_the_kernel_measures(reader):
    prediction = reader.prediction
    ridge = reading_digits.loss_barrier()
    assert prediction.choices[prediction.answer] == "it rises and falls again"
    assert f"to {ridge:.1f}: the surface is no bowl" in prediction.words()[2]


@pytest.mark.parametrize("moment", [0, 13, 39])
def test_accuracies_and_losses_are_measured(reader, moment):
    story, digits = reading_digits.reading(), load_digits()
    words = reader.at(moment=moment)
    network = layers_from(story.layers, story.path[moment])
    train, test = moving(reader, "curves")
    for line, x, y in (
        (train, digits.x_train, digits.y_train),
        (test, digits.x_test, digits.y_test),
    ):
        assert line.get_xdata().tolist() == story.steps[: moment + 1].tolist()
        assert line.get_ydata()[-1] == pytest.approx(100 * accuracy(network, x, y))
    loss = reading_digits.loss_at(story.layers, story.path[moment])
    wrong = round((1 - accuracy(network, digits.x_test, digits.y_test)) * len(digits.y_test))
    away = np.linalg.norm(story.path[[moment, -1]] - story.path[0], axis=1)
    done = f"{100 * away[0] / away[1]:.0f}\N{NO-BREAK SPACE}%"
    assert words.startswith(f"After {story.steps[moment]:,} steps, at {done} of the end’s")
    assert f"the loss is {loss:.2f}, and" in words
    assert f"{wrong:,} of 1,797 test digits" in words


@pytest.mark.parametrize("plane", ["own", "two", "random"])
def test_the_point_moves_along_its_path(reader, plane):
    seen = reading_digits.slices()[plane]
    for moment in (0, 20, 39):
        reader.at(moment=moment, plane=plane)
        first, second = moving(reader, "paths")
        way, other = (seen.window.to_units(p[: moment + 1]) for p in (seen.path, seen.other))
        assert first.get_xydata() == pytest.approx(thin_path(way))
        assert len(second.get_xdata()) == (len(thin_path(other)) if plane == "two" else 0)
        ball = moving(reader, "balls")[0]
        assert ball.points[0, :2] == pytest.approx(seen.window.to_units(seen.path[moment]))


def test_misread_digits_carry_the_answer_given(reader):
    story, digits, shown = reading_digits.reading(), load_digits(), reading_digits.digits_to_show()
    counts = []
    for moment in (0, 13, 39):
        reader.at(moment=moment)
        answers = story.answers[moment, shown]
        wanted = [
            str(answer) if answer != truth else ""
            for answer, truth in zip(answers, digits.y_test[shown], strict=True)
        ]
        assert [text.get_text() for text in moving(reader, "said")] == wanted
        counts.append(sum(map(bool, wanted)))
    assert counts[0] > counts[1] > counts[2] == 9


def test_a_start_is_told_by_its_coordinates_on_the_surface(descents):
    control = descents.controls["start"]
    assert descents.controls[control.by].kind == "choice"
    for surface in ("himmelblau", "rosenbrock", "beale"):
        across, up = control.texts(surface)
        for index in (0, 13, 48):
            row, column = divmod(index, len(across))
            told = [float(text.replace("−", "-")) for text in (across[column], up[row])]
            start = start_of(surface, control.value(index))
            assert told == pytest.approx(start)
            assert np.abs(comparison.starts(surface) - start).sum(axis=1).min() < 1e-9
