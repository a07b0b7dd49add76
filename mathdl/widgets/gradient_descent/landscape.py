"""The two landscapes of the chapter on gradient descent: made-up surfaces, and a network's own."""

import numpy as np

from mathdl.checks import Array
from mathdl.datasets import load_digits
from mathdl.experiments.gradient_descent import comparison
from mathdl.experiments.gradient_descent.reading_digits import (
    digits_to_show,
    loss_at,
    loss_barrier,
    reading,
    slices,
)
from mathdl.explorer import Explorer, choice, explore, predict, say, steps, turn
from mathdl.explorer.controls import Point
from mathdl.explorer.wording import Sentence, number
from mathdl.figures.gradient_descent.comparison import draw_descents
from mathdl.figures.gradient_descent.landscape import two_rows
from mathdl.figures.gradient_descent.reading_digits import draw_reading
from mathdl.gradient_descent import OPTIMIZERS, SURFACES

RIVAL = "gradient_descent"
RULES = {name: rule.label for name, rule in OPTIMIZERS.items() if name != RIVAL}

PLANES = {"own": "the path’s own axes", "two": "two networks", "random": "random directions"}


class Start(Point):
    """A start, whose coordinates depend on the surface."""

    by = "surface"

    def texts(self, option: str = "himmelblau") -> tuple[list[str], list[str]]:
        """See `Point.texts`."""
        across, up = (np.unique(places) for places in comparison.starts(option).T)
        return [number(place) for place in across], [number(place) for place in up]


def descent_explorer() -> Explorer:
    """Let a rule run against plain gradient descent, from any start on any of five surfaces.

    Experiment: keep Adam and go through the surfaces; the picture of all starts says from how
    many of them it ends lower. Then find, on Himmelblau's surface, a start from which the two
    end in different minima, and on the saddle one from which neither finds a minimum.
    """
    figure, axes = two_rows((300, 185))
    words = say("From each start, after {n} steps", n=comparison.N_STEPS)
    picture = draw_descents(
        axes,
        (
            str(words),
            str(say("the rule is lower")),
            str(say("gradient descent is lower")),
            str(say("neither")),
        ),
    )
    lower = {name: int((comparison.verdicts(name, "adam") > 0).sum()) for name in SURFACES}

    @explore(
        figure,
        picture.artists,
        "Does Adam always win?",
        prediction=predict(
            say(
                "Each rule runs at the learning rate that suits it best. On Himmelblau’s surface "
                "Adam ends lower than plain gradient descent from {n} of the 121 starts. From how "
                "many does it on Beale’s surface, a plateau between cliffs?",
                n=lower["himmelblau"],
            ),
            ["hardly any there either", "about half of them", "most of them"],
            answer=int(np.digitize(lower["beale"] / 121, [0.25, 0.75])),
            why=say(
                "From {n}. On the plateau the gradient is small, and Adam divides it by its own "
                "size. On Himmelblau’s surface gradient descent needs no such help, and no rule "
                "wins everywhere.",
                n=lower["beale"],
            ),
        ),
        surface=choice(
            {n: s.label for n, s in SURFACES.items()}, label="surface", start="himmelblau"
        ),
        rule=choice(RULES, label="rule", start="adam"),
        start=Start(
            axes[0], xs=comparison.GRID, ys=comparison.GRID, label="start", start=(0.0, -0.2)
        ),
        view=turn(picture.surface.view, label="view from"),
    )
    def update(surface: str, rule: str, start: np.ndarray) -> Sentence:
        index = _nearest_start(surface, start)
        paths = [comparison.paths(surface, name)[:, index] for name in (rule, RIVAL)]
        picture.descend(surface, (paths[0], paths[1]))
        picture.stand(start)
        picture.compare(
            comparison.verdicts(surface, rule), (_named(surface, rule), _named(surface, RIVAL))
        )
        first, second = (comparison.fate(surface, path) for path in paths)
        x, y = comparison.starts(surface)[index].tolist()
        told = {
            "x": x,
            "y": y,
            "first": str(_told(surface, rule, first)),
            "second": str(_told(surface, RIVAL, second)),
        }
        if first.kind == second.kind == "saddle":
            return say(
                "From ({x:.3g}, {y:.3g}), both stop at the saddle point ({a:.2g}, {b:.2g}), "
                "at loss {loss:.2g}.",
                a=_tidy(first.place[0]),
                b=_tidy(first.place[1]),
                loss=first.loss,
                **told,
            )
        settled = {first.kind, second.kind} <= {"arrives", "close"}
        if settled and first.minimum != second.minimum:
            return say("From ({x:.3g}, {y:.3g}), {first}; {second}: another minimum.", **told)
        return say("From ({x:.3g}, {y:.3g}), {first}; {second}.", **told)

    return update


def _nearest_start(surface: str, start: np.ndarray) -> int:
    place = SURFACES[surface].window.from_units(start)
    return int(np.abs(comparison.starts(surface) - place).sum(axis=1).argmin())


def _named(surface: str, rule: str) -> str:
    rate = comparison.tuned_rate(surface, rule)
    return str(say("{name}, η = {rate:.3g}", name=OPTIMIZERS[rule].label, rate=rate))


