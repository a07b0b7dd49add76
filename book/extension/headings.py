"""The link to a section stands before its heading, whose name it then is no part of."""

import re
from html import escape, unescape

from book.extension.language import _

HEADING = re.compile(
    r"<(h[1-6])>((?:(?!</?h[1-6]>).)*?)"
    r'<a class="headerlink" href="(#[^"]+)" title="[^"]*">§</a></\1>',
    re.DOTALL,
)


def links_outside(body: str) -> str:
    """
    Move the links of headings out of them, and name each by its heading.

    Parameters
    ----------
    body
        A page's HTML.
    """
    return HEADING.sub(_outside, body)


def _outside(heading: re.Match[str]) -> str:
    tag, content, target = heading.groups()
    words = " ".join(unescape(re.sub(r"<[^>]+>", "", content)).split())
    name = escape(
        _("Link to: {heading}", heading=words)
        if "<math" not in content
        else _("Link to this section")
    )
    link = f'<a class="headerlink" href="{target}" aria-label="{name}">§</a>'
    return f"{link}<{tag}>{content}</{tag}>"
