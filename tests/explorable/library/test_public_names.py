"""The library's pages: an entry for each public name, reached from code, and leading back."""

import html
import re
import sys
from types import SimpleNamespace

import pytest
from docutils import nodes

from explorable.languages.interface import translated_words
from explorable.library import public_names
from explorable.library.public_names import (
    Name,
    definitions,
    files,
    idea,
    ideas,
    library_names,
    modules,
)
from explorable.sphinx.library import entries
from explorable.sphinx.library.names import PLAIN, _with_links, hanging, link_notation
from explorable.sphinx.site.page import read_page
from explorable.sphinx.site.write import ASSETS

# What code names


def names(source: str, **known: str) -> list[tuple[str, str]]:
    """Return what each name reads as where it stands, and what it is in full."""
    found = library_names(source, known)
    return [(source[name.start : name.end], name.full) for name in found]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("from mathdl.forward import Layer", [("Layer", "mathdl.forward.Layer")]),
        ("import mathdl.forward as f", [("forward", "mathdl.forward")]),
        ("import numpy as np\nnp.array", []),
        ("relu(x)", [("relu", "mathdl.concepts.relu")]),
        ("é = relu\nrelu('é', relu)", [("relu", "mathdl.concepts.relu")] * 3),
        (
            "gd.SURFACES['a'].value",
            [("gd", "mathdl.gradient_descent"), ("SURFACES", "mathdl.gradient_descent.SURFACES")],
        ),
        ("relu = 1\nrelu", []),
        ("relu = relu(1)\nrelu", [("relu", "mathdl.concepts.relu")]),
        ("def relu(z):\n    return relu\nrelu", []),
        ("def f(relu=relu):\n    return relu", []),
        ("def f(x):\n    return relu(x)", [("relu", "mathdl.concepts.relu")]),
        ("def f(x):\n    relu = x\n    return relu\nrelu", [("relu", "mathdl.concepts.relu")]),
        ("[relu for relu in x]\nrelu", [("relu", "mathdl.concepts.relu")]),
        ("if x:\n    relu = 1\nrelu", []),
        ("from torch import relu\nrelu", []),
        ("def f():\n    from torch import relu\nrelu", [("relu", "mathdl.concepts.relu")]),
        ("%time relu(x)", []),
    ],
)
def test_names_are_found_where_they_still_mean_the_library(source, expected):
    known = {"relu": "mathdl.concepts.relu", "gd": "mathdl.gradient_descent"}
    assert names(source, **known) == expected


def test_a_cell_knows_what_the_cells_before_it_have_imported():
    known: dict[str, str] = {}
    assert library_names("from mathdl import concepts as c", known) == [
        Name(19, 27, "mathdl.concepts", imported=True)
    ]
    assert [n.full for n in library_names("c.relu(1)", known)] == [
        "mathdl.concepts",
        "mathdl.concepts.relu",
    ]
    library_names("c = 1", known)
    assert library_names("c.relu(1)", known) == []


# What is public

ROOM = {
    "__init__": '''"""A room.\n\nWith words."""
from house.room.one import SIZES, walk
from textwrap import dedent
__all__ = ["SIZES", "dedent", "walk"]
''',
    "one": '''"""One idea."""
import functools
SIZES: tuple[int, ...] = (1, 2)
"""How large."""
HIDDEN = 1


@functools.cache
def walk(n):
    """Walk."""
    def inner():
        """Say more."""
        return n
    return inner()
''',
    "two": '''"""Another idea."""
__all__ = ["Door"]


class Door:
    """A door."""

    def open(self):
        """Open."""
        return 1


def walk():
    return 2
''',
    "_three": "def hidden(): ...",
}


@pytest.fixture
def room(tmp_path, monkeypatch):
    """Return a function that writes a package of these files and makes it all there is."""
    monkeypatch.syspath_prepend(str(tmp_path))

    def write(**changes: str) -> None:
        (tmp_path / "house" / "room").mkdir(parents=True)
        (tmp_path / "house" / "__init__.py").touch()
        for name, text in (ROOM | changes).items():
            (tmp_path / "house" / "room" / f"{name}.py").write_text(text, encoding="utf-8")

    def forget() -> None:
        for cached in (
            files,
            definitions,
            public_names.places,
            public_names.aliases,
            public_names.bindings,
        ):
            cached.cache_clear()
        for name in [name for name in sys.modules if name.split(".")[0] == "house"]:
            del sys.modules[name]

    monkeypatch.setattr(public_names, "PACKAGES", ("house",))
    forget()
    yield write
    forget()


def test_the_public_names_of_a_module_stand_with_the_idea_of_their_file(room):
    room()
    assert files("house.room") == [
        ("house.room.one", "One idea", ["house.room.SIZES", "house.room.walk"]),
        ("house.room.two", "Another idea", ["house.room.two.Door"]),
    ]
    assert public_names.idea("house.room") == "A room"
    assert public_names.aliases()["house.room.one.walk"] == "house.room.walk"
    assert public_names.aliases()["house.room.dedent"] == "textwrap.dedent"


