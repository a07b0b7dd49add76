"""The moving artists of a figure: drawn apart from what stands still, and compared."""

import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.axis import Axis, Tick
from matplotlib.figure import Figure
from matplotlib.text import Annotation

from explorable.drawing.svg import Cell, Node, SvgRenderer, panel_cells

Artists = Artist | Sequence[Artist]


@dataclass(frozen=True)
class State:
    """What a moving artist looks like at one state."""

    shape: str  # elements and the names of their attributes; empty if nothing is drawn
    told: dict[tuple[int, str], str]  # by element and attribute, in document order; # is a text
    nodes: list[Node] = field(compare=False, repr=False)

    def inside(self) -> str:
        """Return the elements as SVG."""
        return "".join(map(str, self.nodes))


@dataclass(frozen=True)
class Mover:
    """A moving artist, by the name that its author gave, and the panel on which it is drawn."""

    name: str
    artist: Artist
    panel: int


class Scene:
    """A figure laid out once and for all, with its moving artists; a key begins the ids in it."""

    def __init__(self, figure: Figure, artists: Mapping[str, Artists], key: str):
        self.figure, self.key = figure, key
        self.cells: dict[Axes, Cell] = panel_cells(figure)
        self.panels = list(self.cells)
        self.movers = [
            Mover(name, artist, self._panel(name, artist))
            for name, group in artists.items()
            for artist in (group if isinstance(group, Sequence) else [group])
        ]
        figure.draw_without_rendering()
        figure.set_layout_engine("none")
        for axes in self.panels:
            axes.autoscale(enable=False)
        self.clips: list[dict[tuple[int, int, int, int], str]] = [{} for _ in self.panels]
        self._last: list[State | None] = [None] * len(self.movers)
        self._still: dict[Artist, str] = {}
        self._pinned: dict[Annotation, tuple[Any, ...]] = {}
        self._limits: list[Any] = []

    def _panel(self, name: str, artist: Artist) -> int:
        if not isinstance(artist, Artist):
            raise TypeError(f"{name!r} is a {type(artist).__name__}, not an artist of Matplotlib")
        axes = getattr(artist, "axes", None)
        for index, panel in enumerate(self.panels):
            if axes is panel or axes in panel.child_axes:
                return index
        raise ValueError(f"the artist {name!r} stands on no panel of the figure")

    def renderer(self, panel: int, key: str) -> SvgRenderer:
        """Return a renderer for one panel."""
        renderer = SvgRenderer(self.cells[self.panels[panel]], key, moving=True)
        renderer.clips = self.clips[panel]
        renderer.clip_key = f"{self.key}-{panel}"
        return renderer

    def draw_mover(self, index: int) -> list[Node]:
        """Draw one moving artist as it stands."""
        mover = self.movers[index]
        renderer = self.renderer(mover.panel, f"{self.key}-m{index}")
        type(mover.artist).draw(mover.artist, renderer)
        return renderer.nodes

    def state(self, index: int, *, afresh: bool = False) -> State:
        """Return what one moving artist looks like, drawn `afresh` even if it seems as it was."""
        artist, last = self.movers[index].artist, self._last[index]
        if last is not None and not afresh and not _may_have_changed(artist):
            return last
        state = take_apart(self.draw_mover(index))
        if state == last:
            state = last
        self._last[index] = state
        artist.stale = False
        return state

    def look(self) -> list[State]:
        """Return what every moving artist looks like."""
        return [self.state(index) for index in range(len(self.movers))]

    def background(self, panel: int, templates: Sequence[tuple[State, bool]]) -> list[Node]:
        """Draw a panel, with a group where each moving artist belongs, hidden or not."""

        def place(index: int) -> Callable[[SvgRenderer], None]:
            def draw(renderer: SvgRenderer) -> None:
                state, hidden = templates[index]
                group = Node("g", {"data-m": str(index)}, state.nodes)
                if hidden:
                    group.attributes["display"] = "none"
                renderer.nodes.append(group)

            return draw

        renderer = self.renderer(panel, f"{self.key}-{panel}")
        with _drawn_by(
            {mover.artist: place(i) for i, mover in enumerate(self.movers) if mover.panel == panel}
        ):
            self.panels[panel].draw(renderer)
        return renderer.nodes

    def hold_still(self) -> None:
        """Remember everything that must not move."""
        moving = {part for mover in self.movers for part in mover.artist.findobj()}
        leaves = [
            artist
            for artist in self.figure.findobj()
            if artist not in moving and not isinstance(artist, Figure | Axes | Axis | Tick)
        ]
        self._still = {artist: self._draw_alone(artist) for artist in leaves}
        for artist in leaves:
            artist.stale = False
        self._pinned = {a: _pin(a) for a in leaves if isinstance(a, Annotation)}
        self._limits = [axes.viewLim.frozen().get_points().tolist() for axes in self.panels]

    def moved(self) -> str | None:
        """Name something that moved though it was not named, or return None."""
        for index, axes in enumerate(self.panels):
            if axes.viewLim.get_points().tolist() != self._limits[index]:
                return f"the limits of panel {index}"
        for artist, drawn in self._still.items():
            if artist.stale:
                artist.stale = False
                if self._draw_alone(artist) != drawn:
                    return f"an artist that is not named: {artist}"
        for annotation, place in self._pinned.items():
            if _pin(annotation) != place:
                return f"an artist that is not named: {annotation}"
        return None

    def _draw_alone(self, artist: Artist) -> str:
        renderer = self.renderer(0, self.key)
        renderer.clips = {}
        artist.draw(renderer)
        return "".join(map(str, renderer.nodes))


def _pin(annotation: Annotation) -> tuple[Any, ...]:
    return (*annotation.xy, *annotation.xyann)


def _may_have_changed(artist: Artist) -> bool:
    # The point of an annotation is a plain attribute, whose change Matplotlib doesn't notice.
    return artist.stale or isinstance(artist, Annotation)


@contextmanager
def _drawn_by(drawers: Mapping[Artist, Callable[[SvgRenderer], None]]) -> Iterator[None]:
    """Let these artists be drawn by other functions for a while."""
    for artist, drawer in drawers.items():
        artist.draw = drawer  # type: ignore[method-assign,assignment]
    try:
        yield
    finally:
        for artist in drawers:
            del artist.draw


def take_apart(nodes: list[Node]) -> State:
    """Separate the shape of drawn nodes from the values of their attributes and texts.

    >>> take_apart([Node("path", {"d": "M0 0"})])
    State(shape='<path d>', told={(0, 'd'): 'M0 0'})
    """
    shape: list[str] = []
    told: dict[tuple[int, str], str] = {}
    count = itertools.count()

    def visit(node: Node) -> None:
        element = next(count)
        shape.append(f"<{' '.join([node.tag, *node.attributes])}>")
        # Places in space tell those on the screen.
        projected = ("d", "x", "y") if "data-xyz" in node.attributes else ()
        for name, value in node.attributes.items():
            if name not in projected:
                told[element, name] = value
        if node.text:
            shape.append("#")
            told[element, "#"] = node.text
        for child in node.children:
            visit(child)
        if node.children:
            shape.append("/")

    for node in nodes:
        visit(node)
    return State("".join(shape), told, nodes)
