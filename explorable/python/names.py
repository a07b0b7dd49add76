"""Which names a cell needs, makes and changes, read from its code without running it."""

import ast
import builtins
import copy
import dis
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from types import CodeType

BUILTINS = frozenset(dir(builtins))
RANDOM = ("default_rng", "Generator", "RandomState")


@dataclass(frozen=True)
class Names:
    """What a cell does with the names of its notebook."""

    reads: frozenset[str] = frozenset()  # must be there before, for functions that it calls, too
    binds: frozenset[str] = frozenset()  # are there afterwards
    later: frozenset[str] = frozenset()  # its functions look up whenever they are called
    changes: frozenset[str] = frozenset()  # of those read: their objects are changed in place
    # for each name with which a call begins whose value is dropped, which is thus made for its
    # effect: the names that it may change, and what these are made of, such as nodes of a graph
    touches: dict[str, frozenset[str]] = field(default_factory=dict)
    imports: frozenset[str] = frozenset()  # modules, and what they hold
    random: frozenset[str] = frozenset()  # generators, which every use changes
    # the names that each name is made of
    sources: dict[str, frozenset[str]] = field(default_factory=dict)
    # those of them that it holds as they are, as a list holds its entries
    shares: dict[str, frozenset[str]] = field(default_factory=dict)


def find_names(tree: ast.Module) -> Names:
    r"""Read what a cell does with names.

    Examples
    --------
    >>> names = find_names(ast.parse("y = f(x)\nx[0] = 1\nrng.shuffle(z)"))
    >>> sorted(names.reads), sorted(names.binds)
    (['f', 'rng', 'x', 'z'], ['y'])
    >>> sorted(names.changes), sorted(names.touches["rng"]), sorted(names.sources["y"])
    (['x'], ['rng', 'z'], ['f', 'x'])
    """
    code = compile(tree, "<cell>", "exec")
    loads, binds = _loads_and_binds(code)
    inner, later = (
        {name for each in codes for name in _loads_and_binds(each)[0]} - (BUILTINS - binds)
        for codes in (_inner(code), _functions(code))
    )
    reads = (loads - BUILTINS) | (inner - binds)
    nodes = list(ast.walk(_with_locals_renamed(tree)))
    targets = list(_targets(nodes))
    touches = _united(_effects(nodes), _roots).items()
    return Names(
        reads=frozenset(reads),
        binds=frozenset(binds),
        later=frozenset(later),
        changes=frozenset(reads & set(_changed(nodes))),
        touches={root: names & (reads | binds) for root, names in touches},
        imports=frozenset(imported(nodes)),
        random=frozenset(name for name, value in targets if _makes_random(value)),
        sources=_united(targets, _mentioned),
        shares=_united(targets, _shared),
    )


def mentioned(statement: ast.stmt) -> set[str]:
    r"""Return all names in a statement that might be global, attributes among them.

    Examples
    --------
    >>> sorted(mentioned(ast.parse("def f(x):\n    return g(x.y)").body[0]))
    ['f', 'g', 'y']
    """
    code = compile(ast.Module([statement], []), "<cell>", "exec")
    return {name for each in (code, *_inner(code)) for name in each.co_names}


def _loads_and_binds(code: CodeType) -> tuple[set[str], set[str]]:
    """Return the global names that code takes before it has bound them, and those it binds."""
    loads, binds = set(), set()
    for step in dis.get_instructions(code):
        if step.opname in ("LOAD_NAME", "LOAD_GLOBAL") and step.argval not in binds:
            loads.add(step.argval)
        elif step.opname in ("STORE_NAME", "STORE_GLOBAL"):
            binds.add(step.argval)
    return loads, binds


def _inner(code: CodeType) -> Iterator[CodeType]:
    """Yield the functions, classes and comprehensions in code, and those in them."""
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield constant
            yield from _inner(constant)


def _functions(code: CodeType) -> Iterator[CodeType]:
    """Yield what in code runs when it is called, not at once as a comprehension does."""
    for each in code.co_consts:
        if isinstance(each, CodeType):
            if each.co_name.endswith(("comp>", "genexpr>")):
                yield from _functions(each)
            else:
                yield each
                yield from _inner(each)


def _with_locals_renamed(tree: ast.Module) -> ast.Module:
    """Return a copy in which what functions call by names of their own has names that none has."""
    tree = copy.deepcopy(tree)
    _rename_locals(tree, frozenset())
    return tree


