"""From what a function returned to a verdict, as a good tutor would give it."""

import functools
import inspect
import re
import time
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.random import default_rng

from explorable.sentences import told, translated
from explorable.tutor.chance import are_alike, are_equal, never_varies
from explorable.tutor.comparing import described, literal, words
from explorable.tutor.running import Outcome, fresh, is_blank, run
from explorable.tutor.task import TITLES, Case, Mistake, Seed, Task
from explorable.tutor.verdict import Verdict

N_FRESH = 150, 20
"""How many examples are drawn at each press, if the time allows, and if others have failed."""

COMMA = re.compile(r"[,\u060c\u3001\uff0c](?!\d)")  # of any script

SECONDS = 1.0
"""For how long a slow function is tried with more than a fifth of them."""


class Trial(NamedTuple):
    """One example, tried: what is wrong, if anything, and whether at least the result is right."""

    case: Case
    expected: Any
    outcome: Outcome
    fault: str | None
    correct: bool


def judged(name: str, task: Task, function: Any) -> Verdict:
    """Judge what a reader handed in for a task."""
    signature = f"{name}{_bare(inspect.signature(task.right))}"
    if not callable(function):
        return _failed(
            name,
            told("What came is {what} and no function.", what=described(function)),
            told(
                'Hand over the function itself, without calling it: judge("{name}", {name}).',
                name=name,
            ),
        )
    complaint = _misfit(signature, task, function)
    if complaint is not None:
        return _failed(name, complaint)
    trials: list[Trial] = []
    for case in task.cases:
        trial = _try(task, function, case)
        if _unwritten(trial.outcome, function):
            returns = _listed([*map(words, task.returns)])
            return Verdict(
                False,
                told("{name}: nothing written yet.", name=name)
                + "\n"
                + told(
                    "Write {signature}, which returns {returns}, and run this cell again.",
                    signature=signature,
                    returns=returns,
                ),
                name="nothing written",
            )
        trials.append(trial)
        if _was_stopped(trial):
            break
    trials += _tried_anew(task, function, trials)
    failing = [trial for trial in trials if trial.fault is not None]
    if failing:
        return _explained(name, task, trials, failing)
    if task.measure is not None and not _draws(task, function):
        mistake = next(m for m in task.mistakes if m.name == "not drawn from rng")
        where = told(
            "Called twice with generators of one seed, {name} should give the same twice.",
            name=name,
        )
        return _failed(name, where, *_named(task, mistake), called=mistake.name)
    tried = told(
        "Checked with {cases}, and with fresh examples drawn at random.",
        cases=_listed([translated(case.about) for case in task.cases]),
    )
    lines = [told("{name}: right.", name=name), tried, translated(task.adds)]
    return Verdict(True, "\n".join(lines), name, "right")


def _tried_anew(task: Task, function: Callable[..., Any], trials: Sequence[Trial]) -> list[Trial]:
    """Try examples that nobody has seen yet: those that fail first, the shortest before others."""
    rng, start = default_rng(), time.perf_counter()
    found: list[Trial] = []
    n_fresh = N_FRESH[any(trial.fault is not None for trial in trials)]
    if task.measure is not None:  # for which each example is hundreds of calls
        n_fresh = n_fresh // 30
    while len(found) < n_fresh and not any(map(_was_stopped, (*trials[-1:], *found[-1:]))):
        if 5 * len(found) >= n_fresh and time.perf_counter() - start > SECONDS:
            break
        found.append(_try(task, function, Case("", task.fresh(rng))))
    return sorted(found, key=lambda trial: (trial.fault is None, len(_call("", trial.case))))


def _was_stopped(trial: Trial) -> bool:
    raised = trial.outcome.raised
    return raised is not None and raised.kind == "KeyboardInterrupt"


def _try(task: Task, function: Callable[..., Any], case: Case) -> Trial:
    """Call the reader's function with one example; the right result is found afterwards."""
    outcome = run(function, case.arguments)
    expected = None if task.measure is not None else run(task.right, case.arguments).value
    fault = _fault(task, case, outcome, expected)
    if fault is not None:
        return Trial(case, expected, outcome, fault, correct=False)
    return Trial(case, expected, outcome, _side_effect(task, outcome), correct=True)


def _fault(task: Task, case: Case, outcome: Outcome, expected: Any) -> str | None:
    """Say what is wrong with a result."""
    if outcome.raised is not None:
        kind, text, line = outcome.raised
        if kind == "KeyboardInterrupt":
            return translated(
                "It was stopped before a result came: does a loop not come to an end?"
            )
        if kind == "RecursionError":
            fault = translated("The function calls itself without end.")
        elif text:
            fault = told("The function raises {kind} ({text}).", kind=kind, text=text)
        else:
            fault = told("The function raises {kind}.", kind=kind)
        return fault + told(" It comes from the line `{line}`.", line=line) if line else fault
    if outcome.value is None or outcome.value is ...:
        return translated("It returns None: is a return missing?")
    return task.difference(case, outcome.value, expected)


