"""The judge: right answers pass, known mistakes are named, rubbish gets a sentence.

What a reader might give stands in ``answers.py`` of a chapter's tests: `RIGHT`, task by task, in
two styles; `WRONG`, one for each known mistake, often a right one with a slip; `ALSO`, other ways
to make one; and `UNNAMED`, wrong ones that look like a known mistake and are none.
"""

import functools
import importlib
import inspect
import re
from pathlib import Path

import numpy as np
import pytest

from explorable.book.notebooks.refresh import read
from explorable.tutor.diagnosis import _call
from explorable.tutor.running import fresh
from explorable.tutor.task import Case, Seed, Watched
from mathdl.judge import TUTOR, judge
from tests.judge import rubbish

NOTEBOOKS = Path(__file__).parents[2] / "chapters"
TASKS = TUTOR.tasks
CHAPTERS = TUTOR.titles
ANSWERS = [importlib.import_module(f"tests.{chapter}.answers") for chapter in CHAPTERS]
RIGHT = [
    (name, answer)
    for module in ANSWERS
    for name, answers in module.RIGHT.items()
    for answer in answers
]
WRONG = [
    (name, mistake, answer)
    for module in ANSWERS
    for name, mistakes in module.WRONG.items()
    for mistake, answer in mistakes.items()
] + [each for module in ANSWERS for each in getattr(module, "ALSO", [])]
ONE_RIGHT = dict(reversed(RIGHT)).items()
"""The first answer of each task, which `test_chinese.py` judges."""

UNNAMED = [
    (name, answer)
    for module in ANSWERS
    for name, answers in getattr(module, "UNNAMED", {}).items()
    for answer in answers
]


def task(name):
    return TUTOR.task(name)


def named(verdict):
    """Return the mistakes that a verdict names."""
    return re.findall(r"^A known mistake: (.*)\.$", verdict.message, re.MULTILINE)


def reads_well(verdict):
    """Say whether a verdict has something to say, in lines that are not endless."""
    lines = verdict.message.splitlines()
    return len(lines) >= 2 and all(0 < len(line) < 700 for line in lines)


# Right answers


def test_every_task_has_right_answers_in_two_styles():
    for name in TASKS:
        answers = f"tests/{TASKS[name]}/answers.py: {name} needs two right answers"
        assert sum(name == other for other, _ in RIGHT) >= 2, answers


@pytest.mark.parametrize(
    ("name", "answer"),
    [pytest.param(*each, marks=[pytest.mark.proof] * (each in ONE_RIGHT)) for each in RIGHT],
    ids=lambda part: getattr(part, "__name__", part),
)
def test_a_right_answer_passes(name, answer):
    verdict = judge(name, answer)
    assert verdict.passed, verdict
    assert verdict.message.startswith(f"{name}: right.\nChecked with ")
    assert reads_well(verdict)


def parameters_of(name):
    return list(inspect.signature(task(name).right).parameters)


# Known mistakes


def test_every_mistake_that_is_known_is_made_by_some_answer():
    made = {(name, mistake) for name, mistake, _ in WRONG}
    assert made == {(name, mistake.name) for name in TASKS for mistake in task(name).mistakes}


@pytest.mark.parametrize(("name", "mistake", "answer"), WRONG)
def test_a_known_mistake_is_named_and_no_other(name, mistake, answer):
    verdict = judge(name, answer)
    assert not verdict.passed
    assert named(verdict) == [mistake], verdict
    assert "says: “" in verdict.message
    assert mistake == "not drawn from rng" or fails_when_typed(name, answer, verdict)


@pytest.mark.parametrize(("name", "answer"), UNNAMED)
def test_a_wrong_answer_that_is_no_known_mistake_is_called_none(name, answer):
    verdict = judge(name, answer)
    assert not verdict
    assert not named(verdict), verdict
    assert fails_when_typed(name, answer, verdict)


