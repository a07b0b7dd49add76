"""The binding of printed pages: where links lead, the heads laid over them, outline, title."""

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NullObject,
    NumberObject,
)

from explorable.book.print.outline import Heading, bind, destinations, page_numbers, running_heads

FONT = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Courier"}
FACTS = {"title": "A & B", "author": "Some One", "version": "1", "date": "2026-01-02"}


def write_pdf(file, words, places=(), version="1.7"):
    """
    Write a PDF as Chromium writes them, only smaller.

    Parameters
    ----------
    file
        The PDF to write.
    words
        What stands on each page, nothing at all where it is None.
    places
        Name, page and height of each place to which links lead; page 0 is none of its pages.
    version
        The version of its format.
    """
    writer = PdfWriter()
    writer.pdf_header = f"%PDF-{version}"
    fonts = DictionaryObject({NameObject(key): NameObject(name) for key, name in FONT.items()})
    for each in words:
        page = writer.add_blank_page(100, 200)
        if each is not None:
            stream = DecodedStreamObject()
            stream.set_data(f"BT /F 9 Tf 5 50 Td ({each}) Tj ET".encode())
            page[NameObject("/Contents")] = writer._add_object(stream)
            used = DictionaryObject({NameObject("/F"): fonts})
            page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): used})
    found = DictionaryObject()
    for name, number, top in places:
        page = writer.pages[number - 1].indirect_reference if number else NullObject()
        at = (NumberObject(0), NumberObject(top), NumberObject(0))
        found[NameObject(f"/{name}")] = ArrayObject([page, NameObject("/XYZ"), *at])
    writer.root_object[NameObject("/Dests")] = found
    writer.write(file)
    return PdfReader(file)


def outline(reader):
    """Return level, title, page and height of each entry, and minus how many it hides."""
    found = []

    def walk(entries, level):
        for entry in entries:
            if isinstance(entry, list):
                walk(entry, level + 1)
            else:
                page = reader.get_destination_page_number(entry) + 1
                found.append((level, entry.title, page, entry.top, entry["/Count"]))

    walk(reader.outline, 1)
    return found


def shown(page):
    """Return the words of a page in their order, with the marks that stand around them."""
    content = page.get_contents()
    operations = [] if content is None else content.operations
    marks = (b"BMC", b"Tj", b"EMC")
    return [(each.decode(), *operands) for operands, each in operations if each in marks]


@pytest.fixture
def bound(tmp_path):
    names = ("body", "heads", "book")
    body, heads, file = (tmp_path / f"{name}.pdf" for name in names)
    write_pdf(body, ["one", "two", None], [("a", 1, 150), ("b", 2, 90), ("c", 3, 30)], "1.5")
    write_pdf(heads, [None, "2", "3"])
    levels = [(1, "a"), (3, "b"), (2, "b"), (3, "c"), (3, "a"), (1, "c"), (2, "b")]
    headings = [Heading(level, name, f"{name} < {level}", "…") for level, name in levels]
    bind(body, heads, file, headings, FACTS)
    return PdfReader(file)


def test_places_are_known_by_their_names_and_pages(tmp_path):
    places = [("p1-a", 2, 150), ("/", 1, 20), ("lost", 0, 10)]
    reader = write_pdf(tmp_path / "body.pdf", [None, None], places)
    assert page_numbers(reader) == {"p1-a": 2, "/": 1, "lost": 1}
    assert {name: place.top for name, place in destinations(reader).items()} == {
        "p1-a": 150, "/": 20, "lost": 10
    }  # fmt: skip


def test_a_bound_book_has_an_outline_and_heads_that_are_no_part_of_the_text(bound):
    assert outline(bound) == [
        (1, "a < 1", 1, 150, -2),
        (2, "b < 3", 2, 90, 0),
        (2, "b < 2", 2, 90, -2),
        (3, "c < 3", 3, 30, 0),
        (3, "a < 3", 1, 150, 0),
        (1, "c < 1", 3, 30, -1),
        (2, "b < 2", 2, 90, 0),
    ]
    assert bound.page_mode == "/UseOutlines"  # which a reader opens with the book
    assert [shown(page) for page in bound.pages] == [
        [("Tj", "one")],
        [("Tj", "two"), ("BMC", "/Artifact"), ("Tj", "2"), ("EMC",)],
        [("BMC", "/Artifact"), ("Tj", "3"), ("EMC",)],
    ]
    operators = [operator for _, operator in bound.pages[1].get_contents().operations]
    assert operators.index(b"BMC") < operators.index(b"BT", operators.index(b"Tj"))
    assert operators.index(b"EMC") > operators.index(b"ET", operators.index(b"BMC"))
    assert {key: bound.metadata[key] for key in bound.metadata if key != "/Producer"} == {
        "/Title": "A & B", "/Author": "Some One"
    }  # fmt: skip
    assert bound.pdf_header == "%PDF-1.5"  # as it was printed
    assert {page["/Contents"].get_object()["/Filter"] for page in bound.pages} == {"/FlateDecode"}
    assert page_numbers(bound) == {"a": 1, "b": 2, "c": 3}  # so that links go on leading there


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
