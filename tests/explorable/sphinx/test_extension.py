"""Parts of the Sphinx extension, each on a document that is made by hand."""

import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from docutils import nodes
from docutils.utils import new_document
from sphinx import addnodes

from explorable.drawing.formulas import Renderer
from explorable.languages.known import TRANSLATED as CHINESE
from explorable.sphinx.application import begin, merge, purge
from explorable.sphinx.content.citations import Citations
from explorable.sphinx.content.folds import Fold, FoldDropdowns, UniqueIds
from explorable.sphinx.content.headings import NameParagraphs
from explorable.sphinx.content.mathematics import GluePunctuation, _spaces
from explorable.sphinx.content.tables import WrapTables
from explorable.sphinx.content.terms import MarkDefinitions
from explorable.sphinx.frame.guard import faults
from explorable.sphinx.frame.pages import hours, measure, minutes
from explorable.sphinx.language import TOLD


def document(*children: nodes.Node, name: str = "chapters/a", folder: Path = Path()):
    """Return a page that Sphinx could be reading, with these children."""
    made = new_document(name)
    made.settings.env = SimpleNamespace(
        docname=name,
        srcdir=str(folder),
        book_minutes={},
        book_deeper={},
        book_definitions={},
        book_tasks={},
        book_openings={},
        toc_secnumbers={},
    )
    made += children
    return made


def section(title: str, *children: nodes.Node) -> nodes.section:
    return nodes.section("", nodes.title("", title), *children, ids=["s"])


def paragraph(*parts: nodes.Node | str, **attributes: object) -> nodes.paragraph:
    found = [nodes.Text(part) if isinstance(part, str) else part for part in parts]
    return nodes.paragraph("", "", *found, **attributes)


def strong(text: str) -> nodes.strong:
    return nodes.strong("", text)


def measured(*children: nodes.Node) -> tuple[int, str]:
    page = document(*children)
    app = SimpleNamespace(env=page.settings.env)
    measure(app, page)
    return minutes(app.env, "chapters/a"), app.env.book_openings["chapters/a"]


def words(number: int) -> str:
    return " ".join(["word"] * number)


def cell(_: object = None) -> nodes.container:
    return nodes.container(classes=["cell", "tag_x"])


@pytest.mark.parametrize(
    ("children", "expected"),
    [
        ([], 1),
        ([paragraph(words(200 * 3))], 3),
        ([paragraph(words(501))], 3),
        ([section(words(200), paragraph(words(200), nodes.emphasis("", words(200))))], 3),
        ([nodes.literal_block("", words(2000))], 1),
        # A formula in the text counts as a word, one apart half a minute, a cell that is read one.
        ([paragraph(*[nodes.math("", "a + b + c") for _ in range(400)])], 2),
        ([paragraph(nodes.math_block("", words(2000)), words(600))], 4),  # 3½, rounded to even
        ([nodes.math_block("", "a = b") for _ in range(4)], 2),
        ([cell() for _ in range(2)], 2),
        ([nodes.container(classes=["cell", "tag_hide-input"]) for _ in range(9)], 1),
        # What goes deeper is told apart.
        ([paragraph(words(400)), Fold("", paragraph(words(2000)), classes=["deeper"])], 2),
        # A solution is for those who have tried.
        ([nodes.admonition("", paragraph(words(2000)), classes=["tip"])], 10),
        ([nodes.admonition("", paragraph(words(2000)), classes=["tip", "dropdown"])], 1),
        ([nodes.admonition("", section("a", *map(cell, "123456")), classes=["dropdown"])], 1),
    ],
)
def test_reading_takes_a_minute_for_200_words_two_formulas_or_a_cell(children, expected):
    assert measured(*children)[0] == expected


@pytest.mark.parametrize(
    ("exercises", "functions", "expected"),
    [(0, 0, ""), (5, 0, ""), (6, 0, "1.5 hours"), (13, 3, "3.5 hours"), (13, 6, "4 hours")],
)
def test_a_task_takes_a_fifth_of_an_hour_and_the_sum_is_told_in_half_hours(
    exercises, functions, expected
):
    page = document(
        paragraph(words(200 * 5)),
        *(nodes.admonition(classes=["exercise"]) for _ in range(exercises)),
        *(nodes.container(classes=["cell", "tag_your-turn"]) for _ in range(functions)),
        nodes.admonition("", nodes.admonition(classes=["exercise"]), classes=["dropdown"]),
    )
    env = page.settings.env
    measure(SimpleNamespace(env=env), page)
    assert hours(env, "chapters/a") == expected


