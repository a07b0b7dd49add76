"""An explorer as HTML: one card with its picture, native controls, and the sentence."""

import html
import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from matplotlib.axes import Axes

from explorable.controls.definitions import Choice, Control, Point, Slider, Steps, Turn
from explorable.controls.paint import ARROWS, SIDE, SLIDES, Paint
from explorable.drawing.svg import UNITS, panel_svg
from explorable.explore.artists import State
from explorable.explore.meters import Shown
from explorable.explore.prediction import Prediction
from explorable.sentences import say, translated

if TYPE_CHECKING:
    from explorable.explore.explorer import Explorer

Templates = Sequence[tuple[State, bool]]


def explorer_html(
    explorer: "Explorer", templates: Templates, file: str = "", longest: str = ""
) -> str:
    """Write an explorer as HTML.

    Parameters
    ----------
    explorer : Explorer
    templates : sequence of (State, bool)
        What is shown of each moving artist at first, and whether it is hidden at first.
    file : str
        Name of the script with the states; empty when a kernel computes them.
    longest : str
        The longest sentence, for which room is kept.
    """
    name = explorer.name
    controls = explorer.inputs.items()
    count = len(explorer.scene.panels)
    said = words(explorer.prediction, alive=not file)
    spec = {
        "name": name,
        "file": file,
        "controls": [control_spec(explorer, key, control) for key, control in controls],
        "words": said,
    }
    if file and isinstance(explorer.update, Shown):
        spec["python"] = explorer.update.spec(explorer.scene)
        said |= python_words(explorer.update.panel.words)
    panels = "".join(panel_html(explorer, index, templates) for index in range(count))
    wide = wide_controls(explorer.inputs)
    inputs = "".join(
        control_html(explorer, key, control, wide=key in wide) for key, control in controls
    )
    written = json.dumps(spec, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    link = ""
    if file:
        link = (
            f'<button type="button" class="explorer-link" data-word="{_words("Link")}" disabled '
            f'aria-label="{_words("Link to this state: copy")}">{_words("Link")}</button>'
        )
    still = _words(
        "Nothing moves here: JavaScript is off, or the script of the explorers did not load."
    )
    return (
        f'<figure class="explorer" id="explorer-{name}" aria-labelledby="{name}-title">'
        f'<header class="explorer-head"><span class="explorer-title" id="{name}-title">'
        f"{_words(explorer.title)}</span>{link}{_button('explorer-reset', 'Reset')}</header>"
        f"{prediction_html(name, explorer.prediction)}"
        f'<p class="explorer-still">{still}</p>'
        f'<div class="explorer-panels">{panels}</div>{dots_html(count)}'
        '<div class="explorer-trouble" role="status"></div>'
        '<div class="explorer-python" role="status"></div>'
        f'<div class="explorer-controls">{inputs}</div>'
        f'<div class="explorer-say"><p id="{name}-say">{html.escape(explorer.sentence)}</p>'
        f'<p class="explorer-ghost" aria-hidden="true">{html.escape(longest)}</p></div>'
        '<p class="explorer-spoken" role="status"></p>'
        f'<script type="application/json">{written}</script></figure>'
    )


def words(prediction: Prediction | None, *, alive: bool) -> dict[str, str]:
    """Return what the script may have to say: where a kernel is alive, or in the page."""
    said = {"pictures": translated("Pictures")}
    if prediction is not None:
        _, choices, _ = prediction.words()
        said["right"] = translated("Right.")
        said["wrong"] = str(
            say("Not so. The answer is: {answer}.", answer=choices[prediction.answer])
        )
    if alive:
        return said | {
            "silent": translated(
                "The kernel does not answer; it may be busy or stopped. Until it does, the "
                "picture does not follow the controls."
            )
        }
    return said | {
        "copied": translated("Copied"),
        "address": translated("In the address"),
        "again": translated("Try again"),
        "lost": translated(
            "The states of this explorer did not load, so its controls are switched off."
        ),
        "broken": translated(
            "The states of this explorer are damaged, so its controls are switched off."
        ),
        "old": translated(
            "This browser cannot unpack the states of this explorer (it lacks "
            "DecompressionStream), so its controls are switched off."
        ),
        "saved": translated(
            "The states of this explorer had not been loaded when the page was saved, so its "
            "controls are switched off."
        ),
    }


def python_words(own: Mapping[str, str]) -> dict[str, str]:
    """Return what the script says of the page's Python, in the explorer's own words if it has."""
    return {
        "own": translated(
            "What you paint is read by Python, here in this page: 10 MB, loaded once."
        ),
        "start": translated("Start Python"),
        "loading": translated("Python is on its way: {share} %."),
        "first": translated(own.get("first", "Python is here.")),
        "failed": translated(own.get("failed", "Python does not start in this browser.")),
    }


def panel_html(explorer: "Explorer", panel: int, templates: Templates) -> str:
    """Write one panel: its SVG, and the handles of the points picked on it."""
    scene = explorer.scene
    nodes = scene.background(panel, templates)
    cell = scene.cells[scene.panels[panel]]
    drawing = panel_svg(
        scene.renderer(panel, scene.key),
        nodes,
        {
            "style": "",
            "role": "img",
            "aria-label": panel_name(scene.panels, panel),
            "aria-describedby": f"{explorer.name}-say",
        },
    )
    handles = "".join(
        handle_html(explorer, control)
        for control in explorer.controls.values()
        if isinstance(control, Point) and control.axes is scene.panels[panel]
    )
    canvases = "".join(
        canvas_html(explorer, control)
        for control in explorer.controls.values()
        if isinstance(control, Paint) and control.axes is scene.panels[panel]
    )
    return (
        f'<div class="explorer-panel" data-panel="{panel}" style="--w:{round(cell.width)}">'
        f"{drawing}{handles}{canvases}</div>"
    )


def panel_name(panels: Sequence[Axes], panel: int) -> str:
    """Say what a panel shows, from what is written on its axes."""
    axes = panels[panel]
    x, y = axes.get_xlabel(), axes.get_title(loc="left") or axes.get_title() or axes.get_ylabel()
    if x and axes.get_ylabel():
        return str(say("Plane of {x} and {y}", x=x, y=axes.get_ylabel()))
    if x and y:
        return str(say("{y} against {x}", x=x, y=y))
    return translated(y) or str(say("Picture {k} of {n}", k=panel + 1, n=len(panels)))


def dots_html(count: int) -> str:
    """Write the dots that say which panel is seen where only one has room."""
    dots = "".join(
        '<button type="button" aria-current="false" aria-label="'
        f'{html.escape(str(say("Picture {k} of {n}", k=k, n=count)))}"></button>'
        for k in range(1, count + 1)
    )
    return f'<div class="explorer-dots">{dots}</div>' if count > 1 else ""


def handle_html(explorer: "Explorer", control: Point) -> str:
    """Write the ring that a reader drags."""
    xs, ys = places(explorer, control)
    row, column = divmod(control.start, len(xs))
    (first, second), (x, y) = control.names(), first_texts(explorer, control)
    return (
        f'<div class="explorer-handle" role="slider" tabindex="-1" aria-disabled="true" '
        f'aria-label="{html.escape(control.name("point"))}" aria-valuemin="0" '
        f'aria-valuemax="{control.count - 1}" aria-valuenow="{control.start}" '
        f'aria-valuetext="{html.escape(f"{first} = {x}, {second} = {y}")}" '
        f'style="left:{xs[column]}%;top:{ys[row]}%"></div>'
    )


def first_texts(explorer: "Explorer", control: Point) -> tuple[str, str]:
    """Return how the reader sees the coordinates of a point at first."""
    row, column = divmod(control.start, len(control.xs))
    across, up = control.texts()
    if control.by:
        choice = explorer.controls[control.by]
        across, up = control.texts(choice.value(choice.start))
    return across[column], up[row]


def canvas_html(explorer: "Explorer", control: Paint) -> str:
    """Write the cells that a reader paints, over the place that the panel keeps for them."""
    cell = explorer.scene.cells[control.axes]
    renderer = explorer.scene.renderer(explorer.scene.panels.index(control.axes), "")
    transform = control.axes.transData + renderer.to_units
    corners = [control.corner, control.corner + control.size]
    (left, top), (right, bottom) = transform.transform(corners) / UNITS
    place = {
        "left": left / cell.width,
        "top": top / cell.height,
        "width": (right - left) / cell.width,
        "height": (bottom - top) / cell.height,
    }
    style = ";".join(f"{side}:{100 * share:.3f}%" for side, share in place.items())
    first = control.value(control.start).reshape(SIDE, SIDE)
    rows = "".join(
        '<div role="row">'
        + "".join(
            f'<div role="gridcell" tabindex="{0 if row == column == 0 else -1}" '
            f'style="--v:{ink:.4g}"></div>'
            for column, ink in enumerate(inks)
        )
        + "</div>"
        for row, inks in enumerate(first)
    )
    return (
        f'<div class="explorer-canvas" role="grid" aria-disabled="true" style="{style}" '
        f'aria-label="{html.escape(control.name("picture"))}">{rows}</div>'
    )


def places(explorer: "Explorer", control: Point) -> tuple[list[float], list[float]]:
    """Return where the columns and rows of a point's grid lie on its panel, in percent."""
    cell = explorer.scene.cells[control.axes]
    renderer = explorer.scene.renderer(explorer.scene.panels.index(control.axes), "")
    transform = control.axes.transData + renderer.to_units
    x = transform.transform([(value, control.ys[0]) for value in control.xs])[:, 0]
    y = transform.transform([(control.xs[0], value) for value in control.ys])[:, 1]
    return (
        [round(100 * float(v) / UNITS / cell.width, 3) for v in x],
        [round(100 * float(v) / UNITS / cell.height, 3) for v in y],
    )


def control_spec(explorer: "Explorer", key: str, control: Control) -> dict[str, Any]:
    """Return what the script needs to know of a control."""
    spec: dict[str, Any] = {"key": key, "kind": control.kind, "start": control.start}
    if isinstance(control, Point):
        return spec | point_spec(explorer, control)
    every = range(control.count)
    if isinstance(control, Paint):
        return spec | {
            "panel": explorer.scene.panels.index(control.axes),
            "keys": [control.key(index) for index in every],
            "cell": translated("row {row}, column {column}: {ink} % ink"),
        }
    spec["texts"] = [control.text(index) for index in every]
    spec["keys"] = [control.key(index) for index in every]
    if isinstance(control, Steps):
        spec["pace"] = control.pace
    if isinstance(control, Turn):
        panel = explorer.scene.panels.index(control.space.axes)
        view = control.space.view(explorer.scene.renderer(panel, ""))
        spec |= {"panel": panel, "step": control.step, **view}
    return spec


def point_spec(explorer: "Explorer", control: Point) -> dict[str, Any]:
    """Return what the script needs to know of a point, besides what it does of every control."""
    xs, ys = places(explorer, control)
    on_panel = [
        other
        for other in explorer.controls.values()
        if isinstance(other, Point) and other.axes is control.axes
    ]
    spec: dict[str, Any] = {
        "panel": explorer.scene.panels.index(control.axes),
        "nth": on_panel.index(control),
        "xs": xs,
        "ys": ys,
        "keys": control.keys(),
        "names": control.names(),
        "texts": [control.texts()],
    }
    if control.by:
        choice = explorer.controls[control.by]
        spec |= {"by": control.by}
        spec["texts"] = [control.texts(choice.value(index)) for index in range(choice.count)]
    return spec


def wide_controls(controls: Mapping[str, Control]) -> set[str]:
    """Return which controls take a line of their own where there are two columns.

    Steps need it for their buttons; one of an odd number of others is left alone, a point first.
    """
    wide = {key for key, control in controls.items() if isinstance(control, Steps | Paint)}
    others = [key for key in controls if key not in wide]
    if len(others) % 2:
        points = [key for key in others if isinstance(controls[key], Point)]
        wide.add((points or others)[-1])
    return wide


def control_html(explorer: "Explorer", key: str, control: Control, *, wide: bool = False) -> str:
    """Write one control: label left, value right, the input below."""
    identity = f"{explorer.name}-{key}"
    label = html.escape(control.name(key))
    if isinstance(control, Point):
        x, y = first_texts(explorer, control)
        fine = _words("drag the ring, or focus it and use the arrow keys")
        coarse = _words("drag the ring, or tap beside it")
        body = (
            f'<span>{label}</span><span class="explorer-value">{html.escape(f"({x}, {y})")}</span>'
            f'<small class="explorer-fine">{fine}</small>'
            f'<small class="explorer-coarse">{coarse}</small>'
        )
    elif isinstance(control, Paint):
        body = paint_html(control, label)
    elif isinstance(control, Choice):
        options = "".join(
            f"<option{' selected' * (index == control.start)}>{html.escape(control.text(index))}"
            "</option>"
            for index in range(control.count)
        )
        body = (
            f'<label for="{identity}">{label}</label>'
            f'<select id="{identity}" autocomplete="off" disabled>{options}</select>'
        )
    else:
        text = html.escape(control.text(control.start))
        marks = marks_html(control) if isinstance(control, Slider) else ""
        # The value is hidden from those who hear it from the slider.
        body = (
            f'<label for="{identity}">{label}</label>'
            f'<span class="explorer-value" aria-hidden="true">{text}</span>'
            f'<div class="explorer-track"><input type="range" id="{identity}" min="0" '
            f'max="{control.count - 1}" value="{control.start}" aria-valuetext="{text}" '
            f'style="--at:{control.start / max(control.count - 1, 1):.4g}" '
            f'autocomplete="off" disabled>{marks}</div>'
        )
        if isinstance(control, Steps):
            body += buttons_html(control)
    kind = f"explorer-control explorer-{control.kind}{' explorer-wide' * wide}"
    return f'<div class="{kind}" data-key="{key}">{body}</div>'


def paint_html(control: Paint, label: str) -> str:
    """Write what helps to paint: pictures to begin with, arrows that slide, a rubber."""

    def button(data: str, text: str, spoken: str = "") -> str:
        name = f' aria-label="{html.escape(spoken)}"' if spoken else ""
        return f'<button type="button" disabled {data}{name}>{html.escape(text)}</button>'

    pictures = "".join(
        button(f'data-picture="{index}" aria-pressed="{str(not index).lower()}"', name)
        for index, name in enumerate(map(translated, control.names))
    )
    ways = ("slide left", "slide right", "slide up", "slide down")
    arrows = "".join(
        button(f'data-slide="{across},{down}"', arrow, translated(way))
        for (across, down), arrow, way in zip(SLIDES[:4], ARROWS, ways, strict=False)
    )
    clear = button("data-clear", translated("Clear"))
    erase = button('data-erase aria-pressed="false"', translated("Erase"))
    hint = _words("Paint with a finger, a pen or the mouse; or with arrow keys, Space and + or −.")
    group = '<div class="explorer-buttons" role="group" aria-label="{name}">{buttons}</div>'
    return (
        f"<span>{label}</span>"
        + group.format(name=_words("pictures to begin with"), buttons=pictures)
        + group.format(name=_words("change the picture"), buttons=arrows + clear + erase)
        + f"<small>{hint}</small>"
    )


def marks_html(control: Slider) -> str:
    """Write the special values along a slider's track."""
    marks = "".join(
        f'<span style="--at:{control.place(value):.4f}">{_words(word)}</span>'
        for word, value in control.marks.items()
    )
    return f'<div class="explorer-marks">{marks}</div>' if marks else ""


def buttons_html(control: Steps) -> str:
    """Write the buttons that step and play."""
    label = control.name("step")
    leaps = [-control.jump, -1, 0, 1, control.jump] if control.jump else [-1, 0, 1]
    buttons = []
    for leap in leaps:
        if leap == 0:
            buttons.append(
                '<button type="button" class="explorer-play" disabled '
                f'data-play="{_words("Play")}" data-pause="{_words("Pause")}">{_words("Play")}'
                "</button>"
            )
            continue
        sign = "+" if leap > 0 else "−"
        spoken = f"{label} {sign}{abs(leap)}"
        buttons.append(
            f'<button type="button" disabled data-leap="{leap}" '
            f'aria-label="{html.escape(spoken)}">{sign}{abs(leap)}</button>'
        )
    return f'<div class="explorer-buttons">{"".join(buttons)}</div>'


def prediction_html(name: str, prediction: Prediction | None) -> str:
    """Write the question that comes first, and the verdict, unseen until there is an answer."""
    if prediction is None:
        return ""
    question, choices, why = prediction.words()
    radios = "".join(
        f"<label{' data-right' * (index == prediction.answer)}>"
        f'<input type="radio" name="{name}-prediction" value="{index}" autocomplete="off" '
        f"disabled> <span>{html.escape(choice)}</span></label>"
        for index, choice in enumerate(choices)
    )
    return (
        f'<fieldset class="explorer-predict" data-answer="{prediction.answer}">'
        f"<legend>{_words('Predict first')}</legend><p>{html.escape(question)}</p>"
        f'<div class="explorer-options">{radios}</div>'
        '<p class="explorer-verdict" tabindex="-1" hidden><b></b> '
        f"<span>{html.escape(why)}</span></p></fieldset>"
    )


def _button(kind: str, word: str) -> str:
    return f'<button type="button" class="{kind}" disabled>{_words(word)}</button>'


def _words(template: str) -> str:
    return html.escape(translated(template))
