"""The scalar graph and its tangent."""

from mathdl.backward import figures
from mathdl.backward.figures.scalar_graph import PLACES
from mathdl.backward.tape import ARROWS, LEAVES, sweep


def test_the_graph_shows_what_is_known(axes):
    snapshots = sweep(LEAVES)
    drawn = figures.draw_graph(axes, snapshots[0])
    assert {name for name, text in drawn.values.items() if text.get_text()} == set(LEAVES)
    assert not any(text.get_text() for text in drawn.adjoints.values())
    drawn.move(snapshots[-1], backward=True)
    assert drawn.values["L"].get_text() == "9"
    assert drawn.adjoints["x"].get_text() == "−18"
    assert [name for name, ring in drawn.rings.items() if ring.get_visible()] == ["q"]
    lit = {ends for ends, arrow in drawn.arrows.items() if arrow.get_alpha()}
    assert lit == {("w", "q"), ("x", "q")}
    assert set(PLACES) == set(LEAVES) | set(ARROWS)
