"""The formula below an explorer's picture: its numbers, their room, and what is refused."""

import re
import sys

import pytest

from explorable.drawing.toolkit import panels
from explorable.explore import Explorer, ExplorerError, choice, explore, say, slider, typeset
from explorable.explore.live import LiveExplorer
from explorable.explore.page import formula_html

STEP = (
    r"w - \eta\,\frac{\partial L}{\partial w} "
    r"= \num{w:.2f} - \num{eta}\cdot\num{(slope):.2f} = \num{next:.2f}"
)
STILL = r"\frac{\partial L}{\partial w} = \num{slope:.0f}"


def descent(name: str = "descent", *, computed: bool = False) -> Explorer:
    """Make an explorer of one step down a parabola, with another formula at its bottom."""
    figure, axes = panels(1)
    (here,) = axes.plot([0], [0], "o")
    axes.set(xlim=(-3, 3), ylim=(0, 9))

    @explore(
        figure, {"here": here}, "Where to?", name=name, computed=computed,
        w=slider([-3, -0.002, 0, 0.002, 2, 3], label="w", start=2),
        eta=slider([0.1, 0.5, 10], label="rate", start=0.1),
    )  # fmt: skip
    def update(w: float, eta: float):  # type: ignore
        here.set_data([w], [w**2])
        formula = STILL if w == 0 else STEP
        said = say("The slope is {slope:.2f}.", slope=2 * w)
        return said.typeset(formula, w=w, eta=eta, next=w - 2 * eta * w)

    return update


def shown(explorer: Explorer, **values: float) -> list[str]:
    explorer.at(**values)
    state = explorer.look()[-1]
    return [
        node.text for node in _all(state.nodes) if node.attributes.get("class") == typeset.CLASS
    ]


def _all(nodes):  # type: ignore
    for node in nodes:
        yield node
        yield from _all(node.children)


def test_numbers_stand_in_the_formula_with_room_for_the_longest():
    explorer = descent()
    assert shown(explorer) == ["2.00", "0.1", "4.00", "1.60"]
    assert shown(explorer, w=-3, eta=0.5) == ["−3.00", "0.5", "(−6.00)", "0.00"]
    assert shown(explorer, w=-0.002) == ["0.00", "0.1", "0.00", "0.00"]  # no minus before zero
    assert shown(explorer, w=0) == ["0"]
    explorer.at(w=2, eta=0.1)
    explorer.states()
    assert explorer.typeset.room[STEP] == [5, 2.5, 6.5, 6]  # −3.00, 0.1, (−6.00), −57.00
    card = formula_html(explorer, [(explorer.look()[-1], False)])
    seen, _, unseen = card.partition('aria-hidden="true"')
    assert re.findall(">(0+)<", unseen) == ["00000", "000", "0000000", "000000"]
    assert "000" not in seen


def test_one_formula_tells_its_numbers_one_by_one():
    figure, axes = panels(1)
    (here,) = axes.plot([0], [0], "o")

    @explore(figure, {"here": here}, "How large?", name="one", x=slider([1, 2, 3], label="x"))
    def explorer(x: float):  # type: ignore
        return say("It is {x}.", x=x).typeset(r"x = \num{x:.1f}")

    slots = explorer.states().slots
    assert [(s.artist, s.attribute, s.values) for s in slots[1:]] == [
        (1, "#", ["1.0", "2.0", "3.0"])
    ]


def test_a_kernel_tells_what_changed():
    live = LiveExplorer(descent())
    sent: list[list[tuple[object, ...]]] = []
    live.send = lambda message: sent.append([(a, *rest) for a, *rest in message["changes"]])
    live._answer(None, {"indices": [4, 1]}, None)
    ((told, inside),) = [(told, inside) for artist, _, told, inside in sent[0] if artist == 1]
    assert told == "<"
    assert re.findall('explorer-number">([^<]*)<', inside) == ["2.00", "0.5", "4.00", "0.00"]


def test_where_nothing_renders_tex_its_signs_stand_there(monkeypatch):
    monkeypatch.setitem(sys.modules, "quickjs", None)
    typeset._rendered.cache_clear()
    typeset._renderer.cache_clear()
    explorer = descent()
    words = "".join(node.text for node in explorer.look()[-1].nodes)
    typeset._rendered.cache_clear()
    assert words == "w - η (∂ L)/(∂ w) = 2.00 - 0.1·4.00 = 1.60"


@pytest.mark.parametrize(
    ("formulas", "said"),
    [
        ((r"\num{y}", r"\num{y}"), "no value for y"),
        ((r"\frca", r"\frca"), "wrong.*Unsupported function name: .*, in the formula"),
        (("", r"\num{x}"), "a formula is said, but none in the first state"),
    ],
)
def test_a_formula_that_is_wrong_is_refused(formulas, said):
    figure, axes = panels(1)
    (here,) = axes.plot([0], [0], "o")

    def update(a: str):  # type: ignore
        said, formula = say("It is {x}.", x=1), formulas[a == "b"]
        return said.typeset(formula) if formula else said

    with pytest.raises(ExplorerError, match=said):
        explore(
            figure, {"here": here}, "How?", name="wrong", a=choice({"a": "A", "b": "B"}, label="a")
        )(update).states()