@pytest.mark.parametrize(
    ("texts", "opening"),
    [
        ([], ""),
        (["x" * 60], ""),
        (["short", "x" * 61, "y" * 99], "x" * 61),
        (["one\n  two " + "x" * 61], "one two " + "x" * 61),
        (["word " * 39 + "words"], "word " * 39 + "words"),  # 200 letters
        (["word " * 39 + "wordss"], " ".join(["word"] * 39) + "…"),
        (["x" * 198 + " y z"], "x" * 198 + "…"),
    ],
)
def test_a_page_is_described_by_its_first_long_paragraph(texts, opening):
    assert measured(*map(paragraph, texts))[1] == opening


# Terms

GLOSSARY = """# Glossary

```{glossary}
loss
cost
  What is lost.

binary cross-entropy
  One.

cross-entropy
  Another.

Hessian
  Second derivatives.

logit
  A score.
```
"""


@pytest.fixture
def read(tmp_path):
    """Return a function that reads a page as a chapter of a book with a glossary."""
    (tmp_path / "appendix").mkdir()
    (tmp_path / "appendix" / "glossary.md").write_text(GLOSSARY, encoding="utf-8")

    def page(*children: nodes.Node, name: str = "chapters/a") -> nodes.document:
        made = document(*children, name=name, folder=tmp_path)
        MarkDefinitions(made).apply()
        return made

    return page


def reminders(page: nodes.document) -> list[tuple[str, str]]:
    return [(each.astext(), each["reftarget"]) for each in page.findall(addnodes.pending_xref)]


def test_only_chapters_define_terms_of_a_glossary_and_a_heading_is_no_link(read, tmp_path):
    heading = nodes.title("", "", strong("loss"))
    page = read(nodes.section("", heading, paragraph("It is lost."), ids=["s"]))
    assert page.settings.env.book_definitions["chapters/a"][0].identity == "definition-loss"
    assert reminders(page) == []
    page = read(paragraph(strong("loss"), " of a logit"), name="appendix/chapters/b")
    assert page.settings.env.book_definitions == {"appendix/chapters/b": []}
    assert reminders(page) == []
    (tmp_path / "appendix" / "glossary.md").unlink()
    assert read(paragraph(strong("loss"))).settings.env.book_definitions == {"chapters/a": []}


def test_a_term_leads_to_the_glossary_where_running_text_first_uses_it(read):
    page = read(
        section(
            "Logits",
            nodes.literal_block("", "logit"),
            nodes.block_quote("", paragraph("A logit that is quoted")),
            paragraph("Pre-logits and xlogit, then LOGITS, and a logit again; the hessian"),
            nodes.bullet_list("", nodes.list_item("", paragraph("Hessian"))),
        ),
        section("More", paragraph("The loss, a binary cross-entropy, is a cross-entropy.")),
    )
    assert sorted(reminders(page)) == [
        ("Hessian", "Hessian"),
        ("LOGITS", "logit"),
        ("binary cross-entropy", "binary cross-entropy"),
        ("cross-entropy", "cross-entropy"),
    ]
    texts = [each.astext() for each in page.findall(nodes.paragraph)]
    assert texts[1] == "Pre-logits and xlogit, then LOGITS, and a logit again; the hessian"
    assert texts[3] == "The loss, a binary cross-entropy, is a cross-entropy."
    (only,) = list(page.findall(nodes.paragraph))[2].children
    assert isinstance(only, addnodes.pending_xref)
    assert only.attributes.items() >= {"refdomain": "std", "reftype": "term"}.items()
    page = read(section("A", paragraph("A logit. A ", strong("logit"), " is a score.")))
    (link,) = page.findall(addnodes.pending_xref)
    assert isinstance(link[0], nodes.strong)


def test_what_has_no_title_or_is_no_dropdown_stays():
    for title, classes in [([nodes.title("", "A")], ["tip"]), ([], ["dropdown"])]:
        given = nodes.admonition("", *title, paragraph("text"), classes=classes)
        page = document(given)
        FoldDropdowns(page).run()
        assert page[0] is given
        assert given["classes"] == classes


def test_paragraphs_and_proofs_are_called_after_what_is_around_or_before_them():
    inner = section("B", paragraph("three"))
    outer = section("A", paragraph("one"), nodes.block_quote("", paragraph("z")), paragraph("two"))
    outer += inner
    outer["ids"], inner["ids"] = ["a", "label"], ["b"]
    outer.children[-2]["ids"] = ["own"]
    page = document(outer)
    NameParagraphs(page).run()
    named = {each.astext(): each["ids"] for each in page.findall(nodes.paragraph)}
    assert named == {"one": ["a.1"], "two": ["own"], "three": ["b.1"], "z": []}

    def block(name: str, *classes: str) -> nodes.admonition:
        return nodes.admonition("", paragraph("z"), ids=[name], classes=[*classes])

    page = document(
        block("t", "proof", "theorem"), block("proof", "proof"), block("e", "exercise"),
        block("proof", "proof"), block("u", "proof", "lemma"), block("proof", "proof"),
    )  # fmt: skip
    UniqueIds(page).run()
    ids = [each["ids"][0] for each in page.findall(nodes.admonition)]
    assert ids == ["t", "t-proof", "e", "t-proof-2", "u", "u-proof"]


