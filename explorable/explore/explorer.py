"""The explorer itself: a model that is listed or traced, written and shown."""

import itertools
import json
import math
import os
import re
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from matplotlib.figure import Figure

from explorable.checks import a_text, an_instance
from explorable.controls.control import Control
from explorable.drawing.svg import PIXELS_PER_INCH
from explorable.explore.artists import Artists, State
from explorable.explore.computed import compute, tried
from explorable.explore.live import LiveExplorer, in_a_notebook
from explorable.explore.model import ExplorerError, Model
from explorable.explore.packed import packed_script
from explorable.explore.page import explorer_html
from explorable.explore.prediction import Prediction
from explorable.explore.states import SENTENCE, States, artist_slots, first_visible, tabulate
from explorable.sentences import Sentence, listening

BYTES = 450_000
"""Most bytes that the states of one explorer may take, compressed."""

PROGRAM_BYTES = 12_000
"""Most bytes that a computed explorer's program and data may take, compressed."""

SECONDS = 20.0
"""Most seconds of a processor that the states of one explorer may take to compute."""

MOST_STATES = 20_000
"""More are neither few bytes nor a few seconds; none is visited to say so."""


class Explorer(Model):
    """A figure that a reader can explore; made by `explore`, which says what it takes."""

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
