"""Formulas as MathML, rendered before a reader sees them.

Temml runs in QuickJS inside this process. A reader needs no script to see a formula, and an error
in TeX has its place.

No browser breaks a formula. One that may not fit is cut into several: in the text after the signs
of relations and operations; set apart into statements (cut after wide spaces) of parts (cut before
relations, and around brackets), each of which the style sheet sets in a line of its own where the
page is narrow.
"""

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import takewhile
from pathlib import Path
from xml.etree.ElementTree import Element, fromstring, tostring

VENDOR = Path(__file__).resolve().parents[1] / "vendor"
TEMML = (VENDOR / "temml" / "temml.min.js").read_text(encoding="utf-8")
# What the font of formulas has: see explorable/vendor/README.md.
SIGNS = frozenset((VENDOR / "signs.txt").read_text(encoding="utf-8"))
# How many children these must have; a browser shows one with another number as an error.
CHILDREN = {"msub": 2, "msup": 2, "munder": 2, "mover": 2, "mfrac": 2, "mroot": 2}
CHILDREN |= {"msubsup": 3, "munderover": 3}


RENDER = """(tex, displayMode) => [temml.renderToString(tex,
    { displayMode, throwOnError: true, strict: true, wrap: "none" })].join("")"""
SCRIPTED = ("msub", "msup", "msubsup", "munder", "mover", "munderover")
ROWS = ("math", "mrow", "msqrt", "mstyle", "mpadded")  # not mtd, which is none to WebKit
CLASSES = ("-left", "-right", "-pad")  # of Temml that the style sheet has
ACCENTS = {"‾": "¯", "~": "˜"}  # no wider than a letter
OPENS, CLOSES = frozenset("([{⟨⌊"), frozenset(")]}⟩⌋")
NORMS = frozenset("|‖")
FIXED = {"stretchy": "false", "style": "math-depth:0;"}
BREAK = "\u200b"
APPLIED = "\u2061"  # Temml writes it after the name of a function
THIN = "0.1667em"
NUMBER = re.compile(r"\d{1,3}(,\d{3})+")
RELATIONS = frozenset("=≠<>≤≥≈∼≪≫∈⊂⊆≡∝←→↦⟶⟼⟹⟺")
OPERATIONS = frozenset("+−±∓⋅×∘⊙⊗⊕")
LONG = 9  # signs: what is shorter is never cut


NOTHING = re.compile(r"(?!)")
LAST_MARK = re.compile(r"\s*(?<!\\)[.,](?=\s*(?:\\end\{\w+\*?\}\s*)*$)")


class Renderer:
    """Temml, started at the first formula that no earlier build has rendered."""

    def __init__(
        self,
        cache: Path | None = None,
        *,
        foreign: re.Pattern[str] = NOTHING,
        punctuated: bool = True,
    ) -> None:
        self.cache, self.foreign, self.punctuated = cache, foreign, punctuated
        ours = Path(__file__).read_text(encoding="utf-8")
        self.version = hashlib.sha256((TEMML + ours).encode()).hexdigest()
        self.known: dict[str, str] = {}
        if cache and cache.is_file():
            stored = json.loads(cache.read_text(encoding="utf-8"))
            if stored.get("version") == self.version:
                self.known = stored["formulas"]

    @cached_property
    def _render(self) -> Callable[[str, bool], str]:
        import quickjs

        context = quickjs.Context()
        context.eval(TEMML)
        render = context.eval(RENDER)

        def rendered(tex: str, display: bool) -> str:
            try:
                return str(render(tex, display))
            except quickjs.JSException as error:
                raise ValueError(_first_line(str(error))) from None

        self._context = context  # or it would be gone
        return rendered

    def __call__(self, tex: str, *, display: bool) -> str:
        """Return the HTML of a formula; raise ``ValueError`` with Temml's words."""
        if display and not self.punctuated:
            tex = LAST_MARK.sub("", tex)
        key = ("D" if display else "I") + tex
        if key not in self.known:
            formula = fromstring(self._render(tex, display))
            _refuse(formula, self.foreign)
            _tidy(formula)
            self.known[key] = _html(formula, display=display)
        return self.known[key]

    def save(self) -> None:
        """Keep what is rendered for the next build."""
        if self.cache:
            stored = {"version": self.version, "formulas": self.known}
            temporary = self.cache.with_suffix(".new")
            temporary.write_text(json.dumps(stored), encoding="utf-8")
            temporary.replace(self.cache)


def _first_line(message: str) -> str:
    text = message.split("\n    at ")[0].replace("\n", "").strip()
    return text.replace("\u0332", "").removeprefix("ParseError:  ")


def _refuse(formula: Element, foreign: re.Pattern[str] = NOTHING) -> None:
    """Raise ``ValueError`` for what Temml lets pass, but browsers or the font don't."""
    for element in formula.iter():
        if len(element) != CHILDREN.get(element.tag, len(element)):
            raise ValueError(f"a malformed <{element.tag}> is made of it, which browsers report")
    drawn = "".join(formula.itertext())
    drawn = foreign.sub("", drawn)  # from the reader's own fonts
    if lacking := sorted(set(drawn) - SIGNS):
        raise ValueError(
            f"the font of formulas lacks the sign {' '.join(lacking)}: "
            "see explorable/vendor/README.md"
        )


