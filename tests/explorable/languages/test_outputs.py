"""What explorers and figures show in Chinese: all of it, with the numbers of the English."""

import json
import math
import re
from collections import Counter

import pytest

from explorable.book import ROOT
from explorable.book.notebooks.kept import with_outputs
from explorable.book.notebooks.refresh import read
from explorable.explore.packed import packed_in, unpacked_json
from explorable.explore.states import SENTENCE
from explorable.languages.outputs import (
    NUMBER,
    Said,
    Texts,
    alternative_texts,
    canonical,
    has_english,
    in_translation,
    kept_outputs,
    library_catalogues,
    library_words,
    said_words,
    translated_outputs,
    verdicts,
    with_numbers,
)
from mathdl.judge import TUTOR

FIELD = re.compile(r"\{[^}]*\}")
CHINESE = {"momentum": "动量法"}

# What Chinese texts write in Latin letters, besides the names that both languages share.
LATIN = {
    "sigmoid": "a name that Chinese textbooks keep",
    "JavaScript": "a language",
    "DecompressionStream": "a part of browsers",
    "float": "types of numbers",
    "small": "of the name GPT-2 small",
}


@pytest.mark.parametrize(
    ("text", "entry", "numbers"),
    [
        ("from −0.5 to 1,616", "from {1} to {2}", ["−0.5", "1,616"]),
        ("about 4.8 × 10⁻⁷, or 10⁻⁶", "about {1}, or {2}", ["4.8 × 10⁻⁷", "10⁻⁶"]),
        ("L2 and x₁ keep theirs", "L2 and x₁ keep theirs", []),
        ("step +10 of 60 %", "step {1} of {2} %", ["+10", "60"]),
        ("(1, 2), 3.", "({1}, {2}), {3}.", ["1", "2", "3"]),
    ],
)
def test_numbers_become_placeholders_and_come_back(text, entry, numbers):
    assert canonical(text) == (entry, numbers)
    assert with_numbers(entry, numbers) == text


def test_names_and_formulas_are_no_english():
    assert not has_english("Adam, relu(z), dy/dx, x₁w₁ and".removesuffix(" and"))
    assert not has_english("{rule}, η = {1}")
    assert has_english("Adam's rule")
    assert has_english("a ReLU")


def test_words_that_are_the_whole_sentence_do_not_fill_themselves():
    said = {"momentum": Said("{rule}", {"rule": ["momentum"]})}
    assert Texts(CHINESE, said=said)("momentum") == "动量法"


def test_a_sentence_without_words_has_chinese_punctuation():
    said = {"Adam, η = 0.5": Said("{name}, η = {rate:.2g}", {"name": ["Adam"], "rate:.2g": "0.5"})}
    texts = Texts({"{name}, η = {rate:.2g}": "{name}，η = {rate:.2g}"}, said=said)
    assert texts("Adam, η = 0.5") == "Adam，η = 0.5"


def test_a_formula_is_the_same_in_every_language():
    formula = '<math displaystyle="true"><mi>max</mi><mtext><span>one</span></mtext></math>'
    assert in_translation(f"<p>one</p>{formula}", Texts({"one": "一"})) == f"<p>一</p>{formula}"


def test_verdicts_that_a_notebook_keeps_are_said_in_chinese():
    said = [
        output.data["text/plain"]
        for path in sorted((ROOT / "chapters").glob("*.ipynb"))
        for cell in read(path).cells
        for output in cell.get("outputs", [])
        if "text/plain" in output.get("data", {})
    ]
    printed = [text for text in said if re.match(r"\w+: (right|nothing written yet)\.\n", text)]
    assert len(printed) > len(TUTOR.tasks)
    for text in printed:
        chinese = verdicts()[text]
        assert re.match(r"\w+：(对了|还什么都没写)", chinese), chinese


# The book itself


