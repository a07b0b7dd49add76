"""Words and numbers that a reader sees."""

import io
import math
import re
from pathlib import Path

import numpy as np
import pytest
from babel.messages.extract import extract as babel_extract

import explorable.explore
from explorable.explore import say
from explorable.sentences import extract, messages, number, speak
from tests.explorable.explore.examples import hill


@pytest.mark.parametrize(
    ("value", "spec", "written"),
    [
        (0.048, ".3g", "0.048"),
        (-3.78, "", "−3.78"),
        (4.8e-7, ".2g", "4.8 × 10⁻⁷"),
        (1e-6, ".2g", "10⁻⁶"),
        (-1e-6, ".2g", "−10⁻⁶"),
        (60, "", "60"),
        (np.int64(-3210), "", "−3210"),
        (np.float32(0.5), "", "0.5"),
        (0.0, "", "0"),
        (1234.5, ".1f", "1234.5"),
        (math.inf, "", "∞"),
    ],
)
def test_numbers_are_written_in_one_way(value: float, spec: str, written: str) -> None:
    assert number(value, spec) == written


def test_a_sentence_speaks_another_language() -> None:
    chinese = {"After {n} steps {rule} stops.": "{n} 步后{rule}停止。", "momentum": "动量法"}
    sentence = say("After {n} steps {rule} stops.", n=60, rule="momentum")
    assert str(sentence) == "After 60 steps momentum stops."
    speak(lambda template: chinese.get(template, template))
    try:
        assert str(sentence) == "60 步后动量法停止。"
    finally:
        speak(str)


def test_every_string_that_a_reader_sees_is_extracted() -> None:
    source = """
@explore(figure, {"path": line}, "Where does it roll?",
         prediction=predict("Does it?", ["yes", "no"], answer=1, why=say("Because {x}.", x=1)),
         rate=slider(RATES, label="learning rate η", unit="s"),
         rule=choice({"gd": "gradient descent"}, label="rule"), t=steps(2, words=["a", "b"]))
def update(rate, rule, t):
    return say("Loss {x:.2f}.", x=rate)
"""
    assert {text for _, text in messages(source)} == {
        "Where does it roll?", "Does it?", "yes", "no", "Because {x}.", "learning rate η", "s",
        "gradient descent", "rule", "a", "b", "Loss {x:.2f}.",
    }  # fmt: skip
    source = """@drill("Title", question="Q", solution="S", mistakes={"key": "M"},
        options=["A", "B"], x=pick(1, 2))\ndef name(x): ..."""
    assert {text for _, text in messages(source)} == {"Title", "Q", "S", "M", "A", "B"}
    root = Path(explorable.explore.__file__).parents[2]
    found = {
        message
        for pattern in ("explorable/explore/*.py", "mathdl/*/explorers/*.py")
        for path in root.glob(pattern)
        for _, message, _, _ in babel_extract(extract, io.BytesIO(path.read_bytes()))
    }
    assert {"Predict first", "Right.", "Reset", "learning rate η"} <= found


def test_a_whole_card_speaks_another_language(tmp_path: Path) -> None:
    speak(lambda template: re.sub(r"[^{}]+(?![^{]*})", lambda m: m[0].upper(), template))
    try:
        html = hill().html(tmp_path)
    finally:
        speak(str)
    read = re.sub(r"<script.*?</script>|<[^>]+>", " ", html)
    assert re.findall(r"[a-z]{3,}", read) == []
