"""The remedies at every state, against the errors that were measured."""

import pytest

from mathdl.faq.experiments import REMEDIES, remedy_errors
from mathdl.faq.explorers import NOISES, best_strength, remedies_explorer
from tests.explorable.explore.states import once

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
