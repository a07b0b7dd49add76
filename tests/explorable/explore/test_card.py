"""The card of an explorer as HTML, part by part: the script finds everything by these names."""

import json
import re
from pathlib import Path

import bs4
import pytest

import explorable.explore
from explorable.drawing.toolkit import panels, style_curve, style_plane
from explorable.explore import choice, explore, predict, say, slider
from explorable.explore.page import explorer_html, words
from tests.explorable.explore.examples import sample

SPACE = "\N{NO-BREAK SPACE}"


@pytest.fixture(scope="module")
def explorer():
    return sample()


def test_the_card_has_a_title_and_a_sentence_and_room_for_the_longest(explorer):
    states = [(state, False) for state in explorer.scene.look()]
    written = explorer_html(explorer, states, "sample.0123456789.js", "The longest sentence < 1.")
    card = bs4.BeautifulSoup(written, "html.parser")
    figure = card.figure
    assert (figure["class"], figure["id"]) == (["explorer"], "explorer-sample")
    title = card.find(id=figure["aria-labelledby"])
    assert title.text == explorer.title
    assert title.parent.name == "header"
    said, ghost = card.find(class_="explorer-say").find_all("p")
    assert (said["id"], said.text) == ("sample-say", "A sin of 1 m at (0, 0).")
    assert not said.has_attr("aria-live")  # it is spoken in another place, when the hand rests
    assert (card.find(class_="explorer-spoken")["role"]) == "status"
    assert ghost["aria-hidden"] == "true"
    assert ghost["class"] == ["explorer-ghost"]
    assert ghost.text == "The longest sentence < 1."
    assert card.find(class_="explorer-reset").text == "Reset"
    parts = [part["class"][0] for part in figure.find_all(recursive=False) if part.get("class")]
    names = "head predict still panels dots trouble controls say spoken"
    assert parts == [f"explorer-{name}" for name in names.split()]
    assert figure.find("output") is None  # a browser would announce it at each key
    keys = [part["data-key"] for part in card.find_all(class_="explorer-control")]
    assert keys == ["where", "size", "shape", "shift"]
    link = card.find(class_="explorer-link")
    assert (link.text, link["aria-label"]) == ("Link", "Link to this state: copy")
    assert link.has_attr("disabled")
    alive = bs4.BeautifulSoup(explorer_html(explorer, states), "html.parser")
    assert alive.find(class_="explorer-link") is None  # without a file of states
    assert json.loads(alive.script.string)["file"] == ""
    assert alive.find(class_="explorer-ghost").text == ""


def test_every_panel_is_a_picture_with_a_name_and_the_sentence():
    figure, axes = panels(5, columns=2)
    style_plane(axes[0], "θ₁", "θ₂", bounds=[[0, 4], [0, 2]])
    style_curve(axes[1], "step", "loss")
    axes[2].set_title("digits", loc="left")
    axes[3].set_label("a line")
    (line,) = axes[3].plot([0, 1])
    made = explore(figure, {"line": line}, "t", name="t", a=slider([1, 2]))(lambda a: say("a"))
    states = [(state, False) for state in made.scene.look()]
    parsed = bs4.BeautifulSoup(explorer_html(made, states), "html.parser")
    pictures = parsed.select(".explorer-panel > svg")
    assert [picture["role"] for picture in pictures] == ["img"] * 5
    assert [picture["aria-label"] for picture in pictures] == [
        "Plane of θ₁ and θ₂", "loss against step", "digits", "a line", "Picture 5 of 5"
    ]  # fmt: skip
    assert {picture["aria-describedby"] for picture in pictures} == {"t-say"}
    assert parsed.find(id="t-say").text == "a"
    dots = parsed.select(".explorer-dots button")
    assert [dot["aria-label"] for dot in dots] == [f"Picture {k} of 5" for k in range(1, 6)]


def test_no_word_of_an_author_ends_the_script():
    figure, axes = panels(1)
    (line,) = axes.plot([0, 1])
    made = explore(
        figure, {"line": line}, "A <b> title", name="x", a=choice(["</script>", "é"], label="a")
    )(lambda a: say("{a} < 1", a=a))
    written = explorer_html(made, [(state, False) for state in made.scene.look()])
    assert "\\u003c/script>" in written
    assert '"é"' in written
    assert "A &lt;b&gt; title" in written
    assert '<p id="x-say">&lt;/script&gt; &lt; 1</p>' in written
    assert "explorer-dots" not in written  # of one panel
    parsed = bs4.BeautifulSoup(written, "html.parser")
    assert json.loads(parsed.script.string)["controls"][0]["keys"][0] == "</script>"


def test_what_is_hidden_at_first_is_drawn_hidden(explorer):
    states = [(state, index == 1) for index, state in enumerate(explorer.scene.look())]
    parsed = bs4.BeautifulSoup(explorer_html(explorer, states), "html.parser")
    groups = {group["data-m"]: group for group in parsed.find_all("g", {"data-m": True})}
    assert sorted(groups) == ["0", "1", "2", "3"]
    assert {name: group.get("display") for name, group in groups.items()} == {
        "0": None, "1": "none", "2": None, "3": None
    }  # fmt: skip
    homes = {name: group.find_parent("div")["data-panel"] for name, group in groups.items()}
    assert homes == {"0": "1", "1": "0", "2": "0", "3": "1"}


def test_the_page_has_every_word_that_its_script_asks_for():
    scripts = Path(explorable.explore.__file__).parent / "browser"
    code = "".join(path.read_text(encoding="utf-8") for path in sorted(scripts.rglob("*.js")))
    prediction = predict("Is it?", ["yes", "no"], answer=0, why="So.", show=[{}])
    here = words(prediction, alive=False)
    alive = words(prediction, alive=True)
    assert {*re.findall(r"\bwords\.(\w+)", code)} - {"js"} <= {*here}  # a file is called so too
    assert [key for key in here | alive if not re.search(rf"\b{key}\b", code)] == []
    assert all(re.fullmatch(r"[A-Z].*", said, re.DOTALL) for said in (here | alive).values())
    assert words(None, alive=True).keys() == {"pictures", "silent"}
