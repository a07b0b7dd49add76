"""Functions that are traced by themselves and called, and loops whose body is one."""

from __future__ import annotations

import dataclasses
import functools
import json
import math
from collections.abc import Callable, Sequence
from typing import Any, ParamSpec, TypeVar, cast

import numpy as np

from explorable.trace.graph import STATE, Graph, Node, follow, pattern_of, refuse
from explorable.trace.traced import Length, Traced, conversions, record, traced

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")

_LEAF = ("leaf",)


class _Static:
    """A value that is the same at every call of a program."""

    def __init__(self, value: Any) -> None:
        self.value = value
        plain = isinstance(value, (str, int, float, bool, type(None), bytes))
        self.key = (type(value), value) if plain else (type(value), id(value))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Static) and self.key == other.key

    def __hash__(self) -> int:
        return hash(self.key)


def flatten(value: Any, leaves: list[Any], *, numbers: bool = False) -> Any:
    """Return how a value is built, and append what is traced in it, arrays and texts, to `leaves`.

    With `numbers`, plain numbers and strings are leaves as well, as in results.
    """
    if isinstance(value, Length):
        value = value.traced()
    text = isinstance(value, str) and (numbers or "\ue000" in value)
    number = numbers and isinstance(value, (int, float))
    if isinstance(value, (Traced, np.ndarray, np.generic)) or text or number:
        leaves.append(value)
        return _LEAF
    if isinstance(value, (tuple, list)):
        return (type(value), *(flatten(each, leaves, numbers=numbers) for each in value))
    if isinstance(value, dict):
        return (dict, *((k, flatten(v, leaves, numbers=numbers)) for k, v in value.items()))
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        inside: list[Any] = []
        fields = [field.name for field in dataclasses.fields(value)]
        built = [(k, flatten(getattr(value, k), inside)) for k in fields]
        if any(isinstance(each, (Traced, str)) for each in inside):
            leaves += inside
            return ("fields", type(value), *built)
    return _Static(value)


def unflatten(built: Any, leaves: Any) -> Any:
    """Return a value built as `flatten` says, from an iterator over its leaves."""
    if isinstance(built, _Static):
        return built.value
    if built is _LEAF or built == _LEAF:
        return next(leaves)
    kind, *parts = built
    if kind is dict:
        return {k: unflatten(v, leaves) for k, v in parts}
    if kind == "fields":
        made = object.__new__(parts[0])
        for name, part in parts[1:]:
            object.__setattr__(made, name, unflatten(part, leaves))
        return made
    values = [unflatten(part, leaves) for part in parts]
    return kind(*values) if hasattr(kind, "_fields") else kind(values)


@dataclasses.dataclass(frozen=True)
class _Body:
    """A program that is called: its number, how its results are built, what it sees outside."""

    number: int
    built: Any
    results: list[Any]
    captured: list[Node]


def _body(function: Callable[..., Any], built: Any, leaves: Sequence[Any]) -> _Body:
    """Return a function traced by itself, with its arguments built from leaves."""
    key = function, built, tuple(map(_kind, leaves))
    outer = STATE.runs[-1]
    known: _Body | None = STATE.memory.get(key)
    if known and all(each.path in STATE.runs for each in known.captured):
        return known
    graph = Graph(outer)
    patterns = [pattern_of(leaf) for leaf in leaves]
    numbers = [graph.input(pattern) for pattern in patterns]
    found: list[tuple[Any, list[Any]]] = []

    def once() -> Any:
        given = [_argument(number, leaf) for number, leaf in zip(numbers, leaves, strict=True)]
        results: list[Any] = []
        shape = flatten(function(unflatten(built, iter(given))), results, numbers=True)
        if found and (
            shape != found[0][0] or [*map(_rank, results)] != [*map(_rank, found[0][1])]
        ):
            refuse(
                f"{getattr(function, '__name__', 'a program')}, whose result is built otherwise "
                "after another if",
                "return arrays of the same number of axes, in the same order",
            )
        found.append((shape, results))
        return {"roots": tuple(map(_root, results))}

    tree = follow(graph, once)
    content = json.dumps(compact(graph, [tree]), separators=(",", ":"))
    number = STATE.programs.setdefault(content, len(STATE.programs))
    outside = {node: outer_node for outer_node, node in graph.captured.items()}
    captured = [Node(outer, outside[n]) for n, _ in graph.patterns[len(leaves) :]]
    shape = found[0][0]
    examples = [_example(each) for each in zip(*(results for _, results in found), strict=True)]
    body = _Body(number, shape, examples, captured)
    STATE.memory[key] = body
    return body


def _kind(leaf: Any) -> Any:
    return "text" if isinstance(leaf, str) else (np.shape(_value(leaf)), _value(leaf).dtype.str)


