"""Refuse a number in a chapter's prose that nothing in the chapter computes.

A number that code contradicts fails at its assertion. This check is the other half: it sees the
number that was mistyped, or left behind when its assertion was mended. It looks at numbers with
a decimal point, an exponent or at least two digits, in text and in formulas, and at those from
eleven to ninety-nine in words. Each must stand in a code cell of the same notebook (in an
assertion, most often) or in what a cell printed, unless its sentence cites a source.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from nbformat import NotebookNode

from explorable.book.problem import BookError

FENCE = re.compile(r"^(`{3,}|~{3,}|:{3,})(.*)$")
CODE = re.compile(r"`+[^`]*`+")
CITATION = re.compile(r"\{cite[^}]*\}`[^`]*`")
ROLE = re.compile(r"\{[\w:-]+\}`[^`]*`")
ADDRESS = re.compile(r"\]\([^)]*\)|<?https?://\S+")
NUMERALS = r"\d[\d.]*(?:(?:,| and| to| or|–|,? and) ?\d[\d.]*)*"
PLACE = re.compile(
    r"\b(?:sections?|chapters?|equations?|eqs?\.|theorems?|figures?|tables?|algorithms?"
    rf"|parts?|pages?|pp?\.)[ \u00a0](?:[A-Z]\.)?{NUMERALS}",
    re.IGNORECASE,
)
SENTENCE = re.compile(r"(?<=[.!?:;])[\s)*]+(?=[\[(*$]*[A-Z])")
NUMBER = re.compile(
    r"(?<![\w.^])(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(e[-+]?\d+)?(?![\d]|\.\d)"
)
EXPONENT = re.compile(r"\s*(?:\\times|\\cdot|×|·)\s*10(?:\^\{?\s*([-−]?\d+)\s*\}?|([⁻⁰¹²³⁴-⁹]+))")
WHOLE = re.compile(r"\^\{[-−]?\d+\}")  # an exponent
BASE = re.compile(r"\b10(?=\^|[⁻⁰¹²³⁴-⁹])")  # the base of a power alone
PERCENT = re.compile(r"%|per ?cent|\bpoints?\b|^\s*\|")  # a column of a table may say it above
RAISED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
WORDS = {"thousand": 3, "million": 6, "billion": 9}
UNITS = "one|two|three|four|five|six|seven|eight|nine"
TEENS = "eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
IN_WORDS = re.compile(rf"\b(?:({TEENS})|({TENS})(?:-({UNITS}))?)\b", re.IGNORECASE)


def check_numbers(notebook: NotebookNode, where: str) -> None:
    """Refuse numbers in prose that no cell of an executed notebook holds, each with its place."""
    known = computed(notebook)
    faults = [
        f"{where}, cell {number}, line {line}: no cell computes {text}, in “{words}”; "
        "assert it in a hidden cell, print it, or cite where it comes from"
        for number, cell in enumerate(notebook.cells, start=1)
        if cell.cell_type == "markdown"
        for line, text, values, words in numbers(cell.source)
        if not values & known
    ]
    if faults:
        raise BookError("\n".join(faults))


def computed(notebook: NotebookNode) -> set[Decimal]:
    """Return the numbers in the code of a notebook and in what it printed."""
    texts = []
    for cell in notebook.cells:
        if cell.cell_type == "code":
            texts.append(re.sub(r"(?<=\d)_(?=\d)", "", cell.source))
            for output in cell.outputs:
                texts += [output.get("text", ""), output.get("data", {}).get("text/plain", "")]
    text = re.sub(r"(?<=\d),(?=\d{3})", "", "\n".join(texts))
    found = re.findall(r"\d+(?:\.\d*)?(?:e[-+]?\d+)?|\.\d+", text)
    return {Decimal(number).normalize() for number in found}


def numbers(source: str) -> Iterator[tuple[int, str, set[Decimal], str]]:
    """Yield line, text, possible values and surroundings of the numbers of a Markdown text."""
    for line, text in _prose(source):
        for sentence in SENTENCE.split(text):
            if CITATION.search(sentence):
                continue
            plain = _plain(sentence)
            for match in NUMBER.finditer(plain):
                values = _values(match, plain)
                if values:
                    start = max(0, match.start() - 30)
                    words = plain[start : match.end() + 20].strip()
                    yield line, match.group(1) + (match.group(2) or ""), values, words


def _prose(source: str) -> Iterator[tuple[int, str]]:
    """Yield the lines that are neither code nor a directive's options."""
    fence = ""
    for line, text in enumerate(source.splitlines(), start=1):
        opening = FENCE.match(text)
        if opening and not fence:
            # Text inside {exercise}, {prf:theorem}, {math} is prose as well.
            fence = "" if opening[2].startswith("{") or not opening[2] else opening[1]
        elif opening and text.startswith(fence):
            fence = ""
        elif not fence and not text.startswith(":"):
            yield line, text


def _plain(sentence: str) -> str:
    """Drop names, addresses and places in other books; write every number in one way."""
    for pattern in (ROLE, CODE, PLACE):
        sentence = pattern.sub(" ", sentence)
    sentence = ADDRESS.sub("] ", sentence)
    sentence = sentence.replace("{,}", ",").replace("\\,", "").replace("\\%", "%")
    sentence = IN_WORDS.sub(_in_digits, sentence)
    return BASE.sub(" ", WHOLE.sub("^ ", EXPONENT.sub(_power, sentence)))


def _in_digits(match: re.Match[str]) -> str:
    teen, tens, unit = (each and each.lower() for each in match.groups())
    if teen:
        return str(11 + TEENS.split("|").index(teen))
    ones = 1 + UNITS.split("|").index(unit) if unit else 0
    return str(20 + 10 * TENS.split("|").index(tens) + ones)


def _power(match: re.Match[str]) -> str:
    return "e" + (match[1] or match[2]).translate(RAISED).replace("−", "-")


def _values(match: re.Match[str], sentence: str) -> set[Decimal]:
    """Return what a number may stand for: itself, a percentage, so many thousands."""
    digits, exponent = match.groups()
    whole = digits.replace(",", "")
    is_year = re.fullmatch(r"(19|20)\d\d", digits) is not None
    if not exponent and "." not in whole and (len(whole) < 2 or is_year):
        return set()
    value = Decimal(whole + (exponent or ""))
    values = {value}
    if PERCENT.search(sentence):
        values.add(value / 100)
    if word := re.match(r"[\s~]*(thousand|million|billion)", sentence[match.end() :]):
        values.add(value.scaleb(WORDS[word[1]]))
    return {v.normalize() for v in values}
