"""What an explorer shows in a kernel of the build, and what it leaves alone before it is shown."""

import ast
import json
import re
from types import SimpleNamespace

import pytest
from IPython.core.formatters import DisplayFormatter

from explorable.book.notebooks.publisher import TellingAssertions, load_ipython_extension
from explorable.drawing.toolkit import panels
from explorable.explore import explore, say, slider
from tests.explorable.explore.examples import sample


def display(thing):
    """Return what a shell with the extension shows of a thing."""
    shell = SimpleNamespace(display_formatter=DisplayFormatter(), ast_transformers=[])
    load_ipython_extension(shell)
    return shell.display_formatter.format(thing)[0]


def test_the_build_gets_html_and_a_file_of_states(tmp_path, monkeypatch):
    monkeypatch.setenv("EXPLORABLE_BOOK", str(tmp_path))
    bundle = display(sample())
    assert set(bundle) == {"text/plain", "text/html"}
    file, said = sorted((tmp_path / "explorers").iterdir())
    assert re.fullmatch(r"sample\.[0-9a-f]{10}\.js", file.name)
    assert file.name in bundle["text/html"]
    assert "A sin of 1 m at (0, 0)." in bundle["text/html"]
    assert said.name == "sample.said.json"
    template, fields = json.loads(said.read_text("utf-8"))["A sin of 1 m at (0, 0)."]
    assert template == "A {shape} of {size} m at ({x}, {y})."
    assert fields["shape"] == ["sin"]


def test_other_kernels_get_what_a_notebook_gets(tmp_path, monkeypatch):
    monkeypatch.delenv("EXPLORABLE_BOOK", raising=False)
    monkeypatch.chdir(tmp_path)
    assert set(display(sample())) == {"text/plain", "image/png"}
    assert list(tmp_path.iterdir()) == []


def test_an_explorer_that_is_not_shown_visits_its_first_state_only(tmp_path, monkeypatch):
    monkeypatch.setenv("EXPLORABLE_BOOK", str(tmp_path))
    figure, axes = panels(1)
    (line,) = axes.plot([0, 1])
    visited = []

    @explore(figure, {"line": line}, "A line", a=slider([1, 2, 3], start=2))
    def explorer(a):
        visited.append(a)
        return say("{a}", a=a)

    assert visited == [2]
    assert list(tmp_path.iterdir()) == []
    display(explorer)
    assert set(visited) == {1, 2, 3}


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
    shell = SimpleNamespace(display_formatter=DisplayFormatter(), ast_transformers=[])
    load_ipython_extension(shell)
    (transformer,) = shell.ast_transformers
    cell = transformer.visit(ast.parse(above + assertion))
    with pytest.raises(AssertionError) as failed:
        exec(compile(ast.fix_missing_locations(cell), "cell", "exec"), {})
    assert str(failed.value).startswith(told)


def test_a_cell_without_assertions_is_left_as_it_is():
    cell = ast.parse("x = 1")
    assert ast.dump(TellingAssertions().visit(cell)) == ast.dump(ast.parse("x = 1"))
