"""A function of any array, and its gradient."""

import numpy as np


def quartic(x):
    return (x**4).sum() + x.prod()


def quartic_gradient(x):
    others = [np.prod(np.delete(x.ravel(), i)) for i in range(x.size)]
    return 4 * x**3 + np.reshape(others, x.shape)
