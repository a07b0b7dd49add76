"""Right answers in two styles, and each known mistake."""

import math

import numpy as np

from tests.judge.slips import slip


def squared(x):
    return x**2


def squared_in_a_loop(x):
    return [value * value for value in x]


def root(y):
    return np.sqrt(y)


def root_in_a_loop(y):
    return [math.sqrt(value) for value in y]


RIGHT = {
    "sample_chapter": [squared, squared_in_a_loop],
    "sample_chapter_root": [root, root_in_a_loop],
}
WRONG = {
    "sample_chapter": {"doubled, not squared": slip(squared, "x**2", "2 * x")},
    "sample_chapter_root": {"halved, not the root": slip(root, "np.sqrt(y)", "y / 2")},
}
