"""The explorer's promises that need no browser."""

import itertools
import re
import sys
import warnings
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from explorable.drawing.toolkit import panels, style_curve
from explorable.explore import (
    Explorer,
    ExplorerError,
    choice,
    explore,
    paint,
    point,
    predict,
    say,
    slider,
    steps,
)

Make = Callable[..., Explorer]
CALLS = itertools.count(1)


def test_at_moves_the_artists_and_refuses_values_off_the_lists(make: Make) -> None:
    explorer = make()
    assert explorer.at(size=2, shape="cos", where=(1, -1)) == "A cos of 2 m at (1, −1)."
    wave = explorer.scene.movers[0].artist
    np.testing.assert_allclose(wave.get_ydata()[0], 2.0)
    with pytest.raises(ValueError, match=r"3 is not a value of 'amplitude': 0\.5.m, 1.m, 2.m"):
        make().at(size=3)
    with pytest.raises(TypeError, match="has no control colour"):
        make().at(colour=3)
    assert repr(make()) == "What moves a wave?\nA sin of 1 m at (0, 0)."


def test_states_are_all_there_and_each_artist_stores_only_what_it_depends_on(make: Make) -> None:
    states = make().states()
    assert states.count == 15 * 3 * 2 * 4
    depends = {}
    for slot in states.slots:
        depends.setdefault(slot.artist, set()).update(slot.axes)
    assert depends == {-1: {0, 1, 2}, 0: {1, 2, 3}, 1: {0}, 2: {0}, 3: {1, 2}}
    waves = next(slot for slot in states.slots if slot.artist == 0)
    assert len(waves.values) == 3 * 4  # the cosine is the sine a quarter earlier