def _tidy(element: Element, *, script: bool = False) -> None:
    """Leave out what has no effect, and space as TeX does what browsers would space otherwise."""
    scripted = element.tag in SCRIPTED
    for place, child in enumerate(element):
        _tidy(child, script=script or (scripted and place > 0))
    if not element.get("class", "").endswith(CLASSES):
        element.attrib.pop("class", None)
    if element.tag == "mo" and script and element.get("stretchy") != "true":
        element.attrib |= {"lspace": "0em", "rspace": "0em"}
    elif element.get("minsize"):
        form = "prefix" if element.text in OPENS else "postfix"
        element.attrib |= {"form": form, "stretchy": "true"}
    elif element.text == "⊙":
        element.set("largeop", "false")
    elif element.tag == "mo" and not element.text and not element.attrib:
        element.text = BREAK
    if element.tag == "menclose":  # which Chromium does not know
        above = element.get("notation") == "top"
        wide = not above or _length(element) > 1  # WebKit loses a line that is made for a letter
        line = Element("mo", {"stretchy": "true"} if wide else FIXED)
        line.text = "‾" if above else "_"
        element.tag, element.attrib = ("mover" if above else "munder"), {}
        element[:] = [_row(element[:]), line]
    elif element.tag in ROWS:
        element[:] = _flat(element)
        if element.tag != "mrow" or (len(element) and element[0].get("stretchy") == "true"):
            element[:] = _names(element[:])  # others are taken apart into the row around them
        element[:] = element if script else _numbers(element[:])
        _space(element)
    elif element.tag in ("mfrac", "mtd"):
        element[:] = [_row([*_names([*_flat([child])])]) for child in element]
    elif element.tag == "mtr":
        for cell in element[1:2] if element[0].get("class", "").endswith("-right") else []:
            for sign in [each for row in cell for each in row[:1] if each.text in OPERATIONS]:
                sign.set("form", "infix")  # the left side of the equation stands in a line above
    elif element.tag == "mover":
        element[1].text = ACCENTS.get(element[1].text or "", element[1].text)


def _flat(row: Element | list[Element]) -> Iterator[Element]:
    """Yield what a row holds, rows without effect in it taken apart."""
    for child in row:
        base = child[0] if child.tag in SCRIPTED else Element("none")
        if base.tag == "mrow" and _closes(base):
            yield from base[:-1]  # as in TeX an index stands at the bracket, not higher
            child[0] = base[-1]
        ends = [each for each in (*child[:1], *child[-1:]) if each.tag == "mo"]
        fixed = all(end.get("stretchy") == "false" or end.text == APPLIED for end in ends)
        if child.tag == "mrow" and not child.attrib and len(child) and (fixed or len(row) == 1):
            yield from child
        elif child.tag != "mspace" or child.attrib:
            yield child


def _closes(row: Element) -> bool:
    return len(row) > 1 and row[-1].get("form") == "postfix" and row[-1].get("stretchy") == "false"


def _names(row: list[Element]) -> Iterator[Element]:
    """Yield a row with a thin space on a side of a function's name where something else is."""
    for before, child, after in zip([None, *row], row, [*row[1:], None], strict=False):
        if after is not None and after.text == APPLIED and before is not None:
            if before.tag != "mspace" and (before.tag != "mo" or before.get("form") == "postfix"):
                yield Element("mspace", {"width": THIN})
        elif before is not None and before.text == APPLIED and child.get("width") == THIN:
            sign = after[0] if after is not None and after.tag in SCRIPTED else after
            if sign is None or (_is_mo(sign) and sign.get("form") != "prefix"):
                continue
        yield child


def _numbers(row: list[Element]) -> Iterator[Element]:
    """Yield a row with several numbers for what Temml takes for one, as in (0,1)."""
    for child in row:
        text = child.text or ""
        if child.tag != "mn" or "," not in text or NUMBER.fullmatch(text):
            yield child
            continue
        for place, number in enumerate(text.split(",")):
            if place:
                comma = Element("mo", {"separator": "true"})
                comma.text = ","
                yield comma
            made = Element("mn")
            made.text = number
            yield made


