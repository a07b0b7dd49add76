"""Which equations of the book a function computes, and where its formula comes from."""

import inspect
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


def source(text: str) -> Callable[[Function], Function]:
    """Say by keys of the bibliography where a formula comes from: References of its docstring."""

    def record(function: Function) -> Function:
        doc = inspect.cleandoc(function.__doc__ or "")
        said, title, examples = doc.partition("\nExamples\n--------\n")
        references = f"\n\nReferences\n----------\n{text}\n"
        function.__doc__ = f"{said.rstrip()}{references}{title}{examples}"
        return function

    return record
