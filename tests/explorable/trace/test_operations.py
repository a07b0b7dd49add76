"""Every operation by itself: all shapes, NaN and infinities, and each told from all others."""

import numpy as np
import pytest

from explorable.sentences import say
from explorable.trace import gather, program, repeat, trace, trajectory
from explorable.trace.traced import ENTRYWISE
from tests.explorable.trace.playing import Player, encoded, roots

pytestmark = pytest.mark.browser

SPECIAL = np.array(
    [0.0, -0.0, 1.0, -1.0, 0.5, -0.5, 1.5, 2.5, -2.5, 2.0, 3.0, -3.0, 1e-9, -1e-300, 40.0,
     -40.0,
     1e300, 710.0, -746.0, np.pi, np.inf, -np.inf, np.nan]
)  # fmt: skip
UNARY = sorted(name for name in ENTRYWISE if getattr(np, name).nin == 1)
BINARY = sorted(name for name in ENTRYWISE if getattr(np, name).nin == 2)
PAIRS = [
    ((), ()), ((1,), ()), ((), (5,)), ((5,), (5,)), ((1,), (5,)), ((4, 5), (5,)), ((4, 1), (4, 5)),
    ((4, 5), (1, 5)), ((4, 1), (5,)), ((2, 3, 4), (3, 1)), ((2, 1, 4), (1, 3, 1)),
    ((3, 0), (3, 1)),
]  # fmt: skip
SHAPES = [(), (1,), (6,), (1, 4), (4, 1), (3, 5), (2, 3, 4), (9, 200)]


def entries(rng, shape):
    """Return numbers of all sizes, most of them in the middle."""
    small, large = rng.normal(size=shape), rng.normal(size=shape) * 10.0 ** rng.integers(-9, 9)
    special = rng.choice(SPECIAL, size=shape)
    return np.choose(rng.integers(0, 4, size=shape), [small, small, large, special])


def every_entrywise(rng):
    """Return each operation with the shapes, and values, that it is compared at."""
    pairs = [rng.permutation(np.array(np.meshgrid(SPECIAL, SPECIAL)).reshape(2, -1), axis=1)]
    pairs += [tuple(entries(rng, shape) for shape in both) for both in PAIRS]
    pairs += [both[::-1] for both in pairs]
    singles = [(SPECIAL,), *((entries(rng, shape),) for shape in SHAPES)]
    singles.append((2.0 ** np.arange(-1074, 1024),))
    named = [(name, singles) for name in UNARY] + [(name, pairs) for name in BINARY]
    named += [("exponent", [each for each in singles if np.isfinite(each[0]).all()])]
    named[-1][1].append((np.zeros(2),))
    functions = {"exponent": lambda x: np.frexp(x)[1]}
    return {name: (functions.get(name) or getattr(np, name), calls) for name, calls in named}


def lane(name, axis):
    return lambda x: getattr(np, name)(x, axis=axis)


LANES = ("sum", "prod", "max", "min", "any", "all", "argmax", "argmin", "cumsum", "cumprod",
         "sort", "argsort")  # fmt: skip


def every_lane(rng):
    """Return what is done along axes, with integers too, where order decides."""
    made = {}
    for name in LANES:
        arrays = [rng.normal(size=shape) for shape in SHAPES[1:]]
        arrays += [rng.integers(-3, 3, size=(4, 3)) / 1.0, np.array([[1.0, np.nan, 2.0, np.nan]])]
        arrays.append(np.array([[0.0, 0.0, 1.0], [0.0, np.nan, 2.0]]))
        made[name] = [
            (lane(name, axis), [(array,)])
            for array in arrays
            for axis in [*range(array.ndim), *([None] if name not in ("sort", "argsort") else [])]
            if not (name == "argsort" and len(set(array.ravel())) < array.size)
        ]
    return made


