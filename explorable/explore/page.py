"""An explorer as HTML: one card with its picture, native controls, and the sentence."""

import html
import json
from collections.abc import Mapping, Sequence
from typing import Any

from matplotlib.axes import Axes

from explorable.controls import SCRIPTS
from explorable.controls.control import Card, Control, in_html
from explorable.drawing.svg import panel_svg
from explorable.explore.artists import State
from explorable.explore.model import Model
from explorable.explore.prediction import Prediction
from explorable.sentences import say, translated

Templates = Sequence[tuple[State, bool]]


def explorer_html(explorer: Model, templates: Templates, file: str = "", longest: str = "") -> str:
    """Write an explorer as HTML: its artists as they are at first, room for the longest sentence.

    The script of this name has the states; without one a kernel computes them.
    """
    name, card = explorer.name, explorer.card()
    count = len(card.panels)
    said = words(explorer.prediction, alive=not file)
    spec: dict[str, Any] = {
        "name": name,
        "file": file,
        "controls": [control_spec(card, key) for key in card.controls],
        "words": said,
    }
    if explorer.prediction:
        spec["show"] = explorer.show
        if explorer.prediction.panel:
            spec["panel"] = explorer.prediction.panel - 1
    if file and explorer.computed:
        spec["computed"] = True
    panels = "".join(panel_html(explorer, card, index, templates) for index in range(count))
    wide = wide_controls(card.controls)
    inputs = "".join(control_html(card, key, wide=key in wide) for key in card.controls)
    written = json.dumps(spec, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    link = ""
    if file:
        link = (
            f'<button type="button" class="explorer-link" data-word="{in_html("Link")}" disabled '
            f'aria-label="{in_html("Link to this state: copy")}">{in_html("Link")}</button>'
        )
    still = in_html(
        "Nothing moves here: JavaScript is off, or the script of the explorers did not load."
    )
    return (
        f'<figure class="explorer" id="explorer-{name}" data-computed="{explorer.how}" '
        f'aria-labelledby="{name}-title">'
        f'<header class="explorer-head"><span class="explorer-title" id="{name}-title">'
        f"{in_html(explorer.title)}</span>{link}{_button('explorer-reset', 'Reset')}</header>"
        f"{prediction_html(name, explorer.prediction)}"
        f'<p class="explorer-still">{still}</p>'
        f'<div class="explorer-panels">{panels}</div>{dots_html(count)}'
        f"{formula_html(explorer, templates)}"
        '<div class="explorer-trouble" role="status"></div>'
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


def panel_html(explorer: Model, card: Card, panel: int, templates: Templates) -> str:
    """Write one panel: its SVG, and what the controls lay over it."""
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
    controls = "".join(
        control.on_panel(card)
        for control in card.controls.values()
        if control.axes is scene.panels[panel]
    )
    return (
        f'<div class="explorer-panel" data-panel="{panel}" style="--w:{round(cell.width)}">'
        f"{drawing}{controls}</div>"
    )


def formula_html(explorer: Model, templates: Templates) -> str:
    """Write the formula below the picture, and unseen the longest, for which room is kept."""
    if not explorer.has_formula:
        return ""
    formula, ghost = templates[-1][0].inside(), explorer.typeset.ghost()
    unseen = ""
    if ghost is not None:
        unseen = f'<div class="explorer-ghost" aria-hidden="true">{ghost.inside()}</div>'
    return (
        f'<div class="explorer-formula"><div data-m="{len(explorer.scene.movers)}" '
        f'data-tex="{html.escape(explorer.said.formula)}">{formula}</div>{unseen}</div>'
    )


def panel_name(panels: Sequence[Axes], panel: int) -> str:
    """Say what a panel shows: the label of its axes, or else what is written on them."""
    axes = panels[panel]
    if name := str(axes.get_label()):
        return translated(name)
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


def control_spec(card: Card, key: str) -> dict[str, Any]:
    """Return what the script needs to know of a control."""
    control = card.controls[key]
    if control.kind not in SCRIPTS:
        raise ValueError(
            f"the control {key!r} is a {control.kind}, for which the page has no script: name "
            f"browser/{control.kind}.js in SCRIPTS of explorable.controls"
        )
    return {"key": key, "kind": control.kind, "start": control.start} | control.spec(card)


def wide_controls(controls: Mapping[str, Control]) -> set[str]:
    """Return which controls take a line of their own where there are two columns.

    Some need it; one of an odd number of others is left alone, the last of those that fill it.
    """
    wide = {key for key, control in controls.items() if control.wide == 2}
    others = [key for key in controls if key not in wide]
    if len(others) % 2:
        wide.add(max(reversed(others), key=lambda key: controls[key].wide))
    return wide


def control_html(card: Card, key: str, *, wide: bool = False) -> str:
    """Write one control: label left, value right, the input below."""
    control = card.controls[key]
    kind = f"explorer-control explorer-{control.kind}{' explorer-wide' * wide}"
    return f'<div class="{kind}" data-key="{key}">{control.html(card, key)}</div>'


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
        f"<legend>{in_html('Predict first')}</legend><p>{html.escape(question)}</p>"
        f'<div class="explorer-options">{radios}</div>'
        '<p class="explorer-verdict" tabindex="-1" hidden><b></b> '
        f"<span>{html.escape(why)}</span> {_button('explorer-show', 'Show it')}</p></fieldset>"
    )


def _button(kind: str, word: str) -> str:
    return f'<button type="button" class="{kind}" disabled>{in_html(word)}</button>'
