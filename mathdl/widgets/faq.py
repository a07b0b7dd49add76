"""The explorers of the chapter of questions: four remedies, and two norms."""

import numpy as np

from mathdl.experiments.faq import REMEDIES, CurveFit, remedy_errors
from mathdl.explorer import Explorer, choice, explore, point, predict, say, slider, steps
from mathdl.explorer.prediction import Prediction
from mathdl.explorer.wording import Sentence
from mathdl.faq import penalized_minimum
from mathdl.figures import faq as figures
from mathdl.figures.faq.remedies import NAMES
from mathdl.plotting import panels

NOISES = (0.03, 0.1, 0.3)
"""Standard deviations of the noise on the samples."""

PENALTIES = (0.0, 0.1, 0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0, 4.0)
PLACES = np.arange(-2.5, 2.6, 0.5)
"""Where the minimum of the loss may lie, on both axes."""


def best_strength(remedy: str, noise: float) -> int:
    """Return the strength of a remedy with the smallest test error."""
    return int(np.argmin([each.test for each in remedy_errors(remedy, noise)]))


def remedies_explorer() -> Explorer:
    """Let the reader apply one remedy at a time to a fit that follows the noise."""
    figure, axes = panels(2, height=310)
    picture = figures.draw_remedies(axes)

    @explore(
        figure,
        picture.artists,
        "What cures a fit that follows the noise?",
        prediction=_predict_penalty(),
        remedy=choice(NAMES, label="remedy"),
        strength=steps(8, label="strength", jump=0, pace=250),
        noise=slider(NOISES, label="noise", start=0.3, spec="g"),
    )
    def update(remedy: str, strength: int, noise: float) -> Sentence:
        fit, errors = REMEDIES[remedy][strength], remedy_errors(remedy, noise)
        picture.move(fit, noise, errors, strength)
        return _say_remedy(remedy, fit, noise, strength)

    return update


def _say_remedy(remedy: str, fit: CurveFit, noise: float, strength: int) -> Sentence:
    errors = remedy_errors(remedy, noise)
    now, without = errors[strength], errors[0].test
    numbers = {"train": now.train, "test": now.test, "ratio": now.test / without}
    verdict = _verdict(strength, best_strength(remedy, noise), now.test, without)
    if remedy == "capacity":
        return say(
            "Degree {degree}: training error {train:.2g}, test error {test:.2g}. {verdict}",
            degree=fit.degree,
            verdict=verdict,
            **numbers,
        )
    if remedy == "data":
        return say(
            "{n} samples: training error {train:.2g}, test error {test:.2g}. {verdict}",
            n=fit.n_samples,
            verdict=verdict,
            **numbers,
        )
    if remedy == "penalty":
        return say(
            "α = {alpha:g}: training error {train:.2g}, test error {test:.2g}. {verdict}",
            alpha=fit.penalty,
            verdict=verdict,
            **numbers,
        )
    return say(
        "Keep rate q = {keep:g}: training error {train:.2g}, test error {test:.2g}. {verdict}",
        keep=fit.keep_rate,
        verdict=verdict,
        **numbers,
    )


def _verdict(strength: int, best: int, test: float, without: float) -> str:
    if strength == 0:
        return str(say("No remedy yet: 16 weights for 20 samples follow the noise."))
    if strength == best:
        return str(say("This is the best of the nine strengths."))
    if test > without:
        return str(say("Too much of it: worse than no remedy."))
    if strength < best:
        return str(say("Better than no remedy; more of it helps further."))
    return str(say("Past the best strength: it now removes more than the noise."))


def _predict_penalty() -> Prediction:
    loud, quiet = (best_strength("penalty", noise) for noise in (0.3, 0.03))
    penalties = [REMEDIES["penalty"][best].penalty for best in (loud, quiet)]
    return predict(
        say(
            "With the noise 0.3, the best of our penalties is α = {loud:g}. The samples now get "
            "ten times more exact, noise 0.03. What is the best penalty?",
            loud=penalties[0],
        ),
        ["smaller", "the same", "larger"],
        answer=int(np.sign(quiet - loud)) + 1,
        why=say(
            "It is α = {quiet:g}. A penalty pulls the true part of the weights towards 0 along "
            "with the noise. The less noise there is to remove, the less of it pays.",
            quiet=penalties[1],
        ),
    )


def norms_explorer() -> Explorer:
    """Let the reader choose penalty and norm, and move the minimum of the loss."""
    figure, axes = panels(2, height=330)
    picture = figures.draw_norms(axes)
    small = {
        norm: penalized_minimum(figures.HESSIAN, (2.0, 0.5), 1.0, norm) for norm in ("L1", "L2")
    }
    zeros = {norm: int((w == 0).sum()) for norm, w in small.items()}

    @explore(
        figure,
        picture.artists,
        "Which penalty makes weights exactly zero?",
        prediction=predict(
            "The loss alone is smallest at w = (2, 0.5). With the penalty α = 1, under which "
            "norm does the solution have a weight that is exactly 0?",
            ["under L1", "under L2", "under both"],
            answer={(1, 0): 0, (0, 1): 1, (1, 1): 2}[(zeros["L1"], zeros["L2"])],
            why=say(
                "L1 gives ({a:.3g}, {b:.3g}), L2 ({c:.3g}, {d:.3g}). L1 pulls a small weight as "
                "hard as a large one, until it is 0. The pull of L2 fades with the weight.",
                a=small["L1"][0],
                b=small["L1"][1],
                c=small["L2"][0],
                d=small["L2"][1],
            ),
        ),
        penalty=slider(PENALTIES, label="penalty α", start=0.5, spec="g"),
        norm=choice({"L1": "L1", "L2": "L2"}, label="norm"),
        minimum=point(
            axes[0], xs=PLACES, ys=PLACES, label="minimum of the loss", start=(2.0, 0.5), spec="g"
        ),
    )
    def update(penalty: float, norm: str, minimum: np.ndarray) -> Sentence:
        solution = picture.move(penalty, norm, minimum)
        return _say_norm(penalty, norm, minimum, solution)

    return update


def _say_norm(penalty: float, norm: str, minimum: np.ndarray, solution: np.ndarray) -> Sentence:
    numbers = {"first": solution[0] + 0.0, "second": solution[1] + 0.0, "penalty": penalty}
    if penalty == 0:
        return say("Without a penalty the solution is the minimum of the loss itself.")
    if not minimum.any():
        return say("The loss is smallest at 0, and the penalty changes nothing.")
    if norm == "L2":
        return say(
            "L2 with α = {penalty:g}: w = ({first:.2f}, {second:.2f}), {share:.0%} of the "
            "minimum's length. The circle has no corners, so no axis attracts the solution.",
            share=np.linalg.norm(solution) / np.linalg.norm(minimum),
            **numbers,
        )
    zeros = int((solution == 0).sum())
    if zeros == 2:
        return say(
            "L1 with α = {penalty:g}: both weights are exactly 0. At 0 the loss pulls with at "
            "most {pull:.3g} a weight, and the penalty resists with {penalty:g}.",
            pull=float(np.abs(figures.HESSIAN @ minimum).max()),
            **numbers,
        )
    if zeros == 1:
        return say(
            "L1 with α = {penalty:g}: w = ({first:.2f}, {second:.2f}). The solution sits on a "
            "corner of the diamond: one weight is exactly 0.",
            **numbers,
        )
    return say(
        "L1 with α = {penalty:g}: w = ({first:.2f}, {second:.2f}). The solution sits on an edge "
        "of the diamond: no weight is 0.",
        **numbers,
    )
