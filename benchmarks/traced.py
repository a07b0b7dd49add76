"""Traced kernels, in the page beside NumPy: training, and descents from many starts."""

import statistics
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

from benchmarks.timing import Line, paired, ratio
from explorable.book.chromium import chromium
from explorable.trace import repeat, trace
from mathdl.backward import loss_and_gradients
from mathdl.forward import Layer
from mathdl.gradient_descent import OPTIMIZERS, SURFACES, adam, descend
from tests.explorable.trace.playing import Player, encoded

ROUNDS, N_STEPS = 9, 200

RUN = """
([program, inputs]) => {
  const [run, given] = [traced.compile(program), inputs.map(numbers)];
  globalThis.block = (times) => {
    const start = performance.now();
    // Each time with another number, or nothing is computed again.
    for (let k = 0; k < times; k++, given[0].values[0] *= 1 + 1e-9) run(given);
    return (performance.now() - start) / times / 1000;
  };
}
"""


def lines() -> Iterator[Line]:
    """Yield the share of NumPy's time of each traced kernel, and the time of all starts."""
    with chromium() as browser:
        player = Player(browser.new_page())
        for rule in ("gradient_descent", "momentum", "adam"):
            ours, theirs = _times(player, *_training(rule))
            name = f"100 steps on [2, 8, 8, 1], batch 32, {rule}: of NumPy's time"
            yield name, ratio(ours, theirs), 1.0
        ours, theirs = _times(player, *_descents())
        yield f"{N_STEPS} steps of adam from 121 starts, s", statistics.median(ours), 0.016
        yield "  of NumPy's time", ratio(ours, theirs), None


def _times(
    player: Player, function: Callable[..., Any], inputs: Sequence[Any]
) -> tuple[list[float], list[float]]:
    """Return the seconds a call in the page, and those by NumPy, block by block."""
    program = trace(function, *inputs).content
    player.page.evaluate(RUN, [program, [*map(encoded, inputs)]])
    block = statistics.median(player.page.evaluate("block(3)") for _ in range(5))
    repeats = max(1, round(0.1 / block))
    here: list[float] = []
    there: list[float] = []
    for _ in range(ROUNDS):
        there.append(player.page.evaluate(f"block({repeats})"))
        here += paired({"NumPy": lambda: function(*inputs)}, 1)["NumPy"]
    return there, here


def _descents() -> tuple[Callable[..., Any], list[Any]]:
    surface = SURFACES["beale"]
    starts = np.random.default_rng(0).uniform(*surface.bounds.T, (121, 2))
    return lambda start, rate: descend(surface.gradient, start, adam(rate), N_STEPS), [
        starts,
        0.01,
    ]


def _training(rule: str) -> tuple[Callable[..., Any], list[Any]]:
    rng = np.random.default_rng(0)
    x, labels = rng.standard_normal((32, 2)), rng.integers(0, 2, (32, 1)) / 1.0
    shapes = [(8, 2), (8, 8), (1, 8)]
    first = [array for shape in shapes for array in (rng.normal(size=shape), np.zeros(shape[0]))]
    names = ["relu", "relu", "identity"]

    def train(x: Any, labels: Any, rate: Any, *first: Any) -> Any:
        optimizer = OPTIMIZERS[rule](rate)

        def step(state: Any, x: Any, labels: Any) -> Any:
            parameters, memory = state
            pairs = zip(parameters[::2], parameters[1::2], names, strict=True)
            layers = [Layer.trusted(*pair) for pair in pairs]
            _, gradients = loss_and_gradients.plain(layers, x, labels, "binary_cross_entropy")
            flat = [part for each in gradients for part in each]
            moved = map(optimizer.step, parameters, flat, memory)
            after, memory = zip(*moved, strict=True)
            return after, memory

        return repeat(step, (first, tuple(map(optimizer.init, first))), 100, x, labels)[0]

    return train, [x, labels, 0.05, *first]