def _value(leaf: Any) -> Any:
    return leaf.value if isinstance(leaf, Traced) else np.asarray(leaf)


def _rank(leaf: Any) -> int:
    return -1 if isinstance(leaf, str) else _value(leaf).ndim


def _example(leaves: tuple[Any, ...]) -> Any:
    """Return the first of what different paths return, in a type that suits all."""
    if isinstance(leaves[0], str):
        return leaves[0]
    return _value(leaves[0]).astype(np.result_type(*map(_value, leaves)))


def _argument(number: int, leaf: Any) -> Any:
    if isinstance(leaf, str):
        return STATE.token(number)
    return Traced(STATE.runs[-1], number, _value(leaf))


def _root(leaf: Any) -> int:
    run = STATE.runs[-1]
    return STATE.text(run, leaf, word=True) if isinstance(leaf, str) else run.lift(leaf)


def _results(body: _Body, node: int, examples: Sequence[Any] | None = None) -> Any:
    run = STATE.runs[-1]
    made = []
    for position, example in enumerate(body.results if examples is None else examples):
        number = run.graph.add("item", (node,), position)
        text = isinstance(example, str)
        made.append(STATE.token(number) if text else Traced(run, number, example))
    return unflatten(body.built, iter(made))


def program(function: Callable[Arguments, Result]) -> Callable[Arguments, Result]:
    """Trace a function by itself wherever a traced one calls it.

    Under NumPy it is the function. In a trace its ifs do not multiply those of its caller, and
    what several callers share is written once. Arguments that are neither traced nor arrays are
    the same at every call of one program. Its result is an array, a number or a text, or tuples
    of these, built alike after every if.

    Parameters
    ----------
    function : callable

    Returns
    -------
    callable
    """

    @functools.wraps(function)
    def called(*args: Arguments.args, **named: Arguments.kwargs) -> Result:
        leaves: list[Any] = []
        built = flatten((args, named), leaves) if STATE.on else None
        if not any(isinstance(leaf, (Traced, str)) for leaf in leaves):
            return function(*args, **named)
        body = _body(unpacked, built, leaves)
        run = STATE.runs[-1]
        lifted = tuple(map(run.lift, [*leaves, *body.captured]))
        return cast("Result", _results(body, run.graph.add("call", lifted, body.number)))

    def unpacked(given: Any) -> Any:
        return function(*given[0], **given[1])

    unpacked.__name__ = called.__name__
    return called


def repeat(step: Callable[..., Any], state: Any, n: Any, *constants: Any) -> Any:
    """Return the state after n steps.

    Parameters
    ----------
    step : callable
        ``step(state, *constants) -> state``, of the same shapes and types.
    state : array or tuple of arrays
    n : int or inf
        Infinite for as many as it takes until a step changes nothing.
    *constants
        What each step takes besides.

    Returns
    -------
    array or tuple of arrays

    Examples
    --------
    >>> repeat(lambda x, factor: factor * x, 1.0, 3, 2.0)
    8.0
    >>> repeat(lambda x: min(2 * x, 100), 1, np.inf)
    100
    """
    return _loop("repeat", step, state, n, constants)


def trajectory(
    step: Callable[..., Any], state: Any, n: Any, *constants: Any, kept: int | None = None
) -> Any:
    """Return the state before and after each of n steps, along a new first axis.

    Parameters
    ----------
    step : callable
        ``step(state, *constants) -> state``, of the same shapes and types.
    state : array or tuple of arrays
    n : int
    *constants
        What each step takes besides.
    kept : int, optional
        Which entry of a tuple is wanted, if the others are a memory only.

    Returns
    -------
    ndarray or tuple of ndarray, shape (n + 1, ...)

    Examples
    --------
    >>> trajectory(lambda x: 2 * x, 1.0, 3)
    array([1., 2., 4., 8.])
    """
    return _loop("trajectory", step, state, n, constants, kept)


def _loop(
    kind: str,
    step: Callable[..., Any],
    state: Any,
    n: Any,
    constants: tuple[Any, ...],
    kept: int | None = None,
) -> Any:
    if STATE.on:
        return _loop_node(kind, step, state, n, constants, kept)
    if kind == "repeat":
        k = 0
        while k < n:
            earlier, state, k = state, step(state, *constants), k + 1
            same = functools.partial(np.array_equal, equal_nan=True)
            if n == math.inf and all(map(same, *map(leaves_of, (earlier, state)))):
                break
        return state
    rows: list[np.ndarray] = []
    for k in range(n + 1):
        state = step(state, *constants) if k else state
        leaves: list[Any] = []
        built = flatten(state if kept is None else state[kept], leaves, numbers=True)
        rows = rows or [np.empty((n + 1, *np.shape(x)), np.result_type(x)) for x in leaves]
        for row, leaf in zip(rows, leaves, strict=True):
            if np.shape(leaf) != row.shape[1:]:
                raise ValueError(
                    f"step must keep the shape {row.shape[1:]}, not give {np.shape(leaf)}."
                )
            np.copyto(row[k, ...], leaf)
    return unflatten(built, iter(rows))


