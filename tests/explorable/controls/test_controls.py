"""What a reader can move: values, words, keys of links, and what is refused."""

import pytest

from explorable.controls.control import Card
from explorable.drawing.toolkit import panels
from explorable.explore import choice, explore, point, say, slider, steps
from explorable.explore.page import control_spec, wide_controls
from explorable.sentences import speak


def test_a_control_without_values_is_refused():
    for make in (slider, choice):
        with pytest.raises(ValueError, match="the control 'empty' has no values"):
            make([], label="empty")


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


def test_what_is_no_control_is_refused():
    figure, axes = panels(1)
    (line,) = axes.plot([0, 1])
    make = explore(figure, {"line": line}, "t", name="t", a=[1, 2])
    with pytest.raises(Exception, match=r"explorer 't': a is not a control: \[1, 2\]"):
        make(lambda a: say("a"))


def explorer_of(**controls):
    figure, axes = panels(1)
    (line,) = axes.plot([0, 1])
    return explore(figure, {"line": line}, "t", name="t", **controls)(lambda **values: say("a"))


def test_controls_with_one_label_are_refused():
    same = r"explorer 't': more than one control has the label 'rate'; a reader could not"
    with pytest.raises(Exception, match=same):
        explorer_of(a=slider([1, 2], label="rate"), b=slider([1, 2], label="rate"))
    with pytest.raises(Exception, match=same):
        explorer_of(a=slider([1, 2], label="rate"), rate=slider([1, 2]))


def test_a_control_may_be_called_title():
    assert list(explorer_of(title=slider([1, 2])).controls) == ["title"]


def test_a_lattice_is_counted_before_it_is_visited():
    visits = []
    figure, axes = panels(1)
    (line,) = axes.plot([0, 1])
    values = {key: slider(list(range(100))) for key in "abc"}
    explorer = explore(figure, {"line": line}, "t", name="t", **values)(
        lambda a, b, c: visits.append(a) or say("a")
    )
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
    make = {
        "slider": lambda: slider([1, 2]),
        "steps": lambda: steps(2),
        "point": lambda: point(axes),
    }
    controls = {str(k): make[kind]() for k, kind in enumerate(kinds.split())}
    assert wide_controls(controls) == set(wide.split())


def test_a_control_without_a_script_is_refused_in_words():
    class Dial(choice):
        kind = "dial"

    card = Card("card", {"turned": Dial(["a", "b"])}, {})
    with pytest.raises(ValueError, match=r"'turned' is a dial, .* name browser/dial\.js"):
        control_spec(card, "turned")
