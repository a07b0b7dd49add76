"""One of a few words."""

import pytest

from explorable.explore import choice
from tests.explorable.controls.listed import keys, on_card, texts, values


def test_a_choice_hands_out_names_and_shows_words_in_a_labelled_select():
    control = choice({"gd": "gradient descent", "adam": 0.1}, label="rule", start="adam")
    assert values(control) == keys(control) == ["gd", "adam"]
    assert texts(control) == ["gradient descent", "adam"]
    assert (control.kind, control.label, control.count, control.start) == ("choice", "rule", 2, 1)
    assert texts(choice(["a", "b"])) == ["a", "b"]
    assert choice(["a", "b"]).start == 0
    assert control.find("gd") == 0
    with pytest.raises(ValueError, match="'sgd' is not a value of 'rule': gradient descent, adam"):
        control.find("sgd")
    control = choice({"a": "one & only", "b": "other"}, label="rule", start="b")
    assert on_card("rule", control) == (
        '<div class="explorer-control explorer-choice" data-key="rule">'
        '<label for="card-rule">rule</label>'
        '<select id="card-rule" autocomplete="off" disabled>'
        "<option>one &amp; only</option><option selected>other</option></select></div>"
    )