def _loop_node(
    kind: str,
    step: Callable[..., Any],
    state: Any,
    n: Any,
    constants: tuple[Any, ...],
    kept: int | None,
) -> Any:
    started: list[Any] = []
    shape = flatten(state, started, numbers=True)
    leaves = [*started]
    built = tuple, shape, flatten(constants, leaves)

    def once(given: Any) -> Any:
        run = STATE.runs[-1]
        results: list[Any] = []
        after = flatten(step(given[0], *given[1]), results, numbers=True)
        if after != shape or [*map(_shape, results)] != [*map(_shape, started)]:
            refuse("a step to a state of another shape", "let the first state have its shape")
        own = [number for number, _ in run.graph.patterns]
        for k, each in enumerate(results):
            number = run.lift(each)
            if number != own[k] and run.graph.nodes[number][0] in ("input", "reshape", "item"):
                # A place of its own, for the loop writes over the state part by part.
                results[k] = record("positive", (each,), _value(each))
        return results

    body = _body(once, built, leaves)
    run, n_parts = STATE.runs[-1], len(started)
    lifted = tuple(map(run.lift, [traced(n), *leaves, *body.captured]))
    examples, wanted = body.results, range(n_parts)
    if kind == "repeat":
        node = run.graph.add(kind, lifted, (body.number, n_parts))
    else:
        if kept is not None:
            before = leaves_of(state[:kept])
            shape = flatten(state[kept], before_and := [*before], numbers=True)
            wanted = range(len(before), len(before_and))
        node = run.graph.add(kind, lifted, (body.number, n_parts, wanted.start, wanted.stop))
        steps = int(_value(traced(n)))
        examples = [
            np.stack([_value(first)] + [after] * steps)
            for first, after in zip(started, examples, strict=True)
        ]
    made = (Traced(run, run.graph.add("item", (node,), k), examples[k]) for k in wanted)
    return unflatten(shape, made)


def leaves_of(state: Any) -> list[Any]:
    """Return the numbers, arrays and texts of which something is built."""
    leaves: list[Any] = []
    flatten(state, leaves, numbers=True)
    return leaves


def _shape(leaf: Any) -> tuple[int, ...]:
    return np.shape(_value(leaf))


def gather(array: Any, *indices: Any) -> Any:
    """Pick by whole numbers that may be traced, as ``array[indices]`` does.

    Parameters
    ----------
    array : array_like
    *indices : int or ndarray of int

    Returns
    -------
    ndarray

    Examples
    --------
    >>> gather(np.array([1.0, 2.0, 4.0]), 2)
    np.float64(4.0)
    """
    if not STATE.on:
        return np.asarray(array)[indices]
    return traced(array)[
        tuple(each.traced() if isinstance(each, Length) else each for each in indices)
    ]


# What is written down, made small


def compact(graph: Graph, trees: list[Any]) -> dict[str, Any]:
    """Return what the trees need of a graph, as JSON, with nodes numbered anew."""
    needed = set()

    def need(tree: Any) -> None:
        if isinstance(tree, list):
            needed.add(tree[0])
            need(tree[1])
            need(tree[2])
        elif "of" in tree:
            for each in tree["of"]:
                need(each)
        else:
            needed.update(tree.get("roots", ()))

    for tree in trees:
        need(tree)
    for number in range(len(graph.nodes) - 1, -1, -1):
        if number in needed:
            needed.update(graph.nodes[number][1])
    inputs = [number for number, _ in graph.patterns]
    constants = [number for number in sorted(graph.constants) if number in needed]
    nodes = [n for n in sorted(needed) if graph.nodes[n][0] not in ("input", "constant")]
    anew = {number: k for k, number in enumerate([*inputs, *constants, *nodes])}

    def renumbered(tree: Any) -> Any:
        if isinstance(tree, list):
            return [anew[tree[0]], renumbered(tree[1]), renumbered(tree[2])]
        if "of" in tree:
            return {**tree, "of": [renumbered(each) for each in tree["of"]]}
        if "roots" in tree:
            return {**tree, "roots": [anew[number] for number in tree["roots"]]}
        return tree

    written, first = [], len(inputs) + len(constants)
    for number in nodes:
        operation, args, more = graph.nodes[number]
        # Inputs and constants by their numbers, nodes by how far back: what is alike looks alike.
        places = (anew[each] if anew[each] < first else anew[each] - anew[number] for each in args)
        node = [operation, [*places]]
        written.append(node if more == () else [*node, more])
    return {
        "inputs": [pattern for _, pattern in graph.patterns],
        "constants": [_numbers(graph.constants[number]) for number in constants],
        "nodes": written,
        "fixed": [[anew[n], axis, k] for (n, axis), k in graph.fixed.items() if n in anew],
        "tree": renumbered(trees[0]),
    }


