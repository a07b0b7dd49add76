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

__all__ = ["TASKS", "Verdict", "judge"]

TASKS = {
    "hat": "background",
    "affine_fit": "background",
    "tent": "background",
    "count_parameters": "background",
    "broken_line_abs": "background",
    "fitting_tower": "background",
    "neuron_step": "concepts",
    "sigmoid": "concepts",
    "softmax": "concepts",
    "cross_entropy": "concepts",
    "with_sigmoids": "concepts",
    "count_loss": "concepts",
    "two_bells": "concepts",
    "exact_cross_entropy": "concepts",
    "learn_both": "concepts",
    "forward": "forward",
    "he_weights": "forward",
    "local_map": "forward",
    "forward_all": "forward",
    "mixes_samples": "forward",
    "polygon": "forward",
    "positive_map": "forward",
    "leaky_variance": "forward",
    "affine_backward": "backward",
    "numerical_gradient": "backward",
    "network_backward": "backward",
    "dropout_backward": "backward",
    "rms_norm_backward": "backward",
    "slope_along": "backward",
    "skip_backward": "backward",
    "loss_and_gradients": "backward",
    "slowest": "gradient_descent",
    "momentum_step": "gradient_descent",
    "adam_step": "gradient_descent",
    "mini_batches": "gradient_descent",
    "rate_at": "gradient_descent",
    "two_point_step": "gradient_descent",
    "line_search": "gradient_descent",
    "kappa": "gradient_descent",
    "largest_curvature": "gradient_descent",
    "slope": "gradient_descent",
    "integrated_gradients": "outlook",
    "minimum_norm": "outlook",
    "bias_variance": "outlook",
    "exact_attributions": "outlook",
    "survives": "outlook",
    "reproduced": "outlook",
    "convolve": "outlook",
    "smallest_batch": "outlook",
    "soft_threshold": "faq",
    "dropout": "faq",
    "stop_early": "faq",
    "with_rows": "faq",
    "erasing_penalty": "faq",
    "needed": "faq",
    "deviation": "faq",
    "cross_validate": "faq",
}
"""The tasks, each with the chapter that asks for it."""

TUTOR = Tutor(
    TASKS,
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


def judge(name: str, function: Any) -> Verdict:
    """Judge a function that the reader has written.

    Parameters
    ----------
    name : str
        The task, one of `TASKS`.
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
