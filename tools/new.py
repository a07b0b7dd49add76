"""Begin a chapter: ``python -m tools.new pooling``.

`tools/template` holds a chapter in which everything that a chapter has is there once, with its
kernel, drawing, explorer, tasks and tests. It is copied under the name of the new one, and the
files that list the chapters are told of it.
"""

import argparse
import keyword
import re
import subprocess
import sys
from pathlib import Path

from explorable.book import ROOT
from explorable.book.notebooks.forgotten import tutor
from explorable.book.problem import BookError, place

TEMPLATE = ROOT / "tools" / "template"
STEM = "sample_chapter"
RUFF = (sys.executable, "-m", "ruff")
# In which file, after what, which lines: those that list the chapters.
LISTED = (
    (
        "_toc.yml",
        r"(?s:.*)      - file: chapters/\w+\n",
        "      - file: chapters/sample_chapter\n",
    ),
    (
        "_toc.yml",
        r"(?: +- file: appendix/library/\w+\n)+(?= +- file: appendix/library/experiments/)",
        "          - file: appendix/library/sample_chapter\n",
    ),
    (
        "pyproject.toml",
        r'    "mathdl\.judge \| mathdl\.laboratory",\n',
        '    "mathdl.sample_chapter",\n',
    ),
    (
        "pyproject.toml",
        r'containers = \[\n(?:    "mathdl\.\w+",\n)+',
        '    "mathdl.sample_chapter",\n',
    ),
    (
        "README.md",
        r"(?s:.*)\| `mathdl\.\w+` \|\n",
        "| Sample chapter | Is the square of a number larger than the number? "
        "| `mathdl.sample_chapter` |\n",
    ),
    (
        "intro.md",
        r"```\{chapters\}\n(?:\w+: .*\n)+",
        "sample_chapter: An example, in whose place comes what the chapter is about.\n",
    ),
    (
        "appendix/notation.md",
        r"(?s:.+)\Z",
        "\n## Sample chapter\n\nThe symbols of {doc}`/chapters/sample_chapter`.\n\n"
        "```{symbols} sample_chapter\n```\n",
    ),
    (
        "appendix/formulas.md",
        r"(?s:.+)\Z",
        "\n## Sample chapter\n\n| what | formula | where |\n|---|---|---|\n"
        "| square | $y = x^2$ | {eq}`sample-chapter-square` |\n",
    ),
    (
        "mathdl/judge.py",
        r"    \{\n(?:        .*\n)+?(?=    \},)",
        '        "sample_chapter": "Sample chapter",\n',
    ),
)
LEFT = """
The new chapter squares numbers. Write yours in its place; CONTRIBUTING.md says what belongs where.

  make preview PAGE=chapters/{stem}    shows it while you write
  .venv/bin/python -m pytest {tests}
                                       run its tests
  .venv/bin/python -m explorable build --leave-english
                                       builds the book before the chapter has its Chinese
  make translations                    then brings what is to be translated into the catalogues

Until the Chinese is there, `make book` and the tests of the Chinese edition name what they lack.
Until the reader writes three functions, tests/judge asks for more of them.
"""


def new_chapter(stem: str) -> None:
    """Begin a chapter of this stem, execute its notebook, and say what comes next.

    A `BookError` says that the name is none, or taken; then nothing has been written.
    """
    written = create(stem, ROOT)
    modules = [str(path) for path in written if path.suffix == ".py"]
    # Another name may stand elsewhere in the alphabet, and may be longer.
    subprocess.run([*RUFF, "check", "--quiet", "--select=I", "--fix", *modules], check=True)
    subprocess.run([*RUFF, "format", "--quiet", *modules], check=True)
    for path in written:
        print(place(path))
    # In a process of its own, whose judge knows the new chapter.
    notebook = str(ROOT / "chapters" / f"{stem}.ipynb")
    subprocess.run([sys.executable, "-m", "explorable", "notebooks", notebook], check=True)
    tests = [place(path) for path in written if path.name.startswith("test_")]
    print(LEFT.format(stem=stem, tests=" ".join(tests)))


def create(stem: str, root: Path) -> list[Path]:
    """Write the files of a new chapter and list it; return the files that were written."""
    if not re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", stem) or keyword.iskeyword(stem):
        raise BookError(
            f"“{stem}” cannot be the name of a module: small letters, digits and single _ can, "
            "such as graph_networks"
        )
    texts = {}
    for source in sorted(path for path in TEMPLATE.rglob("*") if path.is_file()):
        if "__pycache__" not in source.parts:
            target = root / _renamed(str(source.relative_to(TEMPLATE)), stem)
            texts[target] = _renamed(source.read_text(encoding="utf-8"), stem)
    for taken in (*texts, root / "mathdl" / stem):
        if taken.exists():
            raise BookError(f"there is a {taken.relative_to(root)} already; choose another name")
    if stem in tutor().tasks:
        raise BookError(f"the judge has a task {stem} already; choose another name")
    for name, before, lines in LISTED:
        path = root / name
        text = texts.get(path) or path.read_text(encoding="utf-8")
        added = _renamed(lines, stem)
        places = list(re.finditer(before, text))
        for found in reversed(places):
            text = text[: found.end()] + added + text[found.end() :]
        texts[path] = text
        if not places:
            raise BookError(f"{name} has no place for a chapter: nothing in it is like {before}")
    for path, text in texts.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return list(texts)


def _renamed(text: str, stem: str) -> str:
    """Put the name of a chapter in place of that of the template."""
    text = text.replace(STEM, stem).replace("sample-chapter", stem.replace("_", "-"))
    return text.replace("Sample chapter", stem.replace("_", " ").capitalize())


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; return its exit status."""
    parser = argparse.ArgumentParser(prog="python -m tools.new", description="Begin a chapter.")
    parser.add_argument("stem", metavar="name", help="such as graph_networks")
    try:
        new_chapter(parser.parse_args(arguments).stem)
    except BookError as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
