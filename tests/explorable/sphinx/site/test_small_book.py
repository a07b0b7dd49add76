"""Every feature of the pages in one small book, looked at as HTML: no browser is needed."""

import json
import os
import re
from pathlib import Path
from unittest.mock import patch

import bs4
import nbformat
import pytest

import mathdl
from tests.explorable.book.here import build_here, parsed, refused_here, written
from tests.explorable.book.small import Book

TOC = """format: jb-book
root: intro
parts:
  - caption: The first part
    numbered: true
    chapters:
      - url: https://example.org
        title: Elsewhere
      - file: chapters/one
      - file: chapters/two
  - caption: Appendix
    chapters:
      - file: appendix/glossary
      - file: appendix/formulas
"""
OPENING = (
    "This book is so small that a test reads it at once, and yet whatever a page can show is "
    "somewhere in it: formulas, folds, tables, terms, sources, exercises, and of course a "
    "picture, a cell, and an explorer, of all of which one is enough for a test."
)
PAGES = {
    "intro.md": f"""# A small book

{OPENING}

```{{chapters}}
one: needs **nothing**
unknown: not there
two: {{doc}}`chapters/one` comes first
```
""",
    "chapters/two.md": """# The second $\\alpha$

A **Saddle** is seen again, and **loss** too; its slope is {eq}`one-square`, {eq}`two-cube`.

$$ z = y^3 $$ (two-cube)

$$ z = 0 $$

Then the heavy ball is {math}`x`, as an $n$-th thing, and ($m$). A heavy ball again.[^note]

In {numref}`one-fig-line` a line turns.

[^note]: A note about {cite}`someone2001thing`.

| | b |
|---|---|
| short | table |

| quantity of this table | long explanation | where |
|---|---|---|
| the first one, in a few words | explained in many more than fit, `a.b_c(d)` | $x$ |

````{explorer} line
````

```python
math.pi
```

```{bibliography}
```
""",
    "appendix/glossary.md": """# Glossary

```{glossary}
loss
cost
  What is lost.

saddle
  Neither up nor down.

heavy ball
  It rolls.

unused
  Nowhere.
```
""",
    "appendix/symbols/one.toml": """symbols = [
  {tex = 'y', name = "square of $x$", is = '$\\ge 0$', at = "one-square", code = "squared"},
  {tex = 'x', name = "number", at = "a-section"},
  {tex = 'x', name = "what is asked", in = "one-ex"},
]
""",
    "appendix/symbols/letters.toml": """symbols = [{tex = 'z', name = "any number"}]
""",
    "appendix/formulas.md": """# Formulas

| what it is called in the book | formula | where |
|---|---|---|
| square | $y = x^2$, which is long enough | {eq}`one-square` |
| cube | $z = y^3$ | {eq}`two-cube` |
| both, and a few words more | $z = x^6$ | {eq}`one-square`, {eq}`two-cube` |
| neither | $0$ | |
""",
}
# A library, which a book need not have: its kernels and tests are read, not imported.
LIBRARY = {
    "mathdl/powers/squares.py": """@equation("one-square")
def square(x):
    return x * x
""",
    "tests/test_squares.py": """@pytest.mark.equation("one-square")
@pytest.mark.equation("two-cube")
def test_powers(): ...
""",
    "chapters/statements.toml": 'two-cube = "It is `x` **cubed** & more."\n',
}
SOURCE = """@article{someone2001thing, author = {Some One}, title = {A thing}, journal = {J},
volume = {1}, pages = {2--3}, year = {2001}}
"""
CELLS = [
    "# The first chapter\n\nThe **loss** is here, the **loss** again.\n\n"
    "$$ y = x^2 $$ (one-square)\n",
    "## A section\n\n**Saddles** come in a section: {term}`cost`.\n\n"
    "```{exercise} Try\n:label: one-ex\nDo it.\n```\n\n"
    "```{solution} one-ex\n:class: dropdown\nIt is done, in many words that no one counts.\n"
    "```\n\n```{admonition} More\n:class: dropdown, tip\nInside.\n```\n\n"
    f"{' '.join(['word'] * 400)}\n\n"
    "```{prf:proof}\nFirst.\n```\n\n```{prf:proof}\nSecond.\n```\n",
]
EXPLORER = """from explorable.explore import explore, say, slider
from explorable.drawing.toolkit import panels
figure, axes = panels(1)
(curve,) = axes.plot([0, 1], [0, 1])
@explore(figure, {"curve": curve}, "A line", name="line", a=slider([1, 2], label="a"))
def explorer(a):
    curve.set_ydata([0, a])
    return say("a is {a}.", a=a)
explorer"""
CAPTION = "(one-fig-line)=\nThe line turns with *a*, by {eq}`one-square`:\nhow steep is it?"
URL = "https://someone.example.org/book/"
REPOSITORY = {"GITHUB_REPOSITORY": "someone/book", "GITHUB_REF_NAME": "main"}


