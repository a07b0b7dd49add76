"""What the tests of all explorers look at: moving artists, and what is said at every state."""

import itertools

import numpy as np


def moving(explorer, name):
    """Return the artists that the author of an explorer named so."""
    return [mover.artist for mover in explorer.scene.movers if mover.name == name]


def assert_every_state_is_visited_and_small(explorer, at_most=450_000):
    states = explorer.states()
    assert states.count == np.prod([control.count for control in explorer.controls.values()])
    assert states.script(explorer.name)[2] < at_most


def assert_states_are_described(explorer, every=7):
    """Every so many states: whole sentences without a NaN, and not always the same."""
    counts = [range(control.count) for control in explorer.controls.values()]
    visited = itertools.islice(itertools.product(*counts), 0, None, every)
    said = {explorer.at_indices(indices) for indices in visited}
    assert all(sentence.endswith(".") and "nan" not in sentence for sentence in said)
    assert len(said) > 10


def assert_prediction(explorer, answer):
    """The kernels choose this answer, and a whole sentence says why."""
    _, choices, why = explorer.prediction.words()
    assert choices[explorer.prediction.answer] == answer
    assert why.endswith(".")
