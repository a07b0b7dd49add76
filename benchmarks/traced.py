"""Kernels that are traced, in the page beside NumPy: descents from many starts, and training."""

import statistics
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from benchmarks.table import Table
from benchmarks.timing import Paired, paired
from explorable.book.chromium import chromium
from explorable.trace import repeat, trace
from mathdl.backward import loss_and_gradients
from mathdl.forward import Layer
from mathdl.gradient_descent import OPTIMIZERS, SURFACES, adam, descend
from tests.explorable.trace.playing import Player, encoded

PAGE, NUMPY = "in the page", "NumPy"
ROUNDS, N_STEPS = 9, 200

RUN = """
([program, inputs]) => {
  const [run, given] = [traced.compile(program), inputs.map(numbers)];
  globalThis.block = (times) => {
    const start = performance.now();
    for (let k = 0; k < times; k++) run(given);
    return (performance.now() - start) / times / 1000;
  };
}
"""


def measure_traced(table: Table) -> None:
    """Print a line for each traced kernel, and the time of all starts of a surface."""
    table.title("Traced kernels, in the page beside NumPy")
    with chromium() as browser:
        player = Player(browser.new_page())
        for rule in ("gradient_descent", "momentum", "adam"):
            name = f"100 steps on [2, 8, 8, 1], batch 32, {rule}"
            table.comparison(name, _times(player, *_training(rule)), PAGE, NUMPY, 1.0)
        times = _times(player, *_descents())
        table.comparison(f"{N_STEPS} steps of adam from 121 starts", times, PAGE, NUMPY)
        table.time("the same, in a frame", times.seconds(PAGE), 0.016)


def _times(player: Player, function: Callable[..., Any], inputs: Sequence[Any]) -> Paired:
    program = trace(function, *inputs).content
    player.page.evaluate(RUN, [program, [*map(encoded, inputs)]])
    block = statistics.median(player.page.evaluate("block(3)") for _ in range(5))
    repeats = max(1, round(0.1 / block))
    here: list[float] = []
    there: list[float] = []
    for _ in range(ROUNDS):
        there.append(player.page.evaluate(f"block({repeats})"))
        here += paired({NUMPY: lambda: function(*inputs)}, 1).blocks[NUMPY]
    return Paired({PAGE: there, NUMPY: here})


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
