"""Differentiation of scalar computations, operation by operation."""

import math
from collections.abc import Callable, Iterator

from explorable.checks import finite_number
from mathdl.equations import source

__all__ = ["Node"]


@source("baydin2018automatic, Section 3.2; griewank2008evaluating, chapter 3.")
class Node:
    """A number in a computation graph, which remembers what it was computed from.

    Computing with nodes builds the graph. `backward` then sends adjoints from its last node to
    all others; `backward_steps` does so one node at a time.

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
        "exp", "log", "tanh", "sigmoid", "relu", "softplus".
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

    def _made(
        self,
        operation: str,
        parents: "tuple[Node | float, ...]",
        function: Callable[..., tuple[float, ...]],
    ) -> "Node":
        """Return a node with the value, and the slopes, that a function gives of its parents."""
        nodes = tuple(
            each if isinstance(each, Node) else Node(finite_number(each, "the other operand"))
            for each in parents
        )
        values = [node.value for node in nodes]
        try:
            found = function(*values)
        except (ArithmeticError, ValueError):
            found = (math.nan,)
        if any(isinstance(each, complex) or not math.isfinite(each) for each in found):
            operands = " and ".join(f"{value:g}" for value in values)
            raise ValueError(
                f"{operation} of {operands}, or its slope, is not a finite real number."
            )
        made = Node(found[0])
        made.operation, made.parents, made.slopes = operation, nodes, found[1:]
        return made

    def __add__(self, other: "Node | float") -> "Node":
        return self._made("+", (self, other), lambda x, y: (x + y, 1.0, 1.0))

    def __sub__(self, other: "Node | float") -> "Node":
        return self._made("−", (self, other), lambda x, y: (x - y, 1.0, -1.0))

    def __mul__(self, other: "Node | float") -> "Node":
        return self._made("×", (self, other), lambda x, y: (x * y, y, x))

    def __truediv__(self, other: "Node | float") -> "Node":
        return self._made("÷", (self, other), lambda x, y: (x / y, 1 / y, -x / y / y))

    def __rsub__(self, other: float) -> "Node":
        return self._made("−", (other, self), lambda x, y: (x - y, 1.0, -1.0))

    def __rtruediv__(self, other: float) -> "Node":
        return self._made("÷", (other, self), lambda x, y: (x / y, 1 / y, -x / y / y))

    __radd__ = __add__
    __rmul__ = __mul__

    def __neg__(self) -> "Node":
        return self * -1.0

    def __pow__(self, exponent: float) -> "Node":
        n = finite_number(exponent, "exponent")
        return self._made(f"^{n:g}", (self,), lambda x: (x**n, n * x ** (n - 1) if n else 0.0))

    def exp(self) -> "Node":
        """Return e to this power; slope eᶻ."""
        return self._made("exp", (self,), lambda z: (math.exp(z), math.exp(z)))

    def log(self) -> "Node":
        """Return the natural logarithm; slope 1/z."""
        return self._made("log", (self,), lambda z: (math.log(z), 1 / z))

    def tanh(self) -> "Node":
        """Return the hyperbolic tangent; slope 1 − tanh² z."""
        return self._made("tanh", (self,), lambda z: (math.tanh(z), 4 * _bell(2 * z)))

    def sigmoid(self) -> "Node":
        """Return the logistic function; slope σ(1 − σ)."""
        return self._made("sigmoid", (self,), lambda z: (_sigmoid(z), _bell(z)))

    def relu(self) -> "Node":
        """Return the positive part; slope 1 for z > 0, else 0."""
        return self._made("relu", (self,), lambda z: (max(z, 0.0), float(z > 0)))

    def softplus(self) -> "Node":
        """Return ln(1 + eᶻ); slope σ(z)."""

        def both(z: float) -> tuple[float, float]:
            return max(z, 0.0) + math.log1p(math.exp(-abs(z))), _sigmoid(z)

        return self._made("softplus", (self,), both)

    def order(self) -> "list[Node]":
        """List this node and all that it was computed from.

        Returns
        -------
        list of Node
            Each node once, after all its parents; this node last.
        """
        listed: dict[int, Node] = {}
        waiting = [(self, False)]
        while waiting:
            node, parents_listed = waiting.pop()
            if parents_listed:
                listed[id(node)] = node
            elif id(node) not in listed:
                waiting.append((node, True))
                waiting.extend((parent, False) for parent in reversed(node.parents))
        return list(listed.values())

    def backward_steps(self) -> "Iterator[Node]":
        """Send adjoints back one node at a time.

        At once, all adjoints of the graph become 0 and this node's becomes 1. Each step then
        lets one node, whose own adjoint is complete, add its shares to its parents.

        Returns
        -------
        iterator of Node
            The node that has just passed its adjoint on, from this node to the first leaf.
        """
        nodes = self.order()
        for node in nodes:
            node.adjoint = 0.0
        self.adjoint = 1.0
        return map(Node._pass_on, reversed(nodes))

    def _pass_on(self) -> "Node":
        for parent, slope in zip(self.parents, self.slopes, strict=True):
            parent.adjoint += self.adjoint * slope
            if not math.isfinite(parent.adjoint):
                raise ValueError(f"the adjoint of {parent} is not a finite real number.")
        return self

    def backward(self) -> None:
        """Set the adjoint of every node to the derivative of this node in it."""
        for _ in self.backward_steps():
            pass


def _sigmoid(z: float) -> float:
    return math.exp(min(z, 0)) / (1 + math.exp(-abs(z)))


def _bell(z: float) -> float:
    return math.exp(-abs(z)) / (1 + math.exp(-abs(z))) ** 2
