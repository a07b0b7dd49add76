"""The explorer of the way around a barrier."""

import numpy as np

from explorable.drawing.toolkit import panels
from explorable.explore import Explorer, explore, predict, say, slider
from explorable.sentences import Sentence
from mathdl.gradient_descent.experiments.bent_way import BENDS, SHARES, bent_way
from mathdl.gradient_descent.figures.bent_way import draw_ways


def bent_way_explorer() -> Explorer:
    """Let the reader bend the way between two trained networks, and walk along it."""
    found = bent_way()
    figure, axes = panels(2, height=290)
    picture = draw_ways(axes)
    straight, bent = (float(losses.max()) for losses in found.losses[[0, -1]])
    ends = float(found.losses[0, [0, -1]].max())

    @explore(
        figure,
        picture.artists,
        "Is there a way around?",
        name="way",
        prediction=predict(
            say(
                "Two networks were trained from different random weights. On the straight way "
                "between them the loss rises from {ends:.2f} to {top:.2f}. A curve between the "
                "two is trained: what is the highest loss on it?",
                ends=ends,
                top=straight,
            ),
            ["about the same: they lie in two valleys", "about half", "less than a fifth"],
            answer=2 if bent < straight / 5 else int(bent < 0.75 * straight),
            why=say(
                "At most {bent:.2f}. The barrier stands across the straight way only; a way of "
                "17,226 dimensions can go around.",
                bent=bent,
            ),
            show=[{"bend": BENDS[0]}, {"bend": BENDS[-1]}],
        ),
        bend=slider(BENDS, label="bend", start=0.0),
        share=slider(SHARES.round(2), label="share of the way t", start=0.5),
    )
    def update(bend: float, share: float) -> Sentence:
        row, column = BENDS.index(bend), int(np.abs(SHARES - share).argmin())
        picture.move(row, column)
        told = {
            "share": share,
            "loss": found.losses[row, column],
            "wrong": int(found.misread[row, column]),
            "top": found.losses[row].max(),
            "most": int(found.misread[row].max()),
        }
        if bend == 0:
            return say(
                "On the straight way, at t = {share:.2f}, the loss is {loss:.2f}, and {wrong} of "
                "1,797 test digits are misread. The highest loss on it is {top:.2f}.",
                **told,
            )
        return say(
            "With the bend {bend:.2g}, at t = {share:.2f}, the loss is {loss:.2f}, and {wrong} of "
            "1,797 test digits are misread. On this way the loss is at most {top:.2f}, and at "
            "most {most} are misread.",
            bend=bend,
            **told,
        )

    return update
