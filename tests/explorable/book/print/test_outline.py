"""The heads of printed pages: which chapter and which section each names."""

import pytest

from explorable.book.print.outline import Heading, running_heads


def heads(count, *headings):
    """Return the heads of so many pages, given level, id and page of each heading."""
    made = [Heading(level, name, name.upper(), f"<i>{name}</i>") for level, name, _ in headings]
    return list(running_heads(made, {name: page for _, name, page in headings}, count))


def left(page, name):
    return f"<p><span>{page}</span><span><i>{name}</i></span></p>"


def right(page, name):
    return f"<p><span><i>{name}</i></span><span>{page}</span></p>"


def foot(page):
    return f'<p class="foot">{page}</p>'


@pytest.mark.parametrize(
    ("headings", "heads_of_pages"),
    [
        ([], ["", ""]),
        ([(1, "a", 1)], [foot(1), left(2, "a"), right(3, "a"), left(4, "a")]),
        # A section that begins on a left page goes on where none begins.
        ([(1, "a", 2), (2, "a1", 4)],
         ["", foot(2), right(3, "a"), left(4, "a"), right(5, "a1"), left(6, "a")]),
        # Of two that begin on a page its head names the first, that of later ones the last.
        ([(1, "a", 1), (2, "a1", 3), (2, "a2", 3)],
         [foot(1), left(2, "a"), right(3, "a1"), left(4, "a"), right(5, "a2")]),
        # A chapter begins without the section of the one before, and with its own.
        ([(1, "a", 1), (2, "a1", 1), (1, "b", 2), (1, "c", 4), (2, "c1", 4)],
         [foot(1), foot(2), right(3, "b"), foot(4), right(5, "c1")]),
        # Of two chapters on a page the second goes on; what is smaller than a section counts not.
        ([(1, "a", 1), (1, "b", 1), (3, "b1", 2), (2, "b2", 5)],
         [foot(1), left(2, "b"), right(3, "b"), left(4, "b"), right(5, "b2")]),
    ],
)  # fmt: skip
def test_heads_name_chapter_and_section_from_page_to_page(headings, heads_of_pages):
    assert heads(len(heads_of_pages), *headings) == heads_of_pages