@pytest.mark.parametrize("following", [" and", "(", "-dimensional", "-", None, "inner"])
def test_what_is_apart_from_a_formula_is_left_alone(following):
    formula = nodes.math("", "x")
    parts = {None: [formula], "inner": [nodes.emphasis("", "", formula), ", and"]}
    page = document(paragraph(*parts.get(following, [formula, following])), paragraph(", then"))
    before = page.pformat()
    GluePunctuation(page).run()
    assert page.pformat() == before


@pytest.mark.parametrize(
    ("before", "after", "sides"),
    [
        ("取", "时", ["after-letter", "before-letter"]),
        ("取", "", ["after-letter"]),
        ("", "时", ["before-letter"]),
        ("，", "时。", ["before-letter"]),
        ("取 ", "，", []),
        ("取logit", "。", ["after-word"]),
        (nodes.strong("", "权重"), nodes.literal("", "时"), ["after-letter"]),
    ],
)
def test_a_formula_knows_on_which_side_it_stands_beside_chinese(before, after, sides, monkeypatch):
    monkeypatch.setitem(TOLD, "edition", vars(CHINESE))
    formula = nodes.math("", "x")
    paragraph(before, "", formula, after)
    assert list(_spaces(formula)) == sides
    left, right = "after-letter", "before-letter"
    for parts, closed in [("x,", [left]), ("x", [left, right]), ("(x", [right])]:
        formula = nodes.math("", "x")  # what is glued to it stands between it and Chinese
        glued = [formula if part == "x" else nodes.Text(part) for part in parts]
        paragraph("取", nodes.inline("", "", *glued, classes=["glue"]), "时")
        assert list(_spaces(formula)) == closed


def test_a_source_is_cited_as_the_edition_does(monkeypatch):
    assert Citations().author_year_sep == ", "
    words = {"{one} and {other}": "{one}和{other}", "{first} et al.": "{first}等"}
    words |= {"{who} ({year})": "{who}（{year}）", "({who}, {year})": "（{who}，{year}）"}
    monkeypatch.setitem(TOLD, "edition", vars(CHINESE))
    monkeypatch.setitem(TOLD, "words", words)
    style = Citations()
    assert (style.person.sep2, style.person.other) == ("和", "等")
    assert (style.text_reference_sep, style.author_year_sep) == ("", "，")


SPACE = '<mspace width="0.1667em"></mspace>'
MINUS = r'<mo form="(\w+)"[^>]*>−'


@pytest.mark.parametrize(
    ("tex", "around"),
    [
        (r"v_i \ln z", (True, True)),
        (r"(a) \ln z", (True, True)),
        (r"a + \ln z", (False, True)),
        (r"(\ln z)", (False, True)),
        (r"x^2 \ln(z)", (True, False)),
        (r"\ln", (False, False)),
        (r"\ln, z", (False, False)),
    ],
)
def test_a_functions_name_has_a_space_only_where_something_stands(tex, around):
    before, after = Renderer(None)(tex, display=False).split("<mi>ln</mi><mo>\u2061</mo>")
    assert (before.endswith(SPACE), after.startswith(SPACE)) == around


@pytest.mark.parametrize(
    ("tex", "display", "pattern", "found"),
    [
        # A comma stands between numbers or within one.
        ("(0,1)", False, "<mn>(.*?)</mn>", ["0", "1"]),
        ("[1,2,3]", False, "<mn>(.*?)</mn>", ["1", "2", "3"]),
        ("50{,}257", False, "<mn>(.*?)</mn>", ["50,257"]),
        # A minus is close to what it turns.
        (r"\bigl(-a\bigr)", False, MINUS, ["prefix"]),
        (r"a,\; -b", False, MINUS, ["prefix"]),
        (r"\begin{aligned} a &= b \\ &- c \end{aligned}", True, MINUS, ["infix"]),
        (r"\begin{cases} -a & b \end{cases}", True, MINUS, ["prefix"]),
        # A formula is not cut within a norm.
        (r"\lVert a + b\rVert = c + d", False, "<wbr>", ["<wbr>"] * 2),
    ],
)
def test_signs_stand_in_formulas_as_they_are_meant(tex, display, pattern, found):
    assert re.findall(pattern, Renderer(None)(tex, display=display)) == found


