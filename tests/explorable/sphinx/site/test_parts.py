"""The parts of the build that turn text into text: terms, formulas, ways to run, files."""

import json
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import pytest

from explorable.book.finish import _write_not_found, _write_site_map
from explorable.book.repository import find_repository
from explorable.drawing.formulas import Renderer, _refuse
from explorable.languages.editions import ENGLISH
from explorable.languages.known import TRANSLATED as CHINESE
from explorable.sphinx.content.terms import glossary_terms, looked_up


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
