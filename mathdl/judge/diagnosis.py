"""From what a function returned to a verdict, as a good tutor would give it."""

import inspect
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np

from mathdl.judge.comparing import described, literal
from mathdl.judge.running import Outcome, is_blank, run
from mathdl.judge.task import Case, Mistake, Seed, Task
from mathdl.judge.verdict import Verdict

TITLES = {
    "background": "What deep learning adds",
    "concepts": "Neurons, losses and a first step downhill",
    "forward": "Forward",
    "backward": "Back-propagation",
    "gradient_descent": "Gradient descent",
    "outlook": "What is still hard",
    "faq": "Questions that readers ask",
}
"""How a verdict calls the chapters."""


class Trial(NamedTuple):
    """One example, tried.

    Attributes
    ----------
    case : Case
        The example.
    expected : object
        The right result.
    outcome : Outcome
        What came of the reader's function.
    fault : str or None
        What is wrong with it, in a sentence.
    correct : bool
        Whether at least the result is right.
    """

    case: Case
    expected: Any
    outcome: Outcome
    fault: str | None
    correct: bool


def judged(name: str, task: Task, function: Any) -> Verdict:
    """Judge one function.

    Parameters
    ----------
    name : str
        The task's name.
    task : Task
        The task.
    function : object
        What the reader handed in.

    Returns
    -------
    Verdict
        Whether it passed, and why not.
    """
    signature = f"{name}{_bare(inspect.signature(task.right))}"
    if not callable(function):
        return _failed(
            name,
            f"What came is {described(function)} and no function.",
            f'Hand over the function itself, without calling it: judge("{name}", {name}).',
        )
    complaint = _misfit(signature, task, function)
    if complaint is not None:
        return _failed(name, complaint)
    trials: list[Trial] = []
    for case in task.cases:
        trial = _try(task, function, case)
        if _unwritten(trial.outcome, function):
            returns = task.returns[0] if len(task.returns) == 1 else _listed(task.returns)
            return Verdict(
                False,
                f"{name}: nothing written yet.\n"
                f"Write {signature}, which returns {returns}, and run this cell again.",
            )
        trials.append(trial)
        if trial.outcome.raised is not None and trial.outcome.raised.kind == "KeyboardInterrupt":
            break
    failing = [trial for trial in trials if trial.fault is not None]
    if failing:
        return _explained(name, task, trials, failing)
    if task.draws and not _draws(task, function):
        mistake = next(m for m in task.mistakes if m.name == "not drawn from rng")
        where = f"Called twice with generators of one seed, {name} should give the same twice."
        return _failed(name, where, *_named(task, mistake))
    tried = _listed([case.about for case in task.cases])
    return Verdict(True, f"{name}: right.\nChecked with {tried}.\n{task.adds}")


def _try(task: Task, function: Callable[..., Any], case: Case) -> Trial:
    """Call the reader's function with one example."""
    expected = run(task.right, case.arguments).value
    outcome = run(function, case.arguments)
    fault = _fault(task, case, outcome, expected)
    if fault is not None:
        return Trial(case, expected, outcome, fault, correct=False)
    return Trial(case, expected, outcome, _side_effect(task, outcome), correct=True)


def _fault(task: Task, case: Case, outcome: Outcome, expected: Any) -> str | None:
    """Say what is wrong with a result."""
    if outcome.raised is not None:
        kind, text, line = outcome.raised
        said = f" ({text})" if text else ""
        place = f" It comes from the line `{line}`." if line else ""
        if kind == "RecursionError":
            return f"The function calls itself without end.{place}"
        if kind == "KeyboardInterrupt":
            return "It was stopped before a result came: does a loop not come to an end?"
        return f"The function raises {kind}{said}.{place}"
    if outcome.value is None:
        return "It returns None: is a `return` missing?"
    return task.difference(case, outcome.value, expected)


def _side_effect(task: Task, outcome: Outcome) -> str | None:
    """Say what else a function did that gave the right result."""
    if outcome.warned and task.silent:
        return f"NumPy warns: {outcome.warned}."
    if outcome.changed is not None:
        changed = list(inspect.signature(task.right).parameters)[outcome.changed]
        return (
            f"It changes its argument {changed}, which the caller may still need: "
            "compute something new, or work on a copy."
        )
    return None