LONGER_AND_SHORTER = [(np.arange(n) + 1.0,) for n in (2, 5, 3, 4)]
STRUCTURE = {
    "reshape": [(lambda x: x.reshape(-1, 2), [(np.arange(6.0),), (np.arange(8.0),)])],
    "broadcast": [
        (lambda x, y: np.broadcast_to(x, y.shape), [(np.arange(3.0), np.ones((2, 3)))]),
        (lambda x: np.zeros_like(x) + 1, [(np.arange(3.0),), (np.arange(5.0),)]),
        (lambda x: np.full_like(x, 2.5), [(np.arange(3.0),)]),
    ],
    "transpose": [
        (lambda x: x.T, [(np.arange(6.0).reshape(2, 3),), (np.arange(12.0).reshape(4, 3),)]),
        (lambda x: np.transpose(x, (1, 2, 0)), [(np.arange(24.0).reshape(2, 3, 4),)]),
        (lambda x: np.moveaxis(x, -1, 0), [(np.arange(24.0).reshape(2, 3, 4),)]),
        (lambda x: np.swapaxes(x, 0, 2), [(np.arange(24.0).reshape(2, 3, 4),)]),
    ],
    "slice": [
        (lambda x: x[1:], [(np.arange(6.0),), (np.arange(9.0),)]),
        (lambda x: (x[::-1], x[-2::-2], x[:-1], x[2:100], x[4:2], x[-3]), [(np.arange(6.0),)]),
        (lambda x: (x[..., 1], x[:, None], x[1, ::2], x[:, -1:]), [(np.eye(3, 4, 1),)]),
    ],
    "gather": [
        (lambda x, i: x[i], [(np.arange(6.0), 3), (np.arange(6.0), -1)]),
        (lambda x: x[np.array([0, 2, -1])], [(np.arange(12.0).reshape(4, 3),)]),
        (lambda x: x[:, [2, 0]], [(np.arange(12.0).reshape(4, 3),)]),
        (lambda x, i: x[np.arange(3), i], [(np.arange(12.0).reshape(3, 4), np.array([3, 0, 2]))]),
        (lambda x, i: x[1, :, i], [(np.arange(24.0).reshape(2, 3, 4), np.array([3, 0]))]),
    ],
    "concatenate": [
        (lambda x, y: np.concatenate([x, y]), [(np.arange(2.0), np.arange(3.0))]),
        (lambda x, y: np.concatenate([x, y], axis=1), [(np.ones((2, 2)), np.zeros((2, 3)))]),
        (lambda x, y: np.stack([x, y, x], axis=-1), [(np.arange(2.0), np.arange(2.0) + 5)]),
    ],
    "matmul": [
        (lambda x, y: x @ y, [(np.arange(6.0).reshape(2, 3), np.arange(12.0).reshape(3, 4))]),
        (lambda x, y: x @ y, [(np.arange(3.0), np.arange(12.0).reshape(3, 4))]),
        (lambda x, y: x @ y, [(np.arange(6.0).reshape(2, 3), np.arange(3.0))]),
        (lambda x, y: x @ y, [(np.arange(3.0), np.arange(3.0) + 1)]),
        (lambda x, y: x @ y, [(np.arange(24.0).reshape(4, 2, 3), np.arange(12.0).reshape(3, 4))]),
        (lambda x, y: x @ y, [(np.ones((1, 2, 3)), np.arange(24.0).reshape(2, 3, 4))]),
    ],
    "length": [
        (lambda x: (2 / x.size, x.shape[0] * 1.5), [(np.ones((2, 3)),), (np.ones((5, 4)),)])
    ],
    "places": [(lambda x: assigned(x * 1, (..., 1)), [(np.arange(6.0).reshape(3, 2),)])],
    "put": [(lambda x: assigned(x * 1, (np.arange(3), [1, 0, 1])), [(np.ones((3, 2)),)])],
    "where": [
        (lambda x, y, z: np.where(x > 0, y, z), [
            (np.array([1.0, -1.0, np.nan]), np.arange(3.0), 7.0),
            (np.array([0.0, 2.0, 3.0, 4.0]), np.arange(4.0), 7.0),
        ]),
        (lambda x, y: np.where(x, y, -y), [(np.array([0.0, np.nan, 2.0]), np.ones((2, 3)))]),
    ],
    "call": [(lambda x: halved(x), [(3.0,)])],
    "item": [(lambda x: halved(x), [(3.0,)])],
    "repeat": [(lambda x: repeat(halved, x, 3), LONGER_AND_SHORTER)],
    "trajectory": [(lambda x: trajectory(halved, x @ x * x, 3), LONGER_AND_SHORTER)],
    "text": [(lambda x: str(say("{x} left", x=x)), [(3.0,), (-1e-9,)])],
    "number": [(lambda x: f"{x:.2f}", [(3.0,), (-0.125,)])],
    "join": [(lambda x: f"{x:.2f} of {x:.1f}.", [(3.0,), (-0.125,)])],
}  # fmt: skip


@program
def halved(x):
    return x / 2


def assigned(array, key):
    array[key] = 9
    return array


