"""The command that keeps the Chinese catalogues: what it writes, says and refuses."""

import functools

import nbformat
import pytest
from babel.messages.catalog import Catalog

from explorable.book.job import Build
from explorable.book.problem import BookError
from explorable.languages import interface, translations
from explorable.languages.catalogues import CATALOGUES, load, save
from explorable.languages.segments import passages
from explorable.languages.terms import read_terms
from explorable.languages.translations import (
    README,
    catalogue_of,
    extracted,
    incomplete,
    main,
    translated_page,
)

HEADER = """\
msgid ""
msgstr ""
"Language: zh_Hans\\n"
"Content-Type: text/plain; charset=utf-8\\n"

"""
PAGES = {
    "README": "# The book\n\nA **loss**.\n\n```{glossary}\nloss\n    What is lost.\n```\n",
    "intro": "# Begin\n\nA loss.\n\n## Go on\n\nA loss of {n} in 50 % of all steps.\n",
    "appendix/glossary": "```{glossary}\nloss\n    What is lost.\n\nstrange word\n    It.\n```\n",
    "appendix/library/nets": "# Not\n\nof the edition.\n",
}
TOC = """\
format: jb-book
root: intro
chapters:
  - file: chapters/nets
  - file: appendix/glossary
  - file: appendix/library/nets
"""
TERMS = '[[term]]\nen = "loss"\nzh = ["损失"]\nrejected = ["丢失"]\n'
DONE = {  # a Chinese for all of these pages and of the words around them
    "README": {"The book": "本书", "A **loss**.": "**损失**。", "What is lost.": "失去的东西。"},
    "site": {"Next": "下一页"},
    "intro": {
        "Begin": "开始",
        "A loss.": "损失。",
        "Go on": "继续",
        "A loss of {n} in 50 % of all steps.": "50%的步里损失{n}。",
    },
    "chapters/nets": {"Nets": "网络", "Two nets.": "两个网络。"},
    "appendix/glossary": {"What is lost.": "失去的东西。", "It.": "它。"},
    "mathdl/nets": {"two nets": "两个网络", "a loss of {1}": "损失{1}"},
    "mathdl/shared": {"step": "步"},
}
WRITTEN = """\
README: 0 of 3 translated
site: 0 of 1 translated
intro: 0 of 4 translated
chapters/nets: 0 of 2 translated
appendix/glossary: 0 of 2 translated
mathdl/nets: 0 of 2 translated
mathdl/shared: 0 of 1 translated
"""
KNOWN = "['README', 'site', 'intro', 'chapters/nets', 'appendix/glossary']"


class Edition:
    """A small book, and the catalogues of its Chinese edition."""

    def __init__(self, folder):
        self.folder = folder
        self.catalogues = folder / "locale" / "zh_Hans" / "LC_MESSAGES"
        for name, text in PAGES.items():
            self.page(name, text)
        self.notebook("# Nets\n\nTwo nets.\n")
        (folder / "_toc.yml").write_text(TOC, encoding="utf-8")
        (folder / "terms.toml").write_text(TERMS, encoding="utf-8")

    def page(self, name, text):
        path = self.folder / f"{name}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def notebook(self, text):
        path = self.folder / "chapters" / "nets.ipynb"
        path.parent.mkdir(exist_ok=True)
        cells = [nbformat.v4.new_markdown_cell(text)]
        nbformat.write(nbformat.v4.new_notebook(cells=cells), path)

    def file(self, name):
        return self.catalogues / f"{name}.po"

    def translate(self, name, entries, *, fuzzy=()):
        catalogue = Catalog()
        for text, word in entries.items():
            catalogue.add(
                text, word, flags={"fuzzy"} if text in fuzzy else (), auto_comments=["§"]
            )
        save(catalogue, self.file(name))

    def complete(self):
        for name, entries in DONE.items():
            self.translate(name, entries)

    def files(self):
        paths = sorted(path for path in self.folder.rglob("*") if path.is_file())
        return {
            path.relative_to(self.folder).as_posix(): path.read_text("utf-8") for path in paths
        }

    def entries(self, name):
        return {message.id: message.string for message in load(self.file(name)) if message.id}


@pytest.fixture
def edition(tmp_path, monkeypatch):
    """Return a small book, which the command takes for the one that it belongs to."""
    made = Edition(tmp_path)
    monkeypatch.setattr(
        "explorable.languages.translations.Build", functools.partial(Build, source=tmp_path)
    )
    monkeypatch.setattr("explorable.book.problem.ROOT", tmp_path)
    monkeypatch.setattr(translations, "ROOT", tmp_path)
    monkeypatch.setattr(translations, "README", tmp_path / "README.md")
    monkeypatch.setattr(translations, "CATALOGUES", made.catalogues)
    terms = functools.partial(read_terms, tmp_path / "terms.toml")
    monkeypatch.setattr(translations, "read_terms", terms)
    monkeypatch.setattr(
        interface, "messages", lambda: iter([("Next", "explorable/sphinx/theme/layout.html")])
    )
    return made


