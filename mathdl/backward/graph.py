"""Differentiation of scalar computations, operation by operation.

Each operation knows its value and its *slopes*, the partial derivatives in its operands. A `Node`
remembers them and multiplies from the output backward when it is asked.
"""

from __future__ import annotations

import math
from collections.abc import Callable

from explorable.checks import finite_number
from mathdl.equations import equation, source

__all__ = ["Node"]


@source("baydin2018automatic, Section 3.2; griewank2008evaluating, chapter 3.")
class Node:
    """A number in a computation graph, which remembers what it was computed from.

    Computing with nodes builds the graph. `backward` then sends adjoints from its last node to
    all others.

    Parameters
    ----------
    value : float
        The number.
    label : str, default ""
        A name to show.

    Attributes
    ----------
    value : float
        The number.
    label : str
        A name to show; may be set later.
    operation : str
        What computed this node: "" for a leaf, or one of "+", "−", "×", "÷", "^2" and the like,
        "neg", "exp", "log", "tanh", "sigmoid", "relu", "softplus".
    parents : tuple of Node
        What it was computed from.
    slopes : tuple of float
        Its partial derivative in each parent.
    adjoint : float
        Derivative of the output in this node, as far as it was sent back.

    Raises
    ------
    ValueError
        If the value, or the result of an operation, is not a finite real number.

    Notes
    -----
    With x̄ the adjoint of x: each node y adds to each of its parents x the share ȳ · ∂y/∂x. It
    adds (``+=``), because the output depends on x along every path that leads there.

    Examples
    --------
    >>> x = Node(3.0, "x")
    >>> y = x * x + 2 * x
    >>> y.backward()
    >>> y.value, x.adjoint
    (15.0, 8.0)
    """

    __slots__ = ("adjoint", "label", "operation", "parents", "slopes", "value")
    __array_ufunc__ = None  # numpy.float64(2) * node asks the node

    def __init__(self, value: float, label: str = "") -> None:
        self.value = finite_number(value, "value")
        self.label = label
        self.operation = ""
        self.parents: tuple[Node, ...] = ()
        self.slopes: tuple[float, ...] = ()
        self.adjoint = 0.0

    def __repr__(self) -> str:
        name = self.label or self.operation or "constant"
        return f"Node({name}: value {self.value:g}, adjoint {self.adjoint:g})"

    def _result(self, operation: str, value: float, *terms: tuple[Node, float]) -> Node:
        """Return the operation's result from its value and its operands with their slopes."""
        node = Node(value)
        node.operation = operation
        node.parents = tuple(parent for parent, _ in terms)
        node.slopes = tuple(slope for _, slope in terms)
        return node

    @staticmethod
    def _operand(other: Node | float) -> Node:
        if isinstance(other, Node):
            return other
        value = finite_number(other, "the other operand")
        return Node(value, f"{value:g}")

    def _compute(self, operation: str, function: Callable[..., float], *values: float) -> float:
        """Compute a value that exists and is finite, or say what was asked for."""
        try:
            value = function(*values)
        except (ArithmeticError, ValueError):
            value = math.nan
        if isinstance(value, complex) or not math.isfinite(value):
            operands = " and ".join(f"{value:g}" for value in values)
            raise ValueError(f"{operation} of {operands} is not a finite real number.")
        return value

    def __add__(self, other: Node | float) -> Node:
        b = self._operand(other)
        value = self._compute("+", lambda x, y: x + y, self.value, b.value)
        return self._result("+", value, (self, 1.0), (b, 1.0))

    def __sub__(self, other: Node | float) -> Node:
        b = self._operand(other)
        value = self._compute("−", lambda x, y: x - y, self.value, b.value)
        return self._result("−", value, (self, 1.0), (b, -1.0))

    def __mul__(self, other: Node | float) -> Node:
        b = self._operand(other)
        value = self._compute("×", lambda x, y: x * y, self.value, b.value)
        return self._result("×", value, (self, b.value), (b, self.value))

    def __truediv__(self, other: Node | float) -> Node:
        b = self._operand(other)
        value = self._compute("÷", lambda x, y: x / y, self.value, b.value)
        slope = self._compute("the slope of ÷", lambda x, y: -x / y / y, self.value, b.value)
        inverse = self._compute("÷", lambda x, y: x / y, 1.0, b.value)
        return self._result("÷", value, (self, inverse), (b, slope))

    def __pow__(self, exponent: float) -> Node:
        n = finite_number(exponent, "exponent")
        value = self._compute("power", lambda x, y: x**y, self.value, n)
        slope = self._compute("the slope of power", _power_slope, self.value, n)
        return self._result(f"^{n:g}", value, (self, slope))

    def __neg__(self) -> Node:
        return self._result("neg", 0.0 - self.value, (self, -1.0))

    def __radd__(self, other: float) -> Node:
        return self._operand(other) + self

    def __rsub__(self, other: float) -> Node:
        return self._operand(other) - self

    def __rmul__(self, other: float) -> Node:
        return self._operand(other) * self

    def __rtruediv__(self, other: float) -> Node:
        return self._operand(other) / self

    def exp(self) -> Node:
        """Return e to this power; slope eᶻ."""
        value = self._compute("exp", math.exp, self.value)
        return self._result("exp", value, (self, value))

    def log(self) -> Node:
        """Return the natural logarithm; slope 1/z."""
        value = self._compute("log", math.log, self.value)
        slope = self._compute("the slope of log", lambda z: 1 / z, self.value)
        return self._result("log", value, (self, slope))

    def tanh(self) -> Node:
        """Return the hyperbolic tangent; slope 1 − tanh² z."""
        decay = math.exp(-abs(self.value))
        slope = (2 * decay / (1 + decay**2)) ** 2
        return self._result("tanh", math.tanh(self.value), (self, slope))

    def sigmoid(self) -> Node:
        """Return the logistic function; slope σ(1 − σ)."""
        decay = math.exp(-abs(self.value))
        slope = decay / (1 + decay) ** 2
        return self._result("sigmoid", _sigmoid(self.value), (self, slope))

    def relu(self) -> Node:
        """Return the positive part; slope 1 for z > 0, else 0."""
        return self._result("relu", max(self.value, 0.0), (self, float(self.value > 0)))

    def softplus(self) -> Node:
        """Return ln(1 + eᶻ); slope σ(z)."""
        value = max(self.value, 0.0) + math.log1p(math.exp(-abs(self.value)))
        return self._result("softplus", value, (self, _sigmoid(self.value)))

    def order(self) -> list[Node]:
        """List this node and all that it was computed from.

        Returns
        -------
        list of Node
            Each node once, after all its parents; this node last.
        """
        listed: list[Node] = []
        seen: set[int] = set()
        waiting = [(self, False)]
        while waiting:
            node, parents_listed = waiting.pop()
            if parents_listed:
                listed.append(node)
            elif id(node) not in seen:
                seen.add(id(node))
                waiting.append((node, True))
                waiting.extend((parent, False) for parent in reversed(node.parents))
        return listed

    @equation("backward-adjoint", "backward-accumulate")
    def backward(self) -> None:
        """Set the adjoint of every node to the derivative of this node in it."""
        nodes = self.order()
        for node in nodes:
            node.adjoint = 0.0
        self.adjoint = 1.0
        for node in reversed(nodes):
            for parent, slope in zip(node.parents, node.slopes, strict=True):
                parent.adjoint += node.adjoint * slope
                if not math.isfinite(parent.adjoint):
                    raise ValueError(f"the adjoint of {parent} is not a finite real number.")


def _power_slope(x: float, n: float) -> float:
    return n * x ** (n - 1) if n != 0 else 0.0


def _sigmoid(z: float) -> float:
    return math.exp(min(z, 0)) / (1 + math.exp(-abs(z)))
