"""The explorer that a kernel keeps alive: what it sends after each change."""

import pytest

from explorable.drawing.svg.nodes import Node
from explorable.drawing.svg.tokens import palette_css
from explorable.drawing.toolkit import panels
from explorable.explore import explore, say, slider
from explorable.explore.artists import State, leaves, take_apart
from explorable.explore.bundle import script, style
from explorable.explore.live import LiveExplorer, Seen
from explorable.explore.states import SENTENCE
from tests.explorable.explore.examples import sample


def drawn(*nodes: Node) -> State:
    return take_apart(list(nodes))


def path(d: str, **attributes: str) -> Node:
    return Node("path", {"d": d, **attributes})


NOTHING = State("", (), [])


def test_only_what_changed_is_sent_and_another_shape_whole() -> None:
    seen = Seen([drawn(path("M0 0", fill="red")), drawn(path("M1 1"))])
    same = seen.states[1]
    after = drawn(path("M2 2", fill="red"))
    assert seen.changes([after, same]) == [(0, 0, "d", "M2 2")]
    assert seen.changes([after, same]) == []
    assert seen.changes([drawn(path("M2 2", fill="blue")), drawn(path("M3 3"))]) == [
        (0, 0, "fill", "blue"),
        (1, 0, "d", "M3 3"),
    ]
    seen = Seen([drawn(path("M0 0"))])
    two = drawn(path("M0 0"), path("M1 1"))
    assert seen.changes([two]) == [(0, -1, "<", two.inside())]
    assert seen.changes([drawn(path("M0 0"), path("M1 2"))]) == [(0, 1, "d", "M1 2")]


def test_what_vanishes_is_hidden_and_comes_back() -> None:
    first = drawn(path("M0 0"))
    seen = Seen([first])
    assert seen.changes([NOTHING]) == [(0, -1, "display", "none")]
    assert seen.changes([NOTHING]) == []
    assert seen.changes([first]) == [(0, -1, "display", "")]
    assert seen.changes([NOTHING]) == [(0, -1, "display", "none")]
    assert seen.changes([drawn(path("M5 5"))]) == [(0, -1, "display", ""), (0, 0, "d", "M5 5")]
    seen = Seen([NOTHING])
    first = drawn(path("M0 0"))
    assert seen.changes([first]) == [(0, -1, "display", ""), (0, -1, "<", first.inside())]


def ask(live: LiveExplorer, content: dict[str, object]) -> list[dict[str, object]]:
    sent: list[dict[str, object]] = []
    live.send = sent.append  # type: ignore[method-assign, assignment]
    live._answer(live, content, [])
    return sent


def test_a_question_is_answered_with_the_sentence_and_the_changes() -> None:
    explorer = sample()
    explorer.at(size=2, shape="cos")  # wherever it stood before, it starts at the beginning
    live = LiveExplorer(explorer)
    assert explorer.sentence in live.card
    before = explorer.scene.look()
    (sent,) = ask(live, {"indices": [0, 2, 1, 0]})
    sentence, *changes = sent["changes"]
    assert sentence == (SENTENCE, 0, "#", "A cos of 2 m at (−2, −1).")
    after = explorer.scene.look()
    expected = {
        (artist, element, attribute): new
        for artist, (one, two) in enumerate(zip(before, after, strict=True))
        for (element, attribute), old, new in zip(
            leaves(one.nodes), one.values, two.values, strict=True
        )
        if old != new
    }
    assert {tuple(change[:3]): change[3] for change in changes} == expected
    assert {artist for artist, _, _ in expected} == {0, 1, 2, 3}
    assert ask(LiveExplorer(sample()), {"method": "custom"}) == []
    assert str(LiveExplorer._esm).startswith(script())
    assert str(LiveExplorer._css) == palette_css() + style()


def test_an_error_is_told_to_the_reader_and_raised() -> None:
    figure, axes = panels(1)
    (line,) = axes.plot([0, 1], [0, 1])

    @explore(figure, {"line": line}, "A line", name="line", a=slider([0, 1], label="a", start=1))
    def explorer(a):
        line.set_ydata([0, 1 / a])
        return say("{a}", a=a)

    live = LiveExplorer(explorer)
    sent: list[dict[str, object]] = []
    live.send = sent.append  # type: ignore[method-assign, assignment]
    with pytest.raises(Exception, match="explorer 'line' at a = 0: ZeroDivisionError"):
        live._answer(live, {"indices": [0]}, [])
    ((_, element, attribute, said),) = sent[0]["changes"]
    assert (element, attribute) == (0, "#")
    assert said.startswith("explorer 'line' at a = 0: ZeroDivisionError")
