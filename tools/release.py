"""
What a release says of itself: ``python -m tools.release v0.1.0``.

Prints the section that CHANGELOG.md has for the version of a tag, or says what does not fit it.
"""

import re
import sys

import yaml

from explorable.book import ROOT
from explorable.book.problem import BookError
from mathdl import __version__

HEADING = r"^## {version} - (?P<date>\d{{4}}-\d\d-\d\d)$"
NEXT = re.compile(r"^## ", re.MULTILINE)


def notes(tag: str, version: str, changelog: str, citation: str) -> str:
    """
    Return what has changed in a version.

    Parameters
    ----------
    tag
        The tag of the release.
    version
        ``mathdl.__version__``.
    changelog, citation
        The text of CHANGELOG.md and of CITATION.cff.

    Raises
    ------
    BookError
        The tag, the version, the changelog and the citation do not say the same.
    """
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


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; return its exit status."""
    (tag,) = sys.argv[1:] if arguments is None else arguments
    texts = [
        (ROOT / name).read_text(encoding="utf-8") for name in ("CHANGELOG.md", "CITATION.cff")
    ]
    try:
        print(notes(tag, __version__, *texts))
    except BookError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
