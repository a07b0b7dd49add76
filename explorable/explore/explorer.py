"""The explorer itself: a figure, its controls, and the function that moves it."""

import itertools
import json
import math
import os
import re
import time
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from matplotlib.figure import Figure

from explorable.checks import a_text, an_instance, shown
from explorable.controls.control import Card, Control, Place
from explorable.drawing.svg import PIXELS_PER_INCH
from explorable.drawing.toolkit import figure_png
from explorable.explore.artists import Artists, Scene, State
from explorable.explore.computed import compute, tried
from explorable.explore.live import LiveExplorer, in_a_notebook
from explorable.explore.packed import packed_script
from explorable.explore.page import explorer_html
from explorable.explore.prediction import Prediction
from explorable.explore.states import SENTENCE, States, artist_slots, first_visible, tabulate
from explorable.explore.typeset import Typeset
from explorable.sentences import Sentence, listening, translated
from explorable.trace.graph import PICK

BYTES = 450_000
"""Most bytes that the states of one explorer may take, compressed."""

PROGRAM_BYTES = 12_000
"""Most bytes that a computed explorer's program and data may take, compressed."""

SECONDS = 20.0
"""Most seconds of a processor that the states of one explorer may take to compute."""

MOST_STATES = 20_000
"""More are neither few bytes nor a few seconds; none is visited to say so."""


class ExplorerError(Exception):
    """An explorer that is wrong; the message names it and says where."""