def test_code_is_shown_without_docstrings(room):
    room()
    assert definitions("house.room.one")["walk"] == (
        "function",
        "Walk.",
        "@functools.cache\ndef walk(n):\n    def inner():\n        return n\n    return inner()",
        9,
        [],
    )
    assert definitions("house.room.one")["SIZES"][:2] == ("data", "How large.")
    assert definitions("house.room.one")["HIDDEN"][:2] == ("data", "")
    assert definitions("house.room.two")["Door"][2:] == (
        "class Door:\n    def open(self):\n        return 1",
        5,
        ["open"],
    )


# What the notation names


def test_names_of_the_notation_lead_to_what_they_are_or_belong_to(monkeypatch):
    places = {
        "mathdl.forward.affine": ("appendix/library/forward", "affine"),
        "mathdl.forward.Layer": ("appendix/library/forward", "Layer"),
        "mathdl.forward": ("appendix/library/forward", "module-mathdl.forward"),
        "mathdl.concepts.relu": ("appendix/library/concepts", "relu"),
    }
    monkeypatch.setattr(
        "explorable.sphinx.library.names.entry", lambda env, full: places.get(full)
    )
    app = SimpleNamespace(
        env=None, builder=SimpleNamespace(get_relative_uri=lambda here, there: there)
    )

    def links(module: str, docname: str = "appendix/notation") -> list[tuple[str, str]]:
        heads = nodes.thead("", table_row("symbol", f"{module}中"))
        names = ("affine(x)", "Layer.weights", "concepts.relu", "unknown")
        body = nodes.tbody("", table_row("a", *names))
        page = nodes.table("", heads, body)
        link_notation(app, page, docname)
        found = page.findall(nodes.reference)
        found = list(found)
        assert all(link["internal"] and isinstance(link[0], nodes.literal) for link in found)
        return [(link.astext(), link["refuri"].partition("#")[2]) for link in found]

    assert links("mathdl.forward") == [
        ("affine(x)", "affine"), ("Layer.weights", "Layer"), ("concepts.relu", "relu"),
    ]  # fmt: skip
    assert links("numpy") == []
    assert links("mathdl.forward", "appendix/glossary") == []


def table_row(*cells: str) -> nodes.row:
    """Return a row whose first cell is the first word, and whose last has the others."""
    first, *rest = cells
    codes = [nodes.literal("", word) for word in rest]
    return nodes.row("", nodes.entry("", nodes.paragraph("", first)), nodes.entry("", *codes))


# Code whose names are links


def linked(monkeypatch, source: str, *, at: str = "chapters/a", **places: tuple[str, str]) -> str:
    """Return the HTML of code whose names have these entries."""
    monkeypatch.setattr(
        "explorable.sphinx.library.names.entry", lambda env, full: places.get(full)
    )
    builder = SimpleNamespace(
        env=None, current_docname=at, get_relative_uri=lambda here, there: f"{here}->{there}"
    )
    names = [
        Name(match.start(), match.end(), match[0], imported=match[0].isupper())
        for match in re.finditer(r"\w+", source)
    ]
    parts = filter(None, re.split(r"(\W)", source))
    code = "".join(f'<span class="n">{html.escape(part)}</span>' for part in parts)
    return _with_links(
        SimpleNamespace(builder=builder), f'<div class="h"><pre>{code}</pre></div>', names
    )


def test_a_link_stands_around_its_name_and_inside_the_highlighters_elements(monkeypatch):
    places = {"relu": ("library/c", "a&b"), "x": ("chapters/a", "x")}
    assert linked(monkeypatch, "relu(x)", **places) == (
        '<div class="h"><pre><span class="n"><a href="chapters/a-&gt;library/c#a&amp;b">relu</a>'
        '</span><span class="n">(</span><span class="n">'
        '<a href="chapters/a-&gt;chapters/a#x">x</a></span><span class="n">)</span></pre></div>'
    )
    assert "<a" not in linked(monkeypatch, "relu(x)")


def test_each_line_of_code_knows_its_indent():
    code = "<div><pre><span></span>def f(x):\n        <b>return</b> x\n</pre></div>"
    assert hanging(code) == (
        '<div><pre><span class="line in0">def f(x):</span>\n'
        '<span class="line in2">        <b>return</b> x</span>\n</pre></div>'
    )


def test_a_module_is_a_link_where_it_is_imported_only(monkeypatch):
    place = ("library/c", "module-c")
    assert "<a" not in linked(monkeypatch, "concepts", concepts=place)
    assert "#module-c" in linked(monkeypatch, "CONCEPTS", CONCEPTS=place)


def test_a_letter_that_html_writes_otherwise_is_one_letter(monkeypatch):
    code = linked(monkeypatch, "x<yes", yes=("p", "y"))
    assert code.endswith(
        '<span class="n">&lt;</span><span class="n"><a href="chapters/a-&gt;p#y">yes</a></span>'
        "</pre></div>"
    )


# What the build refuses


