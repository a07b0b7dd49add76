"""The two landscapes of the chapter on gradient descent: made-up surfaces, and a network's own."""

import numpy as np

from explorable.checks import Array
from explorable.drawing.toolkit import panels
from explorable.explore import Explorer, choice, explore, point, predict, say, steps, turn
from explorable.sentences import Sentence
from mathdl.datasets import load_digits
from mathdl.gradient_descent import OPTIMIZERS, SURFACES
from mathdl.gradient_descent.experiments import comparison
from mathdl.gradient_descent.experiments.reading_digits import (
    digits_to_show,
    loss_at,
    loss_barrier,
    reading,
    slices,
)
from mathdl.gradient_descent.figures.comparison import draw_descents
from mathdl.gradient_descent.figures.landscape import two_rows
from mathdl.gradient_descent.figures.reading_digits import draw_reading

RIVAL = "gradient_descent"
SHOWN = "himmelblau"  # at first, and what the question is about
RULES = {name: rule.label for name, rule in OPTIMIZERS.items() if name != RIVAL}

PLANES = {"own": "the path’s own axes", "two": "two networks", "random": "random directions"}


STEPS = {str(n): str(n) for n in comparison.STEPS}
PLACES = comparison.GRID[[0, 2, 4, 5, 6, 8, 10]]
"""Where a descent may start, in half sides of the window: seven of the eleven places."""

FRAMES = {
    name: np.transpose([surface.window.center, 2 * [surface.window.reach]])
    for name, surface in SURFACES.items()
}
"""What a start is called on each surface: middle and half side of its window, axis by axis."""


def descent_explorer() -> Explorer:
    """Let a rule run against plain gradient descent, for as many steps as the reader likes.

    Experiment: keep Adam and go through the surfaces with 60 steps and with 200; the picture of
    all starts says from how many of them it is ahead. Then find, on Himmelblau's surface, a
    start from which the two end in different minima, and on the saddle one from which neither
    finds any.
    """
    figure, axes = panels(3, width=700, height=290, widths=[1.1, 1, 0.85])
    picture = draw_descents(
        axes,
        (
            str(say("From all 121 starts: who is first")),
            str(say("at a loss of 10⁻⁴, or else lower")),
            str(say("the rule is ahead")),
            str(say("gradient descent is ahead")),
            str(say("neither")),
        ),
    )
    early, late = (_half_arrived(SHOWN, name) for name in (RIVAL, "adam"))

    @explore(
        figure,
        picture.artists,
        "Does Adam always win?",
        name="descent",
        prediction=predict(
            say(
                "Each rule runs at the rate that suits it best, found among {n}. Ahead is the one "
                "that is first down to a loss of 10⁻⁴ and stays there; if neither is, the lower "
                "one. Both get 200 steps on Himmelblau’s surface. Which is ahead?",
                n=len(comparison.RATES),
            ),
            ["gradient descent, from nearly all", "Adam, from nearly all", "each from about half"],
            answer=_ahead(SHOWN, 200),
            why=say(
                "Gradient descent, from {most} of the 121 starts: half of its descents have "
                "arrived by step {early}, half of Adam’s by step {late}. On Beale’s surface Adam "
                "is ahead from {beale}.",
                most=int((comparison.verdicts(SHOWN, "adam", RIVAL, 200) < 0).sum()),
                early=early,
                late=late,
                beale=int((comparison.verdicts("beale", "adam", RIVAL, 200) > 0).sum()),
            ),
        ),
        surface=choice({n: s.label for n, s in SURFACES.items()}, label="surface", start=SHOWN),
        rule=choice(RULES, label="rule", start="adam"),
        n_steps=choice(STEPS, label="steps", start="60"),
        start=point(
            axes[0],
            xs=PLACES,
            ys=PLACES,
            label="start",
            start=(0.0, -0.2),
            by="surface",
            frames=FRAMES,
        ),
    )
    def update(surface: str, rule: str, n_steps: str, start: np.ndarray) -> Sentence:
        n, index = int(n_steps), _nearest_start(surface, start)
        paths = [comparison.paths(surface, name, n)[:, index] for name in (rule, RIVAL)]
        picture.descend(surface, (paths[0], paths[1]))
        picture.stand(start)
        picture.compare(
            comparison.verdicts(surface, rule, RIVAL, n),
            (_named(surface, rule, n), _named(surface, RIVAL, n)),
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


def _ahead(surface: str, n_steps: int) -> int:
    """Return who is ahead from most starts: 0 for gradient descent, 1 for Adam, 2 for neither."""
    told = comparison.verdicts(surface, "adam", RIVAL, n_steps)
    return int(np.argmax([(told == side).mean() > 0.7 for side in (-1, 1)] + [True]))


def _half_arrived(surface: str, rule: str) -> int:
    """Return the step at which half of a rule's descents, of 200 steps, have arrived for good."""
    path = comparison.paths(surface, rule, 200)
    fates = [comparison.fate(surface, path[:, start]) for start in range(path.shape[1])]
    return int(np.median([each.step if each.kind == "arrives" else np.inf for each in fates]))


def _nearest_start(surface: str, start: np.ndarray) -> int:
    place = SURFACES[surface].window.from_units(start)
    return int(np.abs(comparison.starts(surface) - place).sum(axis=1).argmin())


def _named(surface: str, rule: str, n_steps: int) -> str:
    rate = comparison.tuned_rate(surface, rule, n_steps)
    return str(say("{name}, η = {rate:.2g}", name=OPTIMIZERS[rule].label, rate=rate))


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
                "It rises from below {bottom:.1f} to {top:.1f}: the surface is no bowl. Whether "
                "there is a way around, this plane cannot show.",
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
        if plane == "own" and way[moment] < 0.3:
            return say(
                "After {step} steps, {done:.0f}\N{NO-BREAK SPACE}% of the way, the loss is "
                "{loss:.2f}, and {wrong} of {all} test digits are misread. In this plane the way "
                "begins on a steep wall.",
                **told,
            )
        if plane == "own":
            return say(
                "After {step} steps, {done:.0f}\N{NO-BREAK SPACE}% of the way, the loss is "
                "{loss:.2f}, and {wrong} of {all} test digits are misread. In this plane the way "
                "has bent and follows a valley.",
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
            "see a bowl, and hardly any of the way.",
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
