"""What a trace writes down: ifs, programs, loops, lengths, texts; and what it refuses."""

import inspect
import math
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pytest

from explorable.checks import array, checked
from explorable.sentences import number, say
from explorable.trace import TraceError, gather, program, repeat, trace, trace_paths, trajectory
from explorable.trace.graph import STATE
from tests.explorable.trace.playing import Player, assert_near, roots

pytestmark = pytest.mark.browser


def nodes(function, *examples):
    return [node[0] for node in trace(function, *examples).content["nodes"]]


def test_what_is_equal_is_one_and_what_is_not_needed_is_not_written():
    assert nodes(lambda x: (x + 1) * (x + 1), 1.0) == ["add", "multiply"]
    assert nodes(lambda x: (np.exp(x), x + 1)[1], 1.0) == ["add"]
    content = trace(lambda x: x + np.arange(3.0) + np.arange(3.0), np.ones(3)).content
    assert content["constants"] == [[[3], 0, 2]]


def test_constants_are_short_and_arrays_fit_other_lengths(player: Player, rng):
    odd = rng.normal(size=(2, 3))
    constants = [np.linspace(-1, 2, 200), np.full((2, 100), 0.1), odd,
                 np.array([np.nan, np.inf, -np.inf]), np.array([-0.0, 0.0, 1.0]),
                 np.array(1e300)]  # fmt: skip
    program_of = trace(lambda x: [x * 1, *constants], 1.0)
    assert len(program_of.json()) < 450
    assert_near(player.one(program_of, 1.0)[1:], constants, 0, "constants")

    def made(x):
        return np.maximum(x, np.zeros(x.shape)), np.ones((2, x.size)), np.full(3, x[0])

    player.same(made, [np.arange(-1.0, 2)], [np.ones(7)])


def four_ways(x, y):
    if x > 0:
        return x + y if y > 0 else x - y
    if y > 0 and x > -5:
        return x * y
    return -x


def test_ifs_fork_once_on_a_path_and_paths_that_end_alike_are_one(player: Player, rng):
    player.same(four_ways, *(rng.normal(size=2) * 4 for _ in range(50)))
    tree = trace(four_ways, 1.0, 1.0).content["tree"]
    assert len(tree) == 3
    assert len(tree[1]) == 3
    assert "roots" not in tree

    def twice(x):
        return (1 if x > 0 else 2) + (10 * x if x > 0 else 20 * x)

    condition, yes, no = trace(twice, 1.0).content["tree"]
    assert isinstance(condition, int)
    assert set(yes) == set(no) == {"roots", "told"}

    def alike(x):
        if x > 0:
            return x + 2
        return x + 2

    assert "roots" in trace(alike, 1.0).content["tree"]


def test_a_path_that_raises_raises_in_the_page_and_too_many_paths_are_refused(player: Player):
    def root(x):
        if x < 0:
            raise ValueError("x must not be negative.")
        return np.sqrt(x)

    traced_root = trace(root, 4.0)
    assert player.one(traced_root, 9.0) == [3]
    assert player.one(traced_root, -1.0) == "x must not be negative."
    with pytest.raises(ValueError, match="negative"):
        trace(lambda x: checked(x=array())(root)(x), -1.0)

    def many(x):
        return sum(np.where(x[k] > 0, 1, 0) if x[k] > 0 else x[k] for k in range(10))

    line = inspect.getsourcelines(many)[1] + 1
    with pytest.raises(TraceError, match=f"test_tracing.py:{line}: more than 400 paths"):
        trace(many, np.ones(10))


def test_options_share_one_table(player: Player, rng):
    def moved(x, y, *, way, far):
        step = {"up": y, "down": -y}[way] * (2 if far else 1)
        return [x + step, np.exp(x)], {"way": way}

    both = trace_paths(moved, [1.0, 2.0], [("way", ["up", "down"]), ("far", [False, True])])
    assert [node[0] for node in both.content["nodes"]].count("exp") == 1
    for k, way in enumerate(["up", "down"]):
        for far in (0, 1):
            wanted, _ = moved(0.5, 3.0, way=way, far=far)
            assert_near(player.one(both, 0.5, 3.0, options=[k, far]), wanted, 0, way)
    content = trace_paths(lambda x, way: ([x + 1], None), [1.0], [("way", "ab")]).content
    assert content["tree"] == {"roots": [2], "told": None}


