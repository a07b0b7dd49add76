"""What the page's script is answered when it calls a function of the library."""

import sys
from types import ModuleType

import numpy as np
import pytest

from explorable.python.answers import answer


@pytest.mark.parametrize(
    ("name", "arguments", "answered"),
    [
        ("mathdl.concepts.relu", '{"z": [-1, 2.5]}', '{"value": [0.0, 2.5]}'),
        ("mathdl.concepts.relu", '{"z": [[1], [-2]]}', '{"value": [[1.0], [0.0]]}'),
        ("mathdl.concepts.relu", '{"z": -3}', '{"value": 0.0}'),
        ("explorable.sentences.number", '{"value": 2}', '{"value": "2"}'),
        ("explorable.sentences.number", '{"value": 0.25, "spec": ".1f"}', '{"value": "0.2"}'),
        ("explorable.sentences.translated", '{"template": "第 1 行"}', '{"value": "第 1 行"}'),
        ("explorable.python.absent.is_absent", '{"module": "dask"}', '{"value": true}'),
    ],
)
def test_a_call_is_answered_with_its_value(name, arguments, answered):
    assert answer(name, arguments) == answered


@pytest.mark.parametrize(
    ("name", "arguments", "error"),
    [
        ("mathdl.concepts.f", "{}", "AttributeError: module 'mathdl.concepts' has no attribute "),
        ("mathdl.nothing.f", "{}", "ModuleNotFoundError: No module named 'mathdl.nothing'"),
        ("explorable.sentences.told", '{"template": "{数}"}', "KeyError: '数'"),
        (
            "explorable.python.cells.Notebook",
            '{"cells": []}',
            "TypeError: The page can't be sent ",
        ),
    ],
)
def test_what_goes_wrong_is_answered_too(name, arguments, error):
    assert answer(name, arguments).startswith(f'{{"error": "{error}')
    for other in ("os.getcwd", "mathdlx.f", "os.mathdl.f", "mathdl", "sum", ""):
        refused = f"ValueError: The page may call functions that came with it only, not {other}."
        assert answer(other, "{}") == f'{{"error": "{refused}"}}'


def test_numbers_and_arrays_of_numpy_become_plain_wherever_they_stand(monkeypatch):
    results = ModuleType("mathdl.results")
    monkeypatch.setitem(sys.modules, "mathdl.results", results)
    results.f = lambda: {"count": np.int64(3), "rows": [np.array([[1, 2]]), (np.bool_(True),)]}
    plain = '{"value": {"count": 3, "rows": [[[1, 2]], [true]]}}'
    assert answer("mathdl.results.f", "{}") == plain
    for value in (np.nan, -np.inf, np.array([1.0, np.nan])):  # of which JSON knows nothing
        results.f = lambda value=value: value
        refused = '{"error": "ValueError: Out of range float values are not JSON compliant'
        assert answer("mathdl.results.f", "{}").startswith(refused)
