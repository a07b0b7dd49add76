"""mutmut's command line with one operator narrowed, and with the mutants shuffled.

Whether a sentence of an error message is in capitals is nothing that a test should fix. A string
with a space in it is taken for such words; names, keys, and the letters of an einsum are mutated.

mutmut tries the mutants of quickly tested functions first. Here they come in an order that has
nothing to do with them, so that what was tried before a run was stopped is a fair sample.
"""

import re
from collections.abc import Iterable

import libcst
from mutmut import __main__ as mutmut
from mutmut.mutation import mutators

from tests.mutants.verdicts import order


def operator_string(node: libcst.BaseString) -> Iterable[libcst.BaseString]:
    """Mutate a string as mutmut does, unless it has a space."""
    if isinstance(node, libcst.SimpleString) and not re.search(r"\s", node.value):
        yield from mutators.operator_string(node)


if __name__ == "__main__":
    narrowed = (libcst.BaseString, operator_string)
    place = mutators.mutation_operators.index((libcst.BaseString, mutators.operator_string))
    mutators.mutation_operators[place] = narrowed
    mutmut.estimated_worst_case_time = order
    mutmut.cli()