def _told(surface: str, rule: str, fate: comparison.Fate) -> Sentence:
    """Say what became of one descent."""
    name = OPTIMIZERS[rule].label
    if fate.kind == "diverges":
        return say(
            "{name} diverges and is out of the picture from step {step} on",
            name=name,
            step=fate.step,
        )
    (x, y), (a, b) = fate.place.tolist(), SURFACES[surface].minima[fate.minimum].tolist()
    told = {"name": name, "loss": fate.loss, "step": fate.step}
    here, there = {"x": _tidy(x), "y": _tidy(y), **told}, {"x": _tidy(a), "y": _tidy(b), **told}
    if fate.kind == "arrives" and fate.step == 1:
        return say("{name} reaches the minimum ({x:.3g}, {y:.3g}) in one step", **there)
    if fate.kind == "arrives":
        return say("{name} reaches the minimum ({x:.3g}, {y:.3g}) in {step} steps", **there)
    if fate.kind == "close":
        return say("{name} is near the minimum ({x:.3g}, {y:.3g}), at loss {loss:.2g}", **there)
    if fate.kind == "saddle":
        return say(
            "{name} stops at the saddle point ({x:.2g}, {y:.2g}), at loss {loss:.2g}", **here
        )
    if fate.kind == "outside":
        return say(
            "{name} has left the picture for ({x:.2g}, {y:.2g}), at loss {loss:.2g}", **here
        )
    if fate.kind == "stalls":
        return say("{name} all but stops at ({x:.2g}, {y:.2g}), at loss {loss:.2g}", **here)
    return say("{name} is still on its way at ({x:.2g}, {y:.2g}), at loss {loss:.2g}", **here)


def _tidy(value: float) -> float:
    """Return 0 for what differs from it by less than a reader can see."""
    return 0.0 if abs(value) < 5e-3 else value


def digits_explorer() -> Explorer:
    """Let the reader play the training of the digits network, seen in three slices of its loss.

    Experiment: play the training along its own axes; then look at the same training in the slice
    through a second network, and in two random directions, where nothing but a bowl is seen.
    """
    story, digits, shown = reading(), load_digits(), digits_to_show()
    figure, axes = two_rows((310, 265))
    picture = draw_reading(axes, story, digits.x_test[shown], digits.y_test[shown], shown)
    top, bottom, way = loss_barrier(slices()["two"]), max(*_ends()), _way()

    @explore(
        figure,
        picture.artists,
        "What does a network’s own loss look like?",
        prediction=predict(
            "We train the network a second time, from other random weights. Both learn to read. "
            "We walk straight from the weights of the one to those of the other. What does the "
            "loss do on the way?",
            [
                "it stays low, since both lie in one bowl",
                "it rises and falls again",
                "it falls further, since the average is better than either",
            ],
            answer=1 if top > 3 * bottom else 0,
            why=say(
                "It rises from below {bottom:.1f} to {top:.1f}: the two networks lie in two "
                "valleys. The surface is no bowl.",
                bottom=np.ceil(10 * bottom) / 10,
                top=top,
            ),
        ),
        moment=steps(
            len(story.steps) - 1,
            label="training step",
            start=13,
            words=[f"{step:,} / {story.steps[-1]:,}" for step in story.steps],
            jump=0,
        ),
        plane=choice(PLANES, label="slice along"),
        view=turn(picture.surface.view, label="view from"),
    )
    def update(moment: int, plane: str) -> Sentence:
        picture.move(moment, plane)
        wrong = int((story.answers[moment] != digits.y_test).sum())
        told = {
            "step": f"{story.steps[moment]:,}",
            "done": 100 * way[moment],
            "loss": story.losses[moment],
            "wrong": f"{wrong:,}",
            "all": f"{len(digits.y_test):,}",
        }
        if plane == "own":
            return say(
                "After {step} steps, {done:.0f}\N{NO-BREAK SPACE}% of the way, the loss is "
                "{loss:.2f}, and {wrong} of {all} test digits are misread. In this plane the way "
                "bends into a valley.",
                **told,
            )
        if plane == "two":
            return say(
                "After {step} steps, {done:.0f}\N{NO-BREAK SPACE}% of the way, the loss is "
                "{loss:.2f}, and {wrong} of {all} test digits are misread. Between the ends of "
                "the two trainings the loss rises to {top:.1f}.",
                top=top,
                **told,
            )
        return say(
            "After {step} steps, {done:.0f}\N{NO-BREAK SPACE}% of the way, the loss is "
            "{loss:.2f}, and {wrong} of {all} test digits are misread. Along random directions we "
            "see a bowl, and nearly nothing of the way.",
            **told,
        )

    return update


def _way() -> Array:
    """Return which share of the first training's way lies behind it, by moment."""
    walked = np.linalg.norm(np.diff(reading().path, axis=0), axis=1).cumsum()
    shares: Array = np.append(0.0, walked) / walked[-1]
    return shares


def _ends() -> tuple[float, float]:
    """Return the losses at the ends of the two trainings."""
    story = reading()
    return loss_at(story.layers, story.path[-1]), loss_at(story.layers, story.other[-1])
