"""What a gradient costs, counted in multiply-adds."""

import itertools
from collections.abc import Sequence
from typing import NamedTuple

from explorable.checks import checked, whole
from mathdl.equations import equation, source
from mathdl.forward import WIDTHS

__all__ = ["MultiplyAdds", "multiply_adds"]


class MultiplyAdds(NamedTuple):
    """Multiply-adds in the matrix products of a network, by what is computed.

    Attributes
    ----------
    forward : int
        One forward pass: the loss alone.
    backward : int
        One backward pass after it: all gradients with respect to weights and biases.
    reverse_mode : int
        Loss and gradient by both passes.
    forward_mode : int
        Loss and gradient by dual numbers, one pass per parameter, three multiply-adds per product.
    forward_differences : int
        Gradient by forward differences: one pass per parameter, and one more.
    central_differences : int
        Gradient by central differences: two passes per parameter.
    """

    forward: int
    backward: int
    reverse_mode: int
    forward_mode: int
    forward_differences: int
    central_differences: int


@equation("backward-cost")
@source("baydin2018automatic, Section 3.2; griewank2008evaluating, chapters 3 and 4.")
@checked(sizes=WIDTHS, n_samples=whole(at_most=10**15))
def multiply_adds(sizes: Sequence[int], *, n_samples: int = 1) -> MultiplyAdds:
    """Count the multiply-adds of a network's gradient, computed in four ways.

    Parameters
    ----------
    sizes
        Width of the input, of each hidden layer, and of the output.
    n_samples
        Samples in the batch.

    Returns
    -------
    MultiplyAdds
        The counts. Adding biases and applying activations are not counted: they cost one
        operation per neuron, not one per weight.

    Notes
    -----
    A layer's forward product takes n_samples · n_in · n_out multiply-adds. Its backward pass has
    two products of the same count, one for the weights and one for the layer's input, of which
    the first layer needs only one. So reverse mode costs less than 3 forward passes, however many
    parameters there are.

    Examples
    --------
    >>> count = multiply_adds([64, 32, 10])
    >>> count.forward, count.reverse_mode, count.central_differences
    (2368, 5056, 11413760)
    """
    products = [n_samples * n_in * n_out for n_in, n_out in itertools.pairwise(sizes)]
    parameters = sum((n_in + 1) * n_out for n_in, n_out in itertools.pairwise(sizes))
    forward = sum(products)
    backward = 2 * forward - products[0]
    return MultiplyAdds(
        forward=forward,
        backward=backward,
        reverse_mode=forward + backward,
        forward_mode=3 * forward * parameters,
        forward_differences=forward * (parameters + 1),
        central_differences=forward * 2 * parameters,
    )