@pytest.mark.parametrize(
    ("tex", "bare"),
    [
        ("x = 1 .", "x = 1"),
        ("x = 1.5,", "x = 1.5"),
        (r"\begin{aligned} x &= 1 .\end{aligned}", r"\begin{aligned} x &= 1\end{aligned}"),
        (r"x\,", r"x\,"),
    ],
)
def test_a_formula_set_apart_is_shown_without_its_last_mark_where_a_language_says_so(tex, bare):
    render, english = Renderer(None, punctuated=False), Renderer(None)
    assert render(tex, display=True) == english(bare, display=True)
    assert render(tex, display=False) == english(tex, display=False)


def table(*rows: list[nodes.Node | str]) -> nodes.table:
    def row(cells: list[nodes.Node | str]) -> nodes.row:
        return nodes.row("", *[nodes.entry("", paragraph(cell)) for cell in cells])

    head, body = nodes.thead("", row(rows[0])), nodes.tbody("", *map(row, rows[1:]))
    return nodes.table("", nodes.tgroup("", head, body))


@pytest.mark.parametrize(
    ("rows", "classes"),
    [
        ([["a", "b", "c"], ["x" * 20, "y" * 20, "z" * 9]], ["stack"]),
        ([["a", "b", "c"], ["x" * 20, "y" * 20, "z" * 8]], []),  # 48 letters: room enough
        ([["a", "b", "c"], ["x" * 20, "y", "z"], ["x", "y" * 20, "z" * 9]], ["stack"]),
        ([["a", "b"], ["x" * 30, "y" * 30]], []),
        ([["a", "b", "c", "d"], ["x" * 30, "y" * 30, "", ""]], ["stack"]),
        ([["a", "b", "where"], ["x" * 30, "y" * 30, ""]], ["stack", "formulas"]),
        ([["a", "where", "b"], ["x" * 30, "y" * 30, ""]], ["stack"]),
        ([["a", "b", "c", "where"], ["x" * 30, "y" * 30, "", ""]], ["stack"]),
        ([["where", "b", "c"], ["x", "y", "z"]], []),
        ([["a", nodes.math("", "t"), "c"], ["x" * 30, "y" * 30, "z"]], []),
    ],
)
def test_a_wide_table_becomes_a_list_on_a_narrow_page(rows, classes):
    page = document(paragraph("before"), table(*rows))
    WrapTables(page).run()
    assert page[1]["classes"] == ["scroll"]
    (wrapped,) = page[1].children
    assert wrapped["classes"] == classes


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("<script>f()</script>", "the text runs a script: <script>"),
        ('<script src="https://a/b.js">', 'the text runs a script: <script src="https://a/b.js">'),
        ('<b onclick="f()">', 'the text runs a script: <b onclick="f()">'),
        ("<SCRIPT>f()</SCRIPT>", "the text runs a script: <SCRIPT>"),
        ("<svg/onload=f()>", "the text runs a script: <svg/onload=f()>"),
        ('<a href="javascript:f()">', 'the text runs a script: <a href="javascript:f()">'),
        ('<img src="//a/b.png">', 'the page asks another server: <img src="//a/b.png">'),
        ("<img srcset='https://a/b'>", "the page asks another server: <img srcset='https://a/b'>"),
        ("<use href='//a/b#c'>", "the page asks another server: <use href='//a/b#c'>"),
        ("<meta name='a'>", "the page asks another server: <meta name='a'>"),
        ("a\ufeff", "U+FEFF (ZERO WIDTH NO-BREAK SPACE) is not seen, after 'a'"),
        ("a\u202eb", "U+202E (RIGHT-TO-LEFT OVERRIDE) is not seen, after 'a'"),
        ("a\x07", "U+0007 (a control character) is not seen, after 'a'"),
        ('<script type="application/json">1</script><script src="../machines/a.js?v=1">', None),
        ("<p title='the onset=3'>", None),
        ('<a href="https://a">a</a> &lt;b onclick=1&gt; <img src="../_images/a.svg">\n\t', None),
    ],
)  # fmt: skip
def test_what_no_page_may_hold_is_told(body, told):
    assert faults(body) == ([told] if told else [])


def test_what_is_known_of_pages_is_kept_merged_and_forgotten():
    here, there = (SimpleNamespace(env=SimpleNamespace()) for _ in range(2))
    for app in (here, there):
        begin(app)
    here.env.book_minutes |= {"a": 3, "b": 4}
    there.env.book_minutes |= {"b": 5, "c": 6}
    begin(here)
    merge(here, here.env, {"b"}, there.env)
    assert here.env.book_minutes == {"a": 3, "b": 5}
    purge(here, here.env, "a")
    purge(here, here.env, "unknown")
    assert here.env.book_minutes == {"b": 5}