def laid_out(folder: Path) -> Book:
    made = Book(folder)
    for path in made.source.glob("*.ipynb"):
        path.unlink()
    (made.source / "page.md").unlink()
    for name, text in (PAGES | LIBRARY).items():
        (made.source / name).parent.mkdir(parents=True, exist_ok=True)
        (made.source / name).write_text(text, encoding="utf-8")
    (made.source / "references.bib").write_text(SOURCE, encoding="utf-8")
    (made.source / "_toc.yml").write_text(TOC, encoding="utf-8")
    cells = [
        *map(nbformat.v4.new_markdown_cell, CELLS),
        nbformat.v4.new_code_cell(EXPLORER, metadata={"tags": ["hide-input"]}),
        nbformat.v4.new_markdown_cell(CAPTION, metadata={"tags": ["caption"]}),
        *map(nbformat.v4.new_code_cell, ["import math", "math.pi", "axes.get_title()"]),
    ]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), made.source / "chapters" / "one.ipynb")
    return made


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    made = laid_out(tmp_path_factory.mktemp("small"))
    with patch.dict(os.environ, REPOSITORY):
        assert build_here(made, url=URL)
    return made.output


@pytest.fixture(scope="module")
def read(site):
    return lambda name: parsed(site / name)


def test_a_page_says_where_the_reader_is_and_what_it_is(read):
    for name, up in [
        ("intro.html", ""),
        ("chapters/two.html", "../"),
        ("appendix/glossary.html", "../"),
    ]:
        contents = read(name).find("nav", {"aria-label": "Chapters"})
        assert [caption.text for caption in contents.find_all(class_="caption")] == [
            "The first part", "Appendix"
        ]  # fmt: skip
        links = [
            link for link in contents.find_all("a") if link.find_parent(class_="sections") is None
        ]
        titles = [re.sub(r"\s+", " ", link.text).strip() for link in links]
        assert titles == [
            "Start", "1 The first chapter", "2 The second [\\alpha]", "Glossary", "Formulas",
            "Index",
        ]  # fmt: skip
        current = [link["href"] for link in links if link.get("aria-current") == "page"]
        assert len(current) == 1
        ways = [
            os.path.normpath(f"{name}/../{link['href']}") for link in links[1:] if link["href"]
        ]
        pages = ["chapters/one.html", "chapters/two.html", "appendix/glossary.html",
                 "appendix/formulas.html", "genindex.html"]  # fmt: skip
        assert ways == [page for page in pages if page != name]
        assert links[-1]["href"] == f"{up}genindex.html"
        assert current == [""]
    items = [
        written(item) for item in read("intro.html").find("ol", class_="chapters").find_all("li")
    ]
    assert items == [
        '<a href="chapters/one.html">The first chapter</a> <span class="time">6 min</span>'
        '<span class="line"><span>needs <strong>nothing</strong></span></span>',
        '<a href="chapters/two.html">The second <span class="math">[\\alpha]</span></a> '
        '<span class="time">1 min</span><span class="line"><span>'
        '<a class="reference internal" href="chapters/one.html">'
        '<span class="doc">The first chapter</span></a> comes first</span></span>',
    ]
    whole = read("intro.html").find("p", class_="sum")
    assert written(whole) == "In all 0 hours to read, 0.5 hours with exercises."
    home, chapter, index = (
        read(name).head for name in ("intro.html", "chapters/two.html", "genindex.html")
    )
    told = home.find("meta", {"name": "description"})["content"]
    assert told.endswith("and an…")
    assert OPENING.startswith(told[:-1])
    assert len(told) <= 200
    assert home.find("link", rel="canonical")["href"] == URL
    assert home.find("meta", property="og:title")["content"] == "A small book"
    assert home.find("meta", property="og:image")["content"] == f"{URL}assets/preview.png"
    assert chapter.find("link", rel="canonical")["href"] == f"{URL}chapters/two.html"
    assert chapter.find("meta", property="og:title")["content"] == "The second \\alpha"
    assert chapter.title.text.startswith("The second \\alpha · ")
    described = chapter.find("meta", {"name": "description"})["content"]
    assert described.startswith("Then the heavy ball")  # not by the paragraph with two numbers
    assert index.title.text.startswith("Index · ")
    assert index.find("meta", {"name": "description"}) is None
    assert home.find("script", src=re.compile("explorer")) is None
    assert chapter.find("script", src=re.compile(r"\.\./explorers/explorer\.js\?v=\w{10}$"))
    early = chapter.find("script", string=re.compile("document.fonts"))
    assert early.find_next("link", rel="stylesheet") is None  # or the script would hold it up
    assert "@" not in "".join(script.text for script in home.find_all("script"))
    bar = read("chapters/one.html").find(class_="bar")
    assert [re.sub(r"\s+", " ", part.text) for part in bar.children] == [
        "6 minutes", "Run on Binder", "Run on a JupyterHub", "Download the notebook",
        "and its library",
    ]  # fmt: skip
    assert bar.find_previous_sibling().name == "h1"
    assert bar.find(class_="download")["href"] == "../chapters/one.ipynb"
    assert read("chapters/two.html").find(class_="bar") is None


