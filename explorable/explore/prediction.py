"""A question that the reader answers before exploring."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from explorable.checks import a_text, an_instance, listed, shown, whole_number
from explorable.sentences import Sentence, translated


@dataclass(frozen=True)
class Prediction:
    """A question with choices, the right one, why, and what shows it; see `predict`."""

    question: str | Sentence
    choices: tuple[str, ...]
    answer: int
    why: str | Sentence
    show: tuple[dict[str, Any], ...]
    panel: int | None = None

    def words(self) -> tuple[str, list[str], str]:
        """Return question, choices and reason in the reader's language."""
        return _words(self.question), [translated(c) for c in self.choices], _words(self.why)


def _words(text: str | Sentence) -> str:
    return translated(text) if isinstance(text, str) else str(text)


def predict(
    question: str | Sentence,
    choices: Sequence[str],
    *,
    answer: int | str | bool,
    why: str | Sentence,
    show: Sequence[Mapping[str, Any]],
    panel: int | None = None,
) -> Prediction:
    """Ask the reader to predict before exploring.

    Parameters
    ----------
    question : str or Sentence
    choices : sequence of str
    answer : int, str or bool
        The right choice, computed by a kernel, not typed: its index, its words, or a bool, where
        False is the first choice and True the second.
    why : str or Sentence
        Tells the reader why, with the numbers.
    show : sequence of dict
        The states that decide, to which the explorer moves after an answer: values of controls
        by their keys; what is left out stands as at first.
    panel : int, optional
        The panel that decides, counted from 1: it comes into view where only one has room.

    Examples
    --------
    >>> rate, largest = 0.5, 0.4
    >>> prediction = predict(
    ...     "Does it converge?",
    ...     ["yes", "no"],
    ...     answer="no" if rate > largest else "yes",
    ...     why="The rate exceeds 2/L.",
    ...     show=[{"rate": 0.3}, {"rate": rate}],
    ... )
    >>> prediction.answer
    1
    """
    for text, name in ((question, "question"), (why, "why")):
        if not isinstance(text, Sentence):
            a_text(text, name)
    options = tuple(a_text(choice, "each of choices") for choice in listed(choices, "choices"))
    if len(options) < 2:
        raise ValueError("a prediction needs at least two choices")
    if isinstance(answer, str):
        if answer not in options:
            raise ValueError(f"the answer {shown(answer)} is none of the choices {options}")
        answer = options.index(answer)
    chosen = int(answer) if isinstance(answer, (bool, np.bool_)) else answer
    index = whole_number(chosen, "answer", 0)
    if index >= len(options):
        raise ValueError(f"the answer {answer} is none of the {len(options)} choices")
    states = tuple(
        dict(an_instance(state, "each of show", dict)) for state in listed(show, "show")
    )
    if not states:
        raise ValueError("a prediction needs at least one state to show")
    if panel is not None:
        whole_number(panel, "panel")
    return Prediction(question, options, index, why, states, panel)
