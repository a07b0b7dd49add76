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


@pytest.mark.parametrize("name", ["os.getcwd", "mathdlx.f", "os.mathdl.f", "mathdl", "sum", ""])
def test_functions_of_others_are_refused(name):
    refused = f"ValueError: The page may call functions that came with it only, not {name}."
    assert answer(name, "{}") == f'{{"error": "{refused}"}}'


@pytest.mark.parametrize(
    ("name", "arguments", "error"),
    [
        (
            "mathdl.concepts.reul",
            "{}",
            "AttributeError: module 'mathdl.concepts' has no attribute 'reul'",
        ),
        ("mathdl.nothing.f", "{}", "ModuleNotFoundError: No module named 'mathdl.nothing'"),
        ("explorable.sentences.told", '{"template": "{数}"}', "KeyError: '数'"),
        (
            "explorable.python.cells.Notebook",
            '{"cells": []}',
            "TypeError: The page can't be sent a Notebook.",
        ),
    ],
)
def test_what_goes_wrong_is_answered_too(name, arguments, error):
    assert answer(name, arguments) == f'{{"error": "{error}"}}'


@pytest.fixture
def results(monkeypatch):
    """A module of the library whose functions return what a page may be sent, or not."""
    module = ModuleType("mathdl.results")
    monkeypatch.setitem(sys.modules, "mathdl.results", module)
    return module


def test_numbers_and_arrays_of_numpy_become_plain_wherever_they_stand(results):
    results.f = lambda: {"count": np.int64(3), "rows": [np.array([[1, 2]]), (np.bool_(True),)]}
    plain = '{"value": {"count": 3, "rows": [[[1, 2]], [true]]}}'
    assert answer("mathdl.results.f", "{}") == plain


@pytest.mark.parametrize("value", [np.nan, -np.inf, np.array([1.0, np.nan])])
def test_what_json_has_no_number_for_is_an_error(results, value):
    results.f = lambda: value
    refused = '{"error": "ValueError: Out of range float values are not JSON compliant'
    assert answer("mathdl.results.f", "{}").startswith(refused)
