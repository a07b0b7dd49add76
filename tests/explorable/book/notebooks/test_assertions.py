"""What an assertion that fails tells in a kernel of the build."""

import ast
from types import SimpleNamespace

import pytest

from explorable.book.notebooks.assertions import load_ipython_extension


@pytest.mark.parametrize("above", ["", "# A comment.\n", "'A text.'\n", "x = 1\n\n"])
@pytest.mark.parametrize(
    ("assertion", "told"),
    [
        ("assert f'{2 / 3:.2f}' == '0.66'", "assert '0.67' == '0.66'"),
        ("assert round(2 / 3, 2) == 0.66, 'no'", "no\nassert 0.67 == 0.66\n"),
        ("assert not 2 > 1", "assert not 2 > 1"),
    ],
)
def test_an_assertion_that_fails_tells_what_it_compared(above, assertion, told):
    shell = SimpleNamespace(ast_transformers=[])
    load_ipython_extension(shell)
    (transformer,) = shell.ast_transformers
    cell = transformer.visit(ast.parse(above + assertion))
    with pytest.raises(AssertionError) as failed:
        exec(compile(ast.fix_missing_locations(cell), "cell", "exec"), {})
    assert str(failed.value).startswith(told)
