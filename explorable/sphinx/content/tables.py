"""Tables: a wide one scrolls inside itself, or becomes a list of its rows on a narrow page."""

import re
from collections.abc import Mapping
from html import escape, unescape
from types import MappingProxyType
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

from explorable.sphinx.language import _, told_of

MOST = 48  # letters in the longest cells of all columns together, for which a phone has room
OBVIOUS = {"", "formula", "meaning"}  # headings that a cell need not repeat
ROLES = {"table": "table", "thead": "rowgroup", "tbody": "rowgroup", "tr": "row", "td": "cell"}
STACKED = re.compile(r'<table class="[^"]*\bstack\b.*?</table>', re.DOTALL)
HEAD = re.compile(r'<th class="head[^"]*"')
CODE = re.compile(r'(?<=<span class="pre">)[^<]+')
HEADING = re.compile(r'(?:<th class="head[^"]*"|<td)[^>]*>(.*?)</t[hd]>', re.DOTALL)


class WrapTables(SphinxPostTransform):
    """Name each table, frame it to scroll, and choose those that become lists of rows."""

    default_priority = 401

    def run(self, **kwargs: Any) -> None:
        columns = told_of(self.env.docname, "columns")
        for table in list(self.document.findall(nodes.table)):
            frame = nodes.container(classes=["scroll"])
            table.replace_self(frame)
            frame += table
            section = frame.parent
            while section is not None and not isinstance(section, nodes.section):
                section = section.parent
            if section is not None:
                name = f"<caption>{escape(section[0].astext())}</caption>"
                table.insert(0, nodes.raw("", name, format="html"))
            rows = [list(row.findall(nodes.entry)) for row in table.findall(nodes.row)]
            if _is_wide(rows):
                table["classes"].append("stack")
                last = rows[0][-1].astext()
                if len(rows[0]) == 3 and columns.get(last, last) == "where":
                    table["classes"].append("formulas")


def _is_wide(rows: list[list[nodes.entry]]) -> bool:
    columns = list(zip(*rows, strict=False))
    if len(columns) < 3 or any(list(heading.findall(nodes.math)) for heading in rows[0]):
        return False
    return sum(max(len(cell.astext()) for cell in column) for column in columns) > MOST


def label_cells(body: str, columns: Mapping[str, str] = MappingProxyType({})) -> str:
    """Let headings of a page say that they are of columns, cells in a list know theirs.

    The roles say to a screen reader that it is still a table when its style makes it a list; of a
    translated page `columns` has the English of headings. Long names break.
    """
    body = HEAD.sub(r'\g<0> scope="col"', body)
    return STACKED.sub(lambda match: _label_table(match[0], columns), body)


def _label_table(table: str, columns: Mapping[str, str]) -> str:
    head, tail = table.split("<tbody>")
    headings = [unescape(re.sub("<[^>]+>", "", found)).strip() for found in HEADING.findall(head)]
    obvious = OBVIOUS | {_("meaning")}
    headings = ["" if columns.get(each, each) in obvious else each for each in headings]
    rows = [_label_row(row, headings) for row in tail.split("</tr>")]
    head = head.replace("<th ", '<th role="columnheader" ')
    body = CODE.sub(lambda name: re.sub(r"([._(])", r"\1<wbr>", name[0]), "</tr>".join(rows))
    table = f"{head}<tbody>{body}"
    return re.sub(
        r"<(table|thead|tbody|tr|td)\b", lambda tag: f'{tag[0]} role="{ROLES[tag[1]]}"', table
    )


def _label_row(row: str, headings: list[str]) -> str:
    labels = (f' data-label="{escape(each)}"' if each else "" for each in headings)
    return re.sub(r"<td\b", lambda cell: cell[0] + next(labels, ""), row)


def setup(app: Sphinx) -> None:
    app.add_post_transform(WrapTables)
