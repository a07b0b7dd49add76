"""A book in a language that the engine has never heard of: its file and sheet, and catalogues."""

import json
import os
import re
import shutil
import subprocess
import sys
from functools import partial

import pytest

from explorable.book import ENGINE, ROOT
from explorable.book.problem import BookError
from explorable.languages.known import find
from explorable.languages.terms import read_terms
from explorable.sphinx.site.page import read_page
from tests.explorable.book.small import BOTH

LANGUAGE = '''"""A language of loud words, where each sentence ends with a mark."""

from typing import ClassVar

from explorable.languages.editions import Edition


class Loud(Edition):
    LOST: ClassVar = ("GONE", "ALL IS GONE", 'BACK <a href="{home}">HOME</a>!', "SEEK")
    STYLE: ClassVar = {"[a-z]": "a quiet letter"}
    CLOSING: ClassVar = "¡"
    SEARCH: ClassVar = {"close": "[\\u16a0-\\u16ff]", "kinds": {"thing": "equation"}}

    def shortened(self, text):
        return text[:30] + "!"

    def before_equation(self, before):
        return "THING "

    def place(self, title, section, number, before, after):
        return f"<<{title}>>"


EDITION = Loud("xx_Loud", "loud/", "x-loud", "en", "LOUD", "READ THIS LOUD")
'''
SHEET = ":root:lang(x-loud) {\n  --measure: 20rem;\n}\n"
PAGES = {
    "intro": "# Begin\n\nOf {doc}`page`, by {eq}`page-sum`.\n\nA sentence so long that it "
    "describes the page, for it has very many words.\n",
    "page": "# A page\n\n## One part\n\n$$ n = 3 $$ (page-sum)\n\nIt ends.\n\n## A part of $n$\n\n"
    "It is $n$.\n\n## One part\n\n```{prf:theorem}\n:label: page-three\n\nIt is three.\n```\n\n"
    "Of {prf:ref}`page-three` in [the last part](#one-part-1).\n",
    "glossary": "# Words\n\n```{glossary}\nloss\n  What is lost.\n```\n",
}
CATALOGUES = {
    "intro": {
        "Begin": "BEGIN",
        "Of {doc}`page`, by {eq}`page-sum`.": "OF {doc}`page`, BY {eq}`page-sum`.",
        "A sentence so long that it describes the page, for it has very many words.": (
            "A SENTENCE SO LONG THAT IT DESCRIBES THE PAGE, FOR IT HAS VERY MANY WORDS."
        ),
    },
    "page": {
        "A page": "A PAGE",
        "One part": "ANOTHER",
        "A part of $n$": "THE $n$",
        "It ends.": "IT ENDS.",
        "It is $n$.": "IT IS $n$¡",
        "It is three.": "IT IS THREE.",
        "Of {prf:ref}`page-three` in [the last part](#one-part-1).": (
            "OF {prf:ref}`page-three` IN [THE LAST PART](#one-part-1)."
        ),
    },
    "glossary": {"Words": "WORDS", "What is lost.": "WHAT IS LOST."},
    "site": {
        "Next": "ON",
        "Search": "SEEK",
        "Equation {number}": "EQUATION {number}",
        "Theorem": "TRUTH",
    },
}
TOC = "format: jb-book\nroot: intro\nchapters:\n  - file: page\n  - file: glossary\n"


def catalogue(entries: dict[str, str]) -> str:
    written = partial(json.dumps, ensure_ascii=False)
    return "\n".join(
        f"msgid {written(english)}\nmsgstr {written(loud)}\n" for english, loud in entries.items()
    )


def run(book, *arguments):
    command = [sys.executable, "-m", "explorable", *arguments]
    environment = os.environ | {"PYTHONPATH": str(ROOT), "BOOK_FOLDER": ""}
    return subprocess.run(command, cwd=book, env=environment, capture_output=True, text=True)


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    book = tmp_path_factory.mktemp("loud")
    config = re.sub(r"(?m)^    explorable_\w+: (?:\[[^]]*\]|.*)\n(?:      - .*\n)*", "", BOTH)
    config = config.replace("[en, zh_Hans]", "[en, xx_Loud]")
    config += "    explorable_chapters: .\n    explorable_glossary: glossary\n"
    locale = book / "locale" / "xx_Loud"
    files = {
        book / "_config.yml": config,
        book / "_toc.yml": TOC,
        book / "references.bib": "",
        locale / "language.py": LANGUAGE,
        locale / "language.css": SHEET,
        locale / "terms.toml": '[[term]]\nen = "loss"\nwords = ["LOSSES"]\n',
    }
    files |= {book / f"{name}.md": text for name, text in PAGES.items()}
    files |= {
        locale / "LC_MESSAGES" / f"{name}.po": catalogue(entries)
        for name, entries in CATALOGUES.items()
    }
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    before = {path: path.stat().st_mtime_ns for path in ENGINE.rglob("*.py")}
    told = run(book, "build", "--leave-english")
    assert told.returncode == 0, told.stdout + told.stderr
    assert before == {path: path.stat().st_mtime_ns for path in ENGINE.rglob("*.py")}
    return book / "_build" / "html"


@pytest.fixture(scope="module")
def read(site):
    return lambda name: (site / name).read_text(encoding="utf-8")


