"""What makes a book of printed pages: running heads, an outline, its title and author."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import Destination, Fit, IndirectObject, NameObject


@dataclass(frozen=True)
class Heading:
    """A heading of the book, and where it leads: its level, its words, and these as HTML."""

    level: int
    id: str
    text: str
    html: str


def destinations(reader: PdfReader) -> dict[str, Destination]:
    """Return the places of a PDF to which links lead, by their names."""
    return {name.removeprefix("/"): place for name, place in reader.named_destinations.items()}


def page_numbers(reader: PdfReader) -> dict[str, int]:
    """Return the page on which each place is to which links lead, counted from 1."""
    return {
        name: (reader.get_destination_page_number(place) or 0) + 1
        for name, place in destinations(reader).items()
    }


def running_heads(headings: list[Heading], pages: Mapping[str, int], count: int) -> Iterator[str]:
    """Yield as HTML what stands above or below each of so many pages.

    The number of the page on the outer side; on a left page the chapter, on a right one the first
    section that begins there, or the one that goes on. Where a chapter begins, the number alone
    stands below. The title page, before all headings, has nothing.
    """
    chapter = section = None
    waiting = list(headings)
    for page in range(1, count + 1):
        begun = []
        while waiting and pages[waiting[0].id] <= page:
            begun.append(waiting.pop(0))
        chapters = [heading for heading in begun if heading.level == 1]
        sections = [heading for heading in begun if heading.level == 2]
        if chapters:
            chapter, section = chapters[-1], None
        first = sections[0] if sections else section
        if chapter is None:
            yield ""
        elif chapters:
            yield f'<p class="foot">{page}</p>'
        elif page % 2:
            yield f"<p><span>{(first or chapter).html}</span><span>{page}</span></p>"
        else:
            yield f"<p><span>{page}</span><span>{chapter.html}</span></p>"
        section = sections[-1] if sections else section


def bind(
    body: Path, heads: Path, file: Path, headings: list[Heading], facts: Mapping[str, str]
) -> None:
    """Write the book: pages with their heads, an outline of the headings, title and author.

    Parameters
    ----------
    body, heads
        The printed pages, and as many pages that are laid over them.
    file
        The PDF to write.
    headings
        What the outline has, in its order.
    facts
        The title and the author.
    """
    writer = PdfWriter(clone_from=body)
    for page, head in zip(writer.pages, PdfReader(heads).pages, strict=True):
        page.merge_page(_as_artifact(head))
        page.compress_content_streams()
    reader = PdfReader(body)
    writer.pdf_header = reader.pdf_header
    places, numbers = destinations(reader), page_numbers(reader)
    above: list[tuple[int, IndirectObject]] = []
    for heading in headings:
        while above and above[-1][0] >= heading.level:
            above.pop()
        item = writer.add_outline_item(
            title=heading.text,
            page_number=numbers[heading.id] - 1,
            parent=above[-1][1] if above else None,
            fit=Fit.xyz(top=places[heading.id].top),
            is_open=False,
        )
        above.append((heading.level, item))
    writer.page_mode = "/UseOutlines"
    writer.add_metadata({"/Title": facts["title"], "/Author": facts["author"]})
    writer.write(file)


def _as_artifact(page: PageObject) -> PageObject:
    """Mark what stands on a page as no part of the text, for those to whom that is read aloud."""
    content = page.get_contents()
    if content is not None:
        content.operations.insert(0, ([NameObject("/Artifact")], b"BMC"))
        content.operations.append(([], b"EMC"))
        page[NameObject("/Contents")] = content
    return page
