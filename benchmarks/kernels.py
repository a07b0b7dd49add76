"""Kernels: the same work by `mathdl`, by other libraries, and as bare matrix products."""

from collections.abc import Callable, Iterator
from functools import partial

import numpy as np
import torch
from torch.nn import functional

from benchmarks.timing import Line, compared, paired
from mathdl.backward import loss_and_gradients
from mathdl.datasets import load_digits
from mathdl.forward import Layer, initialize
from mathdl.gradient_descent import (
    SURFACES,
    adam,
    descend,
    filter_normalized_directions,
    loss_surface,
    momentum,
    train,
)

Run = Callable[[], object]

OURS, TORCH, BLAS = "mathdl", "PyTorch", "bare products"


def lines() -> Iterator[Line]:
    """Yield the lines of all cases; only one's arrays live at a time."""
    yield from _gradients()
    yield from _descents()
    yield from _digits()
    yield from _surface()


# Loss and gradients of a network


def _gradients() -> Iterator[Line]:
    for sizes, batch, targets in [
        ([3, 10], 2, {TORCH: 0.6}),
        ([64, 128, 64, 10], 64, {TORCH: 0.6, BLAS: 1.8}),
        ([1024, 1024, 1024, 10], 1024, {TORCH: 0.6, BLAS: 1.2}),
    ]:
        rng = np.random.default_rng(0)
        layers = initialize(sizes, rng=rng)
        x = rng.standard_normal((batch, sizes[0]))
        labels = rng.integers(0, sizes[-1], batch)
        contestants = {
            OURS: partial(loss_and_gradients, layers, x, labels, "cross_entropy"),
            TORCH: _torch_gradients(layers, x, labels),
            BLAS: _bare_products(layers, x),
        }
        yield from compared(f"gradients {sizes} batch {batch}", contestants, targets)


def _torch_network(layers: list[Layer]) -> torch.nn.Sequential:
    """Return the same network with the same weights in PyTorch."""
    modules: list[torch.nn.Module] = []
    for layer in layers:
        n_out, n_in = layer.weights.shape
        linear = torch.nn.Linear(n_in, n_out, dtype=torch.float64)
        with torch.no_grad():
            linear.weight.copy_(torch.tensor(layer.weights))
            linear.bias.copy_(torch.tensor(layer.bias))
        modules.append(linear)
        if layer.activation == "relu":
            modules.append(torch.nn.ReLU())
    return torch.nn.Sequential(*modules)


def _torch_gradients(layers: list[Layer], x: np.ndarray, labels: np.ndarray) -> Run:
    network, inputs, wanted = _torch_network(layers), torch.tensor(x), torch.tensor(labels)

    def run() -> object:
        network.zero_grad(set_to_none=True)
        loss = functional.cross_entropy(network(inputs), wanted)
        loss.backward()
        return loss.item()

    return run


def _bare_products(layers: list[Layer], x: np.ndarray) -> Run:
    """Return nothing but the products: no bias, no activation, no loss, no check."""
    weights = [layer.weights for layer in layers]
    outputs = [np.ones((len(x), len(w))) for w in weights]
    inputs = [x, *outputs[:-1]]

    def run() -> None:
        for h, w in zip(inputs, weights, strict=True):
            h @ w.T
        for h, w, g in zip(inputs, weights, outputs, strict=True):
            g.T @ h
            if h is not x:
                g @ w

    return run


# Descent on a surface


def _descents() -> Iterator[Line]:
    n_steps = 60
    for n_starts, target in [(1, 0.1), (121, None), (3872, 0.3), (10_000, 0.3)]:
        surface = SURFACES["beale"]
        starts = np.random.default_rng(0).uniform(*surface.bounds.T, (n_starts, 2))
        starts = starts[0] if n_starts == 1 else starts
        for name, optimizer, torch_optimizer in [
            ("momentum", momentum(1e-4), lambda p: torch.optim.SGD(p, lr=1e-4, momentum=0.9)),
            ("adam", adam(0.01), lambda p: torch.optim.Adam(p, lr=0.01)),
        ]:
            contestants = {
                OURS: partial(descend, surface.gradient, starts, optimizer, n_steps),
                TORCH: _torch_descent(starts, torch_optimizer, n_steps),
            }
            targets = {TORCH: target} if target else {}
            case = f"{n_steps} steps of {name}, {n_starts} starts"
            yield from compared(case, contestants, targets, 9)


def _torch_beale(points: torch.Tensor) -> torch.Tensor:
    x, y = points[..., 0], points[..., 1]
    y2 = y * y
    residuals = 1.5 + x * (y - 1), 2.25 + x * (y2 - 1), 2.625 + x * (y2 * y - 1)
    return sum(residual * residual for residual in residuals).sum()


def _torch_descent(starts: np.ndarray, make_optimizer, n_steps: int) -> Run:
    def run() -> object:
        points = torch.tensor(starts, requires_grad=True)
        path = torch.empty((n_steps + 1, *starts.shape), dtype=points.dtype)
        path[0] = points.detach()
        optimizer = make_optimizer([points])
        for k in range(n_steps):
            optimizer.zero_grad()
            _torch_beale(points).backward()
            optimizer.step()
            path[k + 1] = points.detach()
        return path

    return run


# Training on digits


def _digits() -> Iterator[Line]:
    digits = load_digits()
    sizes, n_epochs, batch = (64, 128, 64, 10), 3, 32
    layers = initialize(sizes, rng=np.random.default_rng(0))

    def ours() -> object:
        return train(
            layers,
            digits.x_train,
            digits.y_train,
            loss="cross_entropy",
            optimizer=momentum(0.05),
            n_epochs=n_epochs,
            batch_size=batch,
            rng=np.random.default_rng(0),
        )

    def with_torch() -> object:
        network = _torch_network(layers)
        x, y = torch.tensor(digits.x_train), torch.tensor(digits.y_train)
        optimizer = torch.optim.SGD(network.parameters(), lr=0.05, momentum=0.9)
        for _ in range(n_epochs):
            order = torch.randperm(len(x))
            for indices in order.split(batch):
                optimizer.zero_grad()
                loss = functional.cross_entropy(network(x[indices]), y[indices])
                loss.backward()
                optimizer.step()
        return loss.item()

    case = f"digits {list(sizes)}, {n_epochs} epochs, batch {batch}"
    yield from compared(case, {OURS: ours, TORCH: with_torch}, {TORCH: 0.7}, rounds=7)


def _surface() -> Iterator[Line]:
    digits = load_digits()
    layers = initialize((64, 128, 64, 10), rng=np.random.default_rng(0))
    directions = filter_normalized_directions(layers, rng=np.random.default_rng(1))
    grid = np.linspace(-1, 1, 51)

    def ours() -> object:
        return loss_surface(layers, digits.x_test, digits.y_test, directions, grid, grid)

    yield "loss surface 51×51, 1797 digits, s", np.median(paired({OURS: ours}, 3)[OURS]), 2.0
