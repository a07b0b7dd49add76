"""The one door of the library: a function says of each argument what it must be.

`checked` stands above a function and asks for arrays, numbers and names with `array`, `number`,
`one_of` and their like; what comes through is in the form in which the function computes with it.
Anything else is refused with a `ValueError` that names the argument and says what was expected
and what came. The code behind the door trusts its arguments: its body is the equation. Functions
that take one value and its name, such as `whole_number`, check what arrives by another way.
"""

from explorable.checks.arrays import (
    Array,
    ArrayLike,
    IntegerArray,
    IntegerArrayLike,
    Shape,
    all_finite,
    as_array,
    check_shape,
    class_labels,
    finite_array,
    real_array,
    require_room,
)
from explorable.checks.decorator import Check, Checked, Given, Lengths, checked
from explorable.checks.descriptions import shown
from explorable.checks.numbers import finite_number, number_in, whole_number
from explorable.checks.objects import (
    a_flag,
    a_function,
    a_text,
    an_instance,
    known_name,
    listed,
    random_generator,
)
from explorable.checks.wanted import (
    FLAG,
    FUNCTION,
    GENERATOR,
    TEXT,
    WORKERS,
    array,
    check_fields,
    entrywise,
    instance,
    labels,
    number,
    one_of,
    require_broadcast,
    several,
    symmetric,
    whole,
)

__all__ = [
    "FLAG",
    "FUNCTION",
    "GENERATOR",
    "TEXT",
    "WORKERS",
    "Array",
    "ArrayLike",
    "Check",
    "Checked",
    "Given",
    "IntegerArray",
    "IntegerArrayLike",
    "Lengths",
    "Shape",
    "a_flag",
    "a_function",
    "a_text",
    "all_finite",
    "an_instance",
    "array",
    "as_array",
    "check_fields",
    "check_shape",
    "checked",
    "class_labels",
    "entrywise",
    "finite_array",
    "finite_number",
    "instance",
    "known_name",
    "labels",
    "listed",
    "number",
    "number_in",
    "one_of",
    "random_generator",
    "real_array",
    "require_broadcast",
    "require_room",
    "several",
    "shown",
    "symmetric",
    "whole",
    "whole_number",
]
