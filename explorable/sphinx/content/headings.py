"""What the links to places of a page are called; that to a heading stands before it."""

import re
from html import escape, unescape

from explorable.sphinx.language import _

HEADING = re.compile(
    r"<(h[1-6])>((?:(?!</?h[1-6]>).)*?)"
    r'<a class="headerlink" href="(#[^"]+)" title="[^"]*">§</a></\1>',
    re.DOTALL,
)
TERM = re.compile(r'(<dt id="term-[^>]*>)(.*?)(<a class="headerlink" href="[^"]+") title="[^"]*">')


def links_outside(body: str) -> str:
    """
    Move the links of headings out of them, and name each by its heading, those of terms by theirs.

    Parameters
    ----------
    body
        A page's HTML.
    """
    return TERM.sub(_named, HEADING.sub(_outside, body))


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
