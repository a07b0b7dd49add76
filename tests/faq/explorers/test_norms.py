"""The two norms at every state, against the kernels."""

import numpy as np
import pytest

from mathdl.faq import penalized_minimum
from mathdl.faq.explorers import norms_explorer
from mathdl.faq.explorers.norms import PENALTIES, PLACES
from mathdl.faq.figures.norms import HESSIAN
from tests.explorable.explore.states import once

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
    assert norms.at().startswith("L1 with α = 0.5: w = (1.67, 0.17).")
    w = penalized_minimum(HESSIAN, (2.0, 0.0), 1.0, "L2")
    assert w[1] > 0.2
    assert norms.prediction.choices[norms.prediction.answer] == "positive"
    assert penalized_minimum(HESSIAN, (2.0, 0.0), 1.0, "L1")[1] == 0
