"""What the tests of all explorers look at: moving artists, and the answer to a prediction."""


def moving(explorer, name):
    return [mover.artist for mover in explorer.scene.movers if mover.name == name]


def assert_prediction(explorer, answer):
    """The kernels choose this answer, and a whole sentence says why."""
    _, choices, why = explorer.prediction.words()
    assert choices[explorer.prediction.answer] == answer
    assert why.endswith(".")
