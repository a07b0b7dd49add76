"""What the worker of a page calls, and what it is sent."""

import importlib
import json

import pytest

from explorable.python import begin, open_page, run_cell, worker
from explorable.sentences import speak, told


@pytest.fixture
def sent(monkeypatch, nothing_to_import):
    monkeypatch.setattr(worker, "_send", worker._send)
    monkeypatch.setattr(worker, "_session", worker._session)
    yield []
    speak(str)


def test_a_page_is_opened_and_its_cells_run(sent):
    begin(lambda kind, text: sent.append((kind, json.loads(text))))
    open_page([["a", "x = 1", "more that is of no use here"], ("b", "x + 1")])
    assert run_cell("b", {}) is True
    assert run_cell("b", {"a": "x = '数'"}) is False
    assert sent[:6] == [
        ("cell", ["a", "running", ""]),
        ("cell", ["a", "done", ""]),
        ("cell", ["b", "running", ""]),
        ("cell", ["b", "result", "2"]),
        ("cell", ["b", "done", ""]),
        ("cell", ["a", "running", ""]),
    ]
    assert sent[-1] == ("cell", ["b", "failed", "1"])
    assert importlib.import_module("matplotlib").__package__ == "matplotlib"


def test_python_speaks_the_language_of_the_page_which_has_no_cells_before_it_is_opened(sent):
    with pytest.raises(ValueError, match="'a' is not in list"):
        run_cell("a", {})
    begin(lambda *message: None, '{"This cell, line {line}": "本单元，第 {line} 行"}')
    assert told("This cell, line {line}", line=3) == "本单元，第 3 行"
    assert told("A cell above, line {line}", line=3) == "A cell above, line 3"
