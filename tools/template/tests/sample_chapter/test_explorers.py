"""The chapter's explorers: what they show, against the kernels."""

from mathdl.sample_chapter.explorers import sample_chapter_explorer
from tests.explorable.explore.states import assert_prediction, moving


def test_the_point_lies_on_the_parabola():
    explorer = sample_chapter_explorer()
    (point,) = moving(explorer, "point")
    for x in (-2, 0.5, 1):
        explorer.at(x=x)
        assert [list(each) for each in point.get_data()] == [[x], [x**2]]
    assert_prediction(explorer, "four times")
