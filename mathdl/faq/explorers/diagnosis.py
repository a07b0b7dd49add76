"""Ten trainings with a fault each: the reader names it from the curves."""

import numpy as np

from explorable.drawing.toolkit import panels
from explorable.explore import Explorer, choice, explore, predict, say, slider
from explorable.explore.prediction import Prediction
from explorable.sentences import Sentence
from mathdl.faq import figures
from mathdl.faq.experiments import FAULTS, follow

SIGNS = {
    "rate too low": say("both losses would fall together, slowly, and still fall at the end."),
    "rate too high": say(
        "both losses would fall for a moment, then rattle about far above the sound ones."
    ),
    "initial weights all 0": say("the loss would begin at a guess exactly, and stay there."),
    "initial weights large": say("the loss before the first step would be far above a guess."),
    "labels out of order": say(
        "the held-out loss would soon rise, while the training loss falls slowly."
    ),
    "gradients never reset": say("both losses would swing and grow far above a guess."),
    "never shuffled": say(
        "the training loss would repeat one zigzag every six steps, which are an epoch."
    ),
    "overfitting": say(
        "the training loss would go to 0, and the held-out loss fall first, then rise."
    ),
    "held-out not scaled": say(
        "the training would look sound, and the held-out loss begin far above a guess."
    ),
    "penalty too strong": say(
        "both losses would come to rest on one level, above the sound ones."
    ),
}
"""What one sees of each fault."""

CURES = {
    "rate too low": say("Take three times the rate until the loss leaps, then one step back."),
    "rate too high": say("Divide the rate by three, and start again."),
    "initial weights all 0": say(
        "The hidden units get no gradient: draw the weights at random, by He’s rule."
    ),
    "initial weights large": say("Give the weights the variance 2/n of He’s rule."),
    "labels out of order": say("Look at some images with their labels: shuffle both alike."),
    "gradients never reset": say("Begin each step with a gradient of 0."),
    "never shuffled": say("Each batch holds two or three classes: shuffle before each epoch."),
    "overfitting": say("It learns wrong labels by heart: more data, augmentation, a penalty."),
    "held-out not scaled": say(
        "Scale what is held out by the mean and scale of the training samples."
    ),
    "penalty too strong": say("Divide the penalty by ten: the weights are held near 0."),
}
"""What is done about each fault."""

LOOK, TELL = "?", "tell me"


def diagnosis_explorer() -> Explorer:
    """Show one broken training after another, and judge what the reader says is wrong."""
    figure, axes = panels(1, height=250, width=360)
    picture = figures.draw_patient(axes)
    faults = list(FAULTS)

    @explore(
        figure,
        picture.artists,
        "What is wrong with this training?",
        prediction=_predict_mixed_labels(),
        run=slider(range(1, len(faults) + 1), label="run"),
        answer=choice([LOOK, *SIGNS, TELL], label="your answer"),
    )
    def update(run: int, answer: str) -> Sentence:
        fault = faults[run - 1]
        curves = follow.plain(FAULTS[fault], 0)
        picture.move(curves)
        if answer == LOOK:
            return say(
                "Before the first step the training loss is {first:.3g}. In the end {train:.1%} "
                "of the training labels and {held:.1%} of those held out are read wrongly.",
                first=curves.batch_losses[0],
                train=curves.train_error,
                held=curves.held_out_error,
            )
        if answer == TELL:
            return say("It is: {fault}. {cure}", fault=fault, cure=str(CURES[fault]))
        if answer == fault:
            return say("Yes: {fault}. {cure}", fault=fault, cure=str(CURES[fault]))
        return say("Hardly. With that fault {sign}", sign=str(SIGNS[answer]))

    return update


def _predict_mixed_labels() -> Prediction:
    fault = "labels out of order"
    run = list(FAULTS).index(fault) + 1
    losses = follow.plain(FAULTS[fault], 0).batch_losses
    guess, end = float(np.log(10)), float(losses[-6:].mean())
    return predict(
        "Suppose that the training labels stand beside the wrong images. What does the training "
        "loss do?",
        ["stays at a guess", "falls below it", "grows"],
        answer=1 if end < 0.9 * guess else 2 if end > 1.1 * guess else 0,
        why=say(
            "It falls below a guess’s {guess:.2g}, to {end:.2g}: wrong labels can be learned by "
            "heart. Only the digits held out show that there was nothing else to learn.",
            guess=guess,
            end=end,
        ),
        show=[{"run": run, "answer": answer} for answer in (LOOK, fault)],
    )
