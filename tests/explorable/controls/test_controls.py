"""What a reader can move: values, words, keys of links, and what is refused."""

import pytest

from explorable.controls.control import Card
from explorable.drawing.toolkit import panels
from explorable.explore import choice, explore, point, say, slider, steps
from explorable.explore.page import control_spec, wide_controls
from explorable.sentences import speak


def test_what_is_no_control_or_lacks_values_or_a_label_of_its_own_is_refused():
    for make in (slider, choice):
        with pytest.raises(ValueError, match="the control 'empty' has no values"):
            make([], label="empty")
    with pytest.raises(Exception, match=r"explorer 't': a is not a control: \[1, 2\]"):
        explorer_of(a=[1, 2])
    same = r"explorer 't': more than one control has the label 'rate'; a reader could not"
    for b in (slider([1, 2], label="rate"), slider([1, 2])):
        with pytest.raises(Exception, match=same):
            explorer_of(a=slider([1, 2], label="rate"), rate=b)
    assert list(explorer_of(title=slider([1, 2])).controls) == ["title"]

    class Dial(choice):
        kind = "dial"

    card = Card("card", {"turned": Dial(["a", "b"])}, {})
    with pytest.raises(ValueError, match=r"'turned' is a dial, .* name browser/dial\.js"):
        control_spec(card, "turned")


def test_a_control_is_called_by_its_label_in_the_readers_language():
    speak(str.upper)
    try:
        assert slider([1], label="rate").name("eta") == "RATE"
        assert slider([1]).name("eta") == "ETA"
        assert slider([1], unit="s").text(0) == "1\N{NO-BREAK SPACE}S"
        assert choice(["a"]).text(0) == "A"
        assert steps(0, words=["go"]).text(0) == "GO"
    finally:
        speak(str)


def explorer_of(update=lambda **values: say("a"), **controls):
    figure, axes = panels(1)
    (line,) = axes.plot([0, 1])
    return explore(figure, {"line": line}, "t", name="t", **controls)(update)


def test_a_lattice_is_counted_before_it_is_visited():
    visits = []
    values = {key: slider(list(range(100))) for key in "abc"}
    explorer = explorer_of(lambda a, b, c: visits.append(a) or say("a"), **values)
    told = r"has 1,000,000 states \(100 of 'a' × 100 of 'b' × 100 of 'c'\), and at most 20,000"
    with pytest.raises(Exception, match=told):
        explorer.states()
    assert visits == [0]


@pytest.mark.parametrize(
    ("kinds", "wide"),
    [
        ("slider slider", ""),
        ("slider slider slider", "2"),
        ("slider point slider", "1"),
        ("steps slider", "0 1"),
        ("slider steps slider", "1"),
        ("steps", "0"),
        ("slider slider point slider", ""),
    ],
)
def test_two_columns_are_filled(kinds, wide):
    """Steps need a line of their own, and so does the odd one of the others, a point first."""
    _, axes = panels(1)
    made = {"slider": slider([1, 2]), "steps": steps(2), "point": point(axes)}
    controls = {str(k): made[kind] for k, kind in enumerate(kinds.split())}
    assert wide_controls(controls) == set(wide.split())
