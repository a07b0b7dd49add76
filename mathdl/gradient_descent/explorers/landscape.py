"""The two landscapes of the chapter on gradient descent: made-up surfaces, and a network's own."""

import itertools
from typing import Any

import numpy as np

from explorable.checks import Array
from explorable.drawing.toolkit import panels
from explorable.explore import Explorer, choice, explore, point, predict, say, slider, steps, turn
from explorable.sentences import Sentence
from explorable.trace import gather, program
from mathdl.datasets import load_digits
from mathdl.gradient_descent import OPTIMIZERS, SURFACES, descend
from mathdl.gradient_descent.experiments import comparison
from mathdl.gradient_descent.experiments.comparison import STEPS
from mathdl.gradient_descent.experiments.reading_digits import (
    digits_to_show,
    loss_at,
    loss_barrier,
    reading,
)
from mathdl.gradient_descent.figures.comparison import draw_descents, drawn_losses, sorted_starts
from mathdl.gradient_descent.figures.landscape import two_rows, until_far
from mathdl.gradient_descent.figures.reading_digits import draw_reading

RIVAL = "gradient_descent"
SHOWN, ASKED = "himmelblau", "beale"  # the surfaces at first, and in the question
RULES = {name: rule.label for name, rule in OPTIMIZERS.items() if name != RIVAL}

PLANES = {"own": "the path’s own axes", "two": "two networks", "random": "random directions"}

PLACES = comparison.GRID[[0, 2, 4, 5, 6, 8, 10]]
"""Where a descent may start, in half sides of the window: seven of the eleven places."""

FRAMES = {
    name: np.transpose([surface.window.center, 2 * [surface.window.reach]])
    for name, surface in SURFACES.items()
}
"""What a start is called on each surface: middle and half side of its window, axis by axis."""


