"""Four remedies, one at a time, against a fit that follows the noise."""

import numpy as np

from explorable.drawing.toolkit import panels
from explorable.explore import Explorer, choice, explore, predict, say, slider, steps
from explorable.explore.prediction import Prediction
from explorable.sentences import Sentence
from mathdl.faq import figures
from mathdl.faq.experiments import REMEDIES, CurveFit, remedy_errors
from mathdl.faq.figures.remedies import NAMES

NOISES = (0.03, 0.1, 0.3)
"""Standard deviations of the noise on the samples."""


def best_strength(remedy: str, noise: float) -> int:
    """Return the strength of a remedy with the smallest test error."""
    return int(np.argmin([each.test for each in remedy_errors(remedy, noise)]))


def remedies_explorer() -> Explorer:
    """Let the reader apply one remedy at a time to a fit that follows the noise."""
    figure, axes = panels(2, height=260)
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
    best = best_strength(remedy, noise)
    verdict = _verdict(strength, best, now.test, without, errors[best].test)
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


def _verdict(strength: int, best: int, test: float, without: float, least: float) -> str:
    if strength == 0:
        return str(say("No remedy yet: 16 weights for 20 samples follow the noise."))
    if strength == best:
        return str(say("This is the best of the nine strengths."))
    if test > without:
        return str(say("Too much of it: worse than no remedy."))
    if f"{test:.2g}" == f"{without:.2g}":
        return str(say("As yet it makes no difference."))
    if strength < best:
        return str(say("Better than no remedy; more of it helps further."))
    if test > 1.5 * least:
        return str(say("Too much of it: {r:.2g} times the error at the best.", r=test / least))
    return str(say("A little past the best strength."))


def _predict_penalty() -> Prediction:
    loud, quiet = (best_strength("penalty", noise) for noise in (0.3, 0.03))
    penalties = [REMEDIES["penalty"][best].penalty for best in (loud, quiet)]
    return predict(
        say(
            "With noise 0.3 the best of our penalties is α = {loud:g}. Now the samples become ten "
            "times as exact: noise 0.03. Is the best penalty smaller, the same or larger?",
            loud=penalties[0],
        ),
        ["smaller", "the same", "larger"],
        answer=int(np.sign(quiet - loud)) + 1,
        why=say(
            "It is α = {quiet:g}. A penalty pulls the true part of the weights towards 0 along "
            "with the noise. With less noise to remove, less of it is right.",
            quiet=penalties[1],
        ),
        show=[
            {"remedy": "penalty", "noise": noise, "strength": best}
            for noise, best in ((0.3, loud), (0.03, loud), (0.03, quiet))
        ],
        panel=2,
    )