def test_its_pages_are_beside_the_english_ones_with_the_same_places(read):
    english, loud = read("page.html"), read("loud/page.html")
    assert '<html lang="x-loud">' in loud
    assert read_page(english).ids == read_page(loud).ids
    assert read_page(loud).ids >= {"one-part", "a-part-of-n", "id1", "equation-page-sum"}
    assert '<a class="reference internal" href="#id1">THE LAST PART' in loud
    assert 'lang="x-loud" hreflang="x-loud" href="loud/page.html">LOUD</a>' in english
    assert "IT ENDS." in loud
    assert "<span>ON</span>" in loud  # a word of the frame


def test_its_file_says_how_it_is_written_and_its_table_which_terms_it_has(read):
    loud = read("loud/intro.html")
    assert "&lt;&lt;A PAGE&gt;&gt;" in loud
    assert "THING " in loud
    assert re.search(r'<meta name="description" content="A SENTENCE[^"]*!">', loud)
    assert "<h1>ALL IS GONE</h1>" in read("404.html")
    assert read("assets/site.css").endswith("\n" + SHEET)
    assert re.search(
        r'<span class="glue">(?:(?!</p>).)*</math></span>¡</span>', read("loud/page.html")
    )
    loud = read("loud/page.html")
    assert '<span class="caption-number">TRUTH 1 </span>' in loud
    assert ">TRUTH 1</a>" in loud
    assert "Theorem" not in loud
    assert ">Theorem 1</a>" in read("page.html")
    assert '<span class="other" lang="x-loud">LOSSES</span>' in read("glossary.html")
    assert 'LOSSES <span class="other" lang="en">loss</span>' in read("loud/glossary.html")
    for edition in ("", "loud/"):
        text = read(f"{edition}assets/search-index.js")
        index = json.loads(text.removeprefix("window.bookIndex=").rstrip(";\n"))
        assert index["written"] == {"close": "[\u16a0-\u16ff]", "kinds": {"thing": "equation"}}


def test_the_engine_names_no_language_outside_its_file():
    named = re.compile(
        r"chinese|\bzh\b|zh_hans|\bhan\b|[\u3001-\u303f\u4e00-\u9fff\uff00-\uffef]", re.I
    )
    texts = (
        path
        for ending in ("py", "js", "ts", "css", "html", "toml", "md")
        for path in ENGINE.rglob(f"*.{ending}")
        if "vendor" not in path.parts and path.stem != "zh_hans"
    )
    found = [
        f"{path}: {one[0]}" for path in texts if (one := named.search(path.read_text("utf-8")))
    ]
    assert not found


def test_its_catalogues_are_begun_where_there_are_none(site, tmp_path):
    book = site.parent.parent
    for name in ("_config.yml", "_toc.yml", *(f"{name}.md" for name in PAGES)):
        shutil.copyfile(book / name, tmp_path / name)
    refused = run(tmp_path, "build")
    assert "book_editions has xx_Loud, of which there is no " in refused.stderr
    locale = tmp_path / "locale" / "xx_Loud"
    locale.mkdir(parents=True)
    (locale / "language.py").write_text(LANGUAGE, encoding="utf-8")
    told = run(tmp_path, "translations")
    assert told.returncode == 0, told.stderr
    names = {path.stem for path in locale.rglob("*.po")}
    assert names == {"intro", "page", "glossary", "site"}
    refused = run(tmp_path, "build")
    assert "page, One part · heading, “One part” is not translated" in refused.stderr
    assert "glossary, “loss” is not in terms.toml" in refused.stderr


@pytest.mark.parametrize(
    ("terms", "told"),
    [
        ('[[term]]\nen = "loss"\nword = ["VERLUST"]\n', "unexpected keyword argument 'word'"),
        ('[[term]]\nen = "loss"\n', "missing 1 required positional argument: 'words'"),
        ('[[term]]\nen = "loss"\nzh = ["损失"]\nnote = "x"\n', "keyword argument 'note'"),
        ('[[term]]\nzh = ["损失"]\n', "terms.toml: "),
        ("loss = 3\n", "has no [[term]]"),
        ("[[term]\n", "terms.toml: "),
        ("精度", "terms.toml: "),
    ],
)
def test_what_is_written_wrongly_is_told_with_its_file(tmp_path, terms, told):
    file = tmp_path / "terms.toml"
    file.write_text(terms, encoding="gbk" if terms == "精度" else "utf-8")
    with pytest.raises(BookError, match=re.escape(told)) as refused:
        read_terms(file)
    assert str(refused.value).startswith(f"{file}: ")
    file = tmp_path / "qq" / "language.py"
    file.parent.mkdir()
    file.write_text("class Quiet: ...\n", encoding="utf-8")
    with pytest.raises(BookError, match=r"qq/language\.py: has no EDITION, an instance"):
        find("qq", tmp_path)


def test_a_changed_sheet_or_file_of_the_language_makes_the_book_anew(site):
    book = site.parents[1]
    locale = book / "locale" / "xx_Loud"
    assert "up to date" in run(book, "build", "--leave-english").stdout
    (locale / "language.css").write_text(SHEET + "/* louder */\n", encoding="utf-8")
    (locale / "language.py").write_text(LANGUAGE.replace("THING ", "THE "), encoding="utf-8")
    assert "The book is built" in run(book, "build", "--leave-english").stdout
