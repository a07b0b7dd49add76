"""The parts of the build that turn text into text: read pages, previews, tables, terms, files."""

import json
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import pytest

from explorable.book.finish import _check, _write_not_found, _write_site_map
from explorable.book.problem import BookError
from explorable.book.repository import find_repository
from explorable.drawing.formulas import Renderer, _refuse
from explorable.languages.editions import ENGLISH
from explorable.languages.known import TRANSLATED as CHINESE
from explorable.sphinx.content.headings import links_outside
from explorable.sphinx.content.terms import glossary_terms, looked_up
from explorable.sphinx.frame.pages import _bar
from explorable.sphinx.site.page import read_page
from explorable.sphinx.site.previews import add_previews, element

# Reading a page

PAGE = """<html><head><link href="style.css"><script src="site.js"></script></head><body>
<nav><p>not of the text</p></nav>
<article><p>Before.</p>
<section id="one"><h1>The <em>title</em> <a href="#one">§</a></h1>
<p class="bar">20 minutes</p><p>Text with <code>a.b</code>. It ends:</p><p>More</p>
<div data-tex="hidden"><math><mi>x</mi></math></div>
<span data-tex="\\alpha"><math><mi>y</mi></math></span>
<section id="two"><h2>Second</h2><p>See <a href="other.html#there">this</a>.</p>
<span aria-hidden="true">unseen</span><img src="a.png" alt="A picture"><br>After</section>
<h3 id="three">Third</h3><p>deep <button>press</button></p></section></article>
<p>after the article</p></body></html>"""


def test_a_page_is_read_section_by_section_and_name_by_name():
    page = read_page(PAGE)
    assert page.title == "The title"
    assert [(part.kind, part.title, part.anchor, part.text) for part in page.parts] == [
        ("section", "", "", "Before."),
        ("page", "The title", "", "Text with a.b. It ends: More α"),
        ("section", "Second", "two", "See this. After"),
        ("section", "Third", "three", "deep"),
    ]
    assert page.links == ["style.css", "site.js", "#one", "other.html#there", "a.png"]
    assert page.ids == {"one", "two", "three"}
    assert page.faults == []
    page = read_page(
        '<article><h1>mathdl.a</h1><dl><dt class="sig sig-object py" id="mathdl.a.f">f(x)'
        '<a href="#mathdl.a.f">§</a></dt><dd>What <dl><dt>Parameters</dt></dl></dd></dl></article>'
    )
    (name,) = (part for part in page.parts if part.kind == "name")
    assert (name.title, name.anchor, name.text) == ("f(x)", "mathdl.a.f", "What Parameters")
    assert page.title == "mathdl.a"


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ('<p id="a"></p><p id="a"></p>', ["the id a occurs twice"]),
        ('<img src="x.png">', ["the picture x.png has no alternative text"]),
        ('<svg role="img"></svg>', ["a drawing (svg role=img) has no aria-label"]),
        ("<article><h1>a</h1><h3>b</h3></article>", ["a heading h3 follows a heading h1"]),
        ('<img src="x.png" alt="">', []),
        ('<svg role="img" aria-label="a"></svg>', []),
        ('<svg aria-hidden="true"></svg>', []),
        ("<article><h1>a</h1><h2>b</h2><h3>c</h3><h2>d</h2></article>", []),
        ('<a href="data:x">a</a>', []),
    ],
)
def test_faults_of_a_page_are_named(text, faults):
    page = read_page(text)
    assert page.faults == faults
    assert "data:x" not in page.links


def test_what_a_reference_leads_to_is_sought_from_the_folder_of_the_page():
    page = '<article><a class="reference internal" href="g.html#term-loss">l</a></article>'
    texts = {"g.html": '<dl><dt id="term-loss">loss</dt><dd><p>Lost.</p></dd></dl>'}
    assert "<p>Lost.</p></template>" in add_previews("a.html", page, texts)
    assert "<template" not in add_previews("chapters/a.html", page, texts)
    assert element("<div id='a'></div>", "b") == ""
    assert element('<div id="a"><div>', "a") == ""
    assert element('<dt id="a">', "a") == ""
    link = '<a class="reference internal" href="b.html#id7" title="A &amp; B. 2020.">2020</a>'
    assert add_previews("a.html", link, {}) == link.replace("title=", "data-source=")
    other = '<a class="reference internal" href="b.html#part" title="Part">there</a>'
    assert add_previews("a.html", other, {}) == other


