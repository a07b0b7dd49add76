"""The judge in Chinese: the same verdicts, in other words."""

import re
from collections import Counter

import numpy as np
import pytest

from explorable.languages.catalogues import CATALOGUES, load
from explorable.languages.outputs import said_words
from explorable.sentences import speak
from explorable.tutor.task import TITLES
from mathdl.judge import TUTOR, judge
from tests.judge.test_judge import ONE_RIGHT, TASKS, WRONG
from tests.judge.test_sentences import plain


class Words(dict[str, str]):
    """The Chinese of what is said; one that is asked for and missing is named."""

    def __missing__(self, english: str) -> str:
        where = "locale/zh_Hans/LC_MESSAGES/mathdl"
        pytest.fail(
            f"“{english}” has no Chinese yet: make translations, and fill it in, in {where}",
            pytrace=False,
        )


CHINESE = Words(said_words())
NUMBER = re.compile(r"[-−]?\d+(?:\.\d+)?(?:e[+-]?\d+)?")
HAN = re.compile(r"[\u4e00-\u9fff]")
FIRST_WRONG = {each[0]: each for each in reversed(WRONG)}.values()


@pytest.fixture
def in_chinese(monkeypatch):
    drawn = lambda: np.random.default_rng(0)  # noqa: E731
    monkeypatch.setattr("explorable.tutor.diagnosis.default_rng", drawn)  # the same in English
    speak(lambda template: CHINESE.get(template, template))
    yield judge
    speak(str)


def task(name):
    return TUTOR.task(name)


@pytest.mark.parametrize(
    ("name", "mistake", "answer"),
    [pytest.param(*each, marks=[pytest.mark.proof] * (each not in FIRST_WRONG)) for each in WRONG],
)
def test_a_known_mistake_is_known_in_chinese_too(name, mistake, answer, in_chinese):
    verdict = in_chinese(name, answer)
    speak(str)
    english = judge(name, answer)
    assert not verdict
    lines, others = verdict.message.splitlines(), english.message.splitlines()
    assert len(lines) == len(others)
    assert f"一个常见的错误：{CHINESE[mistake]}。" in lines
    assert all(HAN.search(line) for line in lines)
    for line, other in zip(lines[:3], others[:3], strict=True):  # the others quote the chapter
        assert Counter(NUMBER.findall(line)) == Counter(NUMBER.findall(other))


@pytest.mark.parametrize(("name", "answer"), ONE_RIGHT)
def test_a_right_answer_is_right_in_chinese_too(name, answer, in_chinese):
    verdict = in_chinese(name, answer)
    assert verdict
    assert verdict.message.startswith(f"{name}：对了。\n检查过：")
    left = [line for line in verdict.message.splitlines() if not HAN.search(line)]
    assert not left, "make translations, and fill in LC_MESSAGES/mathdl"


def test_what_is_unwritten_or_no_function_is_told_in_chinese(in_chinese):
    def softmax(z): ...

    assert in_chinese("softmax", softmax).message == (
        "softmax：还什么都没写。\n写出softmax(z)，让它返回概率，再运行这个单元格。"
    )
    assert "数3，不是函数" in in_chinese("softmax", 3).message
    batches = in_chinese("mini_batches", lambda n, size, rng: [[1], [0.5, 1.5]])
    assert "\n第1批里应该是整数，却是float64。" in batches.message
    dropped = in_chinese("dropout", lambda h, rate, rng: (h, rng.random(h.shape) > rate))
    assert "\nmask保留的元素所占的比例是" in dropped.message
    with pytest.raises(ValueError, match="你是不是想写'softmax'？"):
        in_chinese("sofmax", softmax)


def test_examples_with_marks_of_their_own_are_parted_by_semicolons(in_chinese):
    cases = [CHINESE[case.about] for case in task("dropout").cases]
    assert (
        f"检查过：{'；'.join(cases)}，还有随机抽取的新例子。"
        in in_chinese("dropout", task("dropout").right).message
    )


@pytest.mark.parametrize("name", TASKS)
def test_a_quoted_sentence_is_that_of_the_chinese_chapter(name):
    """Whoever changes such a sentence changes it in the catalogue of the chapter's tasks too."""
    passages = [
        (plain(str(message.id)), squeezed(plain(str(message.string))))
        for message in load(CATALOGUES / "chapters" / f"{TASKS[name]}.po")
        if message.id and message.string and not message.fuzzy
    ]
    for mistake in task(name).mistakes:
        assert HAN.search(CHINESE[mistake.name])
        quoted = squeezed(CHINESE[mistake.sentence]).rstrip("。")
        assert CHINESE[mistake.sentence].endswith("。") == mistake.sentence.endswith("."), quoted
        homes = [chinese for english, chinese in passages if mistake.sentence in english]
        assert not homes or any(quoted in chinese for chinese in homes), quoted


@pytest.mark.parametrize("chapter", TITLES)
def test_a_chapter_is_called_by_its_chinese_title(chapter):
    catalogue = load(CATALOGUES / "chapters" / f"{chapter}.po")
    titles = [
        str(message.string)
        for message in catalogue
        if message.id
        and str(message.id).startswith(TITLES[chapter])
        and "heading" in message.auto_comments[0]
        and message.string
    ]
    assert titles, f"python -m explorable translations chapters/{chapter}, and fill in its title"
    (title,) = titles
    assert CHINESE[TITLES[chapter]] == title


def squeezed(text):
    """Return a text without spaces, which stand elsewhere in formulas."""
    return re.sub(r"\s+", "", text)
