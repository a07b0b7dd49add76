"""Functions that are no answer at all. Each takes whatever it is given."""

import functools
import itertools

import numpy as np


class SilentError(Exception):
    def __str__(self):
        raise RuntimeError("no words")


class Hostile:
    """Refuses everything that can be asked of an object."""

    def _refuse(self, *arguments):
        raise RuntimeError("hostile")

    __repr__ = __str__ = __len__ = __iter__ = __eq__ = __getitem__ = __array__ = _refuse
    __float__ = __bool__ = __hash__ = _refuse


class HostileArray(np.ndarray):
    """An array that refuses all arithmetic."""

    def __array_ufunc__(self, *arguments, **options):
        raise RuntimeError("hostile")

    __array_function__ = __array_ufunc__


class Callable:
    """An object that can be called."""

    def __call__(self, *arguments):
        return 1.0


def raising(error):
    def fail(*arguments):
        raise error

    return fail


def returning(value):
    return lambda *arguments: value


def calls_itself(*arguments):
    return calls_itself(*arguments)


def returns_nans(*arguments):
    arrays = [argument for argument in arguments if isinstance(argument, np.ndarray)]
    return np.full(arrays[0].shape if arrays else 3, np.nan)


def yields_for_ever(*arguments):
    yield from itertools.count()


async def waits(*arguments):
    return 1.0


def changes_its_arguments(*arguments):
    for argument in arguments:
        if isinstance(argument, np.ndarray):
            argument[...] = 7
        if isinstance(argument, list):
            argument.clear()
    return 1.0


def changes_how_numpy_errs(*arguments):
    np.seterr(all="raise")
    return 1.0


WITHIN_ITSELF = []
WITHIN_ITSELF.append(WITHIN_ITSELF)
VALUES = (
    *(None, 42, 10**400, tuple(range(1000)), [[1.0], [1.0, 2.0]], WITHIN_ITSELF, Hostile()),
    *(np.array([1j, 2.0]), np.array([None, [1], {}], dtype=object)),
    *(np.broadcast_to(0.0, (10**6, 10**6)), np.zeros(3).view(HostileArray)),
)
ERRORS = (ZeroDivisionError("a reason"), SilentError(), SystemExit(3), KeyboardInterrupt())
FUNCTIONS = [
    *map(returning, VALUES),
    *map(raising, ERRORS),
    *(calls_itself, returns_nans, yields_for_ever, waits),
    *(changes_its_arguments, changes_how_numpy_errs),
    *(len, print, np.add, np.linalg.solve, list, Hostile, Callable(), "".join),
    functools.partial(returning(42), 1),
]
"""All of them, and some that others have written."""

NO_FUNCTIONS = [None, ..., 3.5, "softmax", np.zeros(3), [np.sin], Hostile()]
"""What is no function."""


def none_at_all():
    return 1.0


def too_many(a, b, c, d, e, f, g, h, i, j, k):
    return a


def only_by_name(*, z):
    return z


def one_that_must_be_named(*arguments, axis):
    return arguments[0]


MISFITS = [none_at_all, too_many, only_by_name, one_that_must_be_named]
"""Functions that cannot be called with any task's arguments."""


def dots(*arguments): ...


def passes(*arguments):
    pass


def documented(*arguments):
    """Do something."""


def not_implemented(*arguments):
    raise NotImplementedError


def returns_dots(*arguments):
    return ...


STUBS = [dots, passes, documented, not_implemented, returns_dots]
"""Functions that nobody has written yet."""