def test_equations_have_numbers_that_lead_to_them_and_a_sheet(read):
    numbered, plain = read("chapters/two.html").find_all("div", class_="equation")
    assert written(numbered) == (
        '<div class="scroll">[z = y^3]</div>'
        '<a aria-label="Equation 2.1" class="number" href="#equation-two-cube">(2.1)</a>'
    )
    assert numbered["id"] == "equation-two-cube"
    assert written(plain) == '<div class="scroll">[z = 0]</div>'
    assert not plain.has_attr("id")
    table = read("appendix/formulas.html").table
    assert [cell.text for cell in table.find_all("th")] == [
        "what it is called in the book", "formula", "where", "kernel", "test", "figure"
    ]  # fmt: skip
    rows = [[cell.text for cell in row.find_all("td")[3:]] for row in table.tbody.find_all("tr")]
    assert rows == [
        ["powers.squares.square", "test_powers", "Figure 1.1"],
        ["", "test_powers", ""],
        ["powers.squares.square", "test_powers", "Figure 1.1"],
        ["", "", ""],
    ]
    assert table.find("a", string="Figure 1.1")["href"] == "../chapters/one.html#one-fig-line"
    article = read("chapters/two.html").article
    glued = [written(part) for part in article.find_all("span", class_="glue")]
    assert glued == [f'<span class="math">[{tex}]</span>{end}' for tex, end in
                     [("x", ","), ("n", "-th"), ("m", ").")]]  # fmt: skip


def test_behind_each_number_stand_its_code_its_test_and_its_figure(read, site):
    doors = {}
    for name in ("one", "two"):
        address = read(f"chapters/{name}.html").main["data-doors"]
        assert re.fullmatch(rf"\.\./doors/chapters-{name}\.js\?v=\w{{10}}", address)
        text = (site / "doors" / f"chapters-{name}.js").read_text(encoding="utf-8")
        doors |= json.loads(text.removeprefix("window.bookDoors(").removesuffix(");\n"))
    assert doors.keys() == {"equation-one-square", "equation-two-cube"}
    at = "https://github.com/someone/book/blob/main"
    square = bs4.BeautifulSoup(doors["equation-one-square"], "html.parser")
    assert written(square.dl) == (
        f'<dt>Code</dt><dd><a href="{at}/mathdl/powers/squares.py#L2">'
        "<code>powers.<wbr/>squares.<wbr/>square</code></a></dd>"
        f'<dt>Test</dt><dd><a href="{at}/tests/test_squares.py#L3"><code>test_<wbr/>powers</code>'
        "</a> in <code>tests/<wbr/>test_<wbr/>squares.<wbr/>py</code></dd>"
        '<dt>Figure</dt><dd><a href="#one-fig-line">Figure 1.1</a></dd>'
    )
    assert square.find(class_="highlight").text == "def square(x):\n    return x * x\n"
    cube = bs4.BeautifulSoup(doors["equation-two-cube"], "html.parser")
    assert written(cube.dl).startswith(
        "<dt>Code</dt><dd>none. It is <code>x</code> **cubed** &amp; more.</dd><dt>Test</dt>"
    )
    assert cube.find(class_="highlight") is None
    assert not read("intro.html").main.has_attr("data-doors")


