"""What the reader writes in the chapter: an example of a task."""

import numpy as np

from explorable.tutor.comparing import Numbers
from explorable.tutor.examples import numbers, size
from explorable.tutor.task import Case, Mistake, Task
from mathdl.sample_chapter import sample_chapter as square


def sample_chapter(x: Numbers) -> Numbers:
    """Return the square of each number."""
    return square(x)


def sample_chapter_root(y: Numbers) -> Numbers:
    """Return what was squared, if it was not negative."""
    return np.asarray(np.sqrt(y))


TASKS = {
    "sample_chapter": Task(
        chapter="sample_chapter",
        right=sample_chapter,
        returns=("the squares",),
        cases=(
            Case("a positive and a negative number", (np.array([3.0, -0.5]),)),
            Case("a single number", (np.array([1.5]),)),
        ),
        fresh=lambda rng: (numbers(rng, size(rng)),),
        mistakes=(
            Mistake(
                "doubled, not squared", "Each number is multiplied by itself", (lambda x: 2 * x,)
            ),
        ),
        adds="mathdl.sample_chapter.sample_chapter says what is wrong with its argument.",
    ),
    "sample_chapter_root": Task(
        chapter="sample_chapter",
        right=sample_chapter_root,
        returns=("the roots",),
        cases=(Case("two numbers", (np.array([9.0, 0.25]),)),),
        fresh=lambda rng: (abs(numbers(rng, size(rng))),),
        mistakes=(
            Mistake(
                "halved, not the root", "Each number is multiplied by itself", (lambda y: y / 2,)
            ),
        ),
        adds="math.isqrt gives whole roots.",
    ),
}
"""The chapter's tasks."""
