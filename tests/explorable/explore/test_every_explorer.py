"""What holds for every explorer of the book: its prediction, and what shows the answer.

That no state raises or warns and that all fit into their budget is seen when the book is built;
the sentences of the states that it holds are read in `tests/explorable/languages/test_outputs.py`;
that the page says the same, in `test_computed.py`, and of tables in the build.
"""

import itertools

from explorable.explore.page import panel_name
from tests.explorable.explore.catalogue import by_maker, catalogue, made


@by_maker
def test_a_prediction_is_explained_and_what_decides_is_shown_without_an_error(maker):
    explorer = made(maker)
    question, choices, why = explorer.prediction.words()
    assert question.endswith("?")
    assert len(set(choices)) == len(choices) > 1
    assert why.endswith(".")
    start = tuple(control.start for control in explorer.inputs.values())
    assert 1 <= len(explorer.show) <= 4
    assert len({*explorer.show, start}) > 1
    assert all(before != after for before, after in itertools.pairwise(explorer.show))
    for places in explorer.show:
        assert explorer.at_places(places).endswith(".")
    names = [panel_name(explorer.scene.panels, k) for k in range(len(explorer.scene.panels))]
    assert not [name for name in names if name.startswith("Picture ")]


def test_no_two_explorers_share_a_name():
    """Else they would share their states and their links."""
    assert catalogue()