def _numbers(array: np.ndarray) -> Any:
    """Return a constant as short as it goes: a number, [shape, numbers] or [shape, ends]."""
    flat = [_number(value) for value in array.ravel().tolist()]
    if not array.ndim:
        return flat[0]
    ends: Any = np.linspace(array.flat[0], array.flat[-1], len(flat)) if len(flat) > 2 else []
    if np.array_equal(ends, array.ravel()) and isinstance(flat[0], (int, float)):
        return [list(array.shape), flat[0], flat[-1]]
    flat = flat[:1] if len(set(map(str, flat))) == 1 else flat
    return [list(array.shape), flat]


def _number(value: float) -> Any:
    if not np.isfinite(value):
        return "NaN" if np.isnan(value) else "Infinity" if value > 0 else "-Infinity"
    return (
        int(value) if value == int(value) and abs(value) < 1e15 and str(value) != "-0.0" else value
    )


@dataclasses.dataclass(frozen=True)
class Program:
    """What a function does, as a page can do it.

    Attributes
    ----------
    content : dict
        What `json` writes, as `explorable.trace` says.
    """

    content: dict[str, Any]

    def json(self) -> str:
        """Return the program as the page reads it."""
        return json.dumps(self.content, ensure_ascii=False, separators=(",", ":"))


def trace_paths(
    function: Callable[..., tuple[Sequence[Any], Any]],
    inputs: Sequence[Any],
    options: Sequence[tuple[str, Sequence[Any]]] = (),
) -> Program:
    """Trace a function along all its paths, and for each of its options.

    Parameters
    ----------
    function
        ``function(*inputs, **options) -> (roots, told)``: what is to be computed (traced values,
        numbers, arrays, texts), and anything that JSON can say about it.
    inputs
        Numbers and arrays for examples. Others may have other lengths, except that a length of 1
        stays 1 and a longer one stays longer.
    options
        Arguments that are no numbers: their names, and what each may be.

    Returns
    -------
    Program

    Raises
    ------
    TraceError
        If the page could not do it as NumPy does.

    Examples
    --------
    >>> def root(x, way):
    ...     return [np.sqrt(x) if x > 0 else x * 0], way
    >>> trace_paths(root, [4.0], [("way", ["up", "down"])]).content["tree"]["option"]
    0
    """
    if STATE.on:
        refuse("a trace within a trace", "use @program")
    STATE.forget()
    graph = Graph(None)
    values = [np.asarray(each) for each in inputs]
    numbers = [graph.input(pattern_of(value)) for value in values]

    def tree_of(chosen: dict[str, Any]) -> Any:
        def once() -> Any:
            run = STATE.runs[-1]
            given = [Traced(run, *pair) for pair in zip(numbers, values, strict=True)]
            roots, told = function(*given, **chosen)
            roots = [each.traced() if isinstance(each, Length) else each for each in roots]
            return {"roots": tuple(map(run.lift, roots)), "told": told}

        return follow(graph, once)

    def choose(chosen: dict[str, Any]) -> Any:
        if len(chosen) == len(options):
            return tree_of(chosen)
        position = len(chosen)
        name, kinds = options[position]
        trees = [choose({**chosen, name: kind}) for kind in kinds]
        same = all(tree == trees[0] for tree in trees)
        return trees[0] if same else {"option": position, "of": trees}

    try:
        with conversions():
            content = compact(graph, [choose({})])
        programs = [json.loads(each) for each in STATE.programs]
        return Program({**content, "programs": programs, "words": list(STATE.words)})
    finally:
        STATE.forget()


def trace(function: Callable[..., Any], *examples: Any) -> Program:
    """Trace a function of numbers and arrays, whose results are the roots.

    Parameters
    ----------
    function : callable
    *examples : float or ndarray

    Returns
    -------
    Program

    Examples
    --------
    >>> trace(lambda x, y: 2 * x + y, 1.0, 2.0).content["nodes"]
    [['multiply', [2, 0]], ['add', [-1, 1]]]
    """

    def rooted(*given: Any) -> tuple[Sequence[Any], Any]:
        roots: list[Any] = []
        flatten(function(*given), roots, numbers=True)
        return roots, None

    return trace_paths(rooted, examples)
