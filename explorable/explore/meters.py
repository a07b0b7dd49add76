"""Artists that show numbers, so that whoever has the numbers can draw them: a kernel, or the page.

A meter shows a number from 0 to 1 by one artist, and what changes of its drawing changes in
proportion. So two drawings tell all the others: the page gets a low and a high one, and puts every
number in between. A text shows one of a few templates, filled.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from matplotlib.artist import Artist
from matplotlib.lines import Line2D
from matplotlib.text import Text

from explorable.explore.artists import Scene, State, leaves
from explorable.sentences import Sentence, translated

LOW, HIGH = 0.25, 0.75
"""The two numbers that are drawn for the page."""

FAINT = 1 / 256
"""The least opacity that is drawn: of what is not there at all, no drawing could tell more."""

_NUMBER = re.compile(r"(-?\d+(?:\.\d+)?)")


class Meter:
    """Artists, each of which shows a number from 0 to 1.

    Parameters
    ----------
    artists : sequence of Artist
        One a number.
    put : callable
        ``put(artist, number)`` draws the number.
    """

    def __init__(self, artists: Sequence[Artist], put: Callable[[Any, float], None]):
        self.artists, self.put = list(artists), put

    def show(self, numbers: Sequence[float]) -> None:
        """Draw numbers."""
        for artist, number in zip(self.artists, numbers, strict=True):
            self.put(artist, min(max(float(number), 0.0), 1.0))


def opacity(artists: Sequence[Artist], most: float = 1.0) -> Meter:
    """Show numbers by opacity, 1 by the most."""
    return Meter(artists, lambda artist, v: artist.set_alpha(FAINT + (most - FAINT) * v))


def place(lines: Sequence[Line2D], start: float, end: float) -> Meter:
    """Show numbers by the places of markers, between two on the x axis."""
    return Meter(lines, lambda line, v: line.set_xdata([start + (end - start) * v]))


class Words:
    """Texts that show filled templates.

    Parameters
    ----------
    texts : sequence of Text
        One a template.
    """

    def __init__(self, texts: Sequence[Text]):
        self.artists = list(texts)


class Panel:
    """All that an explorer shows of what a function of its controls returns.

    Parameters
    ----------
    meters : dict
        A `Meter` for each list of numbers, `Words` for each list of pairs ``(word, values)``.
    words : dict of str to str
        The templates by name, those of the sentences too, and words that may fill them;
        ``first`` is said when Python has come to the page, ``failed`` if it does not.
    """

    def __init__(self, meters: Mapping[str, Meter | Words], *, words: Mapping[str, str]):
        self.meters, self.words = dict(meters), dict(words)

    @property
    def artists(self) -> dict[str, Sequence[Artist]]:
        """The moving artists, for `explore`."""
        return {name: meter.artists for name, meter in self.meters.items()}

    def show(self, seen: Mapping[str, Any]) -> Sentence:
        """Draw what a function returned, and return its sentence.

        Parameters
        ----------
        seen : dict
            The numbers or pairs of each meter, and ``sentence``, a pair ``(word, values)``.
        """
        for name, meter in self.meters.items():
            if isinstance(meter, Meter):
                meter.show(seen[name])
                continue
            for text, pair in zip(meter.artists, seen[name], strict=True):
                text.set_text(str(self._say(*pair)))
        return self._say(*seen["sentence"])

    def _say(self, word: str, values: Mapping[str, str]) -> Sentence:
        """Fill a template; a value may be the name of another."""
        filled = {name: self.words.get(value, value) for name, value in values.items()}
        return Sentence(self.words[word], filled)

    def spec(self, scene: Scene) -> dict[str, Any]:
        """Return what the page needs to draw the same.

        Parameters
        ----------
        scene : Scene
            The figure with its artists.
        """
        found: dict[str, Any] = {}
        first = 0
        for name, meter in self.meters.items():
            indices = range(first, first + len(meter.artists))
            first += len(meter.artists)
            if isinstance(meter, Meter):
                drawn = []
                for v in (LOW, HIGH):
                    meter.show([v] * len(indices))
                    drawn.append([scene.state(index, afresh=True) for index in indices])
                found[name] = [
                    [index, between(low, high)]
                    for index, low, high in zip(indices, *drawn, strict=True)
                ]
            else:
                for text in meter.artists:
                    text.set_text("…")
                states = [scene.state(index, afresh=True) for index in indices]
                found[name] = [
                    [
                        index,
                        [
                            [element, "#", None]
                            for element, told in leaves(state.nodes)
                            if told == "#"
                        ],
                    ]
                    for index, state in zip(indices, states, strict=True)
                ]
        words = {name: translated(template) for name, template in self.words.items()}
        return {"meters": found, "words": words}


class Shown:
    """What moves an explorer's figure: a function of the controls, and the panel that shows it.

    Where the page has Python it calls the same function, by its name.

    Parameters
    ----------
    panel : Panel
        What is shown.
    function : callable
        Takes a value for each control and returns what `Panel.show` shows.
    """

    def __init__(self, panel: Panel, function: Callable[..., Mapping[str, Any]]):
        self.panel, self.function = panel, function
        self.__qualname__ = function.__qualname__

    def __call__(self, **values: Any) -> Sentence:
        """Move the figure, and say what is seen."""
        return self.panel.show(self.function(**values))

    def spec(self, scene: Scene) -> dict[str, Any]:
        """Return what the page needs to do it without a kernel."""
        name = f"{self.function.__module__}.{self.function.__qualname__}"
        return {"call": name, **self.panel.spec(scene)}


def between(low: State, high: State) -> list[list[Any]]:
    """Return what differs between two drawings: element, attribute, and its pieces.

    A piece is a text that stays, or a number that is one at `LOW` and another at `HIGH`.

    Examples
    --------
    >>> from explorable.explore.artists import take_apart
    >>> from explorable.drawing.svg import Node
    >>> low, high = (take_apart([Node("path", {"d": f"M{x} 7h0"})]) for x in (10, 30))
    >>> between(low, high)
    [[0, 'd', ['M', [10.0, 30.0], ' 7h0']]]
    """
    if low.shape != high.shape:
        raise ValueError("a meter must draw the same elements at every number")
    parts: list[list[Any]] = []
    for (element, attribute), one, other in zip(
        leaves(low.nodes), low.values, high.values, strict=True
    ):
        if one != other:
            texts, starts = _NUMBER.split(one)[::2], _NUMBER.split(one)[1::2]
            ends = _NUMBER.split(other)[1::2]
            pieces: list[Any] = [texts[0]]
            for start, end, text in zip(starts, ends, texts[1:], strict=True):
                if start == end:
                    pieces[-1] += start + text
                else:
                    pieces += [[float(start), float(end)], text]
            parts.append([element, attribute, pieces])
    return parts


def at(pieces: Sequence[Any], number: float) -> str:
    """Write an attribute as the page does, for a number between, below or above the two drawn.

    Examples
    --------
    >>> at(["M", [10.0, 30.0], " 7h0"], 0.5)
    'M20 7h0'
    """
    share = (number - LOW) / (HIGH - LOW)
    written = []
    for piece in pieces:
        if isinstance(piece, str):
            written.append(piece)
        else:
            start, end = piece
            written.append(f"{round(start + share * (end - start), 3):.10g}")
    return "".join(written)