def descent_explorer() -> Explorer:
    """Let a rule run against plain gradient descent, for as many steps as the reader likes."""
    figure, axes = panels(3, width=700, height=274, widths=[1.1, 1, 0.85])
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
    tuned = {
        (surface, name): np.searchsorted(
            comparison.RATES, [comparison.tuned_rate(surface, name, n) for n in STEPS]
        )
        for surface, name in itertools.product(SURFACES, OPTIMIZERS)
    }
    ahead = {
        (surface, name): sum(
            3**k * (comparison.verdicts(surface, name, n) % 3) for k, n in enumerate(STEPS)
        )
        for surface, name in itertools.product(SURFACES, RULES)
    }

    @explore(
        figure,
        picture.artists,
        "Does Adam always win?",
        computed=True,
        prediction=predict(
            say(
                "Each rule runs at the rate that suits it best, found among {n}. Ahead is the one "
                "that is first down to a loss of 10⁻⁴ and stays there; if neither is, the lower "
                "one. Both get 200 steps. On Himmelblau’s surface gradient descent is ahead from "
                "nearly all starts. And on Beale’s?",
                n=len(comparison.RATES),
            ),
            ["gradient descent, from nearly all", "Adam, from nearly all", "each from about half"],
            answer=_ahead(ASKED, 200),
            why=say(
                "Adam, from {most} of the 121 starts. Beale’s surface is steep at its corners and "
                "flat in its valley: the rate that suits gradient descent best is {slow:.2g} "
                "there, and Adam’s {fast:.2g}.",
                most=int((comparison.verdicts(ASKED, "adam", 200) > 0).sum()),
                slow=comparison.tuned_rate(ASKED, RIVAL, 200),
                fast=comparison.tuned_rate(ASKED, "adam", 200),
            ),
            show=[{"n_steps": 200}, {"surface": ASKED, "n_steps": 200}],
            panel=3,
        ),
        surface=choice({n: s.label for n, s in SURFACES.items()}, label="surface", start=SHOWN),
        rule=choice(RULES, label="rule", start="adam"),
        n_steps=slider(STEPS, label="steps", start=60),
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
    def update(surface: str, rule: str, n_steps: int, start: np.ndarray) -> Sentence:
        ground, names = SURFACES[surface], (rule, RIVAL)
        place = ground.window.from_units(start)
        which = (np.array(STEPS) < n_steps).sum()
        rates = [comparison.rate_at(gather(tuned[surface, name], which)) for name in names]
        paths = [
            descend(ground.gradient, place, OPTIMIZERS[name](rate), n_steps)
            for name, rate in zip(names, rates, strict=True)
        ]
        labels = [str(say(OPTIMIZERS[name].label)) for name in names]
        ways, curves, told = _compared(surface, labels, paths, n_steps)
        picture.descend(surface, ways, curves)
        picture.stand(start)
        picture.compare(
            sorted_starts(ahead[surface, rule], which),
            [
                labels[0],
                *(
                    str(say("{name}, η = {rate:.2g}", name=name, rate=rate))
                    for name, rate in zip(labels, rates, strict=True)
                ),
            ],
        )
        return say("From ({x:.3g}, {y:.3g}), {told}", x=place[0], y=place[1], told=told)

    return update


def _ahead(surface: str, n_steps: int) -> int:
    """Return who is ahead from most starts: 0 for gradient descent, 1 for Adam, 2 for neither."""
    told = comparison.verdicts(surface, "adam", n_steps)
    return int(np.argmax([(told == side).mean() > 0.7 for side in (-1, 1)] + [True]))


DIVERGES, ARRIVES, OUTSIDE, SADDLE, CLOSE, STALLS = range(6)
"""Places in `comparison.KINDS`."""


@program
def _compared(
    surface: str, names: list[str], both: list[Array], n_steps: int
) -> tuple[list[Any], list[Any], str]:
    """Return the ways, the losses and what is said of the reader's two descents."""
    ground, window = SURFACES[surface], SURFACES[surface].window
    losses = [comparison.losses.plain(surface, path) for path in both]
    units = [window.to_units(path) for path in both]
    fates = []
    for path, way, heights in zip(both, units, losses, strict=True):
        place = path[-1]
        kind, step, near = comparison.outcome(
            way,
            heights,
            window.to_units(ground.minima),
            comparison.steepness(surface, place),
            comparison.least_curvature(surface, place),
        )
        loss = np.nan_to_num(ground.value(place), nan=np.inf)
        fates.append((kind, step, _tidy(place), loss, _tidy(gather(ground.minima, near)), near))
    curves = [drawn_losses(heights, n_steps) for heights in losses]
    return [until_far(way) for way in units], curves, _both(names, *fates)


@program
def _both(names: list[str], one: tuple[Any, ...], other: tuple[Any, ...]) -> str:
    """Say what became of the reader's two descents."""
    (kind, _, place, loss, _, near), (kind2, *_, near2) = one, other
    if (kind == SADDLE) & (kind2 == SADDLE):
        return str(
            say(
                "both stop at the saddle point ({a:.2g}, {b:.2g}), at loss {loss:.2g}.",
                a=place[0],
                b=place[1],
                loss=loss,
            )
        )
    told = {"first": _told(names[0], *one[:5]), "second": _told(names[1], *other[:5])}
    settled = ((kind == ARRIVES) | (kind == CLOSE)) & ((kind2 == ARRIVES) | (kind2 == CLOSE))
    if settled & (near != near2):
        return str(say("{first}; {second}: another minimum.", **told))
    return str(say("{first}; {second}.", **told))


@program
def _told(name: str, kind: int, step: int, place: Array, loss: float, minimum: Array) -> str:
    """Say what became of one descent."""
    if kind == DIVERGES:
        return str(
            say(
                "{name} diverges and is out of the picture from step {step} on",
                name=name,
                step=step,
            )
        )
    told = {"name": name, "loss": loss, "step": step}
    here, there = ({"x": at[0], "y": at[1], **told} for at in (place, minimum))
    if kind == ARRIVES:
        if step == 1:
            return str(say("{name} reaches the minimum ({x:.3g}, {y:.3g}) in one step", **there))
        return str(say("{name} reaches the minimum ({x:.3g}, {y:.3g}) in {step} steps", **there))
    if kind == CLOSE:
        return str(
            say("{name} is near the minimum ({x:.3g}, {y:.3g}), at loss {loss:.2g}", **there)
        )
    if kind == SADDLE:
        return str(
            say("{name} stops at the saddle point ({x:.2g}, {y:.2g}), at loss {loss:.2g}", **here)
        )
    if kind == OUTSIDE:
        return str(
            say("{name} has left the picture for ({x:.2g}, {y:.2g}), at loss {loss:.2g}", **here)
        )
    if kind == STALLS:
        return str(say("{name} all but stops at ({x:.2g}, {y:.2g}), at loss {loss:.2g}", **here))
    return str(say("{name} is still on its way at ({x:.2g}, {y:.2g}), at loss {loss:.2g}", **here))


def _tidy(value: Any) -> Any:
    """Return 0 for what differs from it by less than a reader can see."""
    return np.where(abs(value) < 5e-3, 0.0, value)


def digits_explorer() -> Explorer:
    """Let the reader play the training of the digits network, seen in three slices of its loss."""
    story, digits, shown = reading(), load_digits(), digits_to_show()
    figure, axes = two_rows((310, 265))
    picture = draw_reading(axes, story, digits.x_test[shown], digits.y_test[shown], shown)
    top, bottom, way = loss_barrier(), max(*_ends()), _way()

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
            show=[{"plane": "two", "moment": moment} for moment in (0, len(story.steps) - 1)],
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
        if plane == "own" and way[moment] < 0.6:
            view = say("In this plane the way begins on a steep wall.")
        elif plane == "own":
            view = say("In this plane the way has bent and follows a valley.")
        elif plane == "two":
            view = say(
                "Between the ends of the two trainings the loss rises to {top:.1f}.", top=top
            )
        else:
            view = say("Along random directions we see a bowl, and hardly any of the way.")
        return say(
            "After {step} steps, at {done:.0f}\N{NO-BREAK SPACE}% of the end’s distance from the "
            "start, the loss is {loss:.2f}, and {wrong} of {all} test digits are misread. {view}",
            step=f"{story.steps[moment]:,}",
            done=100 * way[moment],
            loss=story.losses[moment],
            wrong=f"{wrong:,}",
            all=f"{len(digits.y_test):,}",
            view=view,
        )

    return update


def _way() -> Array:
    """Return the first training's distance from its start, relative to its end's, by moment."""
    path = reading().path
    away = np.linalg.norm(path - path[0], axis=1)
    shares: Array = away / away[-1]
    return shares


def _ends() -> tuple[float, float]:
    """Return the losses at the ends of the two trainings."""
    story = reading()
    return loss_at(story.layers, story.path[-1]), loss_at(story.layers, story.other[-1])
