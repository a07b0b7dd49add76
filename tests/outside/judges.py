"""What the library's networks and surfaces are in PyTorch, written without the library."""

import numpy as np
import torch
from torch.nn import functional

torch.set_num_threads(1)

ACTIVATIONS = {
    "identity": lambda z: z,
    "relu": torch.relu,
    "leaky_relu": functional.leaky_relu,
    "sigmoid": torch.sigmoid,
    "tanh": torch.tanh,
    # functional.softplus is the identity beyond 20, which is wrong by 2e-9 there.
    "softplus": lambda z: torch.logaddexp(z, torch.zeros_like(z)),
}

LOSSES = {
    "mean_squared_error": functional.mse_loss,
    "binary_cross_entropy": functional.binary_cross_entropy_with_logits,
    "cross_entropy": functional.cross_entropy,
}

SURFACES = {
    "ravine": lambda x, y: (x**2 + 20 * y**2) / 2,
    "rosenbrock": lambda x, y: (1 - x) ** 2 + 100 * (y - x**2) ** 2,
    "himmelblau": lambda x, y: (x**2 + y - 11) ** 2 + (x + y**2 - 7) ** 2,
    "beale": lambda x, y: (
        (1.5 - x + x * y) ** 2 + (2.25 - x + x * y**2) ** 2 + (2.625 - x + x * y**3) ** 2
    ),
    "saddle": lambda x, y: x**2 / 2 + (y**2 - 1) ** 2 / 4,
}

OPTIMIZERS = {
    "gradient_descent": lambda points, rate: torch.optim.SGD(points, lr=rate),
    "momentum": lambda points, rate: torch.optim.SGD(points, lr=rate, momentum=0.9),
    "nesterov": lambda points, rate: torch.optim.SGD(points, lr=rate, momentum=0.9, nesterov=True),
    "adagrad": lambda points, rate: torch.optim.Adagrad(points, lr=rate, eps=1e-10),
    "rmsprop": lambda points, rate: torch.optim.RMSprop(points, lr=rate, alpha=0.9, eps=1e-8),
    "adam": lambda points, rate: torch.optim.Adam(points, lr=rate, eps=1e-8),
}


def leaf(array):
    """Return a tensor with a gradient, which shares no memory with the array."""
    return torch.tensor(np.asarray(array), requires_grad=True)


def parameters_of(layers):
    """Return weights and bias of each layer as tensors with gradients."""
    return [(leaf(layer.weights), leaf(layer.bias)) for layer in layers]


def forward(parameters, names, x, masks=None):
    """Send x through a network, times a mask behind each layer that has one."""
    h = torch.tensor(x)
    for number, ((weights, bias), name) in enumerate(zip(parameters, names, strict=True)):
        h = ACTIVATIONS[name](functional.linear(h, weights, bias))
        if masks is not None and number < len(masks):
            h = h * torch.tensor(masks[number])
    return h


def descend(value, start, optimizer, rate, n_steps):
    """Return the path that an optimizer of PyTorch takes with the gradients of autograd."""
    points = leaf(start)
    rule = OPTIMIZERS[optimizer]([points], rate)
    path = [points.detach().numpy().copy()]
    for _ in range(n_steps):
        rule.zero_grad()
        value(points[..., 0], points[..., 1]).sum().backward()
        rule.step()
        path.append(points.detach().numpy().copy())
    return np.stack(path)