@pytest.fixture(autouse=True)
def shown(monkeypatch):
    """Let the library show a few words; return the list that notes whenever they are asked for."""
    asked = []

    def library_catalogues():
        asked.append("the library")
        found = {"mathdl/nets": Catalog(), "mathdl/shared": Catalog()}
        found["mathdl/nets"].add("two nets", auto_comments=["explorer nets"])
        found["mathdl/nets"].add("a loss of {1}", auto_comments=["a figure"])
        found["mathdl/shared"].add("step", auto_comments=["explorer nets"])
        return found

    monkeypatch.setattr("explorable.languages.translations.library_catalogues", library_catalogues)
    return asked


def told(capsys, *arguments):
    """Run the command; return its status and what it says on both streams."""
    status = main([*arguments])
    return (status, *capsys.readouterr())


def test_catalogues_are_written_each_entry_once_with_where_it_stands(edition, capsys):
    before = edition.files()
    assert told(capsys) == (0, WRITTEN, "")
    after = edition.files()
    written = [f"locale/zh_Hans/LC_MESSAGES/{name}.po" for name in DONE]
    assert after.keys() - before.keys() == {*written}
    assert {name: after[name] for name in before} == before
    assert {name: edition.entries(name).keys() for name in DONE} == {
        name: entries.keys() for name, entries in DONE.items()
    }
    main(["intro", "site"])
    assert edition.file("site").read_text("utf-8") == (
        HEADER + '#. explorable/sphinx/theme/layout.html\nmsgid "Next"\nmsgstr ""\n'
    )
    edition.page("intro", "Once.\n\n# Head\n\nOnce.\n\n| {n} by |\n|---|\n")
    main(["intro"])
    assert edition.file("intro").read_text("utf-8") == HEADER + (
        'msgid "Once."\nmsgstr ""\n\n#. Head · heading\nmsgid "Head"\nmsgstr ""\n\n'
        '#. Head · cell\nmsgid "{n} by"\nmsgstr ""\n'
    )


def test_what_was_translated_is_kept_and_what_has_changed_is_told(edition, capsys):
    edition.complete()
    edition.page("intro", "# Begin\n\nA loss of {n} in 50 % of the steps.\n\nA new one.\n")
    assert told(capsys, "intro") == (0, "intro: 1 of 3 translated\n", "")
    assert edition.file("intro").read_text("utf-8") == HEADER + (
        '#. Begin · heading\nmsgid "Begin"\nmsgstr "开始"\n\n'
        "#. Begin\n#, fuzzy\n"
        '#| msgid "A loss of {n} in 50 % of all steps."\n'
        'msgid "A loss of {n} in 50 % of the steps."\nmsgstr "50%的步里损失{n}。"\n\n'
        '#. Begin\nmsgid "A new one."\nmsgstr ""\n'
    )
    assert told(capsys, "intro") == (0, "intro: 1 of 3 translated\n", "")
    assert "\n# " not in edition.file("intro").read_text("utf-8")  # what it was is no comment
    assert told(capsys, "intro", "--check") == (
        1,
        "",
        "intro, Begin, “A loss of {n} in 50 % of the steps.”: the English has changed; "
        "mend the translation\n"
        "intro, Begin, “A new one.” is not translated\n",
    )


def test_what_moves_to_another_catalogue_of_the_library_takes_its_chinese_along(edition, capsys):
    edition.translate("mathdl/nets", {"step": "一步", "two nets": "两网"}, fuzzy={"two nets"})
    edition.translate("mathdl/waves", {"a loss of {1}": "损失{1}", "gone": "没了"})
    edition.translate("site", {"two nets": "不是网"})
    lines = "mathdl/nets: 1 of 2 translated\nmathdl/shared: 1 of 1 translated\n"
    assert told(capsys, "mathdl/nets", "mathdl/shared") == (0, lines, "")
    assert edition.file("mathdl/nets").read_text("utf-8") == HEADER + (
        '#. explorer nets\n#, fuzzy\nmsgid "two nets"\nmsgstr "两网"\n\n'
        '#. a figure\nmsgid "a loss of {1}"\nmsgstr "损失{1}"\n'
    )
    assert edition.file("mathdl/shared").read_text("utf-8") == HEADER + (
        '#. explorer nets\nmsgid "step"\nmsgstr "一步"\n'
    )


def test_the_front_page_of_the_repository_is_made_as_soon_as_all_of_it_is_chinese(edition, capsys):
    made = edition.folder / "README.zh.md"
    edition.translate("README", DONE["README"] | {"What is lost.": ""})
    assert told(capsys, "README") == (0, "README: 2 of 3 translated\n", "")
    assert not made.exists()
    edition.translate("README", DONE["README"], fuzzy={"The book"})
    assert told(capsys, "README") == (0, "README: 2 of 3 translated\n", "")
    assert not made.exists()
    edition.complete()
    assert told(capsys, "intro") == (0, "intro: 4 of 4 translated\n", "")
    assert sorted(path.name for path in edition.folder.rglob("*.zh.md")) == []
    assert told(capsys, "README") == (0, "README: 3 of 3 translated\n", "")
    assert made.read_text("utf-8") == (
        "# 本书\n\n**损失**。\n\n```{glossary}\n损失\n    失去的东西。\n```\n"
    )
    assert sorted(path.name for path in edition.folder.rglob("*.zh.md")) == ["README.zh.md"]


