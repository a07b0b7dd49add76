"""What a translation must have in common with its English: all that is not words."""

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from explorable.languages.known import TRANSLATED
from explorable.languages.segments import inline

TEXT = re.compile(r"(\\text(?:rm)?)\{[^}]*\}")
TARGET = re.compile(r"<([^<>]+)>\s*$", re.DOTALL)
PLACEHOLDER = re.compile(r"\{[a-z_]\w*(?:[:!][^{}]*)?\}")
DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen twenty"
)
NUMBERS = {word: str(number) for number, word in enumerate(SMALL.split())} | {
    "zeros": "0", "ones": "1", "once": "1", "first": "1", "twice": "2", "second": "2",
    "half": "2", "third": "3", "dozen": "12", "thirty": "30", "forty": "40", "fifty": "50",
    "sixty": "60", "seventy": "70", "eighty": "80", "ninety": "90", "hundred": "100",
    "thousand": "1000", "million": "1000000",
}  # fmt: skip
ONES = SMALL.split()[1:10]
NUMBERS |= {
    f"{tens} {one}": str(int(NUMBERS[tens]) + int(NUMBERS[one]))
    for tens in ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
    for one in ONES
} | {f"{one} hundred": f"{NUMBERS[one]}00" for one in ONES}
SCALES = {"million": 10**6, "billion": 10**9, **TRANSLATED.SCALES}
UNSEEN = " (Markdown sees none where ** stands between a mark and a letter)"
LARGE = re.compile(rf"(\d+(?:[.,]\d+)*)[ \u00a0]?({'|'.join(SCALES)})")


def differences(english: str, translation: str) -> list[str]:
    """Name what a translation has lost or added, and where its typography is not its language's.

    Formulas are compared without the words in them, roles and links by their targets, emphasis by
    how often it occurs, numbers by their digits; a number in words may be digits there, and
    15.3 billion may be 153 of a unit of its own.
    """
    there, here = Counter(_parts(english)), Counter(_parts(_rescaled(translation, english)))
    words = re.findall(r"[a-z]+", english.lower())
    spelt = {NUMBERS.get(word) for word in [*words, *map(" ".join, pairwise(words))]}
    hints = {"bold": UNSEEN} if "**" in translation else {}
    faults = [f"{part} is missing{hints.get(part, '')}" for part in (there - here).elements()]
    faults += [
        f"{part} is not in the English"
        for part in (here - there).elements()
        if part.removeprefix("the number ") not in spelt
    ]
    prose = "".join(_prose(translation))
    return faults + [
        f"{fault}, “{found[0]}”"
        for pattern, fault in TRANSLATED.STYLE.items()
        if (found := re.search(pattern, prose))
    ]


def _parts(text: str) -> Iterator[str]:
    """Yield what is no word, each as a name."""
    if _stands_apart(text):
        yield f"the formula {_squeezed(text)}"
        return
    for token in inline(text):
        kind, content = token.type, token.content
        if kind in ("text", "image"):
            for digits in DIGITS.findall(content):
                yield f"the number {digits}"
            for placeholder in PLACEHOLDER.findall(content):
                yield f"the placeholder {placeholder}"
        elif kind == "code_inline":
            yield f"the code `{content}`"
        elif kind == "myst_role":
            target = TARGET.search(content)
            yield f"the role {{{token.meta['name']}}}`{target[1] if target else content}`"
        elif kind.startswith("math"):
            yield f"the formula {_squeezed(content)}"
        elif kind == "link_open":
            yield f"the link {token.attrs['href']}"
        elif kind in ("strong_open", "em_open"):
            yield "bold" if kind == "strong_open" else "emphasis"
        if kind == "image":
            yield f"the picture {token.attrs['src']}"


def _rescaled(translation: str, english: str) -> str:
    """Return a translation with its large numbers in the digits that the English has."""
    digits = {_value(number): number[1] for number in LARGE.finditer(english)}
    return LARGE.sub(lambda number: digits.get(_value(number), f"{_value(number):f}"), translation)


def _value(number: re.Match[str]) -> Decimal:
    return Decimal(number[1].replace(",", "")) * SCALES[number[2]]


def _prose(text: str) -> Iterator[str]:
    """Yield the words of a text, with a letter for each formula, code or role."""
    if _stands_apart(text):
        return
    for token in inline(text):
        if token.type in ("text", "image"):
            yield token.content
        elif token.type in ("code_inline", "myst_role") or token.type.startswith("math"):
            yield "x"


def _stands_apart(text: str) -> bool:
    """Say whether an entry is a formula between paragraphs, which comes without its dollars."""
    return bool(text.count("\n") or (TEXT.search(text) and "$" not in text))


def _squeezed(formula: str) -> str:
    """Return a formula without its spaces and without the words in it."""
    return re.sub(r"\s+", "", TEXT.sub(r"\1{}", formula))