def fails_when_typed(name, answer, verdict):
    """Say whether a function fails, too, when the example of a verdict is typed as it stands."""
    (call,) = re.findall(r"^Try (.*)\.$", verdict.message, re.MULTILINE)
    asked = []
    hear = lambda *arguments: asked.append(arguments)  # noqa: E731
    eval(call, {"np": np, name: hear})
    with np.errstate(all="ignore"):
        try:
            typed = eval(call, {"np": np, name: answer})
        except Exception:
            return "raises" in verdict.message
    case = Case("", asked[0])
    if task(name).measure is not None or any(map(callable, asked[0])):
        return True  # whose example is compared by `test_the_example_that_is_told…`
    expected = task(name).right(*map(fresh, asked[0]))
    return task(name).difference(case, typed, expected) is not None or "changes its" in str(
        verdict
    )


@pytest.mark.proof
@pytest.mark.parametrize("name", TASKS)
def test_no_known_mistake_is_confused_with_another(name):
    for mistake in task(name).mistakes:
        for wrong in mistake.wrongs:
            assert named(judge(name, wrong)) == [mistake.name]


def test_every_mistake_has_a_name_of_its_own():
    for name in TASKS:
        names = [mistake.name for mistake in task(name).mistakes]
        assert len(set(names)) == len(names), name


def test_the_smallest_example_is_told_with_what_came_and_what_was_expected():
    def transposed(upstream, x, weights):
        return upstream @ weights, x.T @ upstream, upstream.sum(axis=0)

    assert judge("affine_backward", transposed).message == (
        "affine_backward: not right yet.\n"
        "Try affine_backward(np.array([[1, -1], [2, 0.5]]), np.array([[1.0, 3.0], [0.0, 2.0]]), "
        "np.array([[1.0, 2.0], [-1.0, 4.0]])).\n"
        "Entry [0, 1] of grad_weights is −1 and should be 7.\n"
        "A known mistake: transposed weights' gradient.\n"
        "The chapter “Back-propagation” says: “An adjoint has the shape of its quantity.”"
    )


def drawn(name, n):
    """Return a task's own examples, and some that are drawn."""
    rng = np.random.default_rng(0)
    with np.errstate(all="ignore"):
        return [*task(name).cases, *(Case("", task(name).fresh(rng)) for _ in range(n))]


@pytest.mark.parametrize("name", TASKS)
def test_the_example_that_is_told_can_be_typed_as_it_stands(name):
    """Arguments come out as they were, number by number, and of the same types."""
    for case in drawn(name, 10):
        typed = eval(_call("given", case), {"np": np, "given": lambda *arguments: arguments})
        first = typed[0] if isinstance(typed, list) else typed
        for one, other in zip(first, map(fresh, case.arguments), strict=True):
            assert same(one, other), _call(name, case)
        if isinstance(typed, list):
            assert len(typed) == case.arguments[-1].calls


def same(typed, given):
    if isinstance(given, Watched):
        return typed.__code__.co_code == given.function.__code__.co_code
    if isinstance(given, np.random.Generator):
        return isinstance(typed, np.random.Generator)
    if isinstance(given, list):
        return len(typed) == len(given) and all(map(same, typed, given))
    kinds = (np.asarray(typed).dtype.kind, np.asarray(given).dtype.kind)
    return np.array_equal(typed, given) and (not np.ndim(given) or kinds[0] == kinds[1])


def scaled(factor, output, mask):
    return factor * output, mask


