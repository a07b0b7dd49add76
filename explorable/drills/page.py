"""The card of a drill as HTML, its formulas typeset with places for the numbers."""

import html
import json
import re
from collections.abc import Callable, Mapping
from itertools import product
from typing import Any

import numpy as np

from explorable.drills.drill import Drill
from explorable.sentences import number

FIELD = re.compile(r"@([A-Za-z]+)(?:\[(\d+(?:,\d+)*)\])?")
PLACE = re.compile(r"@(\(?)([A-Za-z]+)\.(\d+)\)?")
FORMULAS = re.compile(r"\$\$(.+?)\$\$|\$(.+?)\$")
NEVER = re.compile(r"(?!)")
FIRST = 9001
"""From here on numbers stand for the places while a formula is typeset."""

Render = Callable[[str, bool], str]
Say = Callable[[str], str]


def typeset(
    text: str,
    values: Mapping[str, Any],
    render: Render,
    close: re.Pattern[str] = NEVER,
    closing: str = "",
) -> str:
    """Return words and formulas as HTML, in which ``@name.k`` stands for entry k of a value.

    Parameters
    ----------
    text : str
        As `drill` says.
    values : dict
        Of any seed; only their shapes matter.
    render : callable
        From TeX, and whether it stands apart, to HTML.
    close : pattern
        The letters of the reader's language between which no spaces stand.
    closing : str
        Its own marks before which no line ends.
    """
    pieces = FORMULAS.split(text)
    if "@" in "".join(pieces[::3]):
        raise ValueError(f"a value stands outside of a formula: {text}")
    made = "<p>" + html.escape(pieces[0])
    for apart, within, words in zip(pieces[1::3], pieces[2::3], pieces[3::3], strict=True):
        tex, formula = _formula(apart or within, values, render, bool(apart))
        if apart:
            made += (
                f'</p><div class="equation"><div class="scroll" data-tex="{tex}">{formula}</div>'
                "</div><p>"
            )
        else:
            names = "math" + " after-letter" * bool(close.match(made[-1:]))
            names += " before-letter" * bool(close.match(words[:1]))
            math = f'<span class="{names}" data-tex="{tex}">{formula}</span>'
            if glued := re.match(
                f"[.,;:!?){re.escape(closing)}]+", words
            ):  # no line ends before a full stop
                math = f'<span class="glue">{math}{glued[0]}</span>'
                words = words[glued.end() :]
            made += math
        made += html.escape(words)
    return re.sub(r"<p>\s*</p>", "", made + "</p>")


def _formula(tex: str, values: Mapping[str, Any], render: Render, apart: bool) -> tuple[str, str]:
    """Return a formula as TeX and as HTML, both with places for its numbers."""
    places: list[str] = []

    def spread(found: re.Match[str]) -> str:
        name, key = found[1], tuple(map(int, found[2].split(","))) if found[2] else ()
        array = np.asarray(values[name])
        rest = array[key].shape

        def entry(*more: int) -> str:
            return f"@{name}[{','.join(map(str, (*key, *more)))}]" if key or more else f"@{name}"

        if not rest:
            place = f"{name}.{np.ravel_multi_index(key, array.shape) if key else 0}"
            before, after = tex[: found.start()].rstrip(), tex[found.end() :]
            signed = before.endswith(("+", "-", r"\cdot", r"\times")) or after.startswith("^")
            places.append(f"@({place})" if signed else f"@{place}")
            return f"{{{FIRST + len(places) - 1}}}"
        rows = [[entry(*index) for index in product(*map(range, rest))]]
        if len(rest) == 1:
            return "(" + r",\,".join(rows[0]) + ")"
        rows = [rows[0][k : k + rest[1]] for k in range(0, len(rows[0]), rest[1])]
        inside = r" \\ ".join(" & ".join(row) for row in rows)
        return rf"\begin{{pmatrix}} {inside} \end{{pmatrix}}"

    while FIELD.search(tex):  # arrays become their entries first
        tex = FIELD.sub(spread, tex)
    made = render(tex, apart)
    tex = html.escape(tex)
    for k, place in enumerate(places):
        made, found = re.subn(rf">{FIRST + k}([.,]?)<", rf">{place}\1<", made)
        if found != 1:
            raise ValueError(f"the number {place} runs into its neighbours in {tex}")
        tex = tex.replace(f"{{{FIRST + k}}}", f"{{{place}}}")
    return tex, made


def written(value: float) -> str:
    """Write a number as in a drill: whole ones whole, others with at most four digits.

    Examples
    --------
    >>> written(-2.0), written(0.0625), written(1616)
    ('−2', '0.0625', '1,616')
    """
    near = round(float(value))
    return number(near, ",d") if abs(value - near) < 1e-9 else number(float(value), ".4g")


