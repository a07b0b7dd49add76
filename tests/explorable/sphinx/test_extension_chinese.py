"""What the extension writes into the Chinese edition of a small book, read as HTML."""

import re

import nbformat
import pytest

import mathdl
from explorable.book.finish import _check_same_places
from explorable.book.problem import BookError
from explorable.sphinx.site.page import Page
from tests.explorable.book.here import build_here, parsed, written
from tests.explorable.languages.test_editions import TwoEditions
from tests.explorable.sphinx.site.test_small_book import SOURCE

KINDS = ["theorem", "lemma", "proposition", "corollary", "definition", "remark", "example"]
CHAPTER = [
    "# Cells\n\nA saddle point is a saddle, and $x$ is a **cost**; {eq}`cells-one`.\n",
    "$$ y = x $$ (cells-one)\n\nA **hidden unit** is $h$.\n",
    *(f"```{{prf:{kind}}}\n:label: cells-{kind}\nIt holds.\n```\n" for kind in KINDS),
    *(f"```{{exercise}} Try\n:label: cells-ex-{number}\nCount.\n```\n" for number in range(1, 8)),
    "| quantity in words | formula | where |\n|---|---|---|\n"
    f"| all the numbers in a row | ${'+'.join('abcdefghijklmnopqrstu')}$ | {{eq}}`cells-one` |\n",
    "See {cite}`someone2001thing`.\n\n```{bibliography}\n```\n",
    "(cells-part)=\n## The best part\n\n",
]
# Of the English, of the Chinese, and what a reader sees of it.
REFERENCES = [
    (
        "See {doc}`page`, {ref}`cells-part`, {eq}`cells-one`.",
        "见{doc}`page`、{ref}`cells-part`、{eq}`cells-one`。",
        "见第1章《第first页》、“‘最好’的部分”一节、式(2.1)。",
    ),
    (
        "The chapter {doc}`page`, number 1, {doc}`page`, and the section {ref}`cells-part`.",
        "{doc}`page`一章，第1章{doc}`page`，{ref}`cells-part`一节。",
        "《第first页》一章，第1章《第first页》，“‘最好’的部分”一节。",
    ),
    (
        "Our {ref}`best<cells-part>`, {doc}`page one<page>`, {doc}`../appendix/glossary`.",
        "我们的{ref}`最好<cells-part>`、{doc}`首页<page>`、{doc}`../appendix/glossary`。",
        "我们的最好、首页、第3章《术语表》。",
    ),
    (
        "**{eq}`cells-one`**, that is a **price** {eq}`cells-one` or a sum {eq}`cells-one`.",
        "**{eq}`cells-one`**，即**价格**{eq}`cells-one`，或总和{eq}`cells-one`。",
        "式(2.1)，即价格(2.1)，或总和(2.1)。",
    ),
    (
        "By rule {eq}`cells-one`, or {eq}`cells-one` and {eq}`cells-one`, it holds.",
        "由公式{eq}`cells-one`，或{eq}`cells-one`和{eq}`cells-one`，它成立。",
        "由公式(2.1)，或式(2.1)和式(2.1)，它成立。",
    ),
]
LISTED = "{doc}`page`, {eq}`cells-one`"
CHAPTER += [f"{text}\n" for text in (*(english for english, *_ in REFERENCES), LISTED)]
CHINESE = {
    "Cells": "单元格",
    "A saddle point is a saddle, and $x$ is a **cost**; {eq}`cells-one`.": (
        "鞍点是鞍，$x$是**代价**（{eq}`cells-one`）。"
    ),
    "A **hidden unit** is $h$.": "$h$是**隐藏单元**。",
    "It holds.": "成立。",
    "Try": "试一试",
    "Count.": "数一数。",
    "quantity in words": "量",
    "all the numbers in a row": "一行里所有的数",
    "formula": "公式",
    "where": "其中",
    "See {cite}`someone2001thing`.": "见{cite}`someone2001thing`。",
    "The best part": "“最好”的部分",
} | {english: chinese for english, chinese, _seen in REFERENCES}
GLOSSARY = """# Glossary

```{glossary}
hidden unit
hidden
    A neuron inside.

loss
cost
    What is lost.

saddle
    Neither up nor down.

saddle point
    The place of one.

Morse's index
    How many ways lead down.
```
"""
TERMS = "".join(
    f'[[term]]\nen = "{english}"\nzh = ["{chinese}"]\npinyin = "{pinyin}"\n'
    for english, chinese, pinyin in [
        ("hidden unit", "隐藏单元", "yin cang dan yuan"),
        ("hidden", "隐藏单元", "yin cang dan yuan"),
        ("loss", "损失", "sun shi"),
        ("cost", "代价", "dai jia"),
        ("saddle", "鞍", "an"),
        ("saddle point", "鞍点", "an dian"),
        ("Morse's index", "莫尔斯指标", "mo er si zhi biao"),
    ]
)
PATH = "# Begin\n\nWords of {ref}`cells-part`.\n\n```{chapters}\ncells: needs **nothing**\n```\n"