def test_each_page_with_formulas_is_told_of_its_symbols(read, site):
    told = {}
    for name in ("chapters/one", "chapters/two", "appendix/formulas"):
        address = read(f"{name}.html").main["data-symbols"]
        file = name.replace("/", "-")
        assert re.fullmatch(rf"\.\./symbols/{file}\.js\?v=\w{{10}}", address)
        text = (site / "symbols" / f"{file}.js").read_text(encoding="utf-8")
        told[name] = json.loads(text.removeprefix("window.bookTable(").removesuffix(");\n"))
    square, number, asked, letter = told["chapters/one"]
    assert square == {
        "match": ["y"],
        "code": ["squared"],
        "html": "<p><b>square of <math><mi>x</mi></math></b>, "
        "<math><mo>≥</mo><mn>0</mn></math></p>"
        '<p>Defined in <a href="#equation-one-square">(1.1)</a></p>'
        "<p>In code: <code>squared</code></p>",
    }
    assert number["html"].endswith('<p>Defined in <a href="#a-section">A section</a></p>')
    assert asked["in"] == ["one-ex", "chapters/one-solution-1"]
    assert told["chapters/two"] == [letter]
    assert [each.get("in") for each in told["appendix/formulas"]] == [["one"], None]
    assert not read("appendix/glossary.html").main.has_attr("data-symbols")


def test_references_lead_to_equations_terms_chapters_and_sources(read):
    links = {
        link["href"]: written(link)
        for link in read("chapters/two.html").article.find_all("a", class_="internal")
        if not link["href"].startswith("#id")
    }
    assert links == {
        "one.html#equation-one-square": "(1.1)",
        "#equation-two-cube": "(2.1)",
        "one.html#one-fig-line": '<span class="std std-numref">Figure 1.1</span>',
        "../appendix/glossary.html#term-heavy-ball": "<span>heavy ball</span>",
        "../appendix/glossary.html#term-loss": '<strong id="definition-loss">loss</strong>',
        "../appendix/glossary.html#term-saddle": '<strong id="definition-saddle">Saddle</strong>',
    }
    previews = {
        each["data-preview"]: written(each)
        for each in read("chapters/two.html").find_all("template")
    }
    assert previews == {
        "one.html#equation-one-square": '<div class="scroll">[y = x^2]</div>',
        "../appendix/glossary.html#term-heavy-ball": "<p>It rolls.</p>",
    }
    (preview,) = read("chapters/one.html").find_all("template")
    assert preview["data-preview"] == "../appendix/glossary.html#term-cost"
    page = read("chapters/two.html")
    source = page.find("div", class_="source")
    assert written(source) == "<p>Some One. A thing. <em>J</em>, 1:2–3, 2001.</p>"
    cited = page.find(class_="bibtex-citation")
    assert cited.text == "[One, 2001]"
    assert cited.a["href"] == f"#{source['id']}"
    assert cited.a["data-source"].startswith("Some One. A thing.")
    note = page.find("aside", id="note")
    assert note.find(class_="label").text == "[1]"


def test_terms_are_marked_where_chapters_define_them_and_glossary_and_index_lead_there(read):
    for name in ("one", "two"):
        strong = {
            part.get("id"): part.text for part in read(f"chapters/{name}.html").find_all("strong")
        }
        assert strong.pop("definition-loss") == "loss"
        assert strong.pop("definition-saddle") in ("Saddles", "Saddle")
        assert strong in ({}, {None: "loss"})
    page = read("appendix/glossary.html")
    places = {}
    for term in page.find_all("dt"):
        found = term.find_next("dd").find("p", class_="places")
        places[term["id"]] = "" if found is None else written(found)
    assert page.dt.a["aria-label"] == "Link to: loss"
    link = '<a class="reference internal" href="../chapters/{}.html#definition-loss">{}</a>'
    first, second = "chapter 1: The first chapter", "chapter 2: The second \\alpha"
    loss = f"→ {link.format('one', first)}, {link.format('two', second)}"
    saddle = loss.replace("-loss", "-saddle").replace("The first chapter", "A section")
    assert places == {
        "term-loss": loss, "term-cost": loss, "term-saddle": saddle, "term-heavy-ball": "",
        "term-unused": "",
    }  # fmt: skip
    entries = {}
    for item in read("genindex.html").article.find_all("li"):
        entries[item.contents[0]] = {link["href"]: link.text for link in item.find_all("a")}
    assert list(entries) == ["cost", "heavy ball", "loss", "saddle", "unused"]
    assert entries["saddle"] == {
        "chapters/one.html#definition-saddle": "chapter 1",
        "chapters/two.html#definition-saddle": "chapter 2",
        "appendix/glossary.html#term-saddle": "glossary",
    }