def filled(text: str, values: Mapping[str, Any]) -> str:
    """Put the numbers into their places."""

    def fill(found: re.Match[str]) -> str:
        value = np.ravel(values[found[2]])[int(found[3])]
        return f"({written(value)})" if found[1] and value < 0 else written(value)

    return PLACE.sub(fill, text)


def drill_html(
    drill: Drill,
    seed: int,
    render: Render,
    say: Say = str,
    close: re.Pattern[str] = NEVER,
    closing: str = "",
) -> str:
    """Write the card of a drill, with its question for one seed.

    Parameters
    ----------
    drill : Drill
    seed : int
    render : callable
        As for `typeset`.
    say : callable
        From a text to the same in the reader's language.
    close, closing
        As for `typeset`.
    """
    values = drill.at(seed)

    def made(text: str) -> str:
        return typeset(say(text), values, render, close, closing)

    name, question = drill.name, made(drill.question)
    spec: dict[str, Any] = {
        "draws": [[key, each.shape, each.values] for key, each in drill.draws.items()],
        "program": drill.program().content,
        "question": question,
        "solution": made(drill.solution),
        "mistakes": {key: made(text) for key, text in drill.mistakes.items()},
        "options": [made(option)[3:-4] for option in drill.options],
    }
    asked = filled(question, values)
    if "curve" in values:  # where no script draws it
        steps = ", ".join(number(float(value), ".3g") for value in values["curve"])
        asked += f"<p>{html.escape(say('Step by step: {values}').format(values=steps))}</p>"
    told = json.dumps(spec, ensure_ascii=False, separators=(",", ":")).replace("</", "<\\/")
    title = made(drill.title)[3:-4]

    check, another = html.escape(say("Check")), html.escape(say("Another"))
    show = html.escape(say("Show solution"))
    still = say(
        "JavaScript is off, or the script of the drills did not load: no new "
        "numbers are drawn here, and nothing is checked."
    )
    return (
        f'<section class="drill" data-drill="{name}" data-seed="{seed}" '
        f'aria-labelledby="drill-{name}">'
        f'<header><h3 id="drill-{name}">{title}</h3><a class="drill-link"></a></header>'
        f'<div class="drill-question" id="drill-{name}-question" aria-live="polite">'
        f"{asked}</div>"
        f'<form class="drill-form" autocomplete="off">'
        f"{_field(drill, values, spec['options'], say)}"
        f'<div class="drill-buttons"><button type="submit" disabled>{check}</button>'
        f'<button type="button" class="drill-another" disabled>{another}</button>'
        f'<button type="button" class="drill-show" aria-expanded="false" '
        f'aria-controls="drill-{name}-solution" disabled>{show}</button></div>'
        f'</form><div class="drill-verdict" role="status"></div>'
        f'<div class="drill-solution" id="drill-{name}-solution" hidden></div>'
        f'<p class="drill-still">{html.escape(still)}</p>'
        f'<script type="application/json">{told}</script></section>'
    )


def _field(drill: Drill, values: Mapping[str, Any], options: list[str], say: Say) -> str:
    """Write what takes the answer: options, or a line that says what is expected."""
    name, label = f"drill-{drill.name}", html.escape(say("Your answer"))
    if options:
        choices = "".join(
            f'<label><input type="radio" name="{name}" value="{k}" disabled> '
            f"<span>{filled(option, values)}</span></label>"
            for k, option in enumerate(options)
        )
        return (
            f'<fieldset class="drill-options" aria-describedby="{name}-question">'
            f"<legend>{label}</legend>{choices}</fieldset>"
        )
    expected = html.escape(_expected(np.shape(values["answer"]), say))
    return (
        f'<label class="drill-field">{label} '
        f'<input type="text" autocapitalize="off" spellcheck="false" disabled '
        f'aria-describedby="{name}-question {name}-expected"></label>'
        f'<p class="drill-expected" id="{name}-expected">{expected}</p>'
    )


def _expected(shape: tuple[int, ...], say: Say) -> str:
    """Say what an answer looks like."""
    if not shape:
        return say("One number, such as 12, −0.75 or 3/4.")
    if len(shape) == 1:
        example = ", ".join(["2", "−1", "0.5", "3/4"][: shape[0]])
        text = say("{n} numbers, such as {example}.")
        return text.format(n=shape[0], example=example)
    example = "; ".join([", ".join(["2", "−1", "0"][: shape[1]])] * shape[0])
    text = say("{m} rows of {n} numbers, such as {example}.")
    return text.format(m=shape[0], n=shape[1], example=example)
