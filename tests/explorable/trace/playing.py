"""Programs run in the browser, beside the functions that they were traced from."""

import base64
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from playwright.sync_api import Page

from explorable.explore.bundle import in_a_function, joined
from explorable.trace import Program, trace
from explorable.trace.programs import leaves_of as roots

BROWSER = Path(__file__).parents[3] / "explorable/trace/browser"

TRACED = """
globalThis.traced = { compile, filled, formatted, lanes, loops, number, operations, PCG32 };
"""
RUN = """
const numbers = ({ shape, bytes }) => ({
  shape,
  values: new Float64Array(Uint8Array.from(atob(bytes), (c) => c.charCodeAt(0)).buffer),
});
const written = (root) => {
  if (typeof root === "string") return root;
  const bytes = new Uint8Array(Float64Array.from(root.values).buffer);
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return { shape: root.shape, bytes: btoa(text) };
};
function played({ program, calls }) {
  const run = traced.compile(program);
  return calls.map(({ inputs, options }) => {
    try {
      const { told, roots } = run(inputs.map(numbers), options);
      return { told, roots: roots.map(written) };
    } catch (error) {
      return { error: error.message };
    }
  });
}
"""


def encoded(value: Any) -> Any:
    if isinstance(value, str):
        return value
    array = np.asarray(value, float)
    return {"shape": list(array.shape), "bytes": base64.b64encode(array.tobytes()).decode()}


def decoded(value: Any) -> Any:
    if isinstance(value, str):
        return value
    return np.frombuffer(base64.b64decode(value["bytes"])).reshape(value["shape"])


Job = tuple[Program, Sequence[Sequence[Any]]]
"""A program, and the inputs of each time that it is run."""


class Player:
    def __init__(self, page: Page) -> None:
        self.page = page
        body = joined(BROWSER / "player.js", BROWSER / "pcg32.js")
        page.add_script_tag(content=in_a_function(body + TRACED) + RUN)

    def play(self, jobs: Sequence[Job]) -> list[list[Any]]:
        """Return the roots of each run of each job, or what it was refused with."""
        asked = [(program, [(inputs, ()) for inputs in calls]) for program, calls in jobs]
        return [[roots for roots, _ in job] for job in self.played(asked)]

    def played(
        self, jobs: Sequence[tuple[Program, Sequence[tuple[Sequence[Any], Sequence[int]]]]]
    ) -> list[list[tuple[Any, Any]]]:
        """Return of each run, at its inputs and options, also what else it told."""
        written = [
            {
                "program": program.content,
                "calls": [
                    {"inputs": [*map(encoded, inputs)], "options": [*options]}
                    for inputs, options in calls
                ],
            }
            for program, calls in jobs
        ]
        return [
            [
                (run.get("error") or [decoded(root) for root in run["roots"]], run.get("told"))
                for run in job
            ]
            for job in self.page.evaluate("(jobs) => jobs.map(played)", written)
        ]

    def one(self, program: Program, *inputs: Any, options: Sequence[int] = ()) -> Any:
        return self.played([(program, [(inputs, options)])])[0][0][0]

    def same(
        self, function: Callable[..., Any], *calls: Sequence[Any], tolerance: float = 1e-12
    ) -> None:
        """Trace a function at the first of some inputs, and compare it with the page at all."""
        self.all_same([(function, calls)], tolerance)

    def all_same(
        self,
        functions: Sequence[tuple[Callable[..., Any], Sequence[Sequence[Any]]]],
        tolerance: float = 1e-12,
        *,
        scaled: bool = False,
    ) -> None:
        """Do so with several functions, in one call of the page."""
        jobs = [(trace(function, *calls[0]), calls) for function, calls in functions]
        for (function, calls), runs in zip(functions, self.play(jobs), strict=True):
            for inputs, run in zip(calls, runs, strict=True):
                assert isinstance(run, list), f"{function}: {run}"
                with np.errstate(all="ignore"):
                    wanted = roots(function(*inputs))
                assert_near(run, wanted, tolerance, (function, inputs), scaled=scaled)


def assert_near(
    found: Sequence[Any],
    wanted: Sequence[Any],
    tolerance: float,
    what: Any,
    *,
    scaled: bool = False,
) -> None:
    """Compare results: texts and shapes exactly, numbers by their relative difference.

    It is that to the number itself, or, `scaled`, to the largest in the array.
    """
    assert len(found) == len(wanted)
    for ours, right in zip(found, wanted, strict=True):
        if isinstance(right, str):
            assert ours == right, what
        else:
            assert ours.shape == np.shape(right), what
            size = np.max(np.abs(right), initial=0, where=np.isfinite(right)) if scaled else 0
            np.testing.assert_allclose(
                ours, right, rtol=tolerance, atol=size * tolerance, err_msg=str(what)
            )