def _rename_locals(node: ast.AST, local: frozenset[str]) -> None:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Name) and child.id in local:
            child.id = f".{child.id}"
        within = local
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            own = list(_of_own_scope(child))
            stated = {name for each in own if isinstance(each, ast.Global) for name in each.names}
            names = {each.arg for each in own if isinstance(each, ast.arg)} | {
                each.id
                for each in own
                if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store)
            }
            within = (local | names) - stated
        _rename_locals(child, within)


def _of_own_scope(function: ast.AST) -> Iterator[ast.AST]:
    """Yield the nodes of a function without those of functions in it."""
    for child in ast.iter_child_nodes(function):
        yield child
        if not isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            yield from _of_own_scope(child)


def imported(nodes: Iterable[ast.AST]) -> Iterator[str]:
    """Yield the names that imports among nodes bind."""
    for node in nodes:
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield from ((alias.asname or alias.name).partition(".")[0] for alias in node.names)


def _targets(nodes: Iterable[ast.AST]) -> Iterator[tuple[str, ast.expr]]:
    """Yield each name that gets a value by a statement, with the value's expression."""
    for node in nodes:
        match node:
            case ast.Assign(targets=targets, value=value):
                pass
            case ast.AnnAssign(target=target, value=ast.expr() as value):
                targets = [target]
            case ast.For(target=target, iter=value):
                targets = [target]
            case ast.withitem(context_expr=value, optional_vars=ast.expr() as target):
                targets = [target]
            case _:
                continue
        for target in targets:
            for each in ast.walk(target):
                if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store):
                    yield each.id, value


def _united(
    targets: Iterable[tuple[str, ast.expr]], found_in: Callable[[ast.expr], Iterator[str]]
) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for name, value in targets:
        found[name] = found.get(name, frozenset()) | frozenset(found_in(value))
    return found


def _mentioned(value: ast.expr) -> Iterator[str]:
    """Yield all names in an expression."""
    yield from (node.id for node in ast.walk(value) if isinstance(node, ast.Name))


def _shared(value: ast.expr) -> Iterator[str]:
    """Yield the names whose objects, or parts of them, are parts of a value, not copied."""
    match value:
        case ast.List(elts=parts) | ast.Tuple(elts=parts) | ast.Set(elts=parts):
            pass
        case ast.Dict(values=parts):
            pass
        case ast.IfExp(body=body, orelse=orelse):
            parts = [body, orelse]
        case _:
            yield from _root(value)
            return
    for part in parts:
        yield from _shared(part)


def _changed(nodes: Iterable[ast.AST]) -> Iterator[str]:
    """Yield the names of objects of which a part is set, or that are changed by ``+=``."""
    for node in nodes:
        if isinstance(node, ast.AugAssign):
            yield from _root(node.target)
        elif isinstance(node, ast.Subscript | ast.Attribute) and not isinstance(
            node.ctx, ast.Load
        ):
            yield from _root(node)


def _effects(nodes: Iterable[ast.AST]) -> Iterator[tuple[str, ast.expr]]:
    """Yield each call whose value is dropped, with the name that it begins with."""
    for node in nodes:
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
            yield next(_root(node.value.func), ""), node.value


def _roots(call: ast.expr) -> Iterator[str]:
    """Yield the names that a call may change: that of its object, and its arguments."""
    assert isinstance(call, ast.Call)
    if isinstance(call.func, ast.Attribute):
        yield from _root(call.func.value)
    args, keywords = call.args, call.keywords
    if isinstance(call.func, ast.Name) and call.func.id == "print":  # it may use up an iterator
        args = [each for each in args if isinstance(each, ast.Starred)]
        keywords = [each for each in keywords if each.arg == "file"]
    for argument in [*args, *(keyword.value for keyword in keywords)]:
        yield from _root(argument)


def _root(node: ast.expr) -> Iterator[str]:
    """Yield the name at the start of ``name.part[0]``, if there is one."""
    while isinstance(node, ast.Attribute | ast.Subscript | ast.Starred):
        node = node.value
    if isinstance(node, ast.Name):
        yield node.id


def _makes_random(value: ast.expr) -> bool:
    """Tell whether a value is a random generator, or several."""
    match value:
        case ast.List(elts=parts) | ast.Tuple(elts=parts):
            return any(map(_makes_random, parts))
        case ast.ListComp(elt=each) | ast.GeneratorExp(elt=each):
            return _makes_random(each)
        case ast.Call(func=ast.Attribute(attr=name) | ast.Name(id=name)):
            return name in RANDOM
    return False
