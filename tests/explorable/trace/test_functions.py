"""NumPy's functions and the arrays' methods, each beside what NumPy does."""

import numpy as np
import pytest

from explorable.trace.traced import FUNCTIONS, METHODS
from tests.explorable.trace.playing import Player

pytestmark = pytest.mark.browser

X = np.array([[0.5, -1.25, 3.0], [2.5, np.pi, -0.75]])
Y = np.array([[1.0, 0.25, -2.0], [0.5, 4.0, 1.5]])

CALLS = {
    "abs": lambda x, y: abs(x),
    "append": lambda x, y: (np.append(x, y), np.append(x, y, axis=0)),
    "argmax": lambda x, y: (x.argmax(), x.argmax(axis=1), np.argmin(x, axis=0)),
    "argsort": lambda x, y: (np.argsort(x), x.argsort(axis=0)),
    "array_equal": lambda x, y: (np.array_equal(x, x + 0), np.array_equal(x, y),
        np.array_equal(x[:1] * 0, x * 0)),
    "array": lambda x, y: np.array([[x[0, 0], 1.0], [2.0, y[1, 1]]]),
    "asarray": lambda x, y: (np.asarray(x), np.asarray(x, dtype=int), np.array([x[0], y[0]])),
    "astype": lambda x, y: (x.astype(int), x.astype(bool), (x > 0).astype(float)),
    "broadcast": lambda x, y: np.broadcast_to(x[0], (4, 3)),
    "booleans": lambda x, y: ((x > 0) & (y > 0), (x > 0) | ~(y > 0), (x > 0) ^ (y > 0),
        (x > 0) + (y > 0), (x > 0) * (y > 0)),
    "clip": lambda x, y: (np.clip(x, -1, 1), x.clip(min=0), np.clip(x, None, y)),
    "column_stack": lambda x, y: (np.column_stack([x[0], y[0]]), np.column_stack([x, y[:, 0]])),
    "concatenate": lambda x, y: (np.concatenate([x, y], axis=1),
        np.concatenate([x, y], axis=None)),
    "copy": lambda x, y: (x.copy(), np.copy(x), +x),
    "count_nonzero": lambda x, y: (np.count_nonzero(x > 0), np.count_nonzero(x > 0, axis=1)),
    "cumsum": lambda x, y: (np.cumsum(x, axis=1), x.cumprod(axis=0), np.add.accumulate(x),
        x.cumsum()),
    "diag": lambda x, y: (np.diag(x[0]), np.diag(x[:, :2])),
    "diff": lambda x, y: (np.diff(x), np.diff(x, axis=0), np.diff(x, n=2),
        np.diff(x[0], prepend=-1.0, append=y[0])),
    "digitize": lambda x, y: (np.digitize(x, [0, 1, 2]),
        np.searchsorted(np.array([0.0, 1, 2]), x)),
    "divide": lambda x, y: (x / y, x // y, x % y, 2 / x, np.floor_divide(x, y),
        np.remainder(x, y)),
    "dot": lambda x, y: (np.dot(x, y.T), np.dot(x[0], y[0]), np.dot(2.0, x), np.vdot(x, y)),
    "expand_dims": lambda x, y: (np.expand_dims(x, 1), np.expand_dims(x, -1)),
    "full_like": lambda x, y: (np.full_like(x, 3), np.zeros_like(x), np.ones_like(x, dtype=int),
        np.empty_like(x) * 0, np.full(x.shape, fill_value=x[0, 0])),
    "eigvalsh": lambda x, y: np.linalg.eigvalsh(x[:, :2] + x[:, :2].T),
    "frexp": lambda x, y: np.frexp(x),
    "hstack": lambda x, y: (np.hstack([x, y]), np.hstack([x[0], 1.0])),
    "interp": lambda x, y: np.interp(x, [-1.0, 0.0, 2.0], [3.0, 1.0, 5.0]),
    "isclose": lambda x, y: (np.isclose(x, y), np.isclose(x, x + 1e-9), np.allclose(x, x + 1e-9)),
    "item": lambda x, y: (x.item(1, 2), x[0, :1].item(), x.sum().item()),
    "len": lambda x, y: (len(x) * x, list(x), x.ndim * x, np.shape(x)[1] * x, np.size(x) * x),
    "linspace": lambda x, y: (np.linspace(x[0, 0], 2.0, 7), np.linspace(x, y, 3),
        np.linspace(0, x[0, 0], 4, endpoint=False)),
    "max": lambda x, y: (x.max(), x.min(axis=0), np.max(x, axis=1, keepdims=True),
        np.maximum.reduce(x, axis=-1), np.max(x, initial=9.0)),
    "mean": lambda x, y: (x.mean(), np.mean(x, axis=1), x.mean(axis=(0, 1), keepdims=True),
        x.var(axis=0), np.std(x), np.var(x, axis=1, ddof=1)),
    "median": lambda x, y: (np.median(x), np.median(x, axis=1), np.median(x, axis=0)),
    "meshgrid": lambda x, y: np.meshgrid(x[0], y[:, 0]),
    "moveaxis": lambda x, y: (np.moveaxis(x, 0, 1), np.swapaxes(x, 0, 1), np.transpose(x), x.T,
        x.transpose(1, 0)),
    "nan_to_num": lambda x, y: (np.nan_to_num(np.log(x)), np.nan_to_num(1 / (x - x), nan=7.0),
        np.nan_to_num(np.log(x), nan=np.inf)),
    "norm": lambda x, y: (np.linalg.norm(x), np.linalg.norm(x, axis=1), np.linalg.norm(x[0]),
        np.linalg.norm(x, axis=0, keepdims=True)),
    "outer": lambda x, y: (np.outer(x[0], y[1]), np.multiply.outer(x, y)),
    "pad": lambda x, y: (np.pad(x, 1), np.pad(x, ((1, 0), (0, 2)), constant_values=5.0),
        np.pad(x > 0, 1)),
    "power": lambda x, y: (x**2, x**3, abs(x) ** 0.5, x**-1, x**1, abs(x) ** y, 2.0**x,
        np.square(x)),
    "prod": lambda x, y: (x.prod(), np.prod(x, axis=0)),
    "ptp": lambda x, y: (np.ptp(x), np.ptp(x, axis=1)),
    "radians": lambda x, y: (np.radians(x), np.degrees(x), np.deg2rad(x)),
    "ravel": lambda x, y: (x.ravel(), np.ravel(x), x.reshape(3, 2), np.reshape(x, (-1,)),
        x.reshape((1, 6))),
    "reduce": lambda x, y: (np.add.reduce(x), np.hypot.reduce(x, axis=1),
        np.logical_and.reduce(x > 0, axis=1)),
    "result_type": lambda x, y: x.astype(np.result_type(x, y)),
    "round": lambda x, y: (x.round(), np.round(x, 1), np.around(x * 100, -1)),
    "sort": lambda x, y: (np.sort(x), np.sort(x, axis=0)),
    "solve": lambda x, y: (np.linalg.solve(x[:, :2], y[:, 0]), np.linalg.solve(x[:, :2], y)),
    "split": lambda x, y: (np.split(x, 2), np.split(x, [1], axis=1)),
    "squeeze": lambda x, y: (np.squeeze(x[:1]), x[:, :1].squeeze(axis=1)),
    "stack": lambda x, y: (np.stack([x, y]), np.stack([x, y], axis=-1), np.vstack([x, y[0]])),
    "sum": lambda x, y: (x.sum(), np.sum(x, axis=0), x.sum(axis=1, keepdims=True), x.any(),
        x.all(axis=0), np.subtract.reduce(x, axis=1, keepdims=True)),
    "take": lambda x, y: (np.take(x, [2, 0], axis=1), x.take([1, 3])),
    "where": lambda x, y: np.where(x > y, x, 0.0),
}  # fmt: skip


def test_as_numpy_does_with_whole_numbers_and_booleans_too(player: Player):
    player.all_same([(call, [(X, Y)]) for call in CALLS.values()])
    n, m = np.array([[3, -2, 7], [1, 4, 5]]), np.array([[2, 2, -3], [1, 9, 4]])
    names = ("divide", "max", "sum", "argmax", "clip", "where", "round", "cumsum")
    player.all_same([(CALLS[name], [(n, m)]) for name in names])
    player.same(lambda x, y: (x**2, x // y, x % y, (x > 0) * x, -x, abs(x)), [n, m])


def test_every_function_is_called():
    called = set()
    for name, do in CALLS.items():
        called |= {*do.__code__.co_names, name}
    named = {key.__name__ for key in FUNCTIONS if callable(key)} | set(METHODS)
    unused = {"reorder", "astype", "tolist", "setflags", "matmul", "max", "min", "ndim", "shape"}
    assert named - called - unused - {"amax", "amin"} == set()
