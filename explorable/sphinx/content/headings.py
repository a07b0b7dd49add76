"""What the links to places of a page are called; that to a heading stands before it.

A paragraph is called after its section and its place in it: the same in every language, and after
an edit a link still leads into the section that it led to.
"""

import re
from html import escape, unescape
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

from explorable.sphinx.language import _

HEADING = re.compile(
    r"<(h[1-6])>((?:(?!</?h[1-6]>).)*?)"
    r'<a class="headerlink" href="(#[^"]+)" title="[^"]*">§</a></\1>',
    re.DOTALL,
)
TERM = re.compile(r'(<dt id="term-[^>]*>)(.*?)(<a class="headerlink" href="[^"]+") title="[^"]*">')
DEFINED = re.compile(r'(<a class="headerlink" href="#([^"]+)") title="[^"]*">')


def links_outside(body: str) -> str:
    """Move the links of headings out of them, and name each by its heading, term or function."""
    body = TERM.sub(_named, HEADING.sub(_outside, body))
    return DEFINED.sub(lambda link: f'{link[1]} aria-label="{_name(link[2])}">', body)


def _named(term: re.Match[str]) -> str:
    start, content, link = term.groups()
    return f'{start}{content}{link} aria-label="{_name(content)}">'


def _outside(heading: re.Match[str]) -> str:
    tag, content, target = heading.groups()
    name = _name(content) if "<math" not in content else escape(_("Link to this section"))
    link = f'<a class="headerlink" href="{target}" aria-label="{name}">§</a>'
    return f"{link}<{tag}>{content}</{tag}>"


def _name(content: str) -> str:
    words = " ".join(unescape(re.sub(r"<[^>]+>", "", content)).split())
    return escape(_("Link to: {heading}", heading=words))


class NameParagraphs(SphinxPostTransform):
    """Give each paragraph that stands in a section an id, such as ``common-mistakes.3``."""

    default_priority = 900

    def run(self, **kwargs: Any) -> None:
        for section in self.document.findall(nodes.section):
            paragraphs = (each for each in section.children if isinstance(each, nodes.paragraph))
            for number, paragraph in enumerate(paragraphs, 1):
                if section["ids"] and not paragraph["ids"]:
                    paragraph["ids"] = [f"{section['ids'][0]}.{number}"]


def setup(app: Sphinx) -> None:
    app.add_post_transform(NameParagraphs)