def test_folds_need_no_script_and_wide_tables_become_lists(read):
    page = read("chapters/one.html")
    solution, more, _ = page.article.find_all("details")
    assert solution["class"] == ["solution", "fold"]
    assert more["class"] == ["tip", "fold"]
    assert written(solution) == (
        "<summary>Solution</summary> <p>It is done, in many words that no one counts.</p>"
    )
    assert written(more) == "<summary>More</summary> <p>Inside.</p>"
    exercise = page.find(id="one-ex")
    assert exercise["class"] == ["exercise", "admonition"]
    assert exercise.find(class_="admonition-title").text == "Exercise 1.1  (Try)"
    proofs = page.find_all("div", class_="proof")
    assert [proof["id"] for proof in proofs] == ["proof", "proof-2"]
    assert [proof.text.strip() for proof in proofs] == ["Proof. First.", "Proof. Second."]
    assert all(part.find("section") is None for part in [*proofs, exercise])
    small, wide = read("chapters/two.html").article.find_all("table")
    for table in (small, wide):
        assert "scroll" in table.parent["class"]
    assert not {"stack", "formulas"} & set(small["class"])
    assert {"stack", "formulas"} <= set(wide["class"])
    assert [cell.get("data-label") for cell in wide.find_all("td")] == [
        "quantity of this table", "long explanation", "where"
    ]  # fmt: skip
    assert small.find(attrs={"role": True}) is None
    roles = {"thead": "rowgroup", "tr": "row", "th": "columnheader", "td": "cell"}
    assert [wide["role"], *(wide.find(part)["role"] for part in roles)] == [
        "table",
        *roles.values(),
    ]
    assert "a.<wbr/>b_<wbr/>c(<wbr/>d)" in written(wide)
    assert small.thead.tr.find(True).name == "td"  # an empty heading is none
    assert wide.th["scope"] == small.th["scope"] == "col"
    assert str(wide.caption) == "<caption>The second \\alpha</caption>"
    titled = [read("chapters/one.html").h2, read("chapters/two.html").h1]
    links = [title.find_previous_sibling() for title in titled]
    names = ["Link to: 1.1. A section", "Link to this section"]
    assert [(link["class"], link["aria-label"]) for link in links] == [
        (["headerlink"], name) for name in names
    ]


def test_an_explorer_has_a_number_and_a_caption_and_its_code_stands_back(read, site):
    figure = read("chapters/one.html").find(id="one-fig-line")
    assert figure.find(id="explorer-line")
    saving = [button.extract().text for button in figure.figcaption.find_all("button")]
    assert saving == ["SVG", "PNG"]
    assert written(figure.figcaption) == (
        '<p><a class="number" href="#one-fig-line">Figure 1.1.</a> The line turns with <em>a</em>'
        ', by <a class="reference internal" href="#equation-one-square">(1.1)</a>: '
        "how steep is it? </p>"
    )
    fold = figure.parent.find_next_sibling()
    assert fold.name == "details"
    assert [part.text for part in fold.summary.children] == ["Show the code", "Hide the code"]
    assert fold.pre.text.strip() == EXPLORER
    assert fold.find_next_sibling() is None
    one, two = (read(f"chapters/{name}.html").find(id="explorer-line") for name in ("one", "two"))
    assert str(one) == str(two)
    assert "text_html" in two.parent["class"]
    assert "cell_output" in two.parent.parent["class"]
    file = json.loads(one.find("script").text)["file"]
    assert (site / "explorers" / file).is_file()
    assert read("chapters/one.html").find("img") is None  # the picture that stands in for it


def test_cells_say_whether_they_can_be_run_here(read):
    cells = read("chapters/one.html").find_all(class_="cell")
    kinds = [{"computes", "needs-notebook"} & set(cell["class"]) for cell in cells]
    assert kinds == [set(), set(), {"computes"}, {"needs-notebook"}]
    script = read("chapters/one.html").find("script", attrs={"data-python": True})
    assert script["data-python"] == "../python/python.js"
    assert script["data-page"] == "chapters/one"
    assert "data-page" not in read("chapters/two.html").find("script", defer=True).attrs
    (code,) = read("chapters/two.html").article.find_all(class_="highlight-python")
    line = '<span class="line in0">math.pi</span>'
    assert written(code) == f'<div class="highlight"><pre>{line} </pre></div>'


