"""The one door of the library: a function says of each argument what it must be.

`checked` stands above a function and asks for arrays, numbers and names with `array`, `number`,
`one_of` and their like; what comes through is in the form in which the function computes with it.
Anything else is refused with a `ValueError` that names the argument and says what was expected
and what came. The code behind the door trusts its arguments: its body is the equation. Functions
that take one value and its name, such as `whole_number`, check what arrives by another way.
"""

from explorable.checks import arrays, decorator, descriptions, numbers, objects, wanted
from explorable.checks.arrays import *
from explorable.checks.decorator import *
from explorable.checks.descriptions import *
from explorable.checks.numbers import *
from explorable.checks.objects import *
from explorable.checks.wanted import *

__all__ = [
    *arrays.__all__,
    *decorator.__all__,
    *descriptions.__all__,
    *numbers.__all__,
    *objects.__all__,
    *wanted.__all__,
]
