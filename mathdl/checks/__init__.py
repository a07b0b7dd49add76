"""The few input checks that all kernels share.

Each check takes what a caller handed in, returns it in the form in which a kernel computes with
it, and otherwise raises a `ValueError` that names the argument and says what was expected and
what came. A public function checks its arguments once, at its entry; the code behind the entry
trusts them. What overflows all the same is refused by `refuses_overflow`.
"""

from mathdl.checks.arrays import (
    Array,
    IntegerArray,
    Shape,
    as_array,
    check_shape,
    class_labels,
    finite_array,
    probabilities,
    real_array,
    require_room,
    same_shape,
    symmetric_matrix,
)
from mathdl.checks.numbers import (
    finite_number,
    nonnegative_number,
    number_between,
    positive_number,
    require_workers,
    whole_number,
)
from mathdl.checks.objects import (
    a_flag,
    a_function,
    a_text,
    an_instance,
    known_name,
    listed,
    random_generator,
)
from mathdl.checks.overflow import (
    all_finite,
    refuses_overflow,
)
from mathdl.checks.words import (
    shown,
)

__all__ = [
    "Array",
    "IntegerArray",
    "Shape",
    "a_flag",
    "a_function",
    "a_text",
    "all_finite",
    "an_instance",
    "as_array",
    "check_shape",
    "class_labels",
    "finite_array",
    "finite_number",
    "known_name",
    "listed",
    "nonnegative_number",
    "number_between",
    "positive_number",
    "probabilities",
    "random_generator",
    "real_array",
    "refuses_overflow",
    "require_room",
    "require_workers",
    "same_shape",
    "shown",
    "symmetric_matrix",
    "whole_number",
]
