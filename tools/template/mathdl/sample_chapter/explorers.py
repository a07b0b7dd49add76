"""The chapter's explorers: a point on a parabola."""

from explorable.explore import Explorer, explore, predict, say, slider
from mathdl.sample_chapter.figures import draw_square
from explorable.drawing.toolkit import THREE, panels
from mathdl.sample_chapter import sample_chapter
from explorable.sentences import Sentence


def sample_chapter_explorer() -> Explorer:
    """Let the reader move a number and see its square."""
    figure, axes = panels(1)
    draw_square(axes)
    (point,) = axes.plot([0], [0], "o", color=THREE)
    twice = float(sample_chapter([2.0])[0] / sample_chapter([1.0])[0])

    @explore(
        figure,
        {"point": point},
        "How large is the square?",
        prediction=predict(
            say("How many times as large is the square when x is doubled?"),
            ["twice", "four times"],
            answer=1 if twice == 4 else 0,
            why=say("It is {twice:.0f} times as large, for both factors double.", twice=twice), show=[{"x": 1}, {"x": 2}],
        ),
        x=slider([-2, -1.5, -1, -0.5, 0, 0.5, 1, 1.5, 2], label="x", start=1),
    )
    def explorer(x: float) -> Sentence:
        y = float(sample_chapter([x])[0])
        point.set_data([x], [y])
        return say("The square of {x} is {y}.", x=x, y=y)

    return explorer
