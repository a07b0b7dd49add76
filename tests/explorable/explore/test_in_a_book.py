"""What an explorer shows while a book is built, and what it leaves alone before it is shown."""

import json
import re

from IPython.core.formatters import DisplayFormatter

from explorable.drawing.toolkit import panels
from explorable.explore import explore, say, slider
from tests.explorable.explore.examples import sample


def display(thing):
    return DisplayFormatter().format(thing)[0]


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