def test_only_what_is_named_is_written_in_the_order_of_the_book(edition, capsys, shown):
    library = "['mathdl/nets', 'mathdl/shared']"
    for names, fault in [
        (["nets", "intro", "brief"], f"page brief, nets; there are {KNOWN}"),
        (["mathdl/nets", "mathdl/z", "mathdl/a"], f"mathdl/a, mathdl/z; there are {library}"),
    ]:
        assert told(capsys, *names) == (1, "", f"there is no {fault}\n")
        assert not edition.catalogues.exists()
    shown.clear()
    assert told(capsys, "chapters/nets") == (0, "chapters/nets: 0 of 2 translated\n", "")
    assert [*edition.catalogues.rglob("*.po")] == [edition.file("chapters/nets")]
    assert shown == []
    lines = ["site: 0 of 1", "appendix/glossary: 0 of 2", "mathdl/shared: 0 of 1"]
    told_lines = "".join(f"{line} translated\n" for line in lines)
    names = ["mathdl/shared", "site", "appendix/glossary"]
    assert told(capsys, *names) == (0, told_lines, "")
    assert {*edition.catalogues.rglob("*.po")} == {*map(edition.file, ["chapters/nets", *names])}
    assert shown == ["the library"]


def test_a_page_that_cannot_be_read_is_named(edition, capsys):
    edition.notebook("# Nets\n\n```{figure} nets.png\nA caption.\n```\n")
    fault = "segments.py does not know whether the directive {figure} holds prose; say so"
    assert told(capsys, "chapters/nets") == (1, "", f"chapters/nets.ipynb: {fault}\n")
    with pytest.raises(BookError) as raised:
        extracted(edition.folder / "chapters" / "nets.ipynb")
    assert str(raised.value) == f"chapters/nets.ipynb: {fault}"


def test_a_finished_edition_passes_in_silence_and_a_check_of_one_page_looks_at_nothing_else(
    edition, capsys, shown
):
    edition.complete()
    edition.page("appendix/glossary", PAGES["appendix/glossary"].replace("strange word", "loss"))
    before = edition.files()
    assert told(capsys, "--check") == (0, "", "")
    assert edition.files() == before
    shown.clear()
    assert told(capsys, "--check", "chapters/nets") == (0, "", "")
    assert shown == []


def test_a_check_names_everything_that_is_amiss_and_writes_nothing(edition, capsys):
    edition.translate("README", DONE["README"], fuzzy={"The book"})
    edition.translate("site", DONE["site"] | {"Back": "返回"})
    edition.translate("intro", DONE["intro"] | {"A loss.": "丢失。", "Go on": "第2步"})
    edition.translate("chapters/nets", {"Nets": "网络"})
    edition.translate("mathdl/nets", {"two nets": "", "a loss of {1}": "损失"})
    edition.translate("mathdl/shared", {"step": "步", "gone": "没了"})
    before = edition.files()
    assert told(capsys, "--check") == (
        1,
        "",
        """\
README, The book · heading, “The book”: the English has changed; mend the translation
site, §, “Back” is stale: the page no longer says it; run `make translations`
intro, §, “A loss.”: “loss” is 损失 here (terms.toml)
intro, §, “A loss.”: “loss” is 损失, not 丢失 (terms.toml)
intro, §, “Go on”: the number 2 is not in the English
chapters/nets, Nets, “Two nets.” is not in the catalogue; run `make translations`
appendix/glossary, definition, “What is lost.” is not in the catalogue; run `make translations`
appendix/glossary, definition, “It.” is not in the catalogue; run `make translations`
appendix/glossary, “strange word” is not in terms.toml
mathdl/nets, explorer nets, “two nets” is not translated
mathdl/nets, §, “a loss of {1}”: the number 1 is missing
mathdl/shared, §, “gone” is stale: the page no longer says it; run `make translations`
""",
    )
    assert edition.files() == before


def test_an_entry_is_named_by_its_place_and_its_first_words():
    short, long = "a" * 49, "b" * 47 + " c d"
    assert incomplete(
        catalogue_of(passages(f"{short}\n\n## Head\n\n{long}\n\n{short}d\n")), Catalog()
    ) == [
        f"the page, “{short}” is not in the catalogue; run `make translations`",
        "Head · heading, “Head” is not in the catalogue; run `make translations`",
        f"Head, “{'b' * 47}…” is not in the catalogue; run `make translations`",
        f"Head, “{'a' * 48}…” is not in the catalogue; run `make translations`",
    ]


def test_the_chinese_front_page_is_what_its_catalogue_makes_of_the_english():
    made = translated_page(README.read_text("utf-8"), load(CATALOGUES / "README.po"), read_terms())
    assert README.with_suffix(".zh.md").read_text("utf-8") == made