@pytest.fixture(
    scope="module", params=[["forward", "faq"], pytest.param(None, marks=pytest.mark.proof)]
)
def editions(request, site, tmp_path_factory):
    """Return notebooks of the built book twice, and where the states of both lie."""
    target = tmp_path_factory.mktemp("states")
    found = []
    for path, folder in kept_outputs().items():
        if request.param and path.stem not in request.param:
            continue
        english = with_outputs(path, folder)
        chinese = translated_outputs(english, folder, target)
        found.append((english, chinese, folder / "explorers", target))
    return found


def states(folder, file):
    return unpacked_json(packed_in((folder / file).read_text("utf-8")))


def computed(folder, file):
    """Return what the page computes an explorer by, or None where its states are listed."""
    content = states(folder, file)
    return content if "program" in content else None


def markup_of(notebook):
    """Yield the HTML that the cells of a notebook show."""
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if "text/html" in output.get("data", {}):
                yield output.data["text/html"]


def files_of(notebook):
    """Yield the names of the states' files of the cards that a notebook shows."""
    for markup in markup_of(notebook):
        for written in re.findall(r"json\">(.*?)</script>", markup):
            yield json.loads(written)["file"]


def test_every_state_is_described_in_whole_sentences(editions):
    for english, _, folder, _ in editions:
        for file in files_of(english):
            if computed(folder, file):
                continue  # its sentences are held beside NumPy's, at any value
            found = states(folder, file)
            (said,) = [slot[5] for slot in found["slots"] if slot[0] == SENTENCE]
            assert all(sentence.endswith((".", "?")) for sentence in said), file
            assert not any({"nan", "nan,", "nan."} & {*sentence.split()} for sentence in said)
            assert not any("{" in sentence for sentence in said)
            assert len(said) >= min(10, math.prod(found["counts"]) / 2), file


def test_every_state_says_the_same_numbers_in_both_languages(editions):
    compared = 0
    for english, chinese, folder, target in editions:
        for here, there in zip(files_of(english), files_of(chinese), strict=True):
            if program := computed(folder, here):
                words = program["program"]["words"], computed(target, there)["program"]["words"]
                for said, again in zip(*words, strict=True):
                    assert Counter(FIELD.findall(said)) == Counter(FIELD.findall(again)), said
                continue
            one, other = states(folder, here), states(target, there)
            assert one["counts"] == other["counts"]
            for slot, translated in zip(one["slots"], other["slots"], strict=True):
                assert slot[:5] == translated[:5]
                if slot[2] not in ("#", "<"):
                    assert slot[5] == translated[5]
                    continue
                for said, again in zip(slot[5], translated[5], strict=True):
                    assert Counter(NUMBER.findall(said)) == Counter(NUMBER.findall(again)), said
                    compared += slot[0] == SENTENCE
    assert compared > 100 * len(editions)


def test_nothing_english_is_left(editions):
    left = Counter()

    def note(text):
        bare = re.sub("|".join(map(re.escape, LATIN)), " ", text)
        left.update([text] if has_english(bare) else [])
        return text

    for english, chinese, _, target in editions:
        for markup in markup_of(chinese):
            in_translation(re.sub(r"<script.*?</script>", "", markup, flags=re.DOTALL), note)
        for text in alternative_texts(english):  # which the page's own catalogue may lack
            del left[text]
        for file in files_of(chinese):
            if content := computed(target, file):
                for word in content["program"]["words"]:
                    note(FIELD.sub(" ", word))
                for drawing in content["drawings"]:
                    in_translation(drawing, note)
                continue
            for slot in states(target, file)["slots"]:
                if slot[2] in ("#", "<"):
                    for value in slot[5]:
                        note(value) if slot[2] == "#" else in_translation(value, note)
    assert not left


def test_the_catalogues_hold_what_is_shown_and_said_and_no_more(site):
    known = library_words() | said_words()
    wanted = {
        message.id
        for catalogue in library_catalogues().values()
        for message in catalogue
        if message.id
    }
    assert wanted == known.keys()
