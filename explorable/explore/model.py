"""What an explorer is before it is shown: a figure, its controls, the function that moves it."""

import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from matplotlib.figure import Figure

from explorable.checks import shown
from explorable.controls.control import Card, Control, Place
from explorable.drawing.toolkit import figure_png
from explorable.explore.artists import Artists, Scene, State
from explorable.explore.prediction import Prediction
from explorable.explore.typeset import Typeset
from explorable.sentences import Sentence, translated
from explorable.trace.graph import PICK


class ExplorerError(Exception):
    """An explorer that is wrong; the message names it and says where."""


class Model:
    """A figure that moves with its controls."""

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
