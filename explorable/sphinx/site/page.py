"""Read a built page: its links and ids, its parts as plain text, and what is wrong with it."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from explorable.drawing.readable import readable

VOID = frozenset(  # elements without an end
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
)
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
# The line below a title; code that only draws; solutions, which are for those who have tried; the
# list of places where a term is defined; drills, whose words come again and again.
UNSEARCHED = {"bar", "code", "drill", "solution", "places"}
SILENT = {"script", "style", "math", "svg", "button", "nav", "template", "summary"}
THEOREMS = {"theorem", "lemma", "definition", "proposition", "corollary", "remark", "example"}


@dataclass
class Part:
    """A part of a page to which a search can lead.

    A section is a heading and the text below it, up to the next heading, less what is a part of
    its own: an exercise, a theorem, a figure, an equation with a number, a term, a name of the
    library.
    """

    kind: str = "section"
    title: str = ""
    anchor: str = ""
    text: str = ""
    code: str = ""
    defines: list[str] = field(default_factory=list)  # names of terms


@dataclass
class Page:
    """What checks and search need to know of a page."""

    links: list[str] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    parts: list[Part] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    @property
    def title(self) -> str:
        """Return the text of the first heading."""
        return next((part.title for part in self.parts if part.title), "")


def read_page(text: str) -> Page:
    """Parse a page of the site."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    for part in reader.page.parts:
        part.title = readable(part.title).removesuffix(".")
        part.text, part.code = readable(part.text), _squeeze(part.code)
    return reader.page


@dataclass
class _Open:
    """An open element: where the text in it goes."""

    tag: str = ""
    hidden: bool = False
    part: Part | None = None  # the section that is being read, if none
    field: str = "text"


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.page = Page()
        self.open = [_Open(hidden=True)]
        self.levels = [0]
        self.anchors: list[str] = []
        self.section = Part()
        self.term: Part | None = None  # the last, whose definition may follow

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attributes}
        self._look_for_faults(tag, values)
        self._collect_links(tag, values)
        around = self.open[-1]
        element = _Open(tag, around.hidden, around.part, around.field)
        if tag == "article":
            element.hidden = False
            self._begin(Part())
        elif tag == "section":
            self.anchors.append(values.get("id", ""))
        elif tag in HEADINGS and not around.hidden:
            self._start_heading(tag, values.get("id", ""))
        elif tag == "strong" and (term := values.get("id", "")).startswith("definition-"):
            (around.part or self.section).defines.append(term.removeprefix("definition-"))
        if not element.hidden:
            self._direct(element, values)
        if tag not in VOID:
            self.open.append(element)
            self.handle_data(values.get("data-tex", ""))

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attributes)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            while len(self.open) > 1 and self.open.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        around = self.open[-1]
        if around.hidden:
            return
        if data == "§":  # the link to a heading or a term itself
            data = " "
        # A lone point stands in code, where names are not to be torn apart.
        ends = around.field == "text" and len(data) > 1 and data.endswith((".", ":"))
        part = around.part or self.section
        setattr(part, around.field, getattr(part, around.field) + data + " " * ends)

    def _direct(self, element: _Open, values: dict[str, str]) -> None:
        """Find out where the text of an element goes, if not where that around it goes."""
        tag, classes = element.tag, set(values.get("class", "").split())
        identity = values.get("id", "")
        # A formula is found by its TeX, but not if it stands apart.
        apart = tag == "div" and "data-tex" in values and element.part is None
        if tag == "summary" and element.part and element.part.kind == "fold":
            pass  # of what goes deeper: its title, and what is inside
        elif tag in SILENT or values.get("aria-hidden") == "true" or classes & UNSEARCHED or apart:
            element.hidden = True
        elif tag in HEADINGS:
            element.part, element.field = None, "title"
        elif tag == "a" and "number" in classes and element.part:
            element.part.title = values.get("aria-label", element.part.title)
            element.hidden, element.field = "aria-label" in values, "title"
        elif "admonition-title" in classes and element.part:
            element.field = "title"
        elif tag == "dd" and self.term:
            element.part, element.field = self.term, "text"
        elif tag == "figcaption":
            element.field = "text"
        elif tag == "pre" or classes & {"cell_output", "explorer"}:
            element.field = "code"
        elif kind := _kind(tag, identity, classes):
            element.part, element.field = self._begin(Part(kind, anchor=identity)), "text"
            if tag == "dt":
                self.term, element.field = element.part, "title"

    def _begin(self, part: Part) -> Part:
        self.page.parts.append(part)
        if part.kind in ("page", "section"):
            self.section, self.term = part, None
        return part

    def _start_heading(self, tag: str, identity: str) -> None:
        level = int(tag[1])
        if level > self.levels[-1] + 1:
            self.page.faults.append(f"a heading {tag} follows a heading h{self.levels[-1]}")
        self.levels.append(level)
        anchor = identity or (self.anchors[-1] if self.anchors else "")
        self._begin(Part("page") if level == 1 else Part(anchor=anchor))

    def _look_for_faults(self, tag: str, values: dict[str, str]) -> None:
        if identity := values.get("id"):
            if identity in self.page.ids:
                self.page.faults.append(f"the id {identity} occurs twice")
            self.page.ids.add(identity)
        if tag == "img" and "alt" not in values:
            self.page.faults.append(f"the picture {values.get('src')} has no alternative text")
        if tag == "svg" and values.get("role") == "img" and not values.get("aria-label"):
            self.page.faults.append("a drawing (svg role=img) has no aria-label")

    def _collect_links(self, tag: str, values: dict[str, str]) -> None:
        link = values.get("href" if tag in ("a", "link") else "src")
        if link and tag in ("a", "link", "img", "script") and not link.startswith("data:"):
            self.page.links.append(link)


def _kind(tag: str, identity: str, classes: set[str]) -> str:
    """Return what kind of part begins with an element, or nothing."""
    if not identity:
        return ""
    if tag == "dt":
        return "name" if "sig" in classes else "term" if identity.startswith("term-") else ""
    if tag == "figure":
        return "" if "explorer" in classes else "figure"
    if tag == "div" and "equation" in classes:
        return "equation"
    if tag == "div" and "exercise" in classes:
        return "exercise"
    if tag == "details" and "deeper" in classes:
        return "fold"
    return "theorem" if tag == "div" and classes & THEOREMS else ""


def _squeeze(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()