def refused(monkeypatch, *, objects=(), modules=("house.room",), used=()) -> list[str]:
    """Return what is said of a book with these entries, whose chapter uses these names."""
    said: list[str] = []
    monkeypatch.setattr(entries, "_refuse", said.append)
    made = {
        kind: {n: SimpleNamespace(docname="page", node_id=f"{prefix}{n}") for n in found}
        for kind, prefix, found in (("objects", "", objects), ("modules", "module-", modules))
    }
    env = SimpleNamespace(
        found_docs={entries.HOME},
        domaindata={"py": made},
        book_uses={"chapters/a": dict.fromkeys(used, ("title", "id"))},
    )
    entries.check(SimpleNamespace(), env)
    return said


ALL = ("house.room.SIZES", "house.room.walk", "house.room.two.Door", "textwrap.dedent")


def test_a_complete_library_is_accepted(room, monkeypatch):
    room()
    used = (
        "house.room.walk",
        "house.room.one.walk",
        "house.room.SIZES.index",
        "mathdl.figures.a.draw",
    )
    assert refused(monkeypatch, objects=ALL, used=used) == []


def test_a_module_without_a_page_is_refused(room, monkeypatch):
    room()
    (said,) = refused(monkeypatch, modules=("other",))
    assert said.startswith("house.room has no page: add appendix/library/room.md")


def test_a_public_name_that_no_file_defines_is_refused(room, monkeypatch):
    room()
    assert refused(monkeypatch, objects=ALL[:3]) == [
        "house.room.dedent has no entry, for no file of house.room defines it"
    ]


def test_a_public_name_without_docstring_is_refused(room, monkeypatch):
    room(two=ROOM["two"].replace('    """A door."""\n\n', ""))
    assert refused(monkeypatch, objects=ALL) == ["house.room.two.Door has no docstring"]
    assert public_names.places()["house.room.two.Door"][1].docstring == ""


def test_a_chapter_that_uses_what_is_not_public_is_refused(room, monkeypatch):
    room()
    assert refused(monkeypatch, objects=ALL, used=("house.room.two.walk",)) == [
        "chapters/a uses house.room.two.walk, which is in no __all__ of the library"
    ]


# In the built book


def test_every_public_name_has_an_entry_with_its_code(site):
    pages = {
        heading[1]: text
        for path in (site / "appendix" / "library").rglob("*.html")
        if (heading := re.search(r"<h1>([\w.]+)", text := path.read_text("utf-8")))
    }
    assert set(modules()) == set(pages)
    for module in modules():
        listed = [name for file in files(module) for name in file.names]
        assert set(listed) <= read_page(pages[module]).ids
        sources = re.findall("<summary>Source: (?:mathdl|explorable)/", pages[module])
        assert len(sources) == len(listed)


def test_every_module_says_what_it_is_about_in_both_languages(site):
    assert all(ideas().values())
    words = translated_words()
    pages = [site / f"{folder}appendix/library.html" for folder in ("", "zh/")]
    english, chinese = (page.read_text("utf-8") for page in pages)
    for module in modules():
        about = idea(module).replace("'", "’")
        assert f"<p>{about}.</p>" in english
        assert f'<span lang="zh-Hans">{words[idea(module)]}。</span>' in chinese
    page = (site / "zh/appendix/library/background.html").read_text("utf-8")
    heading = words[idea("mathdl.background.xor")]
    assert f'<h2><span lang="zh-Hans">{heading}</span></h2>' in page
    assert 'id="xor-the-network-that-computes-it' in page
    lists = (site / "zh/appendix/library/faq.html").read_text("utf-8")
    assert "Attributes" not in lists
    assert "属性" in lists


def test_a_reader_goes_from_code_to_an_entry_and_back(reader):
    page = reader.open("chapters/backward.html")
    page.locator("pre a[href$='#mathdl.backward.check_gradient']:visible").first.click()
    signature = page.locator("dt:target").inner_text()
    assert signature.startswith("check_gradient(function, gradient, x")
    entry = page.locator("dl:has(> dt:target)")
    assert "Section 8.1" in entry.inner_text()
    code = entry.locator("details.fold")
    assert not code.locator("pre").is_visible()
    code.locator("summary").click()
    assert "def check_gradient" in code.locator("pre").inner_text()
    entry.get_by_role("link", name=re.compile("chapter 4")).click()
    page.wait_for_url("**/chapters/backward.html#*")
    assert page.locator(":target").count() == 1


def test_search_finds_a_name_of_the_library(reader):
    page = reader.open("search.html")
    page.fill("#search input", "matching_penalty")
    first = page.locator("#search .results a").first
    assert first.inner_text().startswith("matching_penalty(")
    first.click()
    assert page.locator("dt:target").inner_text().startswith("matching_penalty(")


def test_of_the_highlighters_elements_those_with_a_style_stay():
    code = '<span class="k">def</span> <span class="nf">f</span><span class="p">()</span>'
    assert PLAIN.sub(r"\1", code) == '<span class="k">def</span> f()'
    sheet = (ASSETS / "site.css").read_text(encoding="utf-8")
    styled = re.findall(r"\.highlight \.(\w+)", sheet)
    assert len(styled) > 9
    marked = [f'<span class="{name}">x</span>' for name in styled]
    assert [PLAIN.sub(r"\1", each) for each in marked] == marked
