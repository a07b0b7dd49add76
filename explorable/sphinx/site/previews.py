"""What a reader sees on pointing at a reference to another page: put into the page itself."""

import html
import posixpath
import re
from collections.abc import Mapping

# A title would be shown by the browser beside the preview, and is out of reach of a keyboard.
SOURCE = re.compile(r'(<a class="reference internal" href="[^"#]*#id\d+") title="')
# A term that is being defined says beside it what the glossary says.
REFERENCE = re.compile(
    r'<a class="reference internal" href="([^"#]+)#((?:equation|term)-[^"]+)"'
    r'(?!><strong id="definition-)'
)


def add_previews(name: str, text: str, texts: Mapping[str, str]) -> str:
    """Add to a page a template for each equation or term on another page that it refers to.

    The sources that it cites stand in their links.
    """
    templates = {}
    for address, identity in REFERENCE.findall(text):
        target = posixpath.normpath(posixpath.join(posixpath.dirname(name), address))
        content = _without_links(element(texts.get(target, ""), identity))
        if content:
            link = html.escape(html.unescape(f"{address}#{identity}"))
            templates[link] = f'<template data-preview="{link}">{content}</template>'
    text = SOURCE.sub(r'\1 data-source="', text)
    return text.replace("</article>", "</article>\n" + "\n".join(templates.values()), 1)


def element(text: str, identity: str) -> str:
    """Return the equation with this id, or what follows the term with this id."""
    start = re.search(rf'<(div|dt)\b[^>]*\bid="{re.escape(identity)}"[^>]*>', text)
    if start is None:
        return ""
    if start[1] == "dt":
        definition = re.compile(r"<dd>(.*?)</dd>", re.DOTALL).search(text, start.end())
        return definition[1].strip() if definition else ""
    depth, position = 1, start.end()
    for tag in re.finditer(r"<(/?)div\b", text[position:]):
        depth += -1 if tag[1] else 1
        if depth == 0:
            return text[position : position + tag.start()].strip()
    return ""


def _without_links(content: str) -> str:
    """Drop the number, and unwrap the links, which were relative to another page."""
    content = re.sub(r'<a class="number".*?</a>', "", content, flags=re.DOTALL)
    content = re.sub(r"</?a\b[^>]*>", "", content)
    return re.sub(r'\bid="[^"]*"', "", content)
