"""What holds for every explorer of the book: its sentences and its prediction.

That no state raises or warns and that all fit into their budget is seen when the book is built.
"""

import itertools
import math

from tests.explorer.catalogue import by_maker, made

N_VISITED = 40
"""At most so many states of an explorer have their sentence read."""


@by_maker
def test_states_are_described_in_whole_sentences(maker):
    explorer = made(maker)
    counts = [control.count for control in explorer.controls.values()]
    every = -(-math.prod(counts) // N_VISITED)
    while every > 1 and any(math.gcd(every, count) > 1 for count in counts):
        every += 1  # or some value of a control would never be met
    states = itertools.product(*map(range, counts))
    said = [explorer.at_indices(indices) for indices in itertools.islice(states, 0, None, every)]
    assert all(sentence.endswith((".", "?")) for sentence in said)
    assert not any("nan" in sentence.split() for sentence in said)
    assert len(set(said)) >= min(10, len(said) / 2)


@by_maker
def test_a_prediction_is_asked_and_its_answer_explained(maker):
    question, choices, why = made(maker).prediction.words()
    assert question.endswith("?")
    assert len(set(choices)) == len(choices) > 1
    assert why.endswith(".")
