"""The library's pages in a small book whose library is a villa, in both languages."""

import contextlib
import importlib
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from unittest.mock import patch

import bs4
import nbformat
import pytest

from explorable.book.problem import BookError
from explorable.book.sphinx_run import run_sphinx
from explorable.book.told import tell
from explorable.languages.editions import ENGLISH, Edition
from explorable.languages.known import TRANSLATED as CHINESE
from explorable.library import public_names
from explorable.library.public_names import Name, bindings, definitions, files, library_names
from explorable.sphinx.library.entries import HOME
from tests.explorable.book.here import run_sphinx_here
from tests.explorable.book.small import CONFIG

# A package with files, one of which has names of its own; a module that has no files; a module in
# a package that says nothing; a file that is lent; drawings; and what is nobody's.
VILLA = {
    "villa/__init__": "",
    "villa/room/__init__": '''"""A `room` to walk in.

Its words stand on its page.
"""

from villa.garden import Bed
from villa.room.steps import SIZES, walk
from villa.tools import hammer

__all__ = ["SIZES", "Bed", "hammer", "shout", "walk"]


def shout():
    """Make noise."""
    return "!"
''',
    "villa/room/steps": '''"""What moves"""
import functools
from villa.garden import Bed

SIZES: tuple[int, ...] = (1, 2)
"""How large.

In metres.
"""


@functools.cache
def walk(n, how="he"):
    """Walk `n` steps, |n| < 9, ``a | b``, to `villa.room.shout` or `far.away`.

    Parameters
    ----------
    n : int
        Of one2001thing.
    how : {"he", "she"}
        In which way.

    References
    ----------
    See one2001thing, |n|.

    Examples
    --------
    >>> walk(1) | 2  # one2001thing
    """
    return Bed if how else SIZES[0]
''',
    "villa/room/loft": '''"""What is above."""
__all__ = ["Ladder"]
SIZES = ()


class Ladder:
    """A ladder, with ``Attributes``.

    Attributes
    ----------
    rungs : int
        How many.
    """

    def climb(self):
        """Climb."""
        return 1

    @property
    def top(self):
        """The top."""
        return 2

    def silent(self):
        return 3
''',
    "villa/room/_hidden": '__all__ = ["crawl"]\ndef crawl(): ...\n',
    "villa/tools": '"""\nTools, lent to all."""\ndef hammer(x):\n    """Hit."""\n    return x\n',
    "villa/garden": '''"""Beds and paths."""
__all__ = ["Bed"]


class Bed:
    """Where it grows."""
''',
    "villa/attic/__init__": "",
    "villa/attic/box": '"""A box."""\nfrom villa.room import walk\n__all__ = ["lid", "walk"]\n'
    'def lid():\n    """Close."""\n',
    "villa/drawn/__init__": "",
    "villa/drawn/picture": '__all__ = ["draw"]\ndef draw(): ...\n',
}
TOC = """format: jb-book
root: intro
parts:
  - caption: Chapters
    numbered: 2
    chapters:
      - file: chapters/b
      - file: chapters/a
  - caption: Appendix
    chapters:
      - file: appendix/extra
      - file: appendix/library
        sections:
          - file: appendix/library/garden
          - file: appendix/library/room
          - file: appendix/library/attic/box
"""
PAGES = {
    "intro": "# Start\n\n```{bibliography}\n```\n\n"
    "```{eval-rst}\n.. py:function:: other()\n   :no-index:\n\n   Another.\n```\n",
    HOME: "# Library\n\n```{library}\n```\n",
} | {
    f"{HOME}/{name.replace('.', '/')}": f"# villa.{name}\n\n```{{library}} villa.{name}\n```\n"
    for name in ("garden", "room", "attic.box")
}
NOTEBOOKS = {
    "chapters/b": [
        "# First",
        "from villa.room import SIZES, walk",
        "## Deep",
        "walk(1)",
        "## Again",
        "walk(2) + SIZES.index(0)",
    ],
    "chapters/a": [
        "# Second",
        "import villa.garden as g\nimport villa.room as r\nfrom villa.room import loft\n"
        "r.walk(3)\nr.Bed()\nloft.Ladder.climb",
        "## Below",
        "from villa.drawn import picture\npicture.draw(g.Bed())",
    ],
    "appendix/extra": ["# Extra", "from villa.room import Bed, walk\nBed(walk(0))"],
}
SOURCES = "@article{one2001thing, author={Some One}, title={T}, journal={J}, year={2001}}\n"
WORDS = {
    "A `room` to walk in": "可走的`房间`",
    "What moves": "会动的",
    "What is above": "上面的",
    "Tools, lent to all": "借来的工具",
    "Beds and paths": "花坛和小路",
    "A box": "`箱`子",
    "Attributes": "属性",
    "Used in ": "用于",
    "{page}: {place}": "{page}：{place}",
    ", ": "、",
    "chapter {number}": "第{number}章",
    "Source: {file}, line {line}": "源码：{file}，第{line}行",
}