@program
def hinge(x, slope=2.0):
    return (slope * x, "open") if x > 0 else (x * 0, "closed")


class Pair(NamedTuple):
    low: float
    high: float


@dataclass(frozen=True)
class Line:
    slope: object
    name: str


@program
def ends(line, x):
    return Pair(-line.slope * x, {"high": line.slope * x, "name": line.name})


def test_a_program_is_called_and_without_a_trace_is_its_function(player: Player, rng):
    def twice(x, y):
        (a, first), (b, second) = hinge(x), hinge(y, slope=3.0)
        return a, b, f"{first}, {second}", hinge(a + b)[0]

    player.same(twice, *(rng.normal(size=2) for _ in range(20)))
    content = trace(twice, 1.0, 1.0).content
    assert len(content["programs"]) == 2
    assert "roots" in content["tree"]
    assert hinge(2.0) == (4.0, "open")
    assert type(hinge(2.0)[0]) is float

    @program
    def uneven(x):
        return (x, x) if x > 0 else x

    with pytest.raises(TraceError, match=r"test_tracing.py:\d+: uneven, whose result"):
        trace(uneven, 1.0)


def test_a_program_takes_and_returns_what_holds_arrays_and_sees_what_is_around_it(player: Player):
    player.same(lambda x, y: tuple(ends(Line(x, "steep"), y)), [2.0, 3.0], [-1.0, 4.0])

    def scaled(x, y):
        @program
        def inner(z):
            return np.exp(-z) * y if z > 0 else y

        return inner(x) + inner(x + y)

    player.same(scaled, [1.0, 2.0], [-1.0, 0.5])

    @program
    def counted(x):
        return 0 if x > 0 else x

    def told(x):
        return str(say("{x}", x=counted(x)))

    player.same(told, [1.0], [-1.5], [-1234.5])


def swapped(state, by):
    first, (second, k) = state
    return second + by, (first * 0.5, k + 1)


def test_loops(player: Player, rng):
    def both(x, y, n):
        state = (x, (y, 0))
        return repeat(swapped, state, n, 0.1), trajectory(swapped, state, n, x)

    calls = [(rng.normal(size=3), rng.normal(size=3), n) for n in (3, 0, 1, 7)]
    player.same(both, *calls, (np.ones(5), np.ones(5), 4))

    def path(x, n):
        return trajectory(lambda s: (s[0] - s[1], s[1] * 0.5), (x, x * 0 + 1), n, kept=0)

    player.same(path, [1.0, 4], [2.0, 6])
    assert path(1.0, 2).tolist() == [1, 0, -0.5]
    with pytest.raises(ValueError, match=r"step must keep the shape \(3,\), not give \(\)"):
        trajectory(np.sum, np.ones(3), 1)
    with pytest.raises(TraceError, match="a step to a state of another shape"):
        trace(lambda x, y: repeat(lambda s: s + y, x, 3), 1.0, np.ones(3))


def test_a_loop_in_a_loop_with_an_if_and_one_until_nothing_changes(player: Player):
    def collatz(x, n):
        def step(y):
            return y / 2 if y % 2 == 0 else 3 * y + 1

        return repeat(lambda y: repeat(step, y, 2), x, n)

    player.same(collatz, [7.0, 3], [12.0, 5], [27.0, 40])

    def settled(x, most):
        return repeat(lambda y: np.minimum(2 * y, most), x, np.inf)

    player.same(settled, [np.ones(3), 100.0], [np.array([1.0, 7, np.nan]), 5.0])