def test_the_link_to_a_section_stands_before_its_heading_and_is_named_by_it():
    heading = "<h2><span>1.2. </span>A &amp; B{}</h2>"
    link = '<a class="headerlink" href="#a-b" title="Link to this heading">§</a>'
    assert links_outside(heading.format(link)) == (
        '<a class="headerlink" href="#a-b" aria-label="Link to: 1.2. A &amp; B">§</a>'
        + heading.format("")
    )
    formula = "<h3>The case <math><mi>p</mi></math>{}</h3>"
    assert 'aria-label="Link to this section"' in links_outside(formula.format(link))
    plain = "<h2>a</h2><p>b</p>"
    assert links_outside(plain) == plain
    term = '<dt id="term-a">A &amp; B <span lang="en">b</span>{}</dt>'
    link = '<a class="headerlink" href="#term-a" {}>§</a>'
    assert links_outside(term.format(link.format('title="Link to this term"'))) == (
        term.format(link.format('aria-label="Link to: A &amp; B b"'))
    )


def test_a_glossary_lists_terms_which_are_looked_up_without_capitals_or_plural():
    written = ["Loss", "weights", "Chain  rule\n", "Taylor’s theorem", "bias", "a\nb"]
    forms = ["loss", "weight", "chain rule", "taylor's theorem", "bia", "a b"]
    assert [*map(looked_up, written)] == forms
    text = (
        "# Glossary\n\n```{glossary}\nloss\ncost\n  What is lost.\n\nWeights\n  Numbers.\n"
        "  More.\nbias\n: Another number.\n```\n\nnot a term\n\n```{glossary}\nslope\n  s\n```\n"
    )
    assert glossary_terms(text) == {
        "loss": "loss", "cost": "loss", "weight": "Weights", "bia": "bias", "slope": "slope"
    }  # fmt: skip


@pytest.mark.parametrize(
    ("host", "project", "branch"),
    [("github.com", "gh/some/book", "main"), ("gitlab.com", "gl/some%2Fbook", "a%2Fb")],
)
def test_a_chapter_in_a_repository_runs_on_binder_and_on_a_hub(host, project, branch):
    where = {
        "host": host, "name": "some/book", "url": f"https://{host}/some/book",
        "branch": branch.replace("%2F", "/"),
    }  # fmt: skip
    bar = _bar(where, "chapters/a", (7, 7, ""), "../")
    assert (
        f'<a class="binder" href="https://mybinder.org/v2/{project}/{branch}'
        '?urlpath=lab%2Ftree%2Fchapters%2Fa.ipynb">Run on Binder</a>'
    ) in bar
    assert (
        '<a class="hub" href="https://nbgitpuller.readthedocs.io/en/latest/link.html?'
        f"repo=https%3A%2F%2F{host}%2Fsome%2Fbook&amp;branch={branch}"
        '&amp;urlpath=lab%2Ftree%2Fbook%2Fchapters%2Fa.ipynb">Run on a JupyterHub</a>'
    ) in bar
    assert "<span>7 minutes</span>" in bar


def test_colab_and_kaggle_open_a_chapter_that_knows_where_its_library_is():
    where = {
        "host": "github.com", "name": "some/book", "url": "https://github.com/some/book",
        "branch": "main", "installs": True,
    }  # fmt: skip
    bar = _bar(where, "chapters/a", (7, 7, "2 hours"), "../")
    file = "some/book/blob/main/chapters/a.ipynb"
    assert f'href="https://colab.research.google.com/github/{file}">Run on Colab</a>' in bar
    assert f'href="https://kaggle.com/kernels/welcome?src=https://github.com/{file}">' in bar
    assert "<span>7 minutes to read, 2 hours with all exercises</span>" in bar
    for hours, words in {"": "7 minutes, 40", "2 hours": "7 minutes to read, 40"}.items():
        told = _bar(where, "chapters/a", (7, 40, hours), "../")
        assert f"<span>{words} with all that goes deeper" in told
    for change in ({"installs": False}, {"host": "gitlab.com"}):
        assert "colab" not in _bar(where | change, "chapters/a", (7, 7, ""), "../")
    where = {"host": "git.example.org", "name": "a/b", "url": "https://x", "branch": "main"}
    assert "mybinder" not in _bar(where, "a", (1, 1, ""), "")
    assert "nbgitpuller" in _bar(where, "a", (1, 1, ""), "")
    assert "<span>1 minute</span>" in _bar(where, "a", (1, 1, ""), "")


def test_formulas_are_rendered_once_and_kept(tmp_path):
    kept = tmp_path / "formulas.json"
    first = Renderer(kept)
    inline, display = first("x^2", display=False), first("x^2", display=True)
    assert inline.startswith("<math><msup><mi>x</mi>")
    assert display == inline.replace("<math>", '<math display="block">')
    first.save()
    stored = json.loads(kept.read_text(encoding="utf-8"))
    assert stored["formulas"] == {"Ix^2": inline, "Dx^2": display}
    stored["formulas"]["Ix^2"] = "from the file"
    kept.write_text(json.dumps(stored), encoding="utf-8")
    second = Renderer(kept)
    assert second("x^2", display=False) == "from the file"
    second.save()  # what this build did not use is forgotten
    assert list(json.loads(kept.read_text(encoding="utf-8"))["formulas"]) == ["Ix^2"]
    kept.write_text(json.dumps(stored | {"version": "0"}), encoding="utf-8")
    assert Renderer(kept).known == {}
    assert Renderer(tmp_path / "none.json").known == {}
    Renderer(None).save()
    assert {path.name for path in tmp_path.iterdir()} == {"formulas.json"}