TOLD = [
    (
        "numerical_gradient",
        lambda function, x: 0 * x,
        "Entry [0] of the gradient is 0 and should be 2.",
    ),
    (
        "dropout",
        lambda h, keep_rate, rng: (h[:1], h > 0),
        "output should be an array of shape (2, 5), not an array of shape (1, 5).",
    ),
    (
        "he_weights",
        lambda n_out, n_in, rng: rng.normal(size=(n_in, n_out)),
        "The weights should be an array of shape (60, 120), but are of shape (120, 60).",
    ),
    (
        "he_weights",
        lambda n_out, n_in, rng: rng.normal(0, 1, size=(n_out, n_in)),
        "The standard deviation of the weights is 0.9972 and should be about 0.1291.",
    ),
    ("mini_batches", lambda n, size, rng: [], "The number of batches is 0 and should be 3."),
    (
        "mini_batches",
        lambda n, size, rng: 3,
        "It should return a list of index arrays, but returns the number 3.",
    ),
    (
        "mini_batches",
        lambda n, size, rng: [[1], [[0.5], [1.5]]],
        "Batch 1 should be an array of indices, but is a list of 2 things.",
    ),
    ("dropout", lambda *given: 3, "It should return (output, mask), but it returns the number 3."),
    (
        "reproduced",
        lambda *arrays: 1,
        "The share of labels that are given back is 1 and should be 0.75.",
    ),
    (
        "dropout",
        lambda h, keep_rate, rng: (h, h[:, :3] > 0),
        "mask should be an array of shape (2, 5), not an array of shape (2, 3).",
    ),
    (
        "dropout",
        lambda h, keep_rate, rng: (h, 0.5 * (h > 0)),
        "mask should hold True and False, not float64.",
    ),
    (
        "sigmoid",
        lambda z: np.where(z < -50, 0.5, 1) * task("sigmoid").right(z),
        "Entry [1] of the sigmoid is 4.097 × 10⁻⁴⁰ and should be 8.194 × 10⁻⁴⁰.",
    ),
    (
        "he_weights",
        lambda n_out, n_in, rng: "w",
        "The weights should be an array of shape (60, 120), but are no array.",
    ),
    (
        "dropout",
        lambda h, keep_rate, rng: scaled(0.9, *task("dropout").right(h, keep_rate, rng)),
        "The factor on what is kept is 1.125 and should be about 1.25.",
    ),
    (
        "softmax",
        3,
        'Hand over the function itself, without calling it: judge("softmax", softmax).',
    ),
]


@pytest.mark.parametrize(("name", "answer", "sentence"), TOLD)
def test_what_is_wrong_is_told_in_a_sentence(name, answer, sentence):
    assert sentence in judge(name, answer).message.splitlines()


@pytest.mark.parametrize(("said", "told"), [("no", "no"), ("x" * 300, "x" * 199 + "…")])
def test_an_exception_is_told_in_a_line(said, told):
    def failing(z):
        raise ValueError(said)

    assert (
        f"The function raises ValueError ({told}). It comes" in judge("softmax", failing).message
    )


# Rubbish


def has_eyes_of_its_own(name):
    """Say whether a task looks at results in a way of its own."""
    judged = task(name)
    signs = any(mistake.sign for mistake in judged.mistakes)
    return bool(judged.compare or judged.measure or signs)


SOME = list(filter(has_eyes_of_its_own, TASKS))[::3]


@pytest.mark.parametrize(
    "name", [pytest.param(n, marks=[pytest.mark.proof] * (n not in SOME)) for n in TASKS]
)
def test_rubbish_gets_a_sentence(name, capfd, monkeypatch):
    monkeypatch.setattr("explorable.tutor.diagnosis.N_FRESH", (0, 0))  # the cases catch it
    before = np.geterr()
    for function in rubbish.FUNCTIONS:
        verdict = judge(name, function)
        assert not verdict.passed, function
        assert reads_well(verdict), verdict.message
        assert capfd.readouterr() == ("", ""), function
        assert np.geterr() == before, function


@pytest.mark.parametrize("name", TASKS)
def test_what_is_no_function_gets_a_sentence(name):
    for thing in rubbish.NO_FUNCTIONS:
        verdict = judge(name, thing)
        assert not verdict
        assert "no function" in verdict.message


@pytest.mark.parametrize("name", TASKS)
def test_a_function_of_other_arguments_is_told_which(name):
    for function in rubbish.MISFITS:
        verdict = judge(name, function)
        assert not verdict
        assert f"It should take the arguments of {name}(" in verdict.message


@pytest.mark.parametrize("name", TASKS)
def test_nothing_written_yet_is_no_mistake(name):
    for stub in rubbish.STUBS:
        verdict = judge(name, stub)
        assert not verdict
        assert verdict.message.startswith(f"{name}: nothing written yet.\nWrite {name}(")


