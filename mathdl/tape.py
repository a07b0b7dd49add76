"""One small computation as a list of operations, swept forward and back a step at a time.

The computation is ``L = (x relu(w x + b) - t)²``. `mathdl.backward.Node` differentiates any
computation; this module keeps what happens *between* the first and the last step, so that it can
be drawn, and can also overwrite adjoints instead of adding to them, so that the mistake can be
seen.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from mathdl.checks import finite_number


class Operation(NamedTuple):
    """A result, what it is computed from, how, and its local derivatives."""

    result: str
    operands: tuple[str, ...]
    function: Callable[..., float]
    derivatives: tuple[Callable[..., float], ...]


class Snapshot(NamedTuple):
    """What is known after a step: values, adjoints, and which arrows the step has just used."""

    values: Mapping[str, float]
    adjoints: Mapping[str, float]
    result: str
    used: tuple[tuple[str, str], ...]


LEAVES: Mapping[str, float] = MappingProxyType({"x": 2.0, "w": 1.0, "b": -1.0, "t": 5.0})
"""The numbers that are given, as in the worked example."""


def _relu(s: float) -> float:
    return max(s, 0.0)


OPERATIONS = (
    Operation("q", ("w", "x"), lambda w, x: w * x, (lambda w, x: x, lambda w, x: w)),
    Operation("s", ("q", "b"), lambda q, b: q + b, (lambda q, b: 1.0, lambda q, b: 1.0)),
    Operation("h", ("s",), _relu, (lambda s: float(s > 0),)),
    Operation("m", ("x", "h"), lambda x, h: x * h, (lambda x, h: h, lambda x, h: x)),
    Operation("d", ("m", "t"), lambda m, t: m - t, (lambda m, t: 1.0, lambda m, t: -1.0)),
    Operation("L", ("d",), lambda d: d * d, (lambda d: 2 * d,)),
)
"""The computation, in the order in which it is carried out."""

N_STEPS = 2 * len(OPERATIONS) + 1
"""Steps of a full sweep: the operations, the seed, the operations in reverse."""


def sweep(leaves: Mapping[str, float], *, accumulate: bool = True) -> list[Snapshot]:
    """Sweep forward, then back, and keep what is known after every step.

    Parameters
    ----------
    leaves : mapping of str to float
        Values of x, w, b and t.
    accumulate : bool
        Whether an adjoint that arrives is added to what is there (``+=``, right) or replaces it
        (``=``, wrong as soon as a value is used twice).

    Returns
    -------
    list of Snapshot
        ``N_STEPS + 1`` of them: before the first step, after each of the operations, after the
        seed, and after each of the operations in reverse order.

    Raises
    ------
    ValueError
        If the leaves are not those of the computation, or not finite numbers.

    Examples
    --------
    >>> sweep(LEAVES)[-1].adjoints["x"], sweep(LEAVES, accumulate=False)[-1].adjoints["x"]
    (-18.0, -12.0)
    """
    if set(leaves) != set(LEAVES):
        raise ValueError(f"leaves must be {sorted(LEAVES)}, but are {sorted(leaves)}.")
    values = {name: finite_number(value, name) for name, value in leaves.items()}
    snapshots = [Snapshot(dict(values), {}, "", ())]
    for operation in OPERATIONS:
        operands = [values[name] for name in operation.operands]
        values[operation.result] = operation.function(*operands)
        snapshots.append(Snapshot(dict(values), {}, operation.result, _arrows(operation)))
    adjoints = {"L": 1.0}
    snapshots.append(Snapshot(values, dict(adjoints), "L", ()))
    for operation in reversed(OPERATIONS):
        operands = [values[name] for name in operation.operands]
        for name, derivative in zip(operation.operands, operation.derivatives, strict=True):
            handed_on = adjoints[operation.result] * derivative(*operands)
            adjoints[name] = handed_on + (adjoints.get(name, 0.0) if accumulate else 0.0)
        snapshots.append(Snapshot(values, dict(adjoints), operation.result, _arrows(operation)))
    return snapshots


def loss_of_x(x: float, leaves: Mapping[str, float] = LEAVES) -> float:
    """Return L with another x.

    Examples
    --------
    >>> loss_of_x(2.0)
    9.0
    """
    return sweep({**leaves, "x": x})[len(OPERATIONS)].values["L"]


def _arrows(operation: Operation) -> tuple[tuple[str, str], ...]:
    return tuple((name, operation.result) for name in operation.operands)
