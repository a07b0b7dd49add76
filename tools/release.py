"""What a release has, and what it says of itself.

``python -m tools.release`` gathers in ``_build/release`` what was made of the book: the site,
PDFs, EPUBs, wheels and what a course needs. ``python -m tools.release v0.1.0`` prints the section
that CHANGELOG.md has for the version of a tag, or says what does not fit it.
"""

import re
import shutil
import sys
from pathlib import Path

import yaml

from explorable.book import ENGINE, FOLDER, ROOT
from explorable.book.print.pdf import file_name
from explorable.book.problem import BookError
from explorable.languages.editions import ENGLISH
from explorable.languages.known import editions_of
from explorable.sphinx.site.wheel import pack
from mathdl import __version__

HEADING = r"^## {version} - (?P<date>\d{{4}}-\d\d-\d\d)$"
NEXT = re.compile(r"^## ", re.MULTILINE)


def notes(tag: str, version: str, changelog: str, citation: str) -> str:
    """Return what has changed in a version; refuse a tag or files that say otherwise."""
    if tag != f"v{version}":
        raise BookError(
            f"The tag is {tag}, but mathdl.__version__ is {version}: its tag would be v{version}."
        )
    heading = re.search(HEADING.format(version=re.escape(version)), changelog, re.MULTILINE)
    if not heading:
        raise BookError(
            f'CHANGELOG.md has no section "## {version} - <date>": name what is unreleased so.'
        )
    cited = yaml.safe_load(citation)
    said = (str(cited["version"]), str(cited["date-released"]))
    if said != (version, heading["date"]):
        raise BookError(
            f"CITATION.cff says version {said[0]} of {said[1]}, "
            f"CHANGELOG.md {version} of {heading['date']}."
        )
    return NEXT.split(changelog[heading.end() :])[0].strip()


def gather(built: Path, folder: Path) -> None:
    """Put into a new folder what a release publishes; its site leads to the PDFs and EPUBs in it.

    Where the book was built are the site, as ``html``, the printed editions, and the ``course``.
    A `BookError` names what has not been made yet.
    """
    shutil.rmtree(folder, ignore_errors=True)
    site = folder / "site"
    try:
        shutil.copytree(built / "html", site)
        for edition in editions_of(ROOT):
            files = [built / file_name(edition, kind) for kind in ("pdf", "epub")]
            for file in files:
                shutil.copyfile(file, folder / file.name)
                shutil.copyfile(file, site / edition.folder / file.name)
            links = [f'<a href="{each.name}">{each.suffix[1:].upper()}</a>' for each in files]
            for name in ("index.html", "intro.html"):
                page = site / edition.folder / name
                text = page.read_text(encoding="utf-8")
                bar = f'</h1>\n<p class="bar">{"".join(links)}</p>'
                page.write_text(text.replace("</h1>", bar, 1), encoding="utf-8")
        for wheel in site.rglob("*.whl"):
            shutil.copyfile(wheel, folder / wheel.name)
        pack(folder, ENGINE)
        for part, source in (("", site), ("course", built / "course")):
            archive = folder / Path(file_name(ENGLISH, "zip", part)).stem
            shutil.make_archive(str(archive), "zip", source)
    except FileNotFoundError as error:
        raise BookError(f"{error.filename} is not there: make release") from None
    shutil.rmtree(site)


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; return its exit status."""
    tags = sys.argv[1:] if arguments is None else arguments
    texts = [
        (ROOT / name).read_text(encoding="utf-8") for name in ("CHANGELOG.md", "CITATION.cff")
    ]
    try:
        for tag in tags:
            print(notes(tag, __version__, *texts))
        if not tags:
            folder = FOLDER / "_build" / "release"
            gather(folder.parent, folder)
            print(f"What a release has is gathered: {folder}")
    except BookError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