class Explorer:
    """A figure that a reader can explore; made by `explore`, which says what it takes."""

    def __init__(
        self,
        update: Callable[..., Sentence],
        figure: Figure,
        artists: Mapping[str, Artists],
        title: str,
        controls: Mapping[str, Control],
        prediction: Prediction | None,
        name: str,
        computed: bool = False,
    ):
        self.computed = computed
        self.update, self.figure, self.inputs = update, figure, dict(controls)
        self.title, self.prediction, self.name = title, prediction, name
        for key, control in self.inputs.items():
            if not isinstance(control, Control):
                raise ExplorerError(f"explorer {name!r}: {key} is not a control: {shown(control)}")
        labels = [control.name(key) for key, control in self.inputs.items()]
        if twice := {label for label in labels if labels.count(label) > 1}:
            raise ExplorerError(
                f"explorer {name!r}: more than one control has the label {shown(twice.pop())}; "
                "a reader could not tell them apart"
            )
        self.controls = {k: c for k, c in self.inputs.items() if c.has_states}
        self.start = tuple(control.start for control in self.controls.values())
        self.sentence, self.typeset = "", Typeset()
        with self._blaming(self.start):
            self.sentence = str(self._move(self.start))
            self.has_formula = bool(self.typeset.room)
            self.scene = Scene(figure, artists, name)
            self.scene.look()
            self.scene.hold_still()
        self.show = [] if prediction is None else [*map(self._places, prediction.show)]
        if prediction and (prediction.panel or 1) > len(self.scene.panels):
            raise ExplorerError(
                f"explorer {name!r}: its prediction names panel {prediction.panel}, but there are "
                f"only {len(self.scene.panels)}"
            )

    def _places(self, state: Mapping[str, Any]) -> tuple[Place, ...]:
        """Return where all controls stand in a state that shows the prediction's answer."""
        if unknown := set(state) - set(self.inputs):
            raise ExplorerError(
                f"explorer {self.name!r}: its prediction shows {shown(min(unknown))}, which is "
                "no control"
            )
        places: dict[str, Place] = {key: control.start for key, control in self.inputs.items()}
        for key, value in state.items():
            try:
                places[key] = self.inputs[key].place_of(value, fine=self.computed)
            except (TypeError, ValueError) as error:
                raise ExplorerError(
                    f"explorer {self.name!r}: its prediction shows {key} = {shown(value)}: {error}"
                ) from error
        return tuple(places.values())

    @property
    def how(self) -> str:
        """Whether the ``page`` computes what it shows, or looks it up in listed ``states``."""
        return "page" if self.computed else "states"

    def at(self, **values: Any) -> str:
        """Move the figure to these values and return the sentence; for tests.

        Parameters
        ----------
        **values
            A value a control; what is left out keeps its first value.
        """
        indices = list(self.start)
        for position, (key, control) in enumerate(self.controls.items()):
            if key in values:
                indices[position] = control.find(values.pop(key))
        if values:
            raise TypeError(f"explorer {self.name!r} has no control {', '.join(values)}")
        return self.at_indices(tuple(indices))

    def at_indices(self, indices: tuple[Place, ...]) -> str:
        """Move the figure to the controls' values at these indices and return the sentence."""
        with self._blaming(indices):
            sentence = str(self._move(indices))
            self._check_still()
            self.scene.look()
        return sentence

    def look(self) -> list[State]:
        """Return what every moving artist looks like, the last the formula if there is one."""
        formula = [self.typeset.state(self.said)] if self.has_formula else []
        return self.scene.look() + formula

    def at_places(self, places: tuple[Place, ...]) -> str:
        """Move the figure to where all controls stand, and return the sentence."""
        moving = zip(self.inputs.values(), places, strict=True)
        return self.at_indices(tuple(place for control, place in moving if control.has_states))

    def _move(self, indices: tuple[Place, ...]) -> Sentence:
        values = {
            key: control.at(index)
            for (key, control), index in zip(self.controls.items(), indices, strict=True)
        }
        sentence = self.update(**values)
        if not isinstance(sentence, Sentence):
            raise TypeError(f"update must return say(...), not {type(sentence).__name__}")
        if sentence.formula and self.sentence and not self.has_formula:
            raise ValueError("a formula is said, but none in the first state")
        self.typeset.note(sentence)
        self.said = sentence
        return sentence

    def _check_still(self) -> None:
        moved = self.scene.moved()
        if moved is not None:
            raise ValueError(f"update changed {moved}; name it among the moving artists")

    def where(self, indices: tuple[Place, ...]) -> str:
        """Say which values the controls have at these indices.

        They are said as the reader sees them.
        """
        return ", ".join(
            f"{key} = {index if isinstance(index, str) else control.text(index)}"
            for (key, control), index in zip(self.controls.items(), indices, strict=True)
        )

    @contextmanager
    def _blaming(self, indices: tuple[Place, ...]) -> Iterator[None]:
        """Turn warnings into errors, and name explorer and control values in every error."""
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            try:
                yield
            except ExplorerError:
                raise
            except Exception as error:
                # What an index by the number of a slider raises says only that it is none.
                cure = f"; {PICK}" * (self.computed and isinstance(error, IndexError))
                raise ExplorerError(
                    f"explorer {self.name!r} at {self.where(indices)}: "
                    f"{type(error).__name__}: {error}{cure}"
                ) from error

    def states(self) -> States:
        """Visit every combination of control values.

        Returns
        -------
        States

        Raises
        ------
        ExplorerError
            If `update` fails or warns, or moves what was not named, at any state.
        """
        began = time.process_time()
        counts = tuple(control.count for control in self.controls.values())
        if math.prod(counts) > MOST_STATES:
            raise ExplorerError(
                f"explorer {self.name!r} has {math.prod(counts):,} states ({self._factors()}), "
                f"and at most {MOST_STATES:,} are visited; give its controls fewer values"
            )
        movers = range(len(self.scene.movers))
        drawn: list[list[State]] = [[] for _ in movers]
        told: list[Sentence] = []
        sentences: list[str] = []
        for indices in itertools.product(*map(range, counts)):
            with self._blaming(indices):
                told.append(self._move(indices))
                sentences.append(str(told[-1]))
                self._check_still()
                for index in movers:
                    drawn[index].append(self.scene.state(index))
        self._check_memory(counts, drawn, sentences)
        slots = [tabulate(SENTENCE, 0, "#", sentences, counts)]
        templates = []
        if self.has_formula:
            drawn.append([self.typeset.state(each) for each in told])
            column = [each.formula for each in told]
            slots.append(tabulate(len(movers), -1, "data-tex", column, counts))
        for index, now in enumerate(self.look()):
            slots += artist_slots(index, drawn[index], counts)
            templates.append(
                (now if now.shape else first_visible(drawn[index]) or now, not now.shape)
            )
        seconds = time.process_time() - began
        return States(counts, [slot for slot in slots if slot], templates, seconds)

    def _check_memory(
        self, counts: tuple[int, ...], drawn: list[list[State]], sentences: list[str]
    ) -> None:
        """Revisit some states backwards: a picture must depend on the controls alone."""
        every = np.arange(math.prod(counts)).reshape(counts)
        samples = np.linspace(0, every.size - 1, min(every.size, 12)).astype(int)
        for flat in [*samples[::-1].tolist(), int(every[self.start])]:
            indices = tuple(int(i) for i in np.unravel_index(flat, counts))
            with self._blaming(indices):
                same = str(self._move(indices)) == sentences[flat]
                for index, mover in enumerate(self.scene.movers):
                    now = self.scene.state(index, afresh=True)
                    if not same or now != drawn[index][flat]:
                        raise ValueError(
                            f"update remembers: {mover.name!r} or the sentence depends on which "
                            "values came before"
                        )

    def html(self, directory: Path) -> str:
        """Write the states into a directory and return the explorer as HTML.

        Beside the states goes what of the texts was said: each sentence with its template, and
        with what filled it, so that both can be translated. States that are too many bytes, or
        take too long, are refused.
        """
        with listening() as heard:
            if self.computed:
                longest = tried(self)
                self.at_indices(self.start)
                templates = [(state, not state.shape) for state in self.look()]
                packed = compute(self).packed()
                if len(packed) > PROGRAM_BYTES:
                    raise ExplorerError(
                        f"explorer {self.name!r}: its program takes {len(packed) / 1000:.1f} kB, "
                        f"at most {PROGRAM_BYTES / 1000:.0f}; give its curves fewer points"
                    )
            else:
                states = self.states()
                packed = states.packed()
                if len(packed) > BYTES or states.seconds > SECONDS:
                    raise ExplorerError(
                        f"explorer {self.name!r}: {states.count} states ({self._factors()}) take "
                        f"{len(packed) / 1000:.0f} kB (at most {BYTES / 1000:.0f}) and "
                        f"{states.seconds:.1f} s (at most {SECONDS:.0f})"
                    )
                templates, longest = states.templates, states.longest
            file, script = packed_script(self.name, packed)
            card = explorer_html(self, templates, file, longest)
        said = {text: [each.template, each.fields()] for text, each in heard.items()}
        directory.mkdir(parents=True, exist_ok=True)
        (directory / file).write_text(script, encoding="utf-8")
        (directory / f"{self.name}.said.json").write_text(
            json.dumps(said, ensure_ascii=False, separators=(",", ":")), encoding="utf-8"
        )
        return card

    def _factors(self) -> str:
        return " × ".join(f"{each.count:,} of {key!r}" for key, each in self.controls.items())

    def card(self) -> Card:
        """Return its card as its controls know it."""
        panels = {axes: self.scene.renderer(k, "") for k, axes in enumerate(self.scene.panels)}
        return Card(self.name, self.inputs, panels, self.computed)

    def png(self) -> bytes:
        """Return the first state as a picture, handles drawn."""
        self.at_indices(self.start)
        handles = [each for control in self.inputs.values() for each in control.drawn()]
        written = figure_png(self.figure)
        for handle in handles:
            handle.remove()
        return written

    def __repr__(self) -> str:
        return f"{translated(self.title)}\n{self.sentence}"

    def _repr_mimebundle_(
        self, include: Any = None, exclude: Any = None
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        if folder := os.environ.get("EXPLORABLE_BOOK"):  # a book is being built
            card = self.html(Path(folder) / "explorers")
            return {"text/plain": repr(self), "text/html": card}, {}
        bundle: dict[str, Any] = {"text/plain": repr(self), "image/png": self.png()}
        about: dict[str, Any] = {}  # to Colab, from where its page loads what shows the widget
        if in_a_notebook():
            live = LiveExplorer(self)._repr_mimebundle_()
            view, about = live if isinstance(live, tuple) else (live or {}, {})
            bundle = {**view, **bundle}
        width = round(float(self.figure.get_figwidth()) * PIXELS_PER_INCH)
        return bundle, {**about, "image/png": {"width": width}}


def explore(
    figure: Figure,
    artists: Mapping[str, Artists],
    title: str,
    /,
    *,
    prediction: Prediction | None = None,
    name: str | None = None,
    computed: bool = False,
    **controls: Control,
) -> Callable[[Callable[..., Sentence]], Explorer]:
    """Make a figure explorable; a decorator for the function that moves it.

    Parameters
    ----------
    figure : Figure
        Made by `explorable.drawing.toolkit.panels`, fully drawn.
    artists : dict
        The artists that move, by name: lines, scatters, texts, images, patches, collections, or
        lists of them.
    title : str
        The explorer's name, a question where possible.
    prediction : Prediction, optional
        What the reader is asked first; see `predict`.
    name : str, optional
        Names its files, ids and links; the enclosing function's name,
        without a final ``_explorer``, when left out.
    computed : bool
        Whether the page computes the explorer itself, at any value of its controls: then the
        function must hold between the listed values, too, and it must be one that
        `explorable.trace` can write down.
    **controls : Control
        Made by `slider`, `choice`, `steps`, `point`, `paint` and `turn`; the decorated function
        takes an argument of the same name for each but `turn`.

    Returns
    -------
    decorator
        Turns the function, which sets the artists' data and returns `say(...)`, into an
        `Explorer`.
    """
    an_instance(figure, "figure", Figure)
    an_instance(artists, "artists", dict)
    a_text(title, "title")
    if prediction is not None:
        an_instance(prediction, "prediction", Prediction)
    if name is not None and len(a_text(name, "name")) > 100:
        raise ValueError(f"name must have at most 100 characters, but has {len(name)}.")

    def decorate(update: Callable[..., Sentence]) -> Explorer:
        outer = update.__qualname__.split(".<locals>")[0].rpartition(".")[2]
        return Explorer(
            update,
            figure,
            artists,
            title,
            controls,
            prediction,
            _plain(name or outer.removesuffix("_explorer")),
            computed,
        )

    return decorate


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