def test_formulas_that_browsers_or_the_fonts_would_refuse_are_refused():
    with pytest.raises(ValueError, match="the font of formulas lacks the sign ⊛"):
        Renderer(None)(r"a \circledast b", display=False)
    malformed = "<math><msub><mi>a</mi><mi>b</mi><mo>c</mo></msub></math>"
    with pytest.raises(ValueError, match="malformed <msub>"):
        _refuse(ElementTree.fromstring(malformed))
    _refuse(ElementTree.fromstring(malformed.replace("<mo>c</mo>", "")))
    math = ElementTree.fromstring(Renderer(None)(r"\lambda_{\max}^{\ln}", display=False))
    (both,) = (element for element in math.iter() if element.tag.endswith("msubsup"))
    assert ["".join(child.itertext()).strip("\u2061") for child in both] == ["λ", "max", "ln"]


def test_links_that_lead_nowhere_are_named(tmp_path):
    texts = {
        "a.html": '<p id="x"></p><a href="#x"></a><a href="b.html#y"></a><a href="b.html#none">'
        '</a><a href="c.html"></a><a href="https://example.org/q"></a><a href="//example.org"></a>'
        '<a href="b.html?q=1#y"></a><a href="mailto:a@b"></a><a href="#lost"></a>',
        "b.html": '<p id="y"></p><img src="b.html">',
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(BookError) as told:
        _check({name: read_page(text) for name, text in texts.items()}, tmp_path)
    assert str(told.value).splitlines() == [
        "a.html: a link leads to b.html#none, but nothing there has that id",
        "a.html: a link leads to c.html, which does not exist",
        "a.html: a link leads to #lost, but nothing there has that id",
        "b.html: the picture b.html has no alternative text",
    ]


def test_the_page_for_the_lost_leads_home_and_the_site_map_is_xml(tmp_path):
    _write_not_found(tmp_path, "https://example.org/a&b/", [(ENGLISH, "Deep < learning")])
    text = (tmp_path / "404.html").read_text(encoding="utf-8")
    assert "Content-Security-Policy" in text
    assert '<a href="https://example.org/a&amp;b/">first page of the book</a>' in text
    assert "<title>No such page · Deep &lt; learning</title>" in text
    assert '<form action="https://example.org/a&amp;b/search.html" role="search">' in text
    assert "form-action 'self' https://example.org/a&amp;b/\"" in text
    _write_not_found(tmp_path, "", [(ENGLISH, "t"), (CHINESE, "t")])
    text = (tmp_path / "404.html").read_text(encoding="utf-8")
    assert '<html lang="en">' in text
    assert '<a href="/">' in text
    assert '<section lang="zh-Hans">' in text
    assert '<a href="/zh/">' in text
    _write_site_map({"a&b.html": None}, tmp_path, "https://example.org/", set())
    text = (tmp_path / "sitemap.xml").read_text(encoding="utf-8")
    assert "<loc>https://example.org/a&amp;b.html</loc>" in text


def git(folder: Path, *arguments: str) -> None:
    names = ["-c", "user.name=a", "-c", "user.email=a@b"]
    subprocess.run(["git", *names, *arguments], cwd=folder, check=True, capture_output=True)


def test_a_clone_or_a_workflow_names_the_repository(monkeypatch, tmp_path):
    for name in ("GITHUB_REPOSITORY", "GITHUB_SERVER_URL", "GITHUB_REF_NAME"):
        monkeypatch.delenv(name, raising=False)
    assert find_repository(tmp_path) is None
    git(tmp_path, "init", "-q", "-b", "draft")
    assert find_repository(tmp_path) is None
    git(tmp_path, "remote", "add", "origin", "git@gitlab.com:some/book.git")
    assert find_repository(tmp_path).branch == "main"  # before the first commit
    git(tmp_path, "commit", "-q", "--allow-empty", "-m", "first")
    found = find_repository(tmp_path)
    assert (found.url, found.name, found.branch) == (
        "https://gitlab.com/some/book", "some/book", "draft"
    )  # fmt: skip
    git(tmp_path, "checkout", "-q", "--detach")
    assert find_repository(tmp_path).branch == "main"
    monkeypatch.setenv("GITHUB_REPOSITORY", "some/book")
    found = find_repository(tmp_path)
    assert (found.url, found.name, found.branch, found.host) == (
        "https://github.com/some/book", "some/book", "main", "github.com"
    )  # fmt: skip
    monkeypatch.setenv("GITHUB_SERVER_URL", "https://git.example.org/")
    monkeypatch.setenv("GITHUB_REF_NAME", "next")
    found = find_repository(tmp_path)
    assert (found.url, found.branch) == ("https://git.example.org/some/book", "next")