@contextlib.contextmanager
def standing(folder: Path, **changes: str) -> Iterator[None]:
    """Let the villa, with these files changed or added, be all there is of the library."""
    for name, text in (VILLA | changes).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / f"{name}.py").write_text(text, encoding="utf-8")
    with (
        patch("explorable.library.public_names.PACKAGES", ("villa",)),
        patch("explorable.sphinx.library.entries.PACKAGES", ("villa",)),
        patch("explorable.library.public_names.DRAWN", {"drawn"}),
        patch.object(sys, "path", [str(folder), *sys.path]),
    ):
        try:
            forget()
            yield
        finally:
            forget()


def forget() -> None:
    for cached in (files, definitions, bindings, public_names.places, public_names.aliases):
        cached.cache_clear()
    for name in [name for name in sys.modules if name.startswith("villa")]:
        del sys.modules[name]
    importlib.invalidate_caches()


def write(
    folder: Path, edition: Edition = ENGLISH, toc: str = TOC, **notebooks: list[str]
) -> Path:
    """Write what Sphinx reads of an edition, and let it; return the folder of the HTML."""
    stage = folder / edition.code / "stage"
    for name, text in PAGES.items():
        (stage / name).parent.mkdir(parents=True, exist_ok=True)
        (stage / f"{name}.md").write_text(text, encoding="utf-8")
    for name, sources in (NOTEBOOKS | notebooks).items():
        cells = [
            nbformat.v4.new_markdown_cell(source)
            if source.startswith("#")
            else nbformat.v4.new_code_cell(source)
            for source in sources
        ]
        made = nbformat.v4.new_notebook(
            cells=cells, metadata={"language_info": {"name": "python"}}
        )
        (stage / name).parent.mkdir(parents=True, exist_ok=True)
        nbformat.write(made, stage / f"{name}.ipynb")
    told = {"edition": vars(edition), "words": WORDS if edition is CHINESE else {}}
    config = CONFIG.replace("    language: en\n", f"    language: {edition.sphinx}\n")
    (stage / "_toc.yml").write_text(toc, encoding="utf-8")
    (stage / "_config.yml").write_text(config, encoding="utf-8")
    (stage / "references.bib").write_text(SOURCES, encoding="utf-8")
    tell(stage, edition=told)
    with patch("explorable.book.sphinx_run.subprocess", SimpleNamespace(run=run_sphinx_here)):
        return run_sphinx(stage, stage.parent, strict=True)


def plain(page: Path) -> str:
    """Return the HTML of a page's text without what only styles it."""
    parsed = bs4.BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")
    for link in parsed.find_all(class_="headerlink"):
        link.decompose()
    for tag in parsed.article.find_all(True):
        role = [name for name in tag.get("class", ()) if name in ("external", "fold", "places")]
        tag.attrs = {name: tag[name] for name in ("id", "href", "lang") if tag.has_attr(name)}
        tag.attrs |= {"class": role} if role else {}
        if tag.name in ("span", "div") and not tag.attrs:
            tag.unwrap()
    return re.sub(r"\n\s*\n", "\n", parsed.article.decode_contents()).strip()


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """Return by language a function that gives the text of a page."""
    folder = tmp_path_factory.mktemp("villa")
    with standing(folder):
        html = {edition.lang: write(folder, edition) for edition in (ENGLISH, CHINESE)}

    def page(name: str, lang: str = "en") -> str:
        places = r'(?<=<p) id="villa-[\w-]+\.\d+"'  # of paragraphs, tested elsewhere
        return re.sub(places, "", plain(html[lang] / f"{name}.html"))

    return page


# The pages