def test_entry_by_entry_along_axes_and_of_other_shapes(player: Player, rng):
    player.all_same(
        [(function, [call]) for function, calls in every_entrywise(rng).values() for call in calls]
    )
    player.all_same([job for jobs in every_lane(rng).values() for job in jobs])
    player.all_same([job for jobs in STRUCTURE.values() for job in jobs])
    signed = np.meshgrid([-1.0, -0.0, 0.0, 1.0], [-2.0, 2.0])
    player.same(lambda x, y: np.copysign(1, x // y), signed)


SURVIVORS = """
(jobs) => {
  const same = (x, y) => Object.is(x, y) || (x !== x && y !== y)
    || Math.abs(x - y) <= 1e-12 * Math.abs(x) && (x !== 0 || y !== 0);
  const caught = ({ program, calls, wanted }) => {
    try {
      const { roots } = traced.compile(program)(calls[0].inputs.map(numbers));
      return roots.some((root, k) => {
        if (typeof root === "string") return root !== wanted[k];
        const right = numbers(wanted[k]);
        return String(root.shape) !== String(right.shape)
          || !root.values.every((value, i) => same(right.values[i], value));
      });
    } catch {
      return true;
    }
  };
  const spoilt = (value) => {
    if (typeof value === "string") return value + "!";
    if (Array.isArray(value)) return value.map(spoilt);
    return { shape: value.shape, values: value.values.map((x) => x + 1) };
  };
  const survivors = [];
  for (const [table, arity] of [["loops", 0], ["lanes", 0], ["operations", 1]]) {
    const names = Object.keys(traced[table]);
    for (const name of names) {
      const right = traced[table][name];
      const others = arity ? [""] : names.filter((other) => traced[table][other] !== right);
      for (const other of others) {
        traced[table][name] = other ? traced[table][other] : (step, ...given) => {
          const go = right(step, ...given);
          return () => {
            go();
            step.at[step.number] = spoilt(step.at[step.number]);
          };
        };
        if (!jobs[name]?.some(caught)) survivors.push([name, other]);
      }
      traced[table][name] = right;
    }
  }
  return survivors;
}
"""


def test_each_operation_is_told_from_all_others(player: Player, rng):
    jobs = {name: [(do, [call]) for call in calls[:9]]
            for name, (do, calls) in every_entrywise(rng).items()}  # fmt: skip
    jobs |= every_lane(rng) | STRUCTURE
    with np.errstate(all="ignore"):
        written = {
            name: [
                {
                    "program": trace(function, *calls[0]).content,
                    "calls": [{"inputs": [*map(encoded, calls[0])]}],
                    "wanted": [*map(encoded, roots(function(*calls[0])))],
                }
                for function, calls in each
            ]
            for name, each in jobs.items()
        }
    assert player.page.evaluate(SURVIVORS, written) == []


DONE = """
({ program, calls }) => {
  const { operations } = traced;
  const right = { ...operations };
  let done = [];
  for (const name of Object.keys(right)) {
    operations[name] = (step, ...given) => {
      const go = right[name](step, ...given);
      return () => (done.push(name), go());
    };
  }
  const run = traced.compile(program);
  const told = calls.map((inputs) => {
    done = [];
    run(inputs.map(numbers));
    return done;
  });
  Object.assign(operations, right);
  return told;
}
"""


def test_only_what_takes_something_new_is_computed_again(player: Player):
    def done(function, *calls):
        content = trace(function, *calls[0]).content
        asked = {"program": content, "calls": [[*map(encoded, inputs)] for inputs in calls]}
        return player.page.evaluate(DONE, asked)

    x, y = np.ones((2, 2)), np.ones((3, 2))
    calls = (x, y), (x, y), (x, 2 * y), (2 * x, 2 * y), (np.ones((4, 4)), 2 * y)
    assert done(lambda x, y: [x @ x, y.T], *calls) == [
        ["matmul", "transpose"], [], ["transpose"], ["matmul"], ["matmul"]
    ]  # fmt: skip
    loops = done(lambda x, y: repeat(turned, x, 3, y), (y, x), (y, 2 * x))
    assert [(loop.count("transpose"), loop.count("matmul")) for loop in loops] == 2 * [(1, 3)]


def test_a_loop_that_is_made_anew_takes_what_has_not_changed_too(player: Player):
    by = np.eye(2)[::-1]
    player.same(
        lambda x, by: repeat(turned, x, 3, by), (np.ones((3, 2)), by), (np.ones((4, 2)), by)
    )


@program
def turned(state, by):
    return state @ by.T


def test_a_value_that_is_refused_is_refused_again_and_mends_itself(player: Player):
    program, x = trace(gather, np.arange(3.0), 1), np.arange(3.0)
    [runs] = player.play([(program, [(x, place) for place in (1, 7, 7, 1, 7)])])
    assert runs == [[1], *2 * ["no entry 7 of 3"], [1], "no entry 7 of 3"]
