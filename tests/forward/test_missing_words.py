"""The check of the exercise on missing patterns compares the whole set of words."""

import itertools
from pathlib import Path

import numpy as np
import pytest

from explorable.book.notebooks.refresh import read

NOTEBOOK = Path(__file__).parents[2] / "chapters" / "forward.ipynb"
WORDS = [f"{code:04b}" for code in range(16)]
MISSING = ["0101", "0111", "1010", "1110", "1111"]


@pytest.fixture(scope="module")
def check():
    (cell,) = [each.source for each in read(NOTEBOOK).cells if '\nprint("solved"' in each.source]
    code = compile(cell.partition("\n")[2], "the exercise", "exec")

    def verdict(missing):
        said = []
        exec(code, {"np": np, "missing": missing, "print": said.append})
        return said == ["solved"]

    return verdict


def test_only_the_five_missing_words_are_accepted(check):
    found = [words for words in itertools.combinations(WORDS, 5) if check(list(words))]
    assert found == [tuple(MISSING)]
    assert check(MISSING[::-1])


@pytest.mark.parametrize("words", [["10010", *MISSING[:2], *MISSING[3:]], ["101", *MISSING[1:]]])
def test_words_of_another_length_are_refused(check, words):
    assert not check(words)
    assert not check([*MISSING, *words])
