"""Which equations of the book a function computes: the other end of the doors in its pages."""

from collections.abc import Callable
from typing import TypeVar

Function = TypeVar("Function", bound=Callable[..., object])


def equation(*labels: str) -> Callable[[Function], Function]:
    """Say which numbered equations a function computes.

    The function itself stays as it is. The book shows it behind the numbers of these equations,
    and its build refuses a label that no equation has.

    Parameters
    ----------
    *labels : str
        The equations' labels, such as ``"backward-weights"``.

    Examples
    --------
    >>> @equation("concepts-neuron")
    ... def neuron(weights, x, bias):
    ...     return weights @ x + bias
    >>> neuron.equations
    ('concepts-neuron',)
    """

    def record(function: Function) -> Function:
        function.equations = labels  # type: ignore[attr-defined]
        return function

    return record