def _space(row: Element) -> None:
    signs: list[Element | None] = [None]
    for child in row:
        signs.append(signs[-1] if child.tag == "mspace" else child)
    for before, sign, child, after in zip(
        [None, *row], signs, row, [*row[1:], None], strict=False
    ):
        operator = child[0] if child.tag in SCRIPTED else child
        at_sign = len(row) > 1 if before is None else (
            _is_mo(before) and before.get("form") != "postfix" and before.text != APPLIED
        )  # fmt: skip
        if child.tag == "mrow" and len(child) and child[0].get("stretchy") == "true":
            child[0].attrib |= {} if before is None or _is_mo(before) else {"lspace": THIN}
            child[-1].attrib |= {} if after is None or _is_mo(after) else {"rspace": THIN}
        elif operator.get("movablelimits") and at_sign:
            operator.set("lspace", "0em")
        elif child.tag == "mo" and child.text in ("…", "⋯", BREAK):
            thin = "0em" if child.text == BREAK else THIN
            child.attrib |= {"lspace": "0em" if at_sign else thin}
            closed = after is None or (_is_mo(after) and not after.get("separator"))
            child.attrib |= {"rspace": "0em" if closed else thin}
        elif _sign(child) and sign is not None and (sign.get("minsize") or sign.get("separator")):
            child.attrib |= {} if sign.get("form") == "postfix" else {"form": "prefix"}
        elif before is None and _sign(child) == "operation":
            child.set("form", "infix")  # in the second line of an equation


def _is_mo(element: Element | None) -> bool:
    return element is not None and element.tag == "mo"


def _row(children: Sequence[Element]) -> Element:
    if len(children) == 1:
        return children[0]
    made = Element("mrow")
    made.extend(children)
    return made


def _html(formula: Element, *, display: bool) -> str:
    row = formula[:]
    if _length(row) < LONG * (2 if display else 1):
        whole = _math(row, display="block") if display else _math(row)
        return _written(whole)
    if display:
        return "".join(map(_written, _statements(row)))
    return "<wbr>".join(_written(_math(piece)) for piece in _pieces(row))


def _length(row: Iterable[Element]) -> int:
    return sum(len("".join(each.itertext())) for each in row)


def _pieces(row: Sequence[Element], outside: int = 0) -> Iterator[list[Element]]:
    pieces: list[list[Element]] = [[]]
    depth = 0
    for child in row:
        pieces[-1].append(child)
        depth += _turn(child)
        if _sign(child) and _has_content(pieces[-1]) and depth <= outside:
            child.set("form", "infix")  # last in its row it would have another
            pieces.append([])
    for piece in filter(None, pieces):
        if _length(piece) > 3 * LONG and outside < 2:
            yield from _pieces(piece, outside + 1)
        else:
            yield piece


def _math(row: Sequence[Element], **attributes: str) -> Element:
    made = Element("math", attributes)
    made.extend(row)
    return made


def _span(name: str, children: Iterator[Element]) -> Element:
    made = Element("span", {"class": name})
    made.extend(children)
    return made


def _written(element: Element) -> str:
    return tostring(element, encoding="unicode", method="html")


def _sign(element: Element) -> str:
    """Return what an element is in its row: a relation, an operation or neither."""
    if element.tag != "mo" or element.get("form") == "prefix":
        return ""
    if element.text == BREAK:
        return "operation"
    name = "relation" if element.text in RELATIONS else "operation"
    return name if name == "relation" or element.text in OPERATIONS else ""


def _turn(element: Element) -> int:
    """Return by how many brackets one is deeper after an element."""
    sign = element[0] if element.tag in SCRIPTED else element
    if sign.tag != "mo":
        return 0
    form = sign.get("form") if sign.text in NORMS else ""
    return (sign.text in OPENS or form == "prefix") - (sign.text in CLOSES or form == "postfix")


def _has_content(row: Sequence[Element]) -> bool:
    return any(each.tag != "mspace" and _sign(each) != "relation" for each in row)


def _statements(row: Sequence[Element]) -> Iterator[Element]:
    statements: list[list[list[list[Element]]]] = [[[[]]]]  # of parts of bases of elements
    depth = 0
    for child in row:
        base = statements[-1][-1][-1]
        sign = _sign(child) if _has_content(base) else ""
        if sign:
            child.set("form", "infix")  # first in its row it would have another
        if child.tag != "mspace" and _has_content(base) and _ends_wide(base):
            statements.append([[[child]]])
        elif sign == "relation" and not depth:
            statements[-1].append([[child]])
        elif sign:
            statements[-1][-1].append([child])
        else:
            base.append(child)
        depth += _turn(child)
    for parts in statements:
        yield _span("statement", (_span("part", _bracketed(part)) for part in parts))


def _ends_wide(row: Sequence[Element]) -> bool:
    spaces = takewhile(lambda each: each.tag == "mspace", reversed(row))
    return any(re.match(r"[1-9][\d.]*em", space.get("width", "")) for space in spaces)


def _bracketed(bases: Sequence[list[Element]], outside: int = 0) -> Iterator[Element]:
    """Keep bases together within which a bracket is open, and in them those of an inner one."""
    found: list[list[list[Element]]] = []
    depth = 0
    for base in bases:
        if depth > outside:
            found[-1].append(base)
        else:
            found.append([base])
        depth += sum(map(_turn, base))
    for members in found:
        if len(members) == 1:
            yield _math(members[0], displaystyle="true")
        elif len(members) < len(bases) or not outside:
            yield _span("part", _bracketed(members, outside + 1))
        else:
            yield _span("part", (_math(base, displaystyle="true") for base in members))