@pytest.fixture(scope="session")
def both(tmp_path_factory):
    book = TwoEditions(tmp_path_factory.mktemp("chinese"))
    (book.source / "intro.md").write_text(PATH, encoding="utf-8")
    (book.source / "appendix" / "glossary.md").write_text(GLOSSARY, encoding="utf-8")
    (book.locale / "terms.toml").write_text(TERMS, encoding="utf-8")
    (book.source / "references.bib").write_text(SOURCE, encoding="utf-8")
    cells = [*map(nbformat.v4.new_markdown_cell, CHAPTER), nbformat.v4.new_code_cell("1 + 1")]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), book.source / "chapters" / "cells.ipynb")
    toc = (book.source / "_toc.yml").read_text(encoding="utf-8")
    listed = toc.replace(
        "- file: chapters/page", "- file: chapters/page\n      - file: chapters/cells"
    )
    (book.source / "_toc.yml").write_text(listed, encoding="utf-8")
    book.translate("chapters/cells", CHINESE)
    begin = {"Begin": "开始", "Words of {ref}`cells-part`.": "词语见{ref}`cells-part`。"}
    book.translate("intro", begin | {"needs **nothing**": "不需要**什么**"})
    told = {"Glossary": "术语表", "A neuron inside.": "里面的神经元。"}
    told |= {"What is lost.": "失去的东西。", "Neither up nor down.": "不上不下。"}
    told |= {"The place of one.": "鞍的位置。", "How many ways lead down.": "有几条路往下走。"}
    book.translate("appendix/glossary", told)
    build_here(book, language="zh", url="https://example.org/")
    return book.output


@pytest.fixture(scope="session")
def read(both):
    return lambda name: parsed(both / name)


def test_a_chinese_page_speaks_chinese_and_shares_what_is_in_no_language(both):
    page = (both / "zh" / "chapters" / "page.html").read_text(encoding="utf-8")
    assert '<html lang="zh-Hans">' in page
    for words in (
        "<summary>目录</summary>", "各章", "上一页", "定理1.1", "证明。显然。", "公式1.1",
        "练习1.1</span>（试一试）", "<summary>解答</summary>", "链接到：",
    ):  # fmt: skip
        assert words in page, words
    left = re.sub(r"<(script|style|annotation)\b.*?</\1>|<[^>]*>", " ", page, flags=re.DOTALL)
    assert set(re.findall(r"[A-Za-z]{3,}", left)) <= {"English", "first"}
    assert {path.name for path in (both / "zh" / "assets").iterdir()} == {"search-index.js"}
    assert 'href="../../assets/site.css' in page
    assert re.search(r'src="\.\./words\.\w+\.js" defer', page)