def test_one_program_serves_every_length_that_is_not_fixed(player: Player, rng):
    def centred(x):
        return x - x.mean(axis=0), x.var(), x.shape[0] * 1.0, x.reshape(-1), np.ones_like(x)

    player.same(centred, *((rng.normal(size=shape),) for shape in [(3, 2), (7, 2), (4, 9)]))
    counted = trace(lambda x: sum(x[k] for k in range(x.shape[0])), np.ones(3))
    assert player.one(counted, np.ones(3)) == [3]
    assert player.one(counted, np.ones(4)) == "a length must be 3, but is 4"
    plus = trace(lambda x: x + 1, np.ones((3, 1)))
    assert player.one(plus, np.ones((5, 1)))[0].shape == (5, 1)
    assert player.one(plus, np.ones(3)) == "input 0 must not have shape (3)"
    assert player.one(plus, np.ones((3, 2))) == "input 0 must not have shape (3,2)"


def test_lengths_compare_and_compute_as_numbers():
    def seen(x):
        n, d = x.shape
        assert (n, d) == (4, 3)
        assert x.shape == np.ones((4, 3)).shape
        assert n > d >= 3
        assert f"{np.zeros(x.shape[:1]).shape}" == "(4,)"
        return x[: n - 1, d // 2] * (n + d)

    assert nodes(seen, np.ones((4, 3)))[-1] == "multiply"


def test_sentences_are_filled_in_the_page(player: Player):
    def told(x, k):
        inner = say("about {x:.1f}", x=x)
        side = "left" if x < 0 else "right"
        return (
            str(say("It is {inner}, {side}, {k} of {n}.", inner=inner, side=side, k=k, n=3)),
            "[" + str(inner) + f"] {x:+.2f} {k}",
            number(x, ".1e"),
            f"{np.round(x)}",
            str(say("as it is")),
        )

    player.same(told, [1.25, 3], [-0.05, 0], [1e30, 7], [float("inf"), 2])
    words = trace(told, 1.25, 3).content["words"]
    assert set(words) == {"about {x:.1f}", "It is {inner}, {side}, {k} of {n}.", "left", "right",
                          "as it is"}  # fmt: skip


def test_other_words_give_another_language_and_texts_are_arguments_too(player: Player):
    said = trace(lambda x: str(say("{n} {w}", n=x, w="steps" if x > 1 else "step")), 2.0)
    german = {"step": "Schritt", "steps": "Schritte", "{n} {w}": "{w}: {n}"}
    said.content["words"] = [german[word] for word in said.content["words"]]
    assert player.one(said, 5.0) == ["Schritte: 5"]

    @program
    def quoted(text, x):
        return f"“{text}”" if x > 0 else text

    player.same(lambda x: quoted(str(say("{x:.1f}", x=x)), x), [1.0], [-1.0])


def test_checked_functions_are_traced_plain_and_nothing_is_left_of_a_trace(player: Player):
    @checked(x=array("n"), y=array(same_as="x"))
    def dot(x, y):
        return (x * y).sum()

    player.same(lambda x: dot([x, 2 * x, 1.0], [1, 2, 3]), [1.0], [3.0])
    before = np.array, np.asarray
    with pytest.raises(ZeroDivisionError):
        trace(lambda x: 1 / 0, 1.0)
    assert (np.array, np.asarray) == before
    assert not STATE.on
    assert gather(np.arange(6).reshape(2, 3), 1, 2) == 5
    assert roots(gather([1.0, 2.0], 1)) == [2.0]


def test_writing_to_an_array_of_ones_own(player: Player, rng):
    def written(x, k):
        z = x * 2
        same = z
        z += 1
        z[1:, 0] = x[1:, 1]
        z[:2] *= 3
        row = z[0]
        row -= 0.25
        z[k] -= 5
        z[z > 1.5] = 0
        for each in (np.asarray(z, float), z.astype(float, copy=False), z.astype(float)):
            each += 1
        table, whole = np.empty_like(x), np.zeros_like(x, dtype=int)
        table[..., 0], table[..., 1], whole[0] = x[..., 1], 7, 2.7
        return same, table, whole

    player.same(written, *((rng.normal(size=(n, 2)), k) for n, k in [(3, 0), (3, -1), (5, 4)]))


def kept(x):
    kept.before = x
    return x


NORMAL, PICK = r"two normal equations by np\.linalg\.solve", r"np\.rint\(index\)\.astype\(int\)"
REFUSED = {
    "float": (lambda x: float(x[0]), "leave float"),
    "int": (lambda x: int(x[0]), "leave float"),
    "math": (lambda x: math.sqrt(x[0]), "use NumPy's functions"),
    "index": (lambda x: [1, 2, 3][x[0]], "gather"),
    "range": (lambda x: list(range(x[0])), "repeat"),
    "array": (lambda x: np.zeros(3).__setitem__(0, x[0]), "leave float"),
    "argument": (lambda x: x.__setitem__(0, 1.0), "write to a copy"),
    "in place": (lambda x: x.__iadd__(1.0), "write to a copy"),
    "whole": (lambda x: np.rint(x).astype(int).__iadd__(x), "astype"),
    "view": (lambda x: (x + 1)[:, None].T.__iadd__(1), "write to a copy"),
    "out": (lambda x: np.add(x, 1, out=np.zeros(3)), "name of its own"),
    "booleans": (lambda x: x[x > 0], "use np.where"),
    "complex": (lambda x: np.sqrt(x + 0j), "use float64"),
    "float32": (lambda x: x.astype(np.float32), "use float64"),
    "object": (lambda x: x + np.array([None] * 3), "unsupported|use float64"),
    "function": (lambda x: np.sinc(x) + np.packbits(x), "functions that explorable.trace knows"),
    "svd": (lambda x: np.linalg.svd(x[:, None]), "svd cannot be traced; leave computed=True away"),
    "lstsq": (lambda x: np.linalg.lstsq(x[:, None], x), NORMAL),
    "polyfit": (lambda x: np.polyfit(x, x, 1), NORMAL),
    "float index": (lambda x: np.zeros(3)[int(x[0])], PICK),
    "gather": (lambda x: gather(x, x[0]), PICK),
    "ufunc": (lambda x: np.modf(x), "simpler functions"),
    "format": (lambda x: f"{x[0]:>8.2f}", "without a width"),
    "template": (lambda x: str(say("{x:08.2f}", x=x[0])), "without a width"),
    "text": (lambda x: str(say("{x}", x=x[0])) == "1", "compare the numbers"),
    "sort": (lambda x: x.copy().sort(), r"np\.sort\(array\)"),
    "fill": (lambda x: x.copy().fill(2.0), "full_like"),
    "attribute": (lambda x: x.flat, "ravel"),
    "keyword": (lambda x: x.mean(dtype=float), "mean cannot be traced: .*dtype"),
    "initial": (lambda x: np.sum(x, initial=5), "sum with initial"),
    "bins": (lambda x: np.digitize(x, [2, 1]), "rising order"),
    "rounded": (lambda x: round(x[0], 1), "leave float"),
    "method": (lambda x: x.tobytes(), "tobytes of a traced value"),
    "list": (lambda x: x.tolist(), "iterate"),
    "key": (lambda x: {x: 1}, "without the cache"),
    "where": (lambda x: np.where(x > 0), "where cannot be traced"),
    "kept": (lambda x: kept.before + x if hasattr(kept, "before") else kept(x), "another call"),
    "slice": (lambda x: x[: x[0]], "gather"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refusals_name_the_line_and_the_cure(name):
    function, cure = REFUSED[name]
    example = np.array([1, 2, 3], int if name in ("index", "range", "slice") else float)
    if name == "kept":
        trace(function, example)
    line = inspect.getsourcelines(function)[1]
    with pytest.raises((TraceError, AttributeError, TypeError), match=cure) as refusal:
        trace(function, example)
    if refusal.type is not TypeError:
        assert f"test_tracing.py:{line}: " in str(refusal.value)


def test_a_view_of_an_array_that_was_written_to_is_refused():
    def stale(x):
        z = x * 2
        view = z[1:]
        z += 1
        return view

    with pytest.raises(TraceError, match="make the view afterwards"):
        trace(stale, np.ones(3))
