"""Read a built page: its links and ids, its sections as plain text, and what is wrong with it."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset(  # elements without an end
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
)
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
UNSEARCHED = {"bar", "collapsed", "expanded"}  # the line below a title; what opens hidden code
SILENT = ("script", "style", "math", "svg", "button", "nav", "template")


@dataclass
class Section:
    """A heading and the text below it, up to the next heading."""

    title: str = ""
    anchor: str = ""
    text: str = ""


@dataclass
class Page:
    """What checks and search need to know of a page."""

    links: list[str] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    sections: list[Section] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    @property
    def title(self) -> str:
        """Return the text of the first heading."""
        return next((section.title for section in self.sections if section.title), "")


def read_page(text: str) -> Page:
    """Parse a page of the site."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    for section in reader.page.sections:
        section.text = _squeeze(section.text)
        section.title = _squeeze(section.title)
    return reader.page


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.page = Page()
        self.open: list[tuple[str, bool]] = []  # tags, and whether their text is not for search
        self.levels = [0]
        self.in_article = False
        self.heading = ""
        self.anchors: list[str] = []
        self.displayed = False

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        values = dict(attributes)
        if identity := values.get("id"):
            if identity in self.page.ids:
                self.page.faults.append(f"the id {identity} occurs twice")
            self.page.ids.add(identity)
        self._collect_links(tag, values)
        if tag == "img" and "alt" not in values:
            self.page.faults.append(f"the picture {values.get('src')} has no alternative text")
        if tag == "svg" and values.get("role") == "img" and not values.get("aria-label"):
            self.page.faults.append("a drawing (svg role=img) has no aria-label")
        if tag == "article":
            self.in_article = True
            self.page.sections.append(Section())
        if self.in_article and tag == "section":
            self.anchors.append(identity or "")
        if self.in_article and tag in HEADINGS:
            self._start_heading(tag, identity)
        if tag not in VOID:
            hidden = tag in SILENT or values.get("aria-hidden") == "true"
            hidden = hidden or not UNSEARCHED.isdisjoint((values.get("class") or "").split())
            hidden = hidden or bool(self.open and self.open[-1][1])
            if tag == "math":
                self.displayed = values.get("display") == "block"
            elif tag == "annotation":  # a formula in the text is found by its TeX
                hidden = self.displayed
            self.open.append((tag, hidden))

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attributes)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        while self.open and self.open.pop()[0] != tag:
            pass
        if tag == "article":
            self.in_article = False
        if tag == self.heading:
            self.heading = ""

    def handle_data(self, data: str) -> None:
        if not self.in_article or (self.open and self.open[-1][1]):
            return
        if data == "§":  # the link to a heading or a term itself
            data = " "
        if self.heading:
            self.page.sections[-1].title += data
        else:  # a lone point stands in code, where names are not to be torn apart
            ends = len(data) > 1 and data.endswith((".", ":"))
            self.page.sections[-1].text += data + " " * ends

    def _start_heading(self, tag: str, identity: str | None) -> None:
        level = int(tag[1])
        if level > self.levels[-1] + 1:
            self.page.faults.append(f"a heading {tag} follows a heading h{self.levels[-1]}")
        self.levels.append(level)
        anchor = identity or (self.anchors[-1] if self.anchors else "")
        self.page.sections.append(Section(anchor="" if tag == "h1" else anchor))
        self.heading = tag

    def _collect_links(self, tag: str, values: dict[str, str | None]) -> None:
        name = "href" if tag in ("a", "link") else "src"
        link = values.get(name)
        if link and tag in ("a", "link", "img", "script") and not link.startswith("data:"):
            self.page.links.append(link)


def _squeeze(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()
