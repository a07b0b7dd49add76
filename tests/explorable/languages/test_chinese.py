"""A page put into Chinese: its text, what it lacks, and what Sphinx is told of its English."""

import json

import pytest

from explorable.book.problem import BookError
from explorable.languages.catalogues import load
from explorable.languages.pages import Translation
from explorable.languages.zh_hans import EDITION

PAGE = """\
# A page

Some **bold
words** and a **loss `f`**.

## Again

| formula | meaning |
|---|---|
| $x$ | where |

formula

### Once again

```{glossary}
loss
    What is **lost**.
```
"""
CHINESE_PAGE = """\
# 一页

一些**损失`f`值**和**粗 体**，还有**多的**。

## 再来

| 公式 | 含义 |
|---|---|
| $x$ | 其中 |

公式

### 再来

```{glossary}
loss
    **失去**的东西。
```
"""
ENTRIES = {
    "A page": "一页",
    "Some **bold words** and a **loss `f`**.": "一些**损失`f`值**和**粗 体**，还有**多的**。",
    "Again": "再来",
    "formula": "公式",
    "meaning": "含义",
    "where": "其中",
    "Once again": "再来",
    "What is **lost**.": "**失去**的东西。",
}
TERMS = """
[[term]]
en = "loss"
zh = ["损失", "损失函数"]
pinyin = "sun shi"

[[term]]
en = "layer"
zh = ["层"]
"""


class Pages:
    def __init__(self, folder):
        self.folder = folder
        self.locale = folder / "zh_Hans"
        self.locale.mkdir()
        (self.locale / "terms.toml").write_text(TERMS, encoding="utf-8")

    def page(self, name, text, entries, *, fuzzy=()):
        catalogue = self.locale / "LC_MESSAGES" / f"{name}.po"
        catalogue.parent.mkdir(parents=True, exist_ok=True)
        written = [
            ("#, fuzzy\n" if english in fuzzy else "")
            + f"msgid {json.dumps(english)}\nmsgstr {json.dumps(chinese, ensure_ascii=False)}\n"
            for english, chinese in entries.items()
        ]
        catalogue.write_text("\n".join(written), encoding="utf-8")
        path = self.folder / f"{name}.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path


@pytest.fixture
def pages(tmp_path):
    return Pages(tmp_path)


def test_a_page_is_put_into_chinese_and_what_that_hides_is_told(pages):
    chinese = Translation(pages.locale, lenient=True)
    chinese.read("chapters/a", pages.page("chapters/a", PAGE, ENTRIES))
    assert (chinese.faults, chinese.left) == ([], 0)
    assert chinese.page("chapters/a", PAGE) == CHINESE_PAGE
    told = {
        "headings": {"一页": ["A page"], "再来": ["Again", "Once again"]},
        "columns": {"公式": "formula", "含义": "meaning", "其中": "where"},
        # First the word in the same place, then all of the passage.
        "bold": {
            "损失f值": ["bold words", "bold words", "loss f"],
            "粗 体": ["loss f", "bold words", "loss f"],
            "多的": ["bold words", "loss f"],
            "失去": ["lost", "lost"],
        },
    }
    assert chinese.as_json() == {"chapters/a": told}
    assert json.loads(json.dumps(chinese.as_json())) == {"chapters/a": told}


WANTING = (
    "# Head\n\nOne **word**.\n\nTwo **words**.\n\nThree.\n\n```{glossary}\ngain\n    Won.\n```\n"
)


def test_what_a_page_lacks_is_named_or_counted_and_stays_english(pages):
    entries = {"Head": "头", "One **word**.": "**一**。", "Two **words**.": "", "Won.": "赢得。"}
    first = pages.page("a", WANTING, entries, fuzzy=["One **word**."])
    second = pages.page("b", "# Head\n", {"Gone.": "没了。"})
    strict, lenient = Translation(pages.locale), Translation(pages.locale, lenient=True)
    for chinese in (strict, lenient):
        chinese.read("a", first)
        chinese.read("b", second)
        assert chinese.page("a", WANTING) == WANTING.replace("Head", "头").replace(
            "Won.", "赢得。"
        )
        assert chinese.as_json() == {
            "a": {"headings": {"头": ["Head"]}, "columns": {}, "bold": {}}
        }
    assert strict.faults == [
        "a, Head, “One **word**.”: the English has changed; mend the translation",
        "a, Head, “Two **words**.” is not translated",
        "a, Head, “Three.” is not in the catalogue; run `make translations`",
        "a, “gain” is not in terms.toml",
        "b, Head · heading, “Head” is not in the catalogue; run `make translations`",
        "b, the page, “Gone.” is stale: the page no longer says it; run `make translations`",
    ]
    assert (strict.left, lenient.faults, lenient.left) == (0, [], 6)


def test_a_catalogue_in_another_encoding_is_refused_by_its_name(tmp_path):
    (tmp_path / "a.po").write_bytes('msgid "precision"\nmsgstr "精度"\n'.encode("gbk"))
    with pytest.raises(BookError, match=rf"^{tmp_path / 'a.po'}: "):
        load(tmp_path / "a.po")


def test_a_line_of_a_heading_may_end_before_an_and():
    heading, paragraph = '<h2 title="甲与乙">{}</h2>', "<p>己与庚</p>"
    made = EDITION.page(heading.format("丙与<i>丁与戊</i>，参与者") + paragraph)
    assert made == heading.format("丙与<i>丁<wbr>与戊</i>，参与者") + paragraph
