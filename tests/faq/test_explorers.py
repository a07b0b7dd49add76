"""The explorers of the chapter of questions, asserted against the kernels."""

import numpy as np
import pytest

from mathdl.faq import penalized_minimum
from mathdl.faq.experiments import FAULTS, REMEDIES, follow, remedy_errors
from mathdl.faq.explorers import (
    NOISES,
    best_strength,
    diagnosis_explorer,
    norms_explorer,
    remedies_explorer,
)
from mathdl.faq.explorers.diagnosis import CURES, LOOK, SIGNS, TELL
from mathdl.faq.explorers.norms import PENALTIES, PLACES
from mathdl.faq.figures.norms import HESSIAN
from tests.explorable.explore.states import once

# The ten broken trainings, as the reader is told about them


diagnosis = once(diagnosis_explorer)


def test_every_fault_can_be_named_and_has_a_sign_and_a_cure(diagnosis):
    assert len(FAULTS) == 10
    assert set(SIGNS) == set(CURES) == set(FAULTS)
    assert list(SIGNS) != list(FAULTS)  # the list of answers does not give the order away
    prediction = diagnosis.prediction
    assert prediction.choices[prediction.answer] == "falls below it"
    assert f"to {follow(FAULTS['labels out of order']).batch_losses[-6:].mean():.2g}" in str(
        prediction.why
    )


@pytest.mark.parametrize(("run", "fault"), list(enumerate(FAULTS, start=1)))
def test_an_answer_is_judged(diagnosis, run, fault):
    curves = follow(FAULTS[fault])
    assert f"{curves.held_out_error:.1%} of those held out" in diagnosis.at(run=run, answer=LOOK)
    for answer in SIGNS:
        sentence = diagnosis.at(run=run, answer=answer)
        assert sentence.startswith("Yes: " if answer == fault else "Hardly. With that fault")
    told = diagnosis.at(run=run, answer=TELL)
    assert told == f"It is: {fault}. {CURES[fault]}"


# The two norms at every state, against the kernels


norms = once(norms_explorer)


def test_the_sentence_is_true_at_many_states(norms):
    seen, minima = set(), [PLACES[[i, j]] for i in (0, 3, 8) for j in (1, 7)]
    minima.append(np.zeros(2))
    for penalty in PENALTIES:
        for norm in ("L1", "L2"):
            for minimum in minima:
                sentence = norms.at(penalty=penalty, norm=norm, minimum=minimum)
                w = penalized_minimum(HESSIAN, minimum, penalty, norm)
                zeros = int((w == 0).sum())
                size = abs(w).sum() if norm == "L1" else w @ w / 2
                lowest = (w - minimum) @ HESSIAN @ (w - minimum) / 2 + penalty * size
                assert norms.said.numbers["whole"] == pytest.approx(lowest)
                if penalty == 0:
                    assert sentence.startswith("Without a penalty")
                elif not minimum.any():
                    assert sentence.startswith("The loss is smallest at 0")
                elif norm == "L2":
                    passing = bool(((abs(w) < 0.005) & (minimum != 0)).any())
                    assert ("in passing" in sentence) == passing
                    assert ("no corners" in sentence) == (not passing)
                    seen.add(passing)
                else:
                    told = ("an edge", "a corner", "both weights are exactly 0")[zeros]
                    assert told in sentence
                    seen.add(told)
    assert seen == {True, False, "an edge", "a corner", "both weights are exactly 0"}


def test_the_prediction_is_computed_and_not_shown_at_the_start(norms):
    assert norms.at().startswith("L1 with α = 0.5: w = (1.67, 0.167).")
    w = penalized_minimum(HESSIAN, (2.0, 0.0), 1.0, "L2")
    assert w[1] > 0.2
    assert norms.prediction.choices[norms.prediction.answer] == "positive"
    assert penalized_minimum(HESSIAN, (2.0, 0.0), 1.0, "L1")[1] == 0


# The remedies at every state, against the errors that were measured


remedies = once(remedies_explorer)


def test_remedies_begin_with_no_remedy(remedies):
    assert remedies.at().startswith("Degree 15: training error 0.12, test error 0.67. No remedy")
    quiet, loud = (best_strength("penalty", noise) for noise in (0.03, 0.3))
    assert quiet < loud
    assert remedies.prediction.choices[remedies.prediction.answer] == "smaller"


@pytest.mark.parametrize("noise", NOISES)
@pytest.mark.parametrize("remedy", REMEDIES)
def test_every_strength_is_judged_by_the_errors(remedies, remedy, noise):
    errors = remedy_errors(remedy, noise)
    best = best_strength(remedy, noise)
    sentences = [
        remedies.at(remedy=remedy, strength=strength, noise=noise) for strength in range(9)
    ]
    assert len(set(sentences)) == 9
    for strength, (sentence, now) in enumerate(zip(sentences, errors, strict=True)):
        assert f"test error {now.test:.2g}" in sentence
        assert ("This is the best" in sentence) == (strength == best)
        assert ("worse than no remedy" in sentence) == (now.test > errors[0].test)
        if f"{now.test:.2g}" == f"{errors[0].test:.2g}":
            assert "Better" not in sentence
        if now.test > 1.5 * errors[best].test and strength > best:
            assert "Too much of it" in sentence
