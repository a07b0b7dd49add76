"""Your turn: the functions that the reader writes, and a tutor who judges them.

In each chapter the reader writes the few functions on which it stands::

    def softmax(z):
        ...

    judge("softmax", softmax)

The verdict says whether the function is right and, if it is not, shows the smallest example
that went wrong, what came and what was expected, and names the mistake if it is a known one.
Nothing is graded, nothing is stored. A module a chapter holds its tasks.
"""

from typing import Any

from explorable.tutor import Tutor
from explorable.tutor.verdict import Verdict

__all__ = ["Verdict", "judge"]

TUTOR = Tutor(
    {
        "background": "What deep learning adds",
        "concepts": "Neurons, losses and a first step downhill",
        "forward": "Forward",
        "backward": "Back-propagation",
        "gradient_descent": "Gradient descent",
        "outlook": "What is still hard",
        "faq": "Questions that readers ask",
    },
    "mathdl.{chapter}.tasks",
)
"""Who judges them, and how a verdict calls the chapters."""


def __getattr__(name: str) -> dict[str, str]:
    """Return ``TASKS``, the chapter of each task, which takes the modules of all chapters."""
    if name == "TASKS":
        return TUTOR.tasks
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def judge(name: str, function: Any) -> Verdict:
    """Judge a function that the reader has written.

    Parameters
    ----------
    name : str
        The task, one of a chapter's ``TASKS``.
    function : callable
        The function itself. Its arguments are copied for every call, and whatever it raises,
        prints or returns, a verdict comes of it.

    Returns
    -------
    Verdict
        It prints as its message and is true if the function passed.

    Raises
    ------
    ValueError
        If there is no task of that name.

    Examples
    --------
    >>> verdict = judge("soft_threshold", lambda w, threshold: w)
    >>> print(verdict.message.splitlines()[2])
    Entry [0] of the result is −3 and should be −2.5.
    """
    # A chapter's functions can't have the name of a module that it imports.
    return TUTOR.judge("network_backward" if name == "backward" else name, function)