def _side_effect(task: Task, outcome: Outcome) -> str | None:
    """Say what else a function did that gave the right result."""
    if outcome.changed is not None:
        changed = list(inspect.signature(task.right).parameters)[outcome.changed]
        return told(
            "It changes its argument {changed}, which the caller may still need: "
            "compute something new, or work on a copy.",
            changed=changed,
        )
    return None


def _explained(
    name: str, task: Task, trials: Sequence[Trial], failing: Sequence[Trial]
) -> Verdict:
    """Tell the smallest example that failed, and the mistake, if it is known."""
    first = failing[0]
    lines = [told("Try {call}.", call=_call(name, first.case)), str(first.fault)]
    mistake = _recognised(task, trials, failing)
    if mistake is not None:
        return _failed(name, *lines, *_named(task, mistake), called=mistake.name)
    if not first.correct:
        lines += filter(None, [_side_effect(task, first.outcome)])
    return _failed(name, *lines)


def _call(name: str, case: Case) -> str:
    """Write a call as one would type it."""
    *_, last = case.arguments
    call = f"{name}({', '.join(map(_typed, case.arguments))})"
    if isinstance(last, Seed):
        return f"[{call} for k in range({last.seed}, {last.seed + last.calls})]"
    return call


def _typed(value: Any) -> str:
    """Write an argument as one would type it, an array as an array."""
    if isinstance(value, list) and value and isinstance(value[0], np.ndarray):
        return f"[{', '.join(map(_typed, value))}]"
    if isinstance(value, np.ndarray):
        text = literal(value)
        if value.dtype.kind == "f" and not set(".e") & set(text):
            text = re.sub(r"\d+", r"\g<0>.0", text)  # an array of integers might do something else
        return f"np.array({text})"
    return literal(value)


def _recognised(task: Task, trials: Sequence[Trial], failing: Sequence[Trial]) -> Mistake | None:
    """Find the known mistake that explains all that failed."""
    for mistake in task.mistakes:
        if mistake.sign is not None and all(mistake.sign(trial.outcome) for trial in failing):
            return mistake
        for wrong in mistake.wrongs if not failing[0].correct else ():
            if _is_found(task, trials, failing, wrong):
                return mistake
    return None


def _is_found(
    task: Task, trials: Sequence[Trial], failing: Sequence[Trial], wrong: Callable[..., Any]
) -> bool:
    """Say whether a wrong function does what the reader's did.

    It has to in all the task's examples, and in three quarters of the others, in which two ways to
    make a mistake may part: where one overflows, or an array is broadcast by accident.
    """
    all_raised = all(trial.outcome.raised is not None for trial in failing)
    if not _alike(task, failing[0], wrong, exactly=all_raised):
        return False
    n_cases = len(task.cases)
    if not all(_alike(task, trial, wrong) for trial in trials[:n_cases]):
        return False
    alike = [_alike(task, trial, wrong) for trial in trials[n_cases:]]
    return 4 * sum(alike) >= 3 * len(alike)


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
    if task.measure is not None:
        arguments = tuple(map(fresh, trial.case.arguments))
        return are_alike(task.measure, arguments, ours.value, theirs.value)
    return task.difference(trial.case, ours.value, theirs.value) is None


def _named(task: Task, mistake: Mistake) -> tuple[str, str]:
    """Name a mistake, and quote the sentence that it contradicts, or a part of it."""
    said = {"title": translated(TITLES[task.chapter]), "sentence": translated(mistake.sentence)}
    return (
        told("A known mistake: {name}.", name=translated(mistake.name)),
        told("The chapter “{title}” says: “{sentence}”", **said)
        if mistake.sentence.endswith((".", "!", "?"))
        else told("The chapter “{title}” says: “{sentence}”.", **said),
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
            return told(
                "It should take the arguments of {signature}, but takes {own}.",
                signature=signature,
                own=_bare(own),
            )
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
    once, again = (run(function, task.cases[-1].arguments) for _ in range(2))
    return are_equal(again.value, once.value) and not never_varies(once)


def _failed(name: str, *lines: str, called: str = "not right") -> Verdict:
    message = "\n".join([told("{name}: not right yet.", name=name), *lines])
    return Verdict(False, message, name, called)


def _listed(words: Sequence[str]) -> str:
    if len(words) == 1:
        return words[0]
    joined = told("{some} and {last}", some="", last="")
    if any(joined in word or COMMA.search(word) for word in words):
        apart = translated("{one}; {another}")  # for some have such marks within
        return functools.reduce(lambda one, other: apart.format(one=one, another=other), words)
    comma = translated("{one}, {another}")
    some = functools.reduce(lambda one, other: comma.format(one=one, another=other), words[:-1])
    return told("{some} and {last}", some=some, last=words[-1])