ROOM = """\
<section id="villa-room">
<h1>villa.room</h1>
<p id="module-villa.room">A <code>room</code> to walk in.</p>
<p>Its words stand on its page.</p>
<p><a href="#villa.room.shout"><code>shout</code></a>, \
<a href="#villa.room.loft.Ladder"><code>Ladder</code></a>, \
<a href="#villa.room.SIZES"><code>SIZES</code></a>, \
<a href="#villa.room.walk"><code>walk</code></a>, \
<a href="#villa.room.hammer"><code>hammer</code></a></p>
<dl>
<dt id="villa.room.shout">
shout()</dt>
<dd><p>Make noise.</p>
<details class="fold">
<summary>Source: villa/room/__init__.py, line 13</summary>
<pre>def shout():
    return "!"
</pre>
</details>
</dd></dl>
<section id="what-is-above">
<h2>What is above</h2>
<div id="module-villa.room.loft"><pre>from villa.room import loft
</pre>
</div>
<dl>
<dt id="villa.room.loft.Ladder">
<em>class </em>Ladder</dt>
<dd><p>A ladder, with <code>Attributes</code>.</p>
<dl>
<dt>Attributes:</dt>
<dd><p><strong>rungs</strong> (<em>int</em>) – How many.</p>
</dd>
</dl>
<dl>
<dt id="villa.room.loft.Ladder.climb">
climb()</dt>
<dd><p>Climb.</p>
</dd></dl>
<dl>
<dt id="villa.room.loft.Ladder.top">
<em>property </em>top</dt>
<dd><p>The top.</p>
</dd></dl>
<p class="places">Used in <a href="../../chapters/a.html#second">chapter 2: Second</a></p>
<details class="fold">
<summary>Source: villa/room/loft.py, line 6</summary>
<pre>class Ladder:
    def climb(self):
        return 1
    @property
    def top(self):
        return 2
    def silent(self):
        return 3
</pre>
</details>
</dd></dl>
</section>
<section id="what-moves">
<h2>What moves</h2>
<dl>
<dt id="villa.room.SIZES">
SIZES</dt>
<dd><p>How large.</p>
<p>In metres.</p>
<p class="places">Used in <a href="../../chapters/b.html#again">chapter 1: Again</a></p>
<details class="fold">
<summary>Source: villa/room/steps.py, line 5</summary>
<pre>SIZES: tuple[int, ...] = (1, 2)
</pre>
</details>
</dd></dl>
<dl>
<dt id="villa.room.walk">
walk(<em>n</em>, <em>how='he'</em>)</dt>
<dd><p>Walk <code>n</code> steps, |n| &lt; 9, <code>a | b</code>, to \
<a href="#villa.room.shout"><code>villa.room.shout</code></a> or <code>far.away</code>.</p>
<dl>
<dt>Parameters:</dt>
<dd><ul>
<li><p><strong>n</strong> (<em>int</em>) – Of one2001thing.</p></li>
<li><p><strong>how</strong> (<em>{"he", "she"}</em>) – In which way.</p></li>
</ul>
</dd>
</dl>
<p>References</p>
<p>See <span id="id1">One [<a href="../../intro.html#id2">2001</a>]</span>, |n|.</p>
<p>Examples</p>
<pre>&gt;&gt;&gt; walk(1) | 2  # one2001thing
</pre>
<p class="places">Used in <a href="../extra.html#extra">extra: Extra</a>, \
<a href="../../chapters/b.html#deep">chapter 1: Deep</a>, \
<a href="../../chapters/a.html#second">chapter 2: Second</a></p>
<details class="fold">
<summary>Source: villa/room/steps.py, line 13</summary>
<pre>@functools.cache
def walk(n, how="he"):
    return <a href="garden.html#villa.garden.Bed">Bed</a> if how else \
<a href="#villa.room.SIZES">SIZES</a>[0]
</pre>
</details>
</dd></dl>
</section>
<section id="tools-lent-to-all">
<h2>Tools, lent to all</h2>
<dl>
<dt id="villa.room.hammer">
hammer(<em>x</em>)</dt>
<dd><p>Hit.</p>
<details class="fold">
<summary>Source: villa/tools.py, line 3</summary>
<pre>def hammer(x):
    return x
</pre>
</details>
</dd></dl>
</section>
</section>"""
LIST = """\
<section id="library">
<h1>Library</h1>
<dl>
<dt><a href="library/garden.html#module-villa.garden"><code>villa.garden</code></a></dt>\
<dd><p>Beds and paths.</p>
</dd>
<dt><a href="library/room.html#module-villa.room"><code>villa.room</code></a></dt>\
<dd><p>A <code>room</code> to walk in.</p>
</dd>
<dt><a href="library/attic/box.html#module-villa.attic.box"><code>villa.attic.box</code></a></dt>\
<dd><p>A box.</p>
</dd>
</dl>
</section>"""

OWN = '<span lang="zh-Hans">'
OF_SPHINX = {"Parameters:": "参数:", "References": "引用", "Examples": "示例"}


