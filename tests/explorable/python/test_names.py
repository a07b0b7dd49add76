"""What a cell does with names, read from its code."""

import ast

import pytest

from explorable.python.names import find_names


def names(source):
    return find_names(ast.parse(source))


@pytest.mark.parametrize(
    ("source", "reads"),
    [
        ("y = x + 1", {"x"}),
        ("x = 1\nprint(x)", set()),
        ("x += 1", {"x"}),
        ("[x for x in rows]", {"rows"}),
        ("[a * x for x in rows if x > b]", {"a", "rows", "b"}),
        ("def f(a):\n    return a + b", {"b"}),
        ("def f(a):\n    b = 1\n    return a + b", set()),
        ("f = lambda a, b=c: a + d", {"c", "d"}),
        ("class A(B):\n    def m(self):\n        return C()", {"B", "C"}),
        ("def f():\n    return g()\ndef g():\n    return h", {"h"}),
        ("with opened as file:\n    file.read()", {"opened"}),
        ("import math\nmath.sqrt(2)", set()),
        ("try:\n    f()\nexcept E as error:\n    print(error)", {"f", "E"}),
        ("print = 1\nprint", set()),
        ("x[0] = 1", {"x"}),
        ('f"{x:.{n}f}"', {"x", "n"}),
    ],
)
def test_what_must_be_there_before(source, reads):
    assert names(source).reads - {"__name__"} == reads


@pytest.mark.parametrize(
    ("source", "binds"),
    [
        ("a, (b, *c) = 1, (2, 3)", {"a", "b", "c"}),
        ("import numpy as np, os.path\nfrom math import pi as p", {"np", "os", "p"}),
        ("def f():\n    global g\n    g = 1", {"f"}),
        ("global g\ng = 1", {"g"}),
        ("for i in []: pass", {"i"}),
        ("(n := 3)", {"n"}),
        ("[k for k in []]", set()),
    ],
)
def test_what_is_there_afterwards(source, binds):
    assert names(source).binds == binds


def test_what_a_function_looks_up_when_it_is_called():
    found = names("def f(x):\n    def g():\n        return a\n    return g() + b + x + len(x)")
    assert found.later == {"a", "b"}
    assert names("x = [a for _ in b if (lambda: c)]\ny = list(d for _ in b)").later == {"c"}
    assert names("def f():\n    return [a for _ in range(3)]").later == {"a"}
    assert names("def f():\n    global a\n    a = 1\n    return a").later == set()


@pytest.mark.parametrize(
    ("source", "changes"),
    [
        ("x[0] = 1", {"x"}),
        ("x -= 1", {"x"}),
        ("x.weights[0] *= 2", {"x"}),
        ("del x[0]", {"x"}),
        ("for x.a in y: pass", {"x"}),
        ("x = [1]\nx[0] = 2", set()),
        ("def f():\n    seen[0] = 1", {"seen"}),
    ],
)
def test_what_is_changed_in_place(source, changes):
    assert names(source).changes == changes


@pytest.mark.parametrize(
    ("source", "touches"),
    [
        ("loss.backward()", {"loss": {"loss"}}),
        ("shuffle(rows, key=order)", {"shuffle": {"rows", "order"}}),
        ("x = rows.sort()", {}),
        ("print(rows, *lines, file=page)", {"print": {"lines", "page"}}),
        ("def f(rows):\n    rows.sort()", {".rows": set()}),
        ("rows = 1\ndef f():\n    rows = []\n    def g():\n        rows.sort()", {".rows": set()}),
        ("def f():\n    rows.sort()\n    def g():\n        rows = []", {"rows": {"rows"}}),
        ("rows = 1\ndef f():\n    global rows\n    rows.sort()", {"rows": {"rows"}}),
        ("f()(x)", {"": {"x"}}),
    ],
)
def test_what_a_call_may_change_that_is_made_for_its_effect(source, touches):
    assert names(source).touches == touches


@pytest.mark.parametrize(
    ("source", "random"),
    [
        ("rng = np.random.default_rng(0)", {"rng"}),
        ("rngs = [default_rng(s) for s in range(3)]", {"rngs"}),
        ("a, b = default_rng(0), 1", {"a", "b"}),
        ("x = default_rng(0).normal()", set()),
        ("x = default_rng(0)(1)", set()),
    ],
)
def test_random_generators_are_known(source, random):
    assert names(source).random == random


@pytest.mark.parametrize(
    ("source", "sources", "shares"),
    [
        ("y: list = [a]", {"y": {"a"}}, {"y": {"a"}}),
        ("y = [a, b[0]] if c else d", {"y": {"a", "b", "c", "d"}}, {"y": {"a", "b", "d"}}),
        ("y: list", {}, {}),
        ("for x, y in rows: pass", {"x": {"rows"}, "y": {"rows"}}, None),
        ("with opened(a) as y: pass", {"y": {"opened", "a"}}, {"y": set()}),
        ("with a: pass", {}, {}),
        ("y = a\ny = b + c", {"y": {"a", "b", "c"}}, {"y": {"a"}}),
        ("y = {a: b, 'c': [d], **e}", {"y": {"a", "b", "d", "e"}}, {"y": {"b", "d", "e"}}),
        ("x = y = (a, *b), {c}", {"x": {"a", "b", "c"}, "y": {"a", "b", "c"}}, None),
        ("x[a].b = c", {}, {}),
    ],
)
def test_what_names_are_made_of_by_every_statement(source, sources, shares):
    found = names(source)
    assert (found.sources, found.shares) == (sources, sources if shares is None else shares)
