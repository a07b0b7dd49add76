"""The explorer that a kernel keeps alive: what it sends after each change."""

import pytest

from explorable.drawing.svg.tokens import palette_css
from explorable.drawing.toolkit import panels
from explorable.explore import explore, say, slider
from explorable.explore.bundle import script, style
from explorable.explore.live import LiveExplorer
from explorable.explore.states import SENTENCE
from tests.explorable.explore.examples import sample


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
    after = [state.inside() for state in explorer.scene.look()]
    assert changes == [(artist, -1, "<", inside) for artist, inside in enumerate(after)]
    assert all(state.inside() != inside for state, inside in zip(before, after, strict=True))
    (sent,) = ask(live, {"indices": [0, 2, 1, 1]})
    assert [artist for artist, *_ in sent["changes"]] == [SENTENCE, 0]
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