def test_a_page_has_an_entry_for_each_name_with_its_uses_and_its_code(pages):
    assert pages(f"{HOME}/room") == ROOM
    assert pages(HOME) == LIST
    used = '<p class="places">Used in <a href="../extra.html#extra">extra: Extra</a>, '
    assert used in pages(f"{HOME}/garden")  # under the name of another module


@pytest.mark.parametrize("lang", ["en", "zh-Hans"])
def test_what_another_page_describes_has_neither_uses_nor_code_and_the_index_no_names(pages, lang):
    end = "<dl>\n<dt>\nother()</dt>\n<dd><p>Another.</p>\n</dd></dl>\n</section>"
    assert pages("intro", lang).endswith(f"</div>\n{end}")
    assert pages("genindex", lang) == "<h1>Index</h1>"


def test_the_chinese_pages_say_in_chinese_what_is_not_from_a_docstring(pages):
    expected = ROOM
    for english, chinese, times in [
        ("A <code>room</code> to walk in.", f"{OWN}可走的<code>房间</code>。</span>", 1),
        ("What is above", f"{OWN}上面的</span>", 1),
        ("What moves", f"{OWN}会动的</span>", 1),
        ("Tools, lent to all", f"{OWN}借来的工具</span>", 1),
        ('<p id="module-villa.room"', '<p id="module-villa.room" lang="en"', 1),
        ("<p>Its", '<p lang="en">Its', 1),
        ('<p><a href="#villa', '<p lang="en"><a href="#villa', 1),
        ('<dl>\n<dt id="villa.room.shout', '<dl lang="en">\n<dt id="villa.room.shout', 1),
        ('<section id="what-is-above"', '<section id="what-is-above" lang="en"', 1),
        ('<section id="what-moves"', '<section id="what-moves" lang="en"', 1),
        ('<section id="tools-lent-to-all"', '<section id="tools-lent-to-all" lang="en"', 1),
        ('<p class="places">Used in ', '<p class="places" lang="zh-Hans">用于', 3),
        ('</a>, <a href="../', '</a>、<a href="../', 2),
        ("extra: E", "extra：E", 1),
        ("chapter 1: ", "第1章：", 2),
        ("chapter 2: ", "第2章：", 2),
        ('<details class="fold">', '<details class="fold" lang="zh-Hans">', 5),
        ("Attributes:", "属性:", 1),
        *((f">{english}<", f">{chinese}<", 1) for english, chinese in OF_SPHINX.items()),
    ]:
        assert expected.count(english) == times, english
        expected = expected.replace(english, chinese)
    expected = re.sub(r"Source: (\S+), line (\d+)", r"源码：\1，第\2行", expected)
    assert pages(f"{HOME}/room", "zh-Hans") == expected
    expected = LIST.replace("<dl>", '<dl lang="en">')
    for english, chinese in [
        ("Beds and paths", "花坛和小路"),
        ("A <code>room</code> to walk in", "可走的<code>房间</code>"),
        ("A box", "<code>箱</code>子"),
    ]:
        expected = expected.replace(f"<p>{english}.</p>", f"<p>{OWN}{chinese}。</span></p>")
    assert pages(HOME, "zh-Hans") == expected


def test_all_that_is_missing_is_refused_at_once(tmp_path):
    changes = {
        "villa/attic/box": '"""A box."""\n__all__ = ["lid"]\ndef lid(): ...\n',
        "villa/room/__init__": '"""A room."""\nfrom textwrap import dedent\nSIZES = [1]\n'
        '"""One."""\n__all__ = ["SIZES", "dedent"]\n',
    }
    notebooks = {
        "chapters/b": ["# First", "from villa.room import SIZES\nSIZES.index(0)"],
        "chapters/a": ["# Second", "import villa.room as r\nr.walk\nr.SIZES"],
        "appendix/extra": ["# Extra", "import villa.drawn as d\nd.picture.draw()"],
    }
    toc = TOC.replace("          - file: appendix/library/garden\n", "")
    with standing(tmp_path, **changes), pytest.raises(BookError) as told:
        write(tmp_path, toc=toc, **notebooks)
    assert str(told.value).split("\n") == [
        "WARNING: villa.attic.box.lid has no docstring [ref.library]",
        "WARNING: villa.garden has no page: add appendix/library/garden.md with "
        "{library} villa.garden to _toc.yml [ref.library]",
        "WARNING: villa.room.dedent has no entry, for no file of villa.room defines it "
        "[ref.library]",
        "WARNING: chapters/a uses villa.room.walk, which is in no __all__ of the library "
        "[ref.library]",
        "appendix/library.md:11: WARNING: py:mod reference target not found: villa.garden "
        "[ref.mod]",
    ]


