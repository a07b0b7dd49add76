"""One small computation, swept forward and back, with what is known after every step.

The computation is ``L = (x relu(w x + b) - t)²``, built of `mathdl.backward.Node`. This module
keeps what happens *between* the first and the last step, so that it can be drawn, and can also
overwrite adjoints instead of adding to them, so that the mistake can be seen.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from explorable.checks import FLAG, Check, checked, finite_number, number, shown
from mathdl.backward import Node
from mathdl.equations import equation

__all__ = ["Snapshot", "compute", "loss_of_x", "sweep"]

LEAVES: Mapping[str, float] = MappingProxyType({"x": 2.0, "w": 1.0, "b": -1.0, "t": 5.0})
"""The numbers that are given, as in the worked example."""

ARROWS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"q": ("w", "x"), "s": ("q", "b"), "h": ("s",), "m": ("x", "h"), "d": ("m", "t"), "L": ("d",)}
)
"""What each result is computed from, in the order of computation."""

N_STEPS = 2 * len(ARROWS) + 1
"""Steps of a full sweep: the operations, the seed, the operations in reverse."""


def _leaves(value: Any, name: str, *_: Any) -> dict[str, float]:
    if not isinstance(value, Mapping) or set(value) != set(LEAVES):
        raise ValueError(
            f"{name} must give a number for {sorted(LEAVES)}, but are {shown(value)}."
        )
    return {leaf: finite_number(value[leaf], f"{name}[{leaf!r}]") for leaf in LEAVES}


LEAF_VALUES = Check(_leaves, "mapping of str to float")
"""Asks at the door for values of x, w, b and t."""


class Snapshot(NamedTuple):
    """What is known after a step: values, adjoints, and which arrows the step has just used."""

    values: Mapping[str, float]
    adjoints: Mapping[str, float]
    result: str
    used: tuple[tuple[str, str], ...]


@equation("backward-scalar")
@checked(leaves=LEAF_VALUES)
def compute(leaves: Mapping[str, float]) -> dict[str, Node]:
    """Carry out the computation.

    Parameters
    ----------
    leaves
        Values of x, w, b and t.

    Returns
    -------
    dict of str to Node
        The leaves and the results, in the order of computation; the loss is ``"L"``.

    Examples
    --------
    >>> nodes = compute(LEAVES)
    >>> nodes["L"].backward()
    >>> nodes["L"].value, nodes["x"].adjoint
    (9.0, -18.0)
    """
    n = {name: Node(value, name) for name, value in leaves.items()}
    n["q"] = n["w"] * n["x"]
    n["s"] = n["q"] + n["b"]
    n["h"] = n["s"].relu()
    n["m"] = n["x"] * n["h"]
    n["d"] = n["m"] - n["t"]
    n["L"] = n["d"] ** 2
    return n


@checked(leaves=LEAF_VALUES, accumulate=FLAG)
def sweep(leaves: Mapping[str, float], *, accumulate: bool = True) -> list[Snapshot]:
    """Sweep forward, then back, and keep what is known after every step.

    Parameters
    ----------
    leaves
        Values of x, w, b and t.
    accumulate
        Whether an adjoint that arrives is added to what is there (``+=``, right) or replaces it
        (``=``, wrong as soon as a value is used twice).

    Returns
    -------
    list of Snapshot
        ``N_STEPS + 1`` of them: before the first step, after each of the operations, after the
        seed, and after each of the operations in reverse order.

    Examples
    --------
    >>> sweep(LEAVES)[-1].adjoints["x"], sweep(LEAVES, accumulate=False)[-1].adjoints["x"]
    (-18.0, -12.0)
    """
    nodes = compute.plain(leaves)
    known = {name: nodes[name].value for name in LEAVES}
    snapshots = [Snapshot(dict(known), {}, "", ())]
    for result, operands in ARROWS.items():
        known[result] = nodes[result].value
        used = tuple((operand, result) for operand in operands)
        snapshots.append(Snapshot(dict(known), {}, result, used))
    adjoints = {"L": 1.0}
    snapshots.append(Snapshot(known, dict(adjoints), "L", ()))
    for result, operands in reversed(list(ARROWS.items())):
        for operand, slope in zip(operands, nodes[result].slopes, strict=True):
            before = adjoints.get(operand, 0.0) if accumulate else 0.0
            adjoints[operand] = before + adjoints[result] * slope
        used = tuple((operand, result) for operand in operands)
        snapshots.append(Snapshot(known, dict(adjoints), result, used))
    return snapshots


@checked(x=number(), leaves=LEAF_VALUES)
def loss_of_x(x: float, leaves: Mapping[str, float] = LEAVES) -> float:
    """Return L with another x.

    Parameters
    ----------
    x
        The other value of x.
    leaves
        Values of w, b and t, and of x, which is not used.

    Returns
    -------
    float
        The loss.

    Examples
    --------
    >>> loss_of_x(2.0)
    9.0
    """
    return compute.plain({**leaves, "x": x})["L"].value