def test_the_site_holds_what_its_pages_need_and_nothing_else(site):
    found = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    found = {name for name in found if not name.startswith(("assets/fonts/", "explorers/line."))}
    wheel = f"chapters/mathdl-{mathdl.__version__}-py3-none-any.whl"
    assert found == {
        ".book", ".nojekyll", "404.html", "appendix/formulas.html", "appendix/glossary.html",
        "doors/chapters-one.js", "doors/chapters-two.js", "symbols/appendix-formulas.js",
        "symbols/chapters-one.js", "symbols/chapters-two.js", "symbols/intro.js",
        "assets/icon.png", "assets/progress.js",
        "assets/preview.png", "assets/search-index.js", "assets/search.js", "assets/site.css",
        "assets/formulas.css", "assets/site.js", "chapters/one.html", "chapters/one.ipynb",
        "chapters/two.html",
        "drills/drills.css", "drills/drills.js",
        "explorers/explorer.css", "explorers/explorer.js",
        "assets/icon.svg", "files.js", "manifest.webmanifest", "worker.js",
        "genindex.html", "index.html", "intro.html", "search.html", "sitemap.xml", wheel,
    }  # fmt: skip
    assert (site / "index.html").read_bytes() == (site / "intro.html").read_bytes()
    lost = (site / "404.html").read_text(encoding="utf-8")
    assert f'href="{URL}"' in lost
    assert "<title>No such page · A small book</title>" in lost
    places = re.findall(r"<loc>(.*)</loc>", (site / "sitemap.xml").read_text(encoding="utf-8"))
    names = ["", "appendix/formulas.html", "appendix/glossary.html", "chapters/one.html",
             "chapters/two.html"]  # fmt: skip
    assert places == [f"{URL}{name}" for name in [*names, "genindex.html"]]


def test_search_knows_every_part(site):
    text = (site / "assets" / "search-index.js").read_text(encoding="utf-8")
    index = json.loads(text.removeprefix("window.bookIndex=").rstrip(";\n"))
    assert index["pages"] == [
        ["Formulas", "appendix/formulas.html"],
        ["Glossary", "appendix/glossary.html"],
        ["1. The first chapter", "chapters/one.html"],
        ["2. The second α", "chapters/two.html"],
        ["A small book", "intro.html"],
    ]
    parts = {
        (part["page"], part["kind"], part["title"], part.get("anchor"), part.get("number"))
        for part in index["parts"]
    }
    assert {
        (1, "term", "loss, cost", "term-loss", None),
        (2, "page", "1. The first chapter", None, "1"),
        (2, "equation", "Equation 1.1", "equation-one-square", "1.1"),
        (2, "section", "1.1. A section", "a-section", "1.1"),
        (2, "exercise", "Exercise 1.1 (Try)", "one-ex", "1.1"),
        (2, "figure", "Figure 1.1", "one-fig-line", "1.1"),
        (3, "page", "2. The second α", None, "2"),
    } <= parts
    told = {part["title"]: part for part in index["parts"]}
    chapter, section = told["1. The first chapter"], told["1.1. A section"]
    assert chapter["text"] == "The loss is here, the loss again."
    assert chapter["defines"] == "loss, cost"
    assert section["defines"] == "saddle"
    assert "many words that no one counts" not in text  # those of a solution
    caption = "The line turns with a, by (1.1): how steep is it?"
    assert told["Figure 1.1"]["text"] == caption  # without its buttons
    assert told["Exercise 1.1 (Try)"]["text"] == "Do it."


def test_a_letter_that_nothing_explains_and_a_place_that_is_not_there_are_refused(tmp_path):
    made = laid_out(tmp_path)
    table = made.source / "appendix" / "symbols" / "one.toml"
    number = '{tex = \'x\', name = "number", at = "a-section"},'
    lost = '{tex = \'k\', name = "lost", in = "there"},'
    table.write_text(table.read_text("utf-8").replace(number, lost), encoding="utf-8")
    told = refused_here(made)
    assert (
        "one-square has the letter x, which nothing explains: "
        "give it a line in appendix/symbols/one.toml"
    ) in told
    assert "appendix/symbols/one.toml: nothing in the chapter has the id there" in told
