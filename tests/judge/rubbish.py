"""Functions that are no answer at all. Each takes whatever it is given."""

import functools
import itertools
import sys

import numpy as np


def raises(*arguments):
    raise ZeroDivisionError("a reason")


def raises_what_cannot_be_told(*arguments):
    class SilentError(Exception):
        def __str__(self):
            raise RuntimeError("no words")

    raise SilentError


def exits(*arguments):
    sys.exit(3)


def is_interrupted(*arguments):
    raise KeyboardInterrupt


def calls_itself(*arguments):
    return calls_itself(*arguments)


def returns_none(*arguments):
    for argument in arguments:
        np.shape(argument) if isinstance(argument, np.ndarray) else None


def returns_nans(*arguments):
    arrays = [argument for argument in arguments if isinstance(argument, np.ndarray)]
    return np.full(arrays[0].shape if arrays else 3, np.nan)


def returns_a_number(*arguments):
    return 42


def returns_an_enormous_integer(*arguments):
    return 10**400


def returns_complex_numbers(*arguments):
    return np.array([1j, 2.0])


def returns_an_array_of_objects(*arguments):
    return np.array([None, [1], {}], dtype=object)


def returns_an_enormous_view(*arguments):
    return np.broadcast_to(0.0, (10**6, 10**6))


def returns_a_ragged_list(*arguments):
    return [[1.0], [1.0, 2.0]]


def returns_a_list_within_itself(*arguments):
    endless = []
    endless.append(endless)
    return endless


def returns_many_things(*arguments):
    return tuple(range(1000))


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

    def __array_function__(self, *arguments, **options):
        raise RuntimeError("hostile")


def returns_a_hostile_object(*arguments):
    return Hostile()


def returns_a_hostile_array(*arguments):
    return np.zeros(3).view(HostileArray)


class Callable:
    """An object that can be called."""

    def __call__(self, *arguments):
        return 1.0


FUNCTIONS = [
    *(
        thing
        for name, thing in list(globals().items())
        if getattr(thing, "__module__", None) == __name__ and not isinstance(thing, type)
    ),
    len,
    print,
    np.add,
    np.linalg.solve,
    list,
    Hostile,
    Callable(),
    functools.partial(returns_a_number, 1),
    "".join,
]
"""All of them, and some that others have written."""

NO_FUNCTIONS = [None, ..., 3.5, "softmax", np.zeros(3), [np.sin], Hostile()]
"""What is no function."""


def too_few(argument):
    return argument


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