@pytest.mark.parametrize(
    ("update", "told"),
    [
        (lambda line, other, a: 0 // (a - 2), "explorer 'line' at a = 2: ZeroDivisionError: "),
        (
            lambda line, other, a: line.set_ydata(np.log(np.array([3.0 - a, 1.0]))),
            "a = 3: RuntimeWarning: divide by zero",
        ),
        (
            lambda line, other, a: other.set_text(str(a)),
            r"a = 2: .*not named: Annotation\(0\.5, 0\.5, '2'\)",
        ),
        (
            lambda line, other, a: setattr(other, "xy", (0.5, a / 2)),  # which leaves it fresh
            r"a = 2: .*not named: Annotation\(0\.5, 1, 'still'\)",
        ),
        (lambda line, other, a: line.axes.set_xlim(0, a), "limits of panel 0"),
        (lambda line, other, a: line.set_ydata([0, 1 / next(CALLS)]), "update remembers: 'line'"),
    ],
)
def test_an_update_that_fails_or_moves_what_is_not_its_own_is_refused(update, told) -> None:
    warnings.simplefilter("ignore")  # pytest gives each test its own filters
    figure, axes = panels(1)
    style_curve(axes, "x", "y")
    (line,) = axes.plot([0, 1], [0, 1])
    other = axes.annotate("still", (0.5, 0.5), xytext=(0.2, 0.8))

    @explore(figure, {"line": line}, "A line", name="line", a=slider([1, 2, 3], label="a"))
    def explorer(a):
        update(line, other, a)
        return say("{a}", a=a)

    with pytest.raises(ExplorerError, match=told):
        explorer.states()


def test_a_lattice_over_its_budget_is_refused_with_what_makes_it_large(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make: Make
) -> None:
    monkeypatch.setattr("explorable.explore.explorer.BYTES", 100)
    with pytest.raises(
        ExplorerError, match=r"'sample': 360 states \(15 of 'where' × 3 of 'size' .*\) take .* kB"
    ):
        make().html(tmp_path)
    monkeypatch.setattr("explorable.explore.explorer.SECONDS", 0.0)
    with pytest.raises(ExplorerError, match=r"s \(at most 0\)"):
        make().html(tmp_path)


def test_the_same_bytes_every_time(make: Make, tmp_path: Path) -> None:
    assert make().html(tmp_path) == make().html(tmp_path)
    assert len(list(tmp_path.glob("*.js"))) == 1


def test_update_must_say_something() -> None:
    figure, axes = panels(1)
    (line,) = axes.plot([0, 1])
    with pytest.raises(ExplorerError, match=r"must return say\(...\), not NoneType"):
        explore(figure, {"line": line}, "t", name="t", a=slider([1, 2]))(lambda a: None)


def test_an_explorer_is_called_like_the_function_around_it() -> None:
    def made(update, **name):
        figure, axes = panels(1)
        (line,) = axes.plot([0, 1])
        return explore(figure, {"line": line}, "t", a=slider([1, 2]), **name)(update)

    def inner():
        def deeper(a):
            return say("a")

        return deeper

    name = "test-an-explorer-is-called-like-the-function-around-it"
    assert made(lambda a: say("a")).name == made(inner()).name == name
    assert made(inner(), name="A Näme!").name == "a-n-me"


def test_a_notebook_with_a_kernel_gets_the_live_view_too_and_colab_where_it_is_loaded_from(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    bundle, metadata = make()._repr_mimebundle_()
    assert set(bundle) == {"text/plain", "image/png"}
    assert metadata["image/png"]["width"] == 700
    monkeypatch.setattr("explorable.explore.explorer.in_a_notebook", lambda: True)
    explorer = make()
    bundle, metadata = explorer._repr_mimebundle_()
    assert set(bundle) == {
        "text/plain", "image/png", "application/vnd.jupyter.widget-view+json"
    }  # fmt: skip
    assert bundle["text/plain"] == repr(explorer)
    assert set(metadata) == {"image/png"}
    colab = SimpleNamespace(
        enable_custom_widget_manager=lambda: None,
        _widgets=SimpleNamespace(_installed_url="https://host/widgets"),
    )
    monkeypatch.setitem(sys.modules, "google.colab.output", colab)
    _, metadata = explorer._repr_mimebundle_()
    view = metadata["application/vnd.jupyter.widget-view+json"]
    assert view == {"colab": {"custom_widget_manager": {"url": "https://host/widgets"}}}
    assert metadata["image/png"]["width"] > 0


# Predictions


def test_a_prediction_names_its_answer_in_three_ways():
    for answer in ("no", 1, True, np.int64(1), np.True_):
        made = predict(
            "Is it?", ["yes", "no"], answer=answer, why=say("Because of {x}.", x=2), show=[{}]
        )
        assert made.answer == 1
        assert type(made.answer) is int
    assert made.choices == ("yes", "no")
    assert made.words() == ("Is it?", ["yes", "no"], "Because of 2.")
    assert (
        predict(say("Is {x}?", x=3), ["a", "b"], answer=0, why="w", show=[{}]).words()[0]
        == "Is 3?"
    )


def shows(show, *, computed=False, panel=None):
    """Make an explorer with a control of each kind, whose prediction shows these states."""
    figure, axes = panels(1)
    (line,) = axes.plot([0, 1])

    @explore(
        figure,
        {"line": line},
        "Shown?",
        prediction=predict("?", ["yes", "no"], answer=0, why="So.", show=show, panel=panel),
        name="shown",
        computed=computed,
        rate=slider([1.0, 2.0, 4.0]),
        rule=choice(["a", "b"]),
        place=point(axes, xs=[0.0, 1.0], ys=[0.0, 1.0]),
        step=steps(3),
        cells=paint(axes, {"ink": [1, 1], "none": [0, 0]}, shape=(1, 2), label="cells"),
    )
    def explorer(rate, rule, place, step, cells):
        return say("{rate} {rule} {x} {step} {ink}", rate=rate, rule=rule, x=place[0], step=step,
                   ink=cells[1])  # fmt: skip

    return explorer


def test_what_a_prediction_shows_are_places_and_the_rest_stands_as_at_first():
    listed = {"rate": 2, "rule": "b", "place": (1, 0), "step": 2, "cells": np.zeros(2)}
    explorer = shows([{}, listed])
    assert explorer.show == [(0, 0, 3, 0, 0), (1, 1, 1, 2, 1)]
    assert explorer.at_places(explorer.show[1]) == "2 b 1 2 0"
    between = {"rate": 3, "place": np.array([0.5, 0]), "cells": [0, 0.5]}
    explorer = shows([between], computed=True)
    assert explorer.show == [("3.0", 0, "0.5,0.0", 0, "08")]
    assert explorer.at_places(explorer.show[0]) == "3 a 0.5 0 0.5"


@pytest.mark.parametrize(
    ("state", "computed", "said"),
    [
        ({"speed": 1}, False, "shows 'speed', which is no control"),
        ({"rate": 3}, False, "shows rate = 3: 3 is not a value of"),
        ({"rate": 5}, True, "shows rate = 5: '5.0' is not a value of"),
        ({"rate": "fast"}, True, "shows rate = 'fast': "),
        ({"rule": "c"}, True, "shows rule = 'c': 'c' is not a value of"),
        ({"place": (0.5, 0)}, False, "is not on the grid"),
        ({"place": (2, 0)}, True, "shows place = (2, 0): "),
        ({"step": 1.5}, True, "shows step = 1.5: "),
        ({"cells": [0, 0.5]}, False, "shows cells = [0, 0.5]: "),
        ({"cells": [1]}, True, "shows cells = [1]: "),
    ],
)
def test_a_prediction_that_shows_what_is_not_there_is_refused(state, computed, said):
    with pytest.raises(
        ExplorerError, match=f"^explorer 'shown': its prediction .*{re.escape(said)}"
    ):
        shows([{}, state], computed=computed)
    with pytest.raises(ExplorerError, match="names panel 2, but there are only 1"):
        shows([{}], panel=2)
    with pytest.raises(ValueError, match="panel"):
        shows([{}], panel=0)


@pytest.mark.parametrize(
    ("choices", "answer", "show", "said"),
    [
        ("ab", -1, [{}], r"answer .*-1\b"),
        ("ab", 2, [{}], "answer 2 is none"),
        ("ab", "c", [{}], "'c' is none of the choices"),
        ("ab", 0, [], "one state to show"),
        ("a", 0, [{}], "at least two"),
    ],
)
def test_a_prediction_has_choices_an_answer_and_states_to_show(choices, answer, show, said):
    with pytest.raises(ValueError, match=said):
        predict("?", [*choices], answer=answer, why="w", show=show)
