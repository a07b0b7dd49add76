"""What holds for every explorer of the book: its prediction.

That no state raises or warns and that all fit into their budget is seen when the book is built;
the sentences of the states that it holds are read in `tests/explorable/languages/test_outputs.py`.
"""

from tests.explorable.explore.catalogue import by_maker, made


@by_maker
def test_a_prediction_is_asked_and_its_answer_explained(maker):
    question, choices, why = made(maker).prediction.words()
    assert question.endswith("?")
    assert len(set(choices)) == len(choices) > 1
    assert why.endswith(".")