@pytest.mark.parametrize("name", TASKS)
def test_an_argument_that_is_changed_is_named(name):
    right = task(name).right
    place = next(
        (k for k, value in enumerate(task(name).cases[0].arguments) if is_changeable(value)), None
    )
    if place is None:
        pytest.skip("takes nothing that could be changed")

    @functools.wraps(right)
    def changing(*arguments):
        result = right(*arguments)
        arguments[place][0] = arguments[place][0] + 1
        return result

    verdict = judge(name, changing)
    changed = parameters_of(name)[place]
    assert not verdict
    assert f"It changes its argument {changed}" in verdict.message


def is_changeable(value):
    return isinstance(value, (np.ndarray, list))


def test_what_cannot_be_looked_at_gets_a_sentence(monkeypatch):
    def failing(*arguments):
        raise ZeroDivisionError

    monkeypatch.setattr("explorable.tutor.judged", failing)
    assert judge("softmax", np.exp).message == (
        "softmax: not right yet.\nWhat came cannot even be looked at: it raises ZeroDivisionError."
    )


def leaves(*arguments):
    raise SystemExit


class Nameless(type):
    __name__ = property(leaves)


class NamelessError(Exception, metaclass=Nameless):
    pass


def raises_what_has_no_name(z):
    raise NamelessError


LEAVING = {name: type("Leaving", (), {name: leaves}) for name in ("__array__", "__len__")}
LEAVING["list"] = type("Leaving", (list,), {"__len__": leaves})
LEAVING["array"] = type("Leaving", (np.ndarray,), {"__array_function__": leaves})


@pytest.mark.parametrize("kind", LEAVING)
@pytest.mark.parametrize("name", ["softmax", "affine_backward", "forward_all"])
def test_nothing_that_comes_can_leave_python(name, kind):
    def answer(*arguments):
        leaving = LEAVING[kind]
        return np.zeros(2).view(leaving) if kind == "array" else leaving()

    answer.__signature__ = inspect.signature(task(name).right)
    assert not judge(name, answer)


def test_neither_can_what_is_raised_or_handed_over():
    class Signed:
        __call__ = leaves
        __signature__ = property(leaves)

    assert "it raises SystemExit" in judge("softmax", Signed()).message
    assert (
        "The function raises NamelessError." in judge("softmax", raises_what_has_no_name).message
    )


def test_a_right_answer_may_print_and_warn(capsys):
    def loud(w, threshold):
        print("w is", w)
        np.log(np.zeros(1))
        return task("soft_threshold").right(w, threshold)

    assert judge("soft_threshold", loud)
    assert capsys.readouterr() == ("", "")


def test_an_interruption_ends_the_judging():
    calls = []

    def stuck(x, depth):
        calls.append(depth)
        raise KeyboardInterrupt

    assert "does a loop not come to an end?" in judge("tent", stuck).message
    assert len(calls) == 1


@pytest.mark.parametrize(
    ("name", "near"), [("sofmax", "softmax"), ("adam", "adam_step"), (None, "forward")]
)
def test_a_name_that_is_no_task_is_refused_with_the_nearest(name, near):
    with pytest.raises(ValueError, match="name must be one of hat, affine_fit, tent") as caught:
        judge(name, np.exp)
    assert near in str(caught.value)


# Time


@pytest.mark.parametrize("name", TASKS)
def test_judging_calls_a_function_a_few_times_on_small_examples(name):
    """At 2 µs a number and 50 µs a call they take 0.3 s."""
    judged = task(name)
    calls = []

    @functools.wraps(judged.right)
    def counted(*arguments):
        calls.append(sum(work(argument) for argument in arguments))
        return judged.right(*arguments)

    assert judge(name, counted)
    assert len(calls) <= 4_000
    assert sum(calls) <= 120_000


def work(argument):
    if isinstance(argument, list):
        return sum(map(work, argument))
    if isinstance(argument, (Seed, Watched, np.random.Generator)):
        return 1
    if isinstance(argument, int):
        return argument
    return np.size(argument)


