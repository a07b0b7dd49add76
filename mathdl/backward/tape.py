"""Two small computations, swept forward and back, with what is known after every step.

One is a neuron with its loss, ``L = (relu(w x + b) - t)²``; in the other, which is
``L = (x relu(w x + b) - t)²``, x is used twice. This module keeps what happens *between* the
first and the last step, so that it can be drawn, and can also overwrite adjoints instead of adding
to them, so that the mistake can be seen.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from explorable.checks import FLAG, Check, checked, finite_number, number, shown
from mathdl.equations import equation, source

__all__ = ["Snapshot", "loss_of_x", "sweep"]

LEAVES: Mapping[str, float] = MappingProxyType({"x": 2.0, "w": 1.0, "b": -1.0, "t": 5.0})
"""The numbers that are given, as in the worked example."""

ARROWS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"q": ("w", "x"), "s": ("q", "b"), "h": ("s",), "m": ("x", "h"), "d": ("m", "t"), "L": ("d",)}
)
"""What each result is computed from, in the order of computation."""

NEURON_LEAVES: Mapping[str, float] = MappingProxyType({"x": 3.0, "w": 2.0, "b": -1.0, "t": 7.0})
"""The numbers that are given to the neuron, as on the envelope."""

NEURON_ARROWS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"q": ("w", "x"), "s": ("q", "b"), "a": ("s",), "d": ("a", "t"), "L": ("d",)}
)
"""What each result of the neuron is computed from, in the order of computation."""

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


class _Computation(NamedTuple):
    """The results by name, and the slopes of each in its operands."""

    values: Mapping[str, float]
    slopes: Mapping[str, tuple[float, ...]]


@equation("backward-adjoint", "backward-accumulate")
@source("baydin2018automatic, Section 3.2; griewank2008evaluating, chapter 3.")
@checked(leaves=LEAF_VALUES, neuron=FLAG, accumulate=FLAG)
def sweep(
    leaves: Mapping[str, float], *, neuron: bool = False, accumulate: bool = True
) -> list[Snapshot]:
    """Sweep forward, then back, and keep what is known after every step.

    Parameters
    ----------
    leaves
        Values of x, w, b and t.
    neuron
        Whether to sweep through the neuron, in which x is used once.
    accumulate
        Whether an adjoint that arrives is added to what is there (``+=``, right) or replaces it
        (``=``, wrong as soon as a value is used twice).

    Returns
    -------
    list of Snapshot
        Before the first step, after each of the operations, after the seed, and after each of
        the operations in reverse order.

    Examples
    --------
    >>> sweep(LEAVES)[-1].adjoints["x"], sweep(LEAVES, accumulate=False)[-1].adjoints["x"]
    (-18.0, -12.0)
    >>> sweep(NEURON_LEAVES, neuron=True)[-1].adjoints["w"]
    -12.0
    """
    done = _neuron(leaves) if neuron else _used_twice(leaves)
    arrows = NEURON_ARROWS if neuron else ARROWS
    known = dict(leaves)
    snapshots = [Snapshot(dict(known), {}, "", ())]
    for result, operands in arrows.items():
        known[result] = done.values[result]
        used = tuple((operand, result) for operand in operands)
        snapshots.append(Snapshot(dict(known), {}, result, used))
    adjoints = {"L": 1.0}
    snapshots.append(Snapshot(known, dict(adjoints), "L", ()))
    for result, operands in reversed(list(arrows.items())):
        for operand, slope in zip(operands, done.slopes[result], strict=True):
            before = adjoints.get(operand, 0.0) if accumulate else 0.0
            adjoints[operand] = before + adjoints[result] * slope
        used = tuple((operand, result) for operand in operands)
        snapshots.append(Snapshot(known, dict(adjoints), result, used))
    return snapshots


def _used_twice(leaves: Mapping[str, float]) -> _Computation:
    x, w, b, t = (leaves[name] for name in "xwbt")
    q = w * x
    s = q + b
    h = (s + abs(s)) / 2  # relu
    m = x * h
    d = m - t
    return _Computation(
        {"q": q, "s": s, "h": h, "m": m, "d": d, "L": d * d},
        {"q": (x, w), "s": (1.0, 1.0), "h": (1.0 * (s > 0),),
         "m": (h, x), "d": (1.0, -1.0), "L": (2 * d,)},
    )  # fmt: skip


def _neuron(leaves: Mapping[str, float]) -> _Computation:
    x, w, b, t = (leaves[name] for name in "xwbt")
    q = w * x
    s = q + b
    a = (s + abs(s)) / 2  # relu
    d = a - t
    return _Computation(
        {"q": q, "s": s, "a": a, "d": d, "L": d * d},
        {"q": (x, w), "s": (1.0, 1.0), "a": (1.0 * (s > 0),), "d": (1.0, -1.0), "L": (2 * d,)},
    )


@equation("backward-scalar")
@checked(x=number())
def loss_of_x(x: float) -> float:
    """Return L with another x.

    Parameters
    ----------
    x
        The other value of x.

    Returns
    -------
    float
        The loss.

    Examples
    --------
    >>> loss_of_x(2.0)
    9.0
    """
    return _used_twice({**LEAVES, "x": x}).values["L"]
