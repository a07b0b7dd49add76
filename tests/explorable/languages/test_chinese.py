"""What a page lacks of its Chinese, and where a line of a Chinese heading may end."""

import json

import pytest

from explorable.book.problem import BookError
from explorable.languages.catalogues import load
from explorable.languages.pages import Translation
from explorable.languages.zh_hans import EDITION

WANTING = (
    "# Head\n\nOne **word**.\n\nTwo **words**.\n\nThree.\n\n```{glossary}\ngain\n    Won.\n```\n"
)
ENTRIES = {"Head": "头", "One **word**.": "**一**。", "Two **words**.": "", "Won.": "赢得。"}


def page(folder, name, text, entries, *, fuzzy=()):
    """Write a page and its catalogue; return where the page is."""
    catalogue = folder / "LC_MESSAGES" / f"{name}.po"
    catalogue.parent.mkdir(exist_ok=True)
    written = [
        ("#, fuzzy\n" if english in fuzzy else "")
        + f"msgid {json.dumps(english)}\nmsgstr {json.dumps(chinese, ensure_ascii=False)}\n"
        for english, chinese in entries.items()
    ]
    catalogue.write_text("\n".join(written), encoding="utf-8")
    path = folder / f"{name}.md"
    path.write_text(text, encoding="utf-8")
    return path


def test_what_a_page_lacks_is_named_or_counted_and_stays_english(tmp_path):
    first = page(tmp_path, "a", WANTING, ENTRIES, fuzzy=["One **word**."])
    second = page(tmp_path, "b", "# Head\n", {"Gone.": "没了。"})
    strict, lenient = Translation(tmp_path), Translation(tmp_path, lenient=True)
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


def test_a_table_has_chinese_marks_between_its_references_and_no_space_before_a_percent_sign():
    row = '<td>5.1 %</td><td><a href="a">甲</a>, <a href="b">(1.2)</a>; <a href="c">乙</a></td>'
    assert EDITION.page(row) == row.replace(" %", "%").replace(", ", "，").replace("; ", "；")
    assert EDITION.page('1 (<a href="c">练习</a>)') == '1（<a href="c">练习</a>）'
