"""An explorer as HTML: one card with its picture, native controls, and the sentence."""

import html
import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from mathdl.explorer.artists import State
from mathdl.explorer.controls import Choice, Control, Point, Slider, Steps, Turn
from mathdl.explorer.prediction import Prediction
from mathdl.explorer.wording import translated
from mathdl.svg import UNITS, flow, panel_svg

if TYPE_CHECKING:
    from mathdl.explorer.explorer import Explorer

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
    spec = {
        "name": name,
        "file": file,
        "controls": [control_spec(explorer, key, control) for key, control in controls],
        "words": {
            "copied": translated("Copied"),
            "address": translated("In the address"),
            "right": translated("Right."),
            "wrong": translated("Not so."),
        },
    }
    panels = "".join(
        panel_html(explorer, index, templates) for index in range(len(explorer.scene.panels))
    )
    inputs = "".join(control_html(name, key, control) for key, control in controls)
    written = json.dumps(spec, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    link = ""
    if file:
        link = (
            '<button type="button" class="explorer-link" disabled '
            f'aria-label="{_words("Link to this state: copy")}">{_words("Link")}</button>'
        )
    return (
        f'<figure class="explorer" id="explorer-{name}" aria-labelledby="{name}-title">'
        f'<header class="explorer-head"><span class="explorer-title" id="{name}-title">'
        f"{_words(explorer.title)}</span>{link}{_button('explorer-reset', 'Reset')}</header>"
        f"{prediction_html(name, explorer.prediction)}"
        f'<div class="explorer-panels">{panels}</div>'
        f'<div class="explorer-controls">{inputs}</div>'
        f'<div class="explorer-say"><p aria-live="polite">{html.escape(explorer.sentence)}</p>'
        f'<p class="explorer-ghost" aria-hidden="true">{html.escape(longest)}</p></div>'
        f'<script type="application/json">{written}</script></figure>'
    )


def panel_html(explorer: "Explorer", panel: int, templates: Templates) -> str:
    """Write one panel: its SVG, and the handles of the points picked on it."""
    scene = explorer.scene
    nodes = scene.background(panel, templates)
    cell = scene.cells[scene.panels[panel]]
    drawing = panel_svg(
        scene.renderer(panel, scene.key), nodes, {"style": "", "aria-hidden": "true"}
    )
    handles = "".join(
        handle_html(explorer, control)
        for control in explorer.controls.values()
        if isinstance(control, Point) and control.axes is scene.panels[panel]
    )
    width = round(cell.width)
    return (
        f'<div class="explorer-panel" data-panel="{panel}" style="{flow(width)}">'
        f"{drawing}{handles}</div>"
    )


def handle_html(explorer: "Explorer", control: Point) -> str:
    """Write the ring that a reader drags."""
    xs, ys = places(explorer, control)
    row, column = divmod(control.start, len(xs))
    return (
        f'<div class="explorer-handle" role="slider" tabindex="0" '
        f'aria-label="{html.escape(control.name("point"))}" aria-valuemin="0" '
        f'aria-valuemax="{control.count - 1}" aria-valuenow="{control.start}" '
        f'aria-valuetext="{html.escape(control.text(control.start))}" '
        f'style="left:{xs[column]}%;top:{ys[row]}%"></div>'
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
    every = range(control.count)
    spec["texts"] = [control.text(index) for index in every]
    spec["keys"] = [control.key(index) for index in every]
    if isinstance(control, Point):
        xs, ys = places(explorer, control)
        on_panel = [
            other
            for other in explorer.controls.values()
            if isinstance(other, Point) and other.axes is control.axes
        ]
        spec |= {"panel": explorer.scene.panels.index(control.axes), "xs": xs, "ys": ys}
        spec["nth"] = on_panel.index(control)
    if isinstance(control, Steps):
        spec["pace"] = control.pace
    if isinstance(control, Turn):
        panel = explorer.scene.panels.index(control.space.axes)
        view = control.space.view(explorer.scene.renderer(panel, ""))
        spec |= {"panel": panel, "step": control.step, **view}
    return spec


def control_html(name: str, key: str, control: Control) -> str:
    """Write one control: label left, value right, the input below."""
    identity = f"{name}-{key}"
    text = html.escape(control.text(control.start))
    label = html.escape(control.name(key))
    value = f'<output for="{identity}">{text}</output>'
    if isinstance(control, Point):
        hint = _words("drag the ring, or focus it and use the arrow keys")
        body = f"<span>{label}</span><output>{text}</output><small>{hint}</small>"
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
        marks = marks_html(control) if isinstance(control, Slider) else ""
        body = (
            f'<label for="{identity}">{label}</label>{value}'
            f'<div class="explorer-track"><input type="range" id="{identity}" min="0" '
            f'max="{control.count - 1}" value="{control.start}" aria-valuetext="{text}" '
            f'autocomplete="off" disabled>{marks}</div>'
        )
        if isinstance(control, Steps):
            body += buttons_html(control)
    return f'<div class="explorer-control explorer-{control.kind}" data-key="{key}">{body}</div>'


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
                f'data-pause="{_words("Pause")}">{_words("Play")}</button>'
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
    """Write the question that comes first, and room for the verdict in the same place."""
    if prediction is None:
        return ""
    question, choices, why = prediction.words()
    radios = "".join(
        f'<label><input type="radio" name="{name}-prediction" value="{index}" autocomplete="off" '
        f"disabled> {html.escape(choice)}</label>"
        for index, choice in enumerate(choices)
    )
    return (
        f'<fieldset class="explorer-predict" data-answer="{prediction.answer}">'
        f"<legend>{_words('Predict first')}</legend><p>{html.escape(question)}</p>"
        f'<div class="explorer-stack"><div class="explorer-options">{radios}</div>'
        f'<p class="explorer-verdict" role="status" tabindex="-1"><b></b> '
        f"<span hidden>{html.escape(why)}</span></p></div></fieldset>"
    )


def _button(kind: str, word: str) -> str:
    return f'<button type="button" class="{kind}" disabled>{_words(word)}</button>'


def _words(template: str) -> str:
    return html.escape(translated(template))
