"""States: what an artist is taken apart into, and the tables of what changes."""

import base64
import hashlib
import re
import zlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorable.drawing.svg.nodes import Node
from explorable.drawing.toolkit import panels
from explorable.explore.artists import Scene, State, take_apart
from explorable.explore.packed import packed_script, unpacked_json
from explorable.explore.states import SENTENCE, Slot, States, artist_slots, first_visible, tabulate

NOTHING = State("", {}, [])


def state(*ds: str) -> State:
    return take_apart([Node("path", {"d": d}) for d in ds])


def test_shape_and_values_of_nested_elements():
    inner = [Node("path", {"d": "M0 0", "fill": "red"}), Node("text", {}, [], "b")]
    nodes = [Node("g", {"id": "a"}, inner), Node("path", {"d": "M1 1"})]
    taken = take_apart(nodes)
    assert taken.shape == "<g id><path d fill><text>#/<path d>"
    assert [*taken.told.items()] == [
        ((0, "id"), "a"), ((1, "d"), "M0 0"), ((1, "fill"), "red"), ((2, "#"), "b"),
        ((3, "d"), "M1 1"),
    ]  # fmt: skip
    assert taken.nodes is nodes
    assert taken.inside() == "".join(map(str, nodes))
    node = Node("path", {"d": "M0 0", "x": "1", "y": "2", "data-xyz": "0 0 0"})
    assert take_apart([node]).told == {(0, "data-xyz"): "0 0 0"}


@given(st.lists(st.integers(1, 4), min_size=1, max_size=3), st.data())
def test_a_table_gives_back_its_column_and_asks_no_control_in_vain(counts, data):
    size = int(np.prod(counts))
    column = data.draw(st.lists(st.sampled_from("abc"), min_size=size, max_size=size))
    slot = tabulate(3, 2, "d", column, counts)
    table = np.array(column).reshape(counts)
    moving = tuple(
        axis for axis in range(len(counts)) if (table != table.take([0], axis=axis)).any()
    )
    if slot is None:
        assert len(set(column)) == 1
        return
    assert (slot.artist, slot.element, slot.attribute, slot.axes) == (3, 2, "d", moving)
    for indices in np.ndindex(*counts):
        at = 0
        for axis in slot.axes:
            at = at * counts[axis] + indices[axis]
        index = at if slot.index is None else slot.index.ravel()[at]
        assert slot.values[index] == table[indices]
    assert sorted(slot.values) == sorted(set(column))


def test_values_in_order_need_no_index():
    assert tabulate(0, 0, "d", list("abcd"), (2, 2)).row() == [0, 0, "d", [0, 1], 0, list("abcd")]
    assert tabulate(0, 0, "d", list("abab"), (2, 2)).row() == [0, 0, "d", [1], 0, ["a", "b"]]
    assert tabulate(0, 0, "d", list("abca"), (4,)).row() == [
        0, 0, "d", [0], [0, 1, 2, 0], ["a", "b", "c"]
    ]  # fmt: skip
    assert tabulate(0, 0, "d", list("aaaa"), (2, 2)) is None


def test_an_artist_has_a_slot_an_attribute_unless_it_changes_its_shape_or_never_moves():
    drawn = [state("M0 0", "M5 5"), state("M1 1", "M5 5")]
    (slot,) = artist_slots(4, drawn, (2,))
    assert slot == Slot(4, 0, "d", (0,), None, ["M0 0", "M1 1"])
    drawn = [NOTHING, state("M1 1"), NOTHING, state("M2 2")]
    hidden, moved = artist_slots(0, drawn, (4,))
    assert hidden.row() == [0, -1, "display", [0], [0, 1, 0, 1], ["none", ""]]
    assert moved.row() == [0, 0, "d", [0], [0, 0, 0, 1], ["M1 1", "M2 2"]]
    one, two = state("M0 0"), state("M0 0", "M1 1")
    (slot,) = artist_slots(1, [one, two, one], (3,))
    assert slot.row() == [1, -1, "<", [0], [0, 1, 0], [one.inside(), two.inside()]]
    assert artist_slots(0, [NOTHING, NOTHING], (2,)) == []
    assert artist_slots(0, [state("M0 0")] * 2, (2,)) == []
    assert first_visible([NOTHING, NOTHING]) is None
    late = state("M0 0")
    assert first_visible([NOTHING, late, state("M1 1")]) is late


def test_what_states_say_of_themselves():
    slots = [
        Slot(SENTENCE, 0, "#", (0,), None, ["short", "the longest", "mïddle"]),
        Slot(0, 0, "d", (1,), None, ["M0 0" * 9, "M1 1" * 9]),
    ]
    states = States((3, 2), slots, [], 0.5)
    assert states.count == 6
    assert states.longest == "the longest"
    assert States((3, 2), slots[1:], [], 0.5).longest == ""
    packed = states.packed()
    file, script = packed_script("name", packed)
    assert file == f"name.{hashlib.sha256(packed).hexdigest()[:10]}.js"
    written = re.fullmatch(rf'.*\["{re.escape(file)}"\]="([\w+/=]+)"\n', script)
    assert base64.b64decode(written[1]) == packed
    assert "mïddle".encode() in zlib.decompress(packed)
    told = unpacked_json(packed)
    assert told["counts"] == [3, 2]
    assert told["slots"] == [slot.row() for slot in slots]


def test_a_scene_knows_the_panel_of_each_artist_and_of_an_inset():
    figure, axes = panels(2)
    (left,), (right,) = axes[0].plot([0, 1]), axes[1].plot([0, 1])
    (small,) = axes[1].inset_axes([0, 0, 0.5, 0.5]).plot([0, 1])
    scene = Scene(figure, {"left": left, "rest": [right, small]}, "t")
    assert [(mover.name, mover.panel) for mover in scene.movers] == [
        ("left", 0), ("rest", 1), ("rest", 1)
    ]  # fmt: skip
    assert [mover.artist for mover in scene.movers] == [left, right, small]
    figure, _ = panels(1)
    _, elsewhere = panels(1)
    (line,) = elsewhere.plot([0, 1])
    with pytest.raises(TypeError, match="'a' is a str, not an artist of Matplotlib"):
        Scene(figure, {"a": ["text"]}, "t")
    with pytest.raises(ValueError, match="the artist 'b' stands on no panel of the figure"):
        Scene(figure, {"b": line}, "t")