def test_pages_lead_to_their_places_in_the_other_language(both):
    sitemap = (both / "sitemap.xml").read_text(encoding="utf-8")
    for page, address in {"intro": "", "chapters/page": "chapters/page.html"}.items():
        texts = [(both / f"{folder}{page}.html").read_text("utf-8") for folder in ("", "zh/")]
        for lang, folder in (("en", ""), ("zh-Hans", "zh/")):
            place = f"https://example.org/{folder}{address}"
            assert f"<loc>{place}</loc>" in sitemap
            link = f'<link rel="alternate" hreflang="{lang}" href="{place}">'
            assert [link in text for text in texts] == [True, True]
        assert f'<link rel="canonical" href="https://example.org/zh/{address}">' in texts[1]
    english, chinese = texts
    assert 'lang="zh-Hans" hreflang="zh-Hans" href="../zh/chapters/page.html">中文</a>' in english
    assert 'lang="en" hreflang="en" href="../../chapters/page.html">English</a>' in chinese
    assert 'class="bar"' not in english
    link = '<a rel="alternate" lang="{0}" hreflang="{0}" href="{1}">{2}</a>'
    for name, *others in [
        ("intro.html", "zh-Hans", "zh/intro.html", "阅读本书的中文版"),
        ("zh/intro.html", "en", "../intro.html", "Read this book in English"),
    ]:
        bar = f'</h1>\n<p class="bar">{link.format(*others)}</p>'
        assert bar in (both / name).read_text(encoding="utf-8")
    with pytest.raises(BookError, match=r"a\.html: the 中文 page lacks the ids x, y"):
        _check_same_places({"a.html": Page(ids={"x", "y", "z"}), "zh/a.html": Page(ids={"z"})})


GLOSSARY_PAGE = "../appendix/glossary.html"


def link(term: str, inside: str) -> str:
    return f'<a class="reference internal" href="{GLOSSARY_PAGE}#term-{term}">{inside}</a>'


def test_a_term_is_found_in_chinese_but_not_within_a_longer_one(read):
    first, second = read("zh/chapters/cells.html").article.find_all("p", class_=False)[:2]
    defined = '<strong id="definition-loss">代价</strong>'
    assert written(first) == (
        f"鞍点是{link('saddle', '<span>鞍</span>')}，"
        '<span class="math before-letter">[x]</span>是'
        f"{link('loss', defined)}"
        '（式<a class="reference internal" href="#equation-cells-one">(2.1)</a>）。'
    )
    word = '<strong id="definition-hidden-unit">隐藏单元</strong>'
    assert written(second) == (
        f'<span class="math before-letter">[h]</span>是{link("hidden-unit", word)}。'
    )


def test_references_in_sentences_say_what_they_lead_to_and_english_ones_are_titles(read):
    seen = [each.text for each in read("zh/chapters/cells.html").article.find_all("p")]
    for _english, _chinese, text in REFERENCES:
        assert text in seen
    assert "第first页，(2.1)" in seen  # nothing but references
    assert "词语见第2章“‘最好’的部分”一节。" in [
        each.text for each in read("zh/intro.html").article.find_all("p")
    ]
    seen = [each.text for each in read("chapters/cells.html").article.find_all("p")]
    assert "See The first page, The best part, (2.1)." in seen


def test_what_is_stated_or_asked_has_its_name_and_number_and_a_chapter_its_time(read):
    page = read("zh/chapters/cells.html")
    stated = [page.find(id=f"cells-{kind}") for kind in KINDS]
    names = ["定理2.1", "引理2.1", "命题2.1", "推论2.1", "定义2.1", "注2.1", "例2.1"]
    assert [each.find(class_="caption-number").text.strip() for each in stated] == names
    assert [each["class"] for each in stated] == [["proof", kind, "admonition"] for kind in KINDS]
    assert page.find(id="cells-ex-7").find(class_="admonition-title").text == "练习2.7（试一试）"
    bar = page.find(class_="bar")
    told = ["阅读2分钟，连全部练习共1.5小时", "下载笔记本", "及其函数库"]
    assert [part.text for part in bar.children] == told
    wheel = f"../../chapters/mathdl-{mathdl.__version__}-py3-none-any.whl"
    notebook = "../../zh/chapters/cells.ipynb"
    assert [part["href"] for part in bar.find_all("a")] == [notebook, wheel]


def test_the_path_says_how_long_each_chapter_and_the_whole_takes(read):
    page = read("zh/intro.html").article
    items = page.find("ol", class_="chapters").find_all("li")
    times = ["1分钟", "2分钟，连同练习1.5小时", "1分钟"]
    assert [item.find(class_="time").text for item in items] == times
    lines = [item.find(class_="line") for item in items]
    line = "<span>不需要<strong>什么</strong></span>"
    assert [each and written(each) for each in lines] == [None, line, None]
    assert page.find(class_="sum").text == "全书阅读0小时，连同练习1.5小时。"


