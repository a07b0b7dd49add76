"""What a reader can move: values, words, keys of links, and what is refused."""

import numpy as np
import pytest

from explorable.drawing.toolkit import panels, view_3d
from explorable.explore import choice, explore, point, predict, say, slider, steps, turn
from explorable.sentences import speak


@pytest.fixture
def axes():
    _, axes = panels(1)
    axes.set(xlim=(-1, 1), ylim=(0, 3))
    return axes


def texts(control):
    return [control.text(index) for index in range(control.count)]


def keys(control):
    return [control.key(index) for index in range(control.count)]


def values(control):
    return [control.value(index) for index in range(control.count)]


# Sliders


def test_a_slider_hands_out_its_numbers():
    control = slider([0.125, 1, 1e-7 + 2], label="rate", unit="m", start=1, marks={"edge": 1.5})
    assert values(control) == [0.125, 1.0, 2.0000001]
    assert all(type(value) is float for value in values(control))
    assert texts(control) == [
        "0.125\N{NO-BREAK SPACE}m",
        "1\N{NO-BREAK SPACE}m",
        "2\N{NO-BREAK SPACE}m",
    ]
    assert keys(control) == ["0.125", "1", "2"]
    assert (control.kind, control.label, control.count, control.start) == ("slider", "rate", 3, 1)
    assert control.marks == {"edge": 1.5}
    assert slider([3, 4]).start == 0
    assert slider([3, 4]).marks == {}


@pytest.mark.parametrize(
    ("unit", "written"), [("", "2"), ("°", "2°"), ("%", "2%"), ("s", "2\N{NO-BREAK SPACE}s")]
)
def test_units_stand_apart_but_for_degrees_and_percent(unit, written):
    assert slider([2.0], unit=unit).text(0) == written


def test_a_slider_writes_as_it_is_told():
    assert slider([0.5], spec=".2f").text(0) == "0.50"


def test_places_along_the_track_are_even_steps():
    control = slider([1, 10, 100])
    assert [control.place(x) for x in (0, 1, 10, 55, 100, 1000)] == [0, 0, 0.5, 0.75, 1, 1]
    assert slider([5]).place(5) == 0


def test_a_slider_finds_what_is_nearly_its_value():
    control = slider([0.1, 0.2, 0.3], label="rate")
    assert [control.find(x) for x in (0.1, 0.1 + 0.2)] == [0, 2]
    with pytest.raises(ValueError, match=r"^0\.21 is not a value of 'rate': 0\.1, 0\.2, 0\.3$"):
        control.find(0.21)


def test_a_miss_shows_twelve_values_at_most():
    with pytest.raises(ValueError, match=r"'n': 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11$"):
        slider(range(12), label="n").find(40)
    with pytest.raises(ValueError, match=r"'n': 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, …$"):
        slider(range(13), label="n").find(40)


@pytest.mark.parametrize("numbers", [[[1, 2]], [1, np.nan], [1, np.inf], 3.0])
def test_a_slider_refuses_what_is_no_list_of_numbers(numbers):
    with pytest.raises(ValueError, match="the slider 'rate' needs a list of finite numbers"):
        slider(numbers, label="rate")


@pytest.mark.parametrize("numbers", [[1, 1], [2, 1], [1, 3, 2]])
def test_a_slider_refuses_values_that_do_not_ascend(numbers):
    with pytest.raises(ValueError, match="values of the slider 'rate' must ascend, each larger"):
        slider(numbers, label="rate")


def test_a_control_without_values_is_refused():
    for make in (slider, choice):
        with pytest.raises(ValueError, match="the control 'empty' has no values"):
            make([], label="empty")


# Choices


def test_a_choice_hands_out_names_and_shows_words():
    control = choice({"gd": "gradient descent", "adam": 0.1}, label="rule", start="adam")
    assert values(control) == keys(control) == ["gd", "adam"]
    assert texts(control) == ["gradient descent", "adam"]
    assert (control.kind, control.label, control.count, control.start) == ("choice", "rule", 2, 1)
    assert texts(choice(["a", "b"])) == ["a", "b"]
    assert choice(["a", "b"]).start == 0
    assert control.find("gd") == 0
    with pytest.raises(ValueError, match="'sgd' is not a value of 'rule': gradient descent, adam"):
        control.find("sgd")


# Steps


def test_steps_count_from_0_to_n():
    control = steps(3, label="layer", start=2)
    assert values(control) == [0, 1, 2, 3]
    assert keys(control) == ["0", "1", "2", "3"]
    assert texts(control) == ["0 / 3", "1 / 3", "2 / 3", "3 / 3"]
    assert (control.kind, control.label, control.count, control.start) == ("steps", "layer", 4, 2)
    assert (steps(3).label, steps(3).start, steps(3).pace) == ("step", 0, 200)
    assert steps(3, pace=30).pace == 30


