"""The ten broken trainings, as the reader is told about them."""

import pytest

from mathdl.faq.experiments import FAULTS, follow
from mathdl.faq.explorers import diagnosis_explorer
from mathdl.faq.explorers.diagnosis import CURES, LOOK, SIGNS, TELL
from tests.explorable.explore.states import once

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
    assert f"{curves.held_out_error:.0%} of those held out" in diagnosis.at(run=run, answer=LOOK)
    for answer in SIGNS:
        sentence = diagnosis.at(run=run, answer=answer)
        assert sentence.startswith("Yes: " if answer == fault else "Hardly. With that fault")
    told = diagnosis.at(run=run, answer=TELL)
    assert told == f"It is: {fault}. {CURES[fault]}"