def test_the_glossary_says_each_term_in_both_languages_and_leads_to_the_chapters(read):
    entries = read("zh/appendix/glossary.html").find("dl", class_="glossary")
    for anchor in entries.find_all("a", class_="headerlink"):
        anchor.decompose()
    other = '<span class="other" lang="en">{}</span>'
    assert {term["id"]: written(term) for term in entries.find_all("dt")} == {
        "term-saddle": f"鞍 {other.format('saddle')}",
        "term-saddle-point": f"鞍点 {other.format('saddle point')}",
        "term-Morse-s-index": f"莫尔斯指标 {other.format('Morse’s index')}",
        "term-loss": f"损失 {other.format('loss')}",
        "term-cost": f"代价 {other.format('cost')}",
        "term-hidden-unit": f"隐藏单元 {other.format('hidden unit')}",
        "term-hidden": other.format("hidden"),  # the same in Chinese
    }
    assert [term["id"] for term in entries.find_all("dt")][::3] == [
        "term-saddle", "term-loss", "term-hidden",
    ]  # fmt: skip
    english = read("appendix/glossary.html").find("dl", class_="glossary")
    for anchor in english.find_all("a", class_="headerlink"):
        anchor.decompose()
    other = '<span class="other" lang="zh-Hans">{}</span>'
    assert [written(term) for term in english.find_all("dt")] == [
        f"hidden unit {other.format('隐藏单元')}", "hidden", f"loss {other.format('损失')}",
        f"cost {other.format('代价')}", f"saddle {other.format('鞍')}",
        f"saddle point {other.format('鞍点')}", f"Morse’s index {other.format('莫尔斯指标')}",
    ]  # fmt: skip
    places = [
        written(each) for each in read("zh/appendix/glossary.html").find_all(class_="places")
    ]
    link = '<a class="reference internal" href="../chapters/{}.html#definition-{}">{}</a>'
    assert places == [
        f"→ {link.format('page', name, '第1章：第first页')}，"
        f"{link.format('cells', name, '第2章：单元格')}"
        for name in ("loss", "hidden-unit")
    ]


def test_the_index_is_chinese_and_joins_what_chinese_does_not_tell_apart(read):
    index = read("zh/genindex.html").article
    assert [heading.text for heading in index.find_all("h2")] == ["A", "D", "M", "S", "Y"]
    assert [item.text for item in index.find_all("li")] == [
        "鞍 saddle，第3章",
        "鞍点 saddle point，第3章",
        "代价 cost，第3章",
        "莫尔斯指标 Morse's index，第3章",
        "损失 loss，第1章，第2章，第3章",
        "隐藏单元 hidden, hidden unit，第1章，第2章，第3章，第3章",
    ]
    last = index.find_all("li")[-1]
    assert [each["href"] for each in last.find_all("a")] == [
        "chapters/page.html#definition-hidden-unit",
        "chapters/cells.html#definition-hidden-unit",
        "appendix/glossary.html#term-hidden",
        "appendix/glossary.html#term-hidden-unit",
    ]


def test_code_and_sources_are_the_same_in_both_languages_and_tables_and_previews_are_not(read):
    cells = [
        read(f"{folder}chapters/cells.html").find("div", class_="cell") for folder in ("", "zh/")
    ]
    assert str(cells[0]) == str(cells[1])
    assert [block.text for block in cells[1].find_all("pre")] == ["1 + 1\n", "2\n"]
    table = read("zh/chapters/cells.html").find("table")
    assert [head.text for head in table.find_all("th")] == ["量", "公式", "其中"]
    assert table["class"] == ["stack", "formulas", "docutils", "align-default"]
    labels = [cell.get("data-label") for cell in table.find_all("td")]
    assert labels == ["量", None, "其中"]  # that a formula is one is seen
    assert "scroll" in table.parent["class"]
    source = "<p>Some One. A thing. <em>J</em>, 1:2–3, 2001.</p>"
    for folder, lang in (("", None), ("zh/", "en")):
        entry = read(f"{folder}chapters/cells.html").find("div", class_="source")
        assert (written(entry), entry.get("lang")) == (source, lang)
    for folder, words in (("", "Neither up nor down."), ("zh/", "不上不下。")):
        (preview,) = read(f"{folder}chapters/cells.html").find_all("template")
        assert preview["data-preview"] == f"{GLOSSARY_PAGE}#term-saddle"
        assert written(preview) == f"<p>{words}</p>"