def test_steps_may_have_words():
    control = steps(2, words=["before", "during", "after"])
    assert texts(control) == ["before", "during", "after"]
    assert values(control) == [0, 1, 2]
    with pytest.raises(ValueError, match="words must name all 3 steps, got 2"):
        steps(2, words=["before", "after"])


@pytest.mark.parametrize(
    ("n", "jump", "leap"), [(29, None, 0), (30, None, 10), (60, 25, 25), (60, 0, 0)]
)
def test_many_steps_get_buttons_that_leap(n, jump, leap):
    assert steps(n, jump=jump).jump == leap


@pytest.mark.parametrize("value", [-1, 4, 1.5])
def test_steps_refuse_what_is_no_step(value):
    assert steps(3).find(3.0) == 3
    with pytest.raises(ValueError, match="is not a value of 'step': 0 / 3, 1 / 3"):
        steps(3).find(value)
    with pytest.raises(ValueError, match="is not a value of 'step'"):
        steps(3, start=value)


# Points


def test_a_point_lies_on_the_grid_of_its_axes(axes):
    control = point(axes, grid=(5, 4))
    assert control.count == 20
    np.testing.assert_allclose(control.xs, [-1, -0.5, 0, 0.5, 1])
    np.testing.assert_allclose(control.ys, [0, 1, 2, 3])
    assert control.value(0).tolist() == [-1, 0]
    assert control.value(4).tolist() == [1, 0]
    assert control.value(7).tolist() == [0, 1]
    assert control.text(3) == "(0.5, 0)"
    assert control.key(8) == "0.5,1"
    assert (control.kind, control.label) == ("point", "point")
    assert control.value(control.start).tolist() == [0, 2]  # the middle


def test_a_point_has_11_by_11_places_if_nobody_says_how_many(axes):
    assert point(axes).count == 121


def test_ticks_are_short_numbers(axes):
    axes.set(xlim=(-0.3, 0.3))
    assert point(axes, grid=(7, 2)).xs.tolist() == [-0.3, -0.2, -0.1, 0, 0.1, 0.2, 0.3]


def test_a_logarithmic_axis_has_logarithmic_places(axes):
    axes.set(xscale="log", xlim=(1, 100), yscale="log", ylim=(0.1, 10))
    control = point(axes, grid=(3, 3))
    np.testing.assert_allclose(control.xs, [1, 10, 100])
    np.testing.assert_allclose(control.ys, [0.1, 1, 10])


def test_places_can_be_given(axes):
    within = point(axes, grid=(3, 2), bounds=[[0, 4], [5, 6]], label="start", start=(3.1, 5.2))
    assert (within.xs.tolist(), within.ys.tolist()) == ([0, 2, 4], [5, 6])
    assert within.value(within.start).tolist() == [4, 5]
    assert within.label == "start"
    listed = point(axes, xs=[1, 2, 4], ys=[3, 9], spec=".1f")
    assert listed.value(5).tolist() == [4, 9]
    assert listed.text(5) == "(4.0, 9.0)"


def test_a_point_is_found_or_the_nearest_is_named(axes):
    control = point(axes, grid=(5, 4))
    assert control.find((0.5, 1)) == 8
    with pytest.raises(ValueError, match=r"not on the grid; the nearest point is \(0\.5, 1\)"):
        control.find((0.6, 1.2))


# Turns


def test_a_turn_goes_round_in_steps():
    _, axes = panels(1)
    box = view_3d(axes, [[-1, 1], [-1, 1], [0, 1]], azimuth=-30)
    control = turn(box, step=15)
    assert control.count == 24
    assert control.value(control.start) == 330
    assert (control.kind, control.label) == ("turn", "view from")
    assert (control.text(1), control.key(1), control.find(45)) == ("15°", "15", 3)
    assert turn(box).count == 120
    assert turn(box, label="side").label == "side"
    for value in (10, 360, -15):
        with pytest.raises(ValueError, match=f"{value} is not a value of 'view from'"):
            control.find(value)


# Names


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


# Predictions


def test_a_prediction_names_its_answer_in_three_ways():
    for answer in ("no", 1, True, np.int64(1), np.True_):
        made = predict("Is it?", ["yes", "no"], answer=answer, why=say("Because of {x}.", x=2))
        assert made.answer == 1
        assert type(made.answer) is int
    assert made.choices == ("yes", "no")
    assert made.words() == ("Is it?", ["yes", "no"], "Because of 2.")
    assert predict(say("Is {x}?", x=3), ["a", "b"], answer=0, why="w").words()[0] == "Is 3?"


@pytest.mark.parametrize("answer", [-1, 2])
def test_a_prediction_refuses_a_number_that_is_no_choice(answer):
    with pytest.raises(ValueError, match=rf"answer .*{answer}\b"):
        predict("?", ["a", "b"], answer=answer, why="w")