def test_verdicts_are_true_or_false_and_print_as_they_read():
    verdict = judge("soft_threshold", task("soft_threshold").right)
    assert bool(verdict) is verdict.passed is True
    assert repr(verdict) == str(verdict) == verdict.message


def test_a_verdict_says_of_which_task_it_is_once_something_was_written():
    def softmax(z): ...

    assert judge("softmax", softmax).task == ""
    for tried in (np.exp, 3, task("softmax").right, task("softmax")):
        assert judge("softmax", tried).task == "softmax"
    verdict = judge("backward", task("network_backward").right)
    assert (verdict.passed, verdict.task) == (True, "network_backward")


# In the chapters


def cells():
    """Yield the cells in which a reader is asked to write a function, with their chapters."""
    for path in sorted(NOTEBOOKS.glob("*.ipynb")):
        for cell in read(path).cells:
            if cell.cell_type == "code" and (is_a_turn(cell) or is_a_stub(cell)):
                yield path.stem, cell


def is_a_turn(cell):
    return "your-turn" in cell.metadata.get("tags", [])


def is_a_stub(cell):
    """Say whether a cell, of an exercise for instance, asks for a function that is judged."""
    return "\n    ...  # return " in cell.source and "\njudge(" in cell.source


def asked(cell):
    """Return the task that a cell asks for, and the name of the function in it."""
    (found,) = re.findall(r'^judge\("(\w+)", (\w+)\)$', cell.source, re.MULTILINE)
    return found


def modules(chapter):
    """Return the names by which a chapter calls modules, which no function may hide."""
    notebook = read(NOTEBOOKS / f"{chapter}.ipynb")
    source = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "code")
    listed = re.findall(r"^from mathdl import (.+)$", source, re.MULTILINE)
    return {name.split(" as ")[-1].strip() for names in listed for name in names.split(",")}


def test_every_task_is_asked_for_once():
    names = [asked(cell)[0] for _, cell in cells()]
    assert set(names) - set(TASKS) == set(), "write them into TASKS of mathdl/<chapter>/tasks.py"
    assert sorted(names) == sorted(TASKS)


@pytest.mark.parametrize("path", sorted(NOTEBOOKS.glob("*.ipynb")), ids=lambda path: path.stem)
def test_three_turns_and_a_third_of_the_exercises_are_judged(path):
    source = [cell.source for cell in read(path).cells]
    exercises = sum(len(re.findall(r"^`{3,}\{exercise\}", each, re.MULTILINE)) for each in source)
    turns = [is_a_turn(cell) for chapter, cell in cells() if chapter == path.stem]
    asks = (
        f"chapters/{path.stem}.ipynb asks for too few functions (CONTRIBUTING.md, Add a chapter)"
    )
    assert turns.count(True) >= 3, f"{asks}: three or more in “Your turn”"
    assert turns.count(False) >= exercises / 3 > 0, f"{asks}: in a third of the exercises"


@pytest.mark.parametrize(
    ("chapter", "cell"), [pytest.param(*each, id=f"{each[0]}-{each[1].id}") for each in cells()]
)
def test_a_cell_of_the_readers_own_asks_for_a_task_of_its_chapter(chapter, cell):
    name, function = asked(cell)
    assert TASKS.get(name) == chapter, f"{name} is not in TASKS of mathdl/{chapter}/tasks.py"
    assert cell.source.startswith("from mathdl.judge import judge\n\n")
    head = re.search(
        rf"^def {function}\(([^)]*)\):\n    \.\.\.  # return ", cell.source, re.MULTILINE
    )
    parameters = [part.split("=")[0].strip() for part in head[1].split(",")]
    assert parameters == parameters_of(name)
    assert function not in modules(chapter)
    assert cell.outputs, f"python -m explorable notebooks chapters/{chapter}.ipynb"
    (output,) = cell.outputs
    assert output.data["text/plain"].startswith(f"{name}: nothing written yet.\n")
