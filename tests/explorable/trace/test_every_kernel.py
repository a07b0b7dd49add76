"""Which of the book's functions can be traced, at the calls of their docstrings' examples."""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from explorable.trace import Program, trace_paths
from explorable.trace.pcg32 import PCG32
from explorable.trace.traced import Length, Traced
from mathdl.forward import Layer
from tests.explorable.trace.playing import Player, assert_near

if TYPE_CHECKING:
    from tests.invalid_inputs.calls import Call

pytestmark = [pytest.mark.browser, pytest.mark.proof]

REFUSED = {
    "eigenvalues, least squares, linear systems": """
        best_affine_fit curve_errors fit_weights principal_axes
        plane_coordinates penalized_minimum eigenmodes minimum_norm ridge_fit
        ridge legendre_features""",
    "how many numbers there are depends on the numbers": """
        linear_pieces dropout_backward
        count_regions hole_problem accuracy nearest_rows""",
    "made of Python's numbers, one at a time": """
        hats_needed check_gradient numerical_gradient
        best_step Node dead_units dropout_penalty
        predicted_differences loss_surface decompose
        value loss_at""",
    "kept in a cache by its arguments": "remedy_errors",
    "functions of NumPy that no explorer needs": """
        deep_accuracies learn_shuffled data_parallel_gradients hessian
        softmax_regression""",
}
"""What cannot be traced, by the reason."""


def parted(value: Any, numbers: list[Any]) -> Callable[[Iterator[Any]], Any]:
    """Move numbers and arrays out of arguments; return what puts others in their place."""
    array = isinstance(value, np.ndarray) and value.dtype.kind in "fiu"
    if array or isinstance(value, (float, np.floating)):
        numbers.append(value)
        return next
    if isinstance(value, dict):
        parts = {name: parted(each, numbers) for name, each in value.items()}
        return lambda given: {name: part(given) for name, part in parts.items()}
    if isinstance(value, Layer):
        weights, bias = parted(value.weights, numbers), parted(value.bias, numbers)
        return lambda given: Layer.trusted(weights(given), bias(given), value.activation)
    if isinstance(value, (list, tuple)):
        each = [parted(part, numbers) for part in value]
        make = value._make if hasattr(value, "_make") else type(value)
        return lambda given: make([part(given) for part in each])
    return lambda given: value


def numbers_in(result: Any) -> Iterator[Any]:
    if isinstance(result, (Traced, Length, np.ndarray, np.generic, float, int)):
        yield result
    elif dataclasses.is_dataclass(result):
        yield from numbers_in([getattr(result, each.name) for each in dataclasses.fields(result)])
    elif isinstance(result, (dict, list, tuple)):
        for each in result.values() if isinstance(result, dict) else result:
            yield from numbers_in(each)


def cases() -> Iterator[tuple[Call, Callable[..., Any], list[Any]]]:
    """Yield calls of kernels, as functions of their numbers, which are examples."""
    from tests.invalid_inputs import catalogue  # which takes seconds to be made

    for call in catalogue.calls():
        module = getattr(call.function, "__module__", "")
        numbers: list[Any] = []
        make = parted(call.fresh(), numbers)
        draws = any(
            isinstance(each, np.random.Generator | PCG32) for each in call.arguments.values()
        )
        if module.startswith("mathdl.") and numbers and not draws:

            def run(*given: Any, call: Call = call, make: Any = make) -> list[Any]:
                return list(numbers_in(call.use(call.made_with(make(iter(given))))))

            yield call, run, numbers


@pytest.mark.filterwarnings("ignore")
def test_what_can_be_traced_is_the_same_in_the_page(player: Player, rng):
    from tests.invalid_inputs import examples

    refused: set[str] = set()
    jobs: list[tuple[str, Callable[..., Any], Program, list[list[Any]]]] = []
    with examples.few_digits():
        for call, run, numbers in cases():
            name = call.name.rpartition(".")[2] if "Node" not in call.name else "Node"
            try:
                program = trace_paths(lambda *given, run=run: (run(*given), None), numbers)
            except (ValueError, TypeError, AttributeError, KeyError):
                refused.add(name)
                continue
            near = [
                [each * (1 + 0.1 * rng.normal(size=np.shape(each))) if whole else each
                 for each, whole in ((n, np.asarray(n).dtype.kind == "f") for n in numbers)]
                for _ in range(30)
            ]  # fmt: skip
            jobs.append((name, run, program, [numbers, *near]))
    played = player.play([(program, calls) for _, _, program, calls in jobs])
    for (name, run, _, calls), results in zip(jobs, played, strict=True):
        for given, found in zip(calls, results, strict=True):
            with np.errstate(all="ignore"), contextlib.suppress(ValueError, OverflowError):
                wanted = run(*given)
                assert isinstance(found, list), (name, found)
                assert_near(found, wanted, 1e-12, name, scaled=True)
    assert refused == {name for names in REFUSED.values() for name in names.split()}