# What a file defines


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("import os\nif os:\n    a = 1\nos.a = 1\na, b = 1, 2\na = b = 1\n'''A.'''", {}),
        ("a: int = (\n    1\n)\n'''\n  A.\n\n    B.\n  '''\nb = 1",
         {"a": ("data", "A.\n\n  B.", "a: int = (\n    1\n)", 1, []),
          "b": ("data", "", "b = 1", 9, [])}),
        ("def f():\n    '''F.\n\n    More.\n    '''\n\n    def g():\n        '''G.'''\n"
         "        return 'h'\n    'I.'\n    \n\n    return g\n",
         {"f": ("function", "F.\n\nMore.",
                "def f():\n    def g():\n        return 'h'\n\n    return g", 1, [])}),
        ("class C:\n    '''C.'''\n\n    def _f(self):\n        '''F.'''\n\n    def g(self):\n"
         "        '''G.'''\n\n    def h(self): ...\n\n    x = 1",
         {"C": ("class", "C.", "class C:\n    def _f(self):\n    def g(self):\n"
                "    def h(self): ...\n\n    x = 1", 1, ["g"])}),
    ],
)  # fmt: skip
def test_a_definition_is_told_by_its_docstring_and_its_code_without(tmp_path, source, expected):
    with standing(tmp_path, **{"villa/garden": source}):
        assert definitions("villa.garden") == expected


def test_a_name_stands_where_its_last_part_does():
    source = "import mathdl.forward, os\nfrom mathdl import concepts as c, é\né.é(c.a\n  .relu)"
    known = {"os": "mathdl.os", "c": "mathdl.other"}
    found = library_names(source, known)
    assert [(source[each.start : each.end], each) for each in found] == [
        ("forward", Name(14, 21, "mathdl.forward", imported=True)),
        ("concepts", Name(45, 53, "mathdl.concepts", imported=True)),
        ("é", Name(60, 61, "mathdl.é", imported=True)),
        ("é", Name(62, 63, "mathdl.é", imported=False)),
        ("é", Name(64, 65, "mathdl.é.é", imported=False)),
        ("c", Name(66, 67, "mathdl.concepts", imported=False)),
        ("a", Name(68, 69, "mathdl.concepts.a", imported=False)),
        ("relu", Name(73, 77, "mathdl.concepts.a.relu", imported=False)),
    ]
    assert known == {
        "mathdl.forward": "mathdl.forward", "c": "mathdl.concepts", "é": "mathdl.é",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("source", "left", "found"),
    [
        ("a.x = 1\nb[c] = 1", "abcd", ["a", "a.x", "b", "c"]),
        ("a, (b, *c) = d, (2, d)", "d", ["d", "d"]),
        ("a += b\na", "bcd", ["b"]),
        ("with a as b:\n    b", "acd", ["a"]),
        ("for a in b:\n    a, c\n    c = a", "bd", ["b", "c"]),
        ("while (a := b):\n    a", "bcd", ["b"]),
        ("if a:\n    b = 1\nelse:\n    import c", "ad", ["a"]),
        ("(a := b)", "bcd", ["b"]),
        ("def a(b, *c, d=1):\n    d, c, b, a", "bcd", []),
        ("def a(b):\n    c = 1\n    def d(): pass\n    c, d", "bcd", []),
        ("def a():\n    b\n    if c:\n        b = 1", "bcd", ["c"]),
        ("class a:\n    b = c\n    def d(self): pass\nb, d", "bcd", ["c", "b", "d"]),
        ("lambda a, *b: (a, b, c)", "abcd", ["c"]),
        ("[a for a in b if a], a", "abcd", ["b", "a"]),
        ("{a for a in b}, a", "abcd", ["b", "a"]),
        ("{a: 1 for a in b}, a", "abcd", ["b", "a"]),
        ("list(a for a in b), a", "abcd", ["b", "a"]),
        ("import a, b.a\na", "bcd", []),
        ("import numpy as a\nfrom torch import x as b\na, b, c", "cd", ["c"]),
        ("from mathdlx import a\na", "bcd", []),
        ("a().b[0].c, d.a", "abcd", ["a", "d", "d.a"]),
        ("del a\na", "abcd", ["a"]),
    ],
)
def test_a_name_is_one_of_the_library_until_the_code_gives_it_another_meaning(source, left, found):
    known = {name: f"mathdl.{name}" for name in "abcd"}
    names = library_names(source, known)
    assert [each.full for each in names] == [f"mathdl.{name}" for name in found]
    assert known == {name: f"mathdl.{name}" for name in left}
