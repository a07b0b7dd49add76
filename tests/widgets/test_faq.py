"""The explorers of the chapter of questions: every state, against the kernels."""

import numpy as np
import pytest

from mathdl.experiments.faq import REMEDIES, remedy_errors
from mathdl.faq import penalized_minimum
from mathdl.figures.faq.norms import HESSIAN
from mathdl.widgets.faq import (
    NOISES,
    PENALTIES,
    PLACES,
    best_strength,
    norms_explorer,
    remedies_explorer,
)


@pytest.fixture(scope="module")
def remedies():
    return remedies_explorer()


@pytest.fixture(scope="module")
def norms():
    return norms_explorer()


@pytest.mark.proof
def test_all_states_are_visited_within_the_budget(remedies, norms, tmp_path):
    for explorer, bytes_allowed in ((remedies, 60_000), (norms, 200_000)):
        explorer.html(tmp_path)  # fails on a warning, or over its budget of bytes or seconds
        (written,) = tmp_path.glob(f"{explorer.name}.*.js")
        assert written.stat().st_size < bytes_allowed


def test_remedies_begin_with_no_remedy(remedies):
    assert remedies.at().startswith("Degree 15: training error 0.12, test error 0.67. No remedy")


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


def test_the_prediction_about_the_penalty_is_computed(remedies):
    quiet, loud = (best_strength("penalty", noise) for noise in (0.03, 0.3))
    assert quiet < loud
    assert remedies.prediction.choices[remedies.prediction.answer] == "smaller"


def test_the_sentence_about_norms_is_true_at_every_state(norms):
    seen = set()
    for penalty in PENALTIES:
        for norm in ("L1", "L2"):
            for place in np.ndindex(len(PLACES), len(PLACES)):
                minimum = PLACES[list(place)]
                sentence = norms.at(penalty=penalty, norm=norm, minimum=minimum)
                w = penalized_minimum(HESSIAN, minimum, penalty, norm)
                zeros = int((w == 0).sum())
                if penalty == 0:
                    assert sentence.startswith("Without a penalty")
                elif not minimum.any():
                    assert sentence.startswith("The loss is smallest at 0")
                elif norm == "L2":
                    assert "no corners" in sentence
                else:
                    told = ("an edge", "a corner", "both weights are exactly 0")[zeros]
                    assert told in sentence
                    seen.add(zeros)
    assert seen == {0, 1, 2}


def test_norms_begin_with_the_text_and_predict_by_computing(norms):
    assert norms.at().startswith("L1 with α = 0.5: w = (1.67, 0.17).")
    l1 = penalized_minimum(HESSIAN, (2.0, 0.5), 1.0, "L1")
    l2 = penalized_minimum(HESSIAN, (2.0, 0.5), 1.0, "L2")
    assert (l1 == 0).sum() == 1
    assert (l2 != 0).all()
    assert norms.prediction.choices[norms.prediction.answer] == "under L1"
