"""Every fault of a page that stops a build, in one small book, and what is said of each."""

import re

import nbformat
import pytest

from tests.explorable.book.here import refused_here
from tests.explorable.book.small import GOOD, Book

PICTURE = """import base64, io
from IPython.display import Image
from PIL import Image as Pixels
file = io.BytesIO()
Pixels.new("RGB", (1, 1)).save(file, "png")
Image(file.getvalue(), format="png")"""
BAD = f"""{GOOD}
See {{eq}}`page-cube`, {{ref}}`nowhere`, {{doc}}`nothing`, {{term}}`unknown`, {{cite}}`nobody1900`.

\\begin{{equation}}
a = b
\\end{{equation}}

$$ c = d \\tag{{7}} $$

```{{math}}
:label:
e = f
```

```{{math}}
:label: page-labelled
g = h
```

$$ i = \\frac{{1 $$

![](dot.png)

![ ](dot.png)

![A dot](dot.png)

```{{explorer}} missing
```

<script>alert(1)</script>

Text that turns\u202e around.
"""
WORDLESS = (
    "WARNING: a picture has no alternative text; write ![what is seen](…), or end the cell with "
    "show(figure, …) [alternative]"
)
UNLABELLED = (
    "WARNING: an equation has a number but no label: write $$ … $$ (chapter-name), or $$ … $$ "
    "for one without a number; its TeX: {} [math.label]"
)
REFERENCES = [
    "page.md:7: WARNING: equation not found: page-cube [ref.eq]",
    "page.md:7: WARNING: undefined label: 'nowhere' [ref.ref]",
    "page.md:7: WARNING: unknown document: 'nothing' [ref.doc]",
    "page.md:7: WARNING: term not in glossary: 'unknown' [ref.term]",
    'page.md:7: WARNING: could not find bibtex key "nobody1900" [bibtex.key_not_found]',
    "page.md:33: WARNING: no notebook shows the explorer missing [ref.explorer]",
]
OTHERS = [
    "page.md:9: " + UNLABELLED.format("\\begin{equation}\na = b\n\\end{equation}"),
    "page.md:13: " + UNLABELLED.format("c = d \\tag{7}"),
    "page.md:15: " + UNLABELLED.format("e = f"),
    "page.md:25: WARNING: Unexpected end of input in a macro argument, "
    "expected '}' at end of input: i = \\frac{1, in the formula: i = \\frac{1 [math]",
    f"page.md:27: {WORDLESS}",
    f"page.md:29: {WORDLESS}",
    "page.md: WARNING: the text runs a script: <script> [book.guard]",
    "page.md: WARNING: U+202E (RIGHT-TO-LEFT OVERRIDE) is not seen, after "
    "'\"first-page.6\">Text that turns' [book.guard]",
]
OF_NOTEBOOK = [
    "notebook.ipynb, cell 1, line 4: WARNING: Unsupported function name: "
    "\\frca at position 1: \\frca{1}{2}, in the formula: \\frca{1}{2} [math]",
    f"notebook.ipynb, cell 2, line 2: {WORDLESS}",
]


@pytest.fixture(scope="module")
def bad(tmp_path_factory):
    book = Book(tmp_path_factory.mktemp("bad"))
    book.page(BAD)
    book.notebook(PICTURE, text="# A notebook\n\nHere $\\frca{1}{2}$ is wrong.\n")
    (book.source / "dot.png").write_bytes(b"")
    return book


def warnings(told: str) -> list[str]:
    """Return the warnings of a message, each of which may have several lines, sorted."""
    return sorted(re.split(r"\n(?=\S+\.(?:md:|ipynb, ))", told))


def test_every_fault_of_a_book_is_told_with_its_place_at_once(bad):
    assert warnings(refused_here(bad)) == sorted([*REFERENCES, *OTHERS, *OF_NOTEBOOK])


def test_a_preview_forgives_references_to_what_may_stand_on_other_pages(bad, capsys):
    told = warnings(refused_here(bad, only="page"))
    assert told == sorted(OTHERS)
    forgiven = capsys.readouterr().err.splitlines()
    assert sorted(forgiven) == sorted(f"  (preview) {warning}" for warning in REFERENCES)


def test_faults_that_only_finished_pages_show_are_told(tmp_path):
    book = Book(tmp_path)
    book.page(
        f'{GOOD}\n<a href="#lost">there</a>\n\n<b id="x"></b><b id="x"></b>\n\n'
        '<svg role="img"></svg>\n\n<h3>deep</h3>\n'
    )
    assert sorted(refused_here(book).splitlines()) == [
        "page.html: a drawing (svg role=img) has no aria-label",
        "page.html: a heading h3 follows a heading h1",
        "page.html: a link leads to #lost, but nothing there has that id",
        "page.html: the id x occurs twice",
    ]
    assert not book.output.exists()


def test_numbers_and_captions_of_nothing_are_told_of_all_notebooks(tmp_path):
    book = Book(tmp_path)
    book.notebook("print(0.73)", text="# One\n\nHere are 0.73 and 0.74.\n", name="one")
    book.notebook("0.5", text="# Two\n\nHere is 0.25.\n", name="two")
    one, two = refused_here(book).splitlines()
    assert one.startswith(f"{book.source}/one.ipynb, cell 1, line 3: no cell computes 0.74, in “")
    assert two.startswith(f"{book.source}/two.ipynb, cell 1, line 3: no cell computes 0.25, in “")
    for name in ("one", "two"):
        book.notebook("1 + 1", name=name)
        path = book.source / f"{name}.ipynb"
        notebook = nbformat.read(path, 4)
        caption = nbformat.v4.new_markdown_cell(f"({name}-fig-a)=\nA.")
        caption.metadata["tags"] = ["caption"]
        notebook.cells.append(caption)
        nbformat.write(notebook, path)
    words = "a caption must stand right after the cell that shows its figure"
    assert refused_here(book).splitlines() == [
        f"{book.source}/{name}.ipynb, cell 3: {words}" for name in ("one", "two")
    ]


def test_equations_that_do_not_fit_the_library_are_told(tmp_path):
    book = Book(tmp_path)
    book.page(GOOD + "\n$$ a = b $$ (page-new)\n")
    (book.source / "mathdl").mkdir()
    kernel = '@equation("page-old")\ndef f(): ...\n'
    (book.source / "mathdl" / "a.py").write_text(kernel, encoding="utf-8")
    told = refused_here(book).splitlines()
    assert [line.partition(";")[0] for line in told] == [
        f"WARNING: no {what} the equation {label}"
        for label in ("page-new", "page-square")
        for what in ("function computes", "test evaluates")
    ] + ["WARNING: no equation has the label page-old, which stands in mathdl/a.py:2 [door]"]
    assert [line.partition(";")[0] for line in refused_here(book, only="page").splitlines()] == [
        line.partition(";")[0] for line in told[:-1]
    ]
