"""Right answers in several styles, and each known mistake in two."""

import math

import numpy as np


def squared(x):
    return x**2


def multiplied(x):
    return np.multiply(x, x)


def squared_in_a_loop(x):
    return [value * value for value in x]


def squared_by_power(x):
    return np.array([pow(float(value), 2) for value in x])


def doubled(x):
    return x + x


def doubled_in_a_loop(x):
    return [2 * value for value in x]


def root(y):
    return y**0.5


def root_in_a_loop(y):
    return [math.sqrt(value) for value in y]


def halved(y):
    return 0.5 * y


def halved_in_a_loop(y):
    return [value / 2 for value in y]


RIGHT = {
    "sample_chapter": [squared, multiplied, squared_in_a_loop, squared_by_power],
    "sample_chapter_root": [root, root_in_a_loop],
}
WRONG = {
    "sample_chapter": {"doubled, not squared": [doubled, doubled_in_a_loop]},
    "sample_chapter_root": {"halved, not the root": [halved, halved_in_a_loop]},
}