def _explained(
    name: str, task: Task, trials: Sequence[Trial], failing: Sequence[Trial]
) -> Verdict:
    """Tell the smallest example that failed, and the mistake, if it is known."""
    first = failing[0]
    call = f"{name}({', '.join(map(literal, first.case.arguments))})"
    lines = [f"Try {call}.", str(first.fault)]
    mistake = _recognised(task, trials, failing)
    if mistake is not None:
        lines += _named(task, mistake)
    elif not first.correct:
        lines += filter(None, [_side_effect(task, first.outcome)])
    return _failed(name, *lines)


def _recognised(task: Task, trials: Sequence[Trial], failing: Sequence[Trial]) -> Mistake | None:
    """Find the known mistake whose results are the reader's.

    It has to explain the first example that failed and at least half of all that failed; of
    several mistakes the one counts that explains most examples.
    """
    found, most, first = None, 0, failing[0]
    for mistake in task.mistakes:
        if mistake.sign is not None and mistake.sign(first.outcome):
            return mistake
        for wrong in mistake.wrongs if not first.correct else ():
            if not _alike(task, first, wrong, exactly=True):
                continue
            alike = [trial.fault for trial in trials if _alike(task, trial, wrong)]
            shared = sum(fault is not None for fault in alike)
            if 2 * shared >= len(failing) and len(alike) > most:
                found, most = mistake, len(alike)
    if found is None and first.outcome.changed is None:
        blamed = (mistake for mistake in task.mistakes if mistake.name == first.case.blames)
        return next(blamed, None)
    return found


def _alike(task: Task, trial: Trial, wrong: Callable[..., Any], *, exactly: bool = False) -> bool:
    """Say whether a wrong function does in an example what the reader's function did.

    Of two exceptions the texts may differ, unless `exactly` the same is asked for.
    """
    ours, theirs = trial.outcome, run(wrong, trial.case.arguments)
    if ours.raised is not None or theirs.raised is not None:
        told = 2 if exactly else 1
        return (ours.raised or ())[:told] == (theirs.raised or ())[:told]
    if ours.value is None:
        return False
    return task.difference(trial.case, ours.value, theirs.value) is None


def _named(task: Task, mistake: Mistake) -> tuple[str, str]:
    """Name a mistake, and quote the sentence that it contradicts."""
    return (
        f"A known mistake: {mistake.name}.",
        f"The chapter “{TITLES[task.chapter]}” says: “{mistake.sentence}”",
    )


def _unwritten(outcome: Outcome, function: Callable[..., Any]) -> bool:
    """Say whether there is nothing to judge yet."""
    if outcome.raised is not None:
        return outcome.raised.kind == "NotImplementedError"
    return outcome.value is ... or (outcome.value is None and is_blank(function))


def _misfit(signature: str, task: Task, function: Callable[..., Any]) -> str | None:
    """Say why a function cannot be called with the arguments of all examples."""
    try:
        own = inspect.signature(function)
    except (TypeError, ValueError):  # some functions that are written in C have none
        return None
    for case in task.cases:
        try:
            own.bind(*case.arguments)
        except TypeError:
            return f"It should take the arguments of {signature}, but takes {_bare(own)}."
    return None


def _bare(signature: inspect.Signature) -> inspect.Signature:
    """Return a signature without types, as the chapter writes it."""
    parameters = [
        parameter.replace(annotation=inspect.Parameter.empty)
        for parameter in signature.parameters.values()
    ]
    return inspect.Signature(parameters)


def _draws(task: Task, function: Callable[..., Any]) -> bool:
    """Say whether all chance in a function comes from the generator that it is given."""
    *others, _ = task.cases[-1].arguments
    once, again, other = (run(function, (*others, Seed(seed))).value for seed in (5, 5, 6))
    return _equal(again, once) and not _equal(other, once)


def _equal(one: Any, other: Any) -> bool:
    """Say whether two results are the same, number by number."""
    if isinstance(one, (list, tuple)) and isinstance(other, (list, tuple)):
        return len(one) == len(other) and all(map(_equal, one, other))
    return np.array_equal(one, other)


def _failed(name: str, *lines: str) -> Verdict:
    return Verdict(False, "\n".join([f"{name}: not right yet.", *lines]))


def _listed(words: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]]))
