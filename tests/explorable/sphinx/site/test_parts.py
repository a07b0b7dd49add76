"""The parts of the build that turn text into text: terms, formulas, ways to run, files."""

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
from explorable.sphinx.content.terms import glossary_terms, looked_up
from explorable.sphinx.frame.pages import _bar
from explorable.sphinx.site.page import read_page


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


WHERE = {"host": "github.com", "name": "some/book", "url": "https://github.com/some/book",
         "branch": "main", "installs": True}  # fmt: skip
NOTEBOOK = "https://github.com/some/book/blob/main/chapters/a.ipynb"
BINDER = (
    '<a class="binder" href="https://mybinder.org/v2/{}?urlpath=lab%2Ftree%2Fchapters%2Fa.ipynb">'
)
HUB = (
    '<a class="hub" href="https://nbgitpuller.readthedocs.io/en/latest/link.html?repo={}'
    '&amp;branch={}&amp;urlpath=lab%2Ftree%2Fbook%2Fchapters%2Fa.ipynb">Run on a JupyterHub</a>'
)


def test_a_chapter_in_a_repository_runs_where_its_host_lets_it():
    bar = _bar(WHERE, "chapters/a", (7, 7, ""), "../")
    assert BINDER.format("gh/some/book/main") in bar
    assert HUB.format("https%3A%2F%2Fgithub.com%2Fsome%2Fbook", "main") in bar
    assert f'href="https://colab.research.google.com/github/{NOTEBOOK[19:]}">Run on Colab' in bar
    assert f'href="https://kaggle.com/kernels/welcome?src={NOTEBOOK}">Run on Kaggle' in bar
    assert "colab" not in _bar(WHERE | {"installs": False}, "chapters/a", (7, 7, ""), "../")
    bar = _bar(WHERE | {"host": "gitlab.com", "branch": "a/b"}, "chapters/a", (7, 7, ""), "../")
    assert BINDER.format("gl/some%2Fbook/a%2Fb") in bar
    assert "colab" not in bar
    bar = _bar(WHERE | {"host": "git.example.org"}, "a", (7, 7, ""), "")
    assert ("mybinder" in bar, "nbgitpuller" in bar) == (False, True)


@pytest.mark.parametrize(
    ("time", "words"),
    [
        ((1, 1, ""), "1 minute"),
        ((7, 7, ""), "7 minutes"),
        ((7, 40, ""), "7 minutes, 40 with all that goes deeper"),
        ((7, 7, "2 hours"), "7 minutes to read, 2 hours with all exercises"),
        ((7, 40, "2 hours"), "7 minutes to read, 40 with all that goes deeper, 2 hours with all "
         "exercises"),
    ],
)  # fmt: skip
def test_a_chapter_says_how_long_it_takes(time, words):
    assert f"<span>{words}</span>" in _bar(None, "chapters/a", time, "../")


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
    assert Renderer(kept)("x^2", display=False) == "from the file"
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
