"""Parts of the Sphinx extension, each on a document that is made by hand."""

import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from docutils import nodes
from docutils.utils import new_document
from sphinx import addnodes

from explorable.book.told import tell
from explorable.drawing.formulas import Renderer
from explorable.languages.editions import ENGLISH
from explorable.languages.known import TRANSLATED as CHINESE
from explorable.sphinx.application import begin, merge, purge
from explorable.sphinx.content.explorers import find_explorer
from explorable.sphinx.content.folds import Fold, FoldDropdowns, UniqueIds
from explorable.sphinx.content.headings import NameParagraphs
from explorable.sphinx.content.mathematics import GluePunctuation, _spaces
from explorable.sphinx.content.refused import _placed
from explorable.sphinx.content.tables import WrapTables, label_cells
from explorable.sphinx.content.terms import Definition, MarkDefinitions, chapter_name, link_places
from explorable.sphinx.frame.guard import faults
from explorable.sphinx.frame.pages import frame, hours, measure, minutes, start
from explorable.sphinx.language import TOLD, _


def document(*children: nodes.Node, name: str = "chapters/a", folder: Path = Path()):
    """Return a page that Sphinx could be reading, with these children."""
    made = new_document(name)
    made.settings.env = SimpleNamespace(
        docname=name,
        srcdir=str(folder),
        book_minutes={},
        book_deeper={},
        book_tasks={},
        book_openings={},
        toc_secnumbers={},
    )
    made += children
    return made


def section(title: str, *children: nodes.Node) -> nodes.section:
    return nodes.section("", nodes.title("", title), *children)


def paragraph(*parts: nodes.Node | str, **attributes: object) -> nodes.paragraph:
    found = [nodes.Text(part) if isinstance(part, str) else part for part in parts]
    return nodes.paragraph("", "", *found, **attributes)


def strong(text: str) -> nodes.strong:
    return nodes.strong("", text)


# How long a page is, and how it begins


def measured(*children: nodes.Node) -> tuple[int, str]:
    page = document(*children)
    app = SimpleNamespace(env=page.settings.env)
    measure(app, page)
    return minutes(app.env, "chapters/a"), app.env.book_openings["chapters/a"]


def words(number: int) -> str:
    return " ".join(["word"] * number)


def cell() -> nodes.container:
    return nodes.container(classes=["cell", "tag_x"])


@pytest.mark.parametrize(
    ("children", "expected"),
    [
        ([], 1),
        ([paragraph(words(200 * 3))], 3),
        ([paragraph(words(499))], 2),
        ([paragraph(words(501))], 3),
        ([section(words(200), paragraph(words(200), nodes.emphasis("", words(200))))], 3),
        ([nodes.literal_block("", words(2000))], 1),
        ([nodes.bullet_list("", nodes.list_item("", paragraph(words(400))))], 2),
        # A formula in the text counts as a word, one apart half a minute, a cell that is read one.
        ([paragraph(*[nodes.math("", "a + b + c") for _ in range(400)])], 2),
        ([paragraph(nodes.math_block("", words(2000)), words(600))], 4),  # 3½, rounded to even
        ([nodes.math_block("", "a = b") for _ in range(4)], 2),
        ([cell() for _ in range(2)], 2),
        ([nodes.container(classes=["cell", "tag_hide-input"]) for _ in range(9)], 1),
        ([nodes.container(classes=["scroll"]) for _ in range(50)], 1),
        ([paragraph(words(200)), *[cell() for _ in range(2)]], 3),
        # What goes deeper is told apart.
        ([paragraph(words(400)), Fold("", paragraph(words(2000)), classes=["deeper"])], 2),
        # A solution is for those who have tried.
        ([nodes.admonition("", paragraph(words(2000)), classes=["tip"])], 10),
        ([nodes.admonition("", paragraph(words(2000)), classes=["tip", "dropdown"])], 1),
        (
            [
                nodes.admonition("", section("a", cell(), paragraph("b")), classes=["dropdown"])
                for _ in range(50)
            ]
            + [paragraph(words(440))],
            2,
        ),
    ],
)
def test_reading_takes_a_minute_for_200_words_two_formulas_or_a_cell(children, expected):
    assert measured(*children)[0] == expected


@pytest.mark.parametrize(
    ("exercises", "functions", "expected"),
    [
        (0, 0, ""),
        (2, 0, ""),
        (5, 0, ""),
        (6, 0, "1.5 hours"),
        (13, 3, "3.5 hours"),
        (13, 6, "4 hours"),
    ],
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


def test_a_bar_tells_both_times():
    told = framed("<h1>a</h1>", suffix="ipynb", tasks=12)["body"]
    assert "<span>7 minutes to read, 2.5 hours with all exercises</span>" in told


@pytest.mark.parametrize(
    ("tasks", "expected"),
    [
        (0, "7 minutes, 40 with all that goes deeper"),
        (12, "7 minutes to read, 40 with all that goes deeper, 3 hours with all exercises"),
    ],
)
def test_a_bar_tells_the_time_of_what_goes_deeper_apart(tasks, expected):
    told = framed("<h1>a</h1>", suffix="ipynb", tasks=tasks, deeper=40)["body"]
    assert f"<span>{expected}</span>" in told


def test_a_page_that_was_not_measured_takes_a_minute():
    assert minutes(SimpleNamespace(book_minutes={"a": 7}), "b") == 1


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


@pytest.mark.parametrize(("kind", "opening"), [("eq", "y" * 61), ("doc", "x" * 61 + "there")])
def test_no_page_is_described_by_the_label_of_an_equation(kind, opening):
    reference = addnodes.pending_xref("", nodes.inline(text="there"), reftype=kind)
    assert measured(paragraph("x" * 61, reference), paragraph("y" * 61))[1] == opening


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


def test_the_first_bold_use_of_each_term_defines_it(read):
    exercise = nodes.section("", nodes.title("", ""), paragraph(strong("Hessians")))
    page = read(
        section("One", paragraph("The ", strong("Cost"), " or ", strong("loss"), " is known.")),
        section("Two", section("Three", exercise, paragraph(strong("unknown")))),
        paragraph(strong("logit")),
    )
    assert page.settings.env.book_definitions == {
        "chapters/a": [
            Definition("loss", "definition-loss", "One"),
            Definition("Hessian", "definition-hessian", "Three"),
            Definition("logit", "definition-logit", ""),
        ]
    }
    bold = {each.astext(): each["ids"] for each in page.findall(nodes.strong)}
    assert bold == {
        "Cost": ["definition-loss"], "loss": [], "Hessians": ["definition-hessian"], "unknown": [],
        "logit": ["definition-logit"],
    }  # fmt: skip
    for entry in page.findall(addnodes.index):
        ((kind, term, identity, main, key),) = entry["entries"]
        assert (kind, main, key) == ("single", "", None)
        link = entry.parent.children[entry.parent.index(entry) + 1]
        assert link["reftarget"] == term
        assert (link["ids"], link[0]["ids"]) == ([], [identity])
        assert identity == f"definition-{term.lower()}"
    assert reminders(page) == [("Cost", "loss"), ("Hessians", "Hessian"), ("logit", "logit")]


def test_a_term_defined_in_a_heading_is_no_link_for_headings_stand_in_links(read):
    page = read(nodes.section("", nodes.title("", "", strong("loss")), paragraph("It is lost.")))
    assert page.settings.env.book_definitions["chapters/a"][0].identity == "definition-loss"
    assert reminders(page) == []


def test_only_chapters_define_terms_and_only_those_of_a_glossary(read, tmp_path):
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


def test_a_term_that_the_chapter_defines_is_not_reminded_of(read):
    page = read(section("A", paragraph("A logit. A ", strong("logit"), " is a score.")))
    (link,) = page.findall(addnodes.pending_xref)
    assert isinstance(link[0], nodes.strong)


def glossary_of(definitions: dict[str, list[Definition]], numbers: dict[str, object]) -> list[str]:
    """Return what link_places adds to the entries 'loss' and 'none' of a glossary."""
    items = [
        nodes.definition_list_item(
            "", nodes.term("", term), nodes.definition("", paragraph("It is."))
        )
        for term in ("Losses", "Loss", "none")
    ]
    page = document(nodes.definition_list("", *items), name="appendix/glossary")
    env = page.settings.env
    env.book_definitions, env.toc_secnumbers = definitions, numbers
    builder = SimpleNamespace(get_relative_uri=lambda here, there: f"{here}->{there}")
    app = SimpleNamespace(env=env, builder=builder)
    link_places(app, page, "chapters/a")
    assert [len(item.children[-1]) for item in items] == [1, 1, 1]
    link_places(app, page, "appendix/glossary")
    assert [len(item.children[-1]) for item in items] == [1, 2, 1]
    added = items[1].children[-1][-1]
    assert added["classes"] == ["places"]
    assert all(link["internal"] for link in added.findall(nodes.reference))
    assert [link["refuri"] for link in added.findall(nodes.reference)] == [
        f"appendix/glossary->{page}#{each.identity}"
        for page in sorted(definitions, key=lambda page: numbers.get(page, {"": ()})[""] or ())
        for each in definitions[page]
        if each.term == "loss"
    ]
    return added.astext()


def test_an_entry_ends_with_its_places_in_the_order_of_chapters():
    one, two = Definition("loss", "x", "First"), Definition("loss", "y", "Second")
    other = Definition("slope", "z", "Third")
    found = {"c/b": [other, one], "c/a": [two], "c/z": [one, other], "c/none": []}
    numbers = {"c/a": {"": (10,)}, "c/b": {"": (9,)}, "c/z": {"": None}}
    assert glossary_of(found, numbers) == "→ z: First, chapter 9: First, chapter 10: Second"


def test_a_chapter_is_named_by_its_number_or_its_file():
    numbers = {"chapters/a": {"": (2, 1), "#b": (3,)}, "x/y/b": {"": ()}, "c": {}}
    env = SimpleNamespace(toc_secnumbers=numbers)
    names = [chapter_name(env, page) for page in ("chapters/a", "x/y/b", "c", "d/e")]
    assert names == ["chapter 2.1", "b", "c", "e"]


# Folds and ids


def fold(*children: nodes.Node, classes: list[str]) -> nodes.document:
    page = document(nodes.admonition("", *children, classes=classes, ids=["a"], names=["b"]))
    FoldDropdowns(page).run()
    return page


def test_a_dropdown_becomes_a_fold_with_its_title_as_summary():
    title = nodes.title("", "", nodes.Text("See "), nodes.emphasis("", "this"))
    page = fold(paragraph("before"), title, paragraph("after"), classes=["dropdown", "tip"])
    assert page.pformat() == (
        '<document source="chapters/a">\n    <Fold classes="tip fold" ids="a" names="b">\n'
        "        <FoldSummary>\n            See \n            <emphasis>\n"
        "                this\n        <paragraph>\n            before\n"
        "        <paragraph>\n            after\n"
    )


@pytest.mark.parametrize("classes", [["tip"], ["dropdown"]])
def test_what_has_no_title_or_is_no_dropdown_stays(classes):
    title = [nodes.title("", "A")] if classes == ["tip"] else []
    page = fold(*title, paragraph("text"), classes=classes)
    assert isinstance(page[0], nodes.admonition)
    assert page[0]["classes"] == classes


def test_a_fold_within_a_fold_is_one_too():
    inner = nodes.admonition("", nodes.title("", "In"), classes=["dropdown"])
    page = fold(nodes.title("", "Out"), inner, classes=["dropdown"])
    assert [type(node).__name__ for node in page.findall(nodes.Element)] == [
        "document", "Fold", "FoldSummary", "Fold", "FoldSummary"
    ]  # fmt: skip


def test_ids_are_unique_and_sections_within_admonitions_go():
    def proof(*names: str) -> nodes.admonition:
        inner = nodes.section("", paragraph("one"), paragraph("two"), ids=["same"])
        return nodes.admonition("", nodes.title("", "Proof"), inner, paragraph("z"), ids=[*names])

    outer = section("A", *[proof("proof", "x") for _ in range(3)], proof("y"))
    outer["ids"] = ["a"]
    page = document(outer)
    UniqueIds(page).run()
    proofs = list(page.findall(nodes.admonition))
    assert [each["ids"] for each in proofs] == [
        ["proof", "x"], ["proof-2", "x-2"], ["proof-3", "x-3"], ["y"]
    ]  # fmt: skip
    assert [[part.astext() for part in each] for each in proofs] == [
        ["Proof", "one", "two", "z"]
    ] * 4
    assert [each["ids"] for each in page.findall(nodes.section)] == [["a"]]


def test_a_paragraph_is_called_after_its_section_and_its_place_in_it():
    inner = section("B", paragraph("three"))
    outer = section("A", paragraph("one"), nodes.block_quote("", paragraph("z")), paragraph("two"))
    outer += inner
    outer["ids"], inner["ids"] = ["a", "label"], ["b"]
    outer.children[-2]["ids"] = ["own"]
    page = document(outer)
    NameParagraphs(page).run()
    named = {each.astext(): each["ids"] for each in page.findall(nodes.paragraph)}
    assert named == {"one": ["a.1"], "two": ["own"], "three": ["b.1"], "z": []}


def test_a_proof_is_called_after_the_theorem_before_it():
    def block(name: str, *classes: str) -> nodes.admonition:
        return nodes.admonition("", paragraph("z"), ids=[name], classes=[*classes])

    page = document(
        block("t", "proof", "theorem"), block("proof", "proof"), block("e", "exercise"),
        block("proof", "proof"), block("u", "proof", "lemma"), block("proof", "proof"),
    )  # fmt: skip
    UniqueIds(page).run()
    ids = [each["ids"][0] for each in page.findall(nodes.admonition)]
    assert ids == ["t", "t-proof", "e", "t-proof-2", "u", "u-proof"]


# Formulas in the text


@pytest.mark.parametrize(
    ("following", "glued", "rest"),
    [
        (", and", ",", " and"), (").", ").", ""), ("-th one", "-th", " one"), ("’s", "’s", ""),
        ("–ward", "–ward", ""), ("”]!", "”]!", ""),
    ],
)  # fmt: skip
def test_what_ends_a_formula_stays_with_it(following, glued, rest):
    page = document(paragraph("see ", nodes.math("", "x"), following))
    GluePunctuation(page).run()
    before, glue, after = page[0].children
    assert (before.astext(), glue.astext(), after.astext()) == ("see ", f"x{glued}", rest)
    assert glue["classes"] == ["glue"]
    assert isinstance(glue[0], nodes.math)


@pytest.mark.parametrize("following", [" and", "(", "-dimensional", "-", None, "inner"])
def test_what_is_apart_from_a_formula_is_left_alone(following):
    formula = nodes.math("", "x")
    parts = {None: [formula], "inner": [nodes.emphasis("", "", formula), ", and"]}
    page = document(paragraph(*parts.get(following, [formula, following])), paragraph(", then"))
    before = page.pformat()
    GluePunctuation(page).run()
    assert page.pformat() == before


def test_each_formula_of_a_sentence_keeps_its_punctuation():
    formulas = [nodes.math("", name) for name in "abc"]
    page = document(paragraph(formulas[0], ", ", formulas[1], " and ", formulas[2], "."))
    GluePunctuation(page).run()
    assert [part.astext() for part in page[0]] == ["a,", " ", "b", " and ", "c.", ""]


@pytest.mark.parametrize(
    ("before", "after", "sides"),
    [
        ("取", "时", ["after-letter", "before-letter"]),
        ("取", "", ["after-letter"]),
        ("", "时", ["before-letter"]),
        ("，", "时。", ["before-letter"]),
        ("取 ", "，", []),
        ("取logit", "。", ["after-word"]),
    ],
)
def test_a_formula_knows_on_which_side_it_stands_beside_chinese(before, after, sides, monkeypatch):
    monkeypatch.setitem(TOLD, "edition", vars(CHINESE))
    formula = nodes.math("", "x")
    paragraph(*filter(None, [before, formula, after]))
    assert list(_spaces(formula)) == sides


@pytest.mark.parametrize(
    ("inside", "sides"),
    [
        ([","], ["after-letter"]),
        ([], ["after-letter", "before-letter"]),
        (["("], ["before-letter"]),
    ],
)
def test_what_is_glued_to_a_formula_stands_between_it_and_chinese(inside, sides, monkeypatch):
    monkeypatch.setitem(TOLD, "edition", vars(CHINESE))
    formula = nodes.math("", "x")
    parts = [*inside, formula] if inside == ["("] else [formula, *inside]
    glue = nodes.inline("", "", *[nodes.Text(p) if isinstance(p, str) else p for p in parts])
    glue["classes"] = ["glue"]
    paragraph("取", glue, "时")
    assert list(_spaces(formula)) == sides


# Tables


SPACE = '<mspace width="0.1667em"></mspace>'
APPLIED = "<mo>\u2061</mo>"


@pytest.mark.parametrize(
    ("tex", "around"),
    [
        (r"v_i \ln z", (SPACE, SPACE)),
        (r"x \ln z", (SPACE, SPACE)),
        (r"\sqrt2 \ln z", (SPACE, SPACE)),
        (r"(a) \ln z", (SPACE, SPACE)),
        (r"a + \ln z", ("", SPACE)),
        (r"(\ln z)", ("", SPACE)),
        (r"x^2 \ln(z)", (SPACE, "")),
        (r"\ln", ("", "")),
        (r"\ln = z", ("", "")),
        (r"\ln, z", ("", "")),
    ],
)
def test_a_functions_name_has_a_space_only_where_something_stands(tex, around):
    before, after = Renderer(None)(tex, display=False).split(f"<mi>ln</mi>{APPLIED}")
    assert (before.endswith(SPACE), after.startswith(SPACE)) == tuple(map(bool, around))


@pytest.mark.parametrize(
    ("tex", "numbers"),
    [("(0,1)", ["0", "1"]), ("[1,2,3]", ["1", "2", "3"]), ("50{,}257", ["50,257"])],
)
def test_a_comma_stands_between_numbers_or_within_one(tex, numbers):
    html = Renderer(None)(tex, display=False)
    assert re.findall("<mn>(.*?)</mn>", html) == numbers


@pytest.mark.parametrize(
    ("tex", "display", "form"),
    [
        (r"\bigl(-a\bigr)", False, "prefix"),
        (r"a,\; -b", False, "prefix"),
        (r"\begin{aligned} a &= b \\ &- c \end{aligned}", True, "infix"),
        (r"\begin{cases} -a & b \end{cases}", True, "prefix"),
    ],
)
def test_a_minus_is_close_to_what_it_turns(tex, display, form):
    html = Renderer(None)(tex, display=display)
    assert re.findall(r'<mo form="(\w+)"[^>]*>−', html) == [form]


def test_a_formula_is_not_cut_within_a_norm():
    html = Renderer(None)(r"\lVert a + b\rVert = \lVert a\rVert + c + d", display=False)
    assert re.sub("<.*?>", "", html.partition("<wbr>")[0]) == "‖a+b‖="


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


def test_a_table_is_named_by_its_section_and_its_headings_are_of_columns():
    given = nodes.section("", nodes.title("", "Six rules"), table(["a", "b"], ["1", "2"]))
    page = document(given)
    WrapTables(page).run()
    ((title, _),) = given[1].children
    assert title.astext() == "<caption>Six rules</caption>"
    body = '<table><thead><th class="head"><p>a</p></th></thead></table>'
    assert '<th class="head" scope="col">' in label_cells(body)


def test_long_names_in_a_table_that_stacks_may_break():
    body = '<td><span class="pre">a.b_c(d)</span> and c.d_e(f)</td>'
    table = f'<table class="stack"><tbody>{body}</tbody></table>'
    cell = '<span class="pre">a.<wbr>b_<wbr>c(<wbr>d)</span> and c.d_e(f)</td>'
    assert cell in label_cells(table)
    assert label_cells(body) == body


# Where the fault of a picture is


def test_a_picture_without_a_line_is_where_the_nearest_node_around_it_is():
    image = nodes.image()
    output = nodes.container("", image)
    around = nodes.container("", output)
    document(around)
    around.line = 20003
    assert _placed(image) is around
    image.line = 7
    assert _placed(image) is image


def test_a_picture_of_a_page_without_lines_is_on_that_page():
    page = document(nodes.image())
    assert _placed(page[0]) is page


# Explorers


def test_an_explorer_is_found_by_its_name(tmp_path):
    path = tmp_path / "a.ipynb"
    path.write_text(
        '{"cells": [{"cell_type": "markdown", "source": "id=\\"explorer-b\\""},'
        '{"outputs": [{"name": "stdout", "text": "x"}, {"data": {"text/plain": "y"}},'
        '{"data": {"text/html": ["<b id=\\"explorer-a\\">", "é</b>"]}}]},'
        '{"outputs": [{"data": {"text/html": "<i id=\\"explorer-ab\\"></i>"}}]}]}',
        encoding="utf-8",
    )
    assert find_explorer(path, "a") == '<b id="explorer-a">é</b>'
    assert find_explorer(path, "ab") == '<i id="explorer-ab"></i>'
    assert find_explorer(path, "b") == ""


# The frame of a page


def framed(
    body: str | None, *, page: str = "chapters/a", suffix: str = "md", **facts: object
) -> dict[str, object]:
    """Return what the layout is told of a page with this text."""
    app = SimpleNamespace(
        book_facts={"url": "", "repository": None} | facts,
        builder=SimpleNamespace(get_relative_uri=lambda here, there: f"{here}->{there}"),
        config=SimpleNamespace(
            external_site_map=SimpleNamespace(root=SimpleNamespace(subtrees=[])), root_doc="home"
        ),
        env=SimpleNamespace(
            titles={page: nodes.title("", "", nodes.Text("A "), nodes.strong("", "b"))},
            book_openings={page: "It opens."},
            book_minutes={page: 7},
            book_deeper={page: facts.pop("deeper", 7)},
            book_tasks={page: facts.pop("tasks", 0)},
            doc2path=lambda name: f"/somewhere/{name}.{suffix}",
        ),
    )
    context = {} if body is None else {"body": body}
    frame(app, page, "page.html", context, None if body is None else document())
    return context


def test_a_page_knows_where_it_is():
    told = framed("", url="https://example.org/")
    assert told == {
        "parts": [], "up": "../", "is_home": False, "home": "chapters/a->home", "body": "",
        "description": "It opens.", "address": "https://example.org/chapters/a.html",
        "site": "https://example.org/", "plain_title": "A b", "drills": False, "explorers": False,
        "formulas": False, "notebook": False, "_": _, "lang": "en", "edition": "", "root": "../",
        "files": "https://example.org/", "others": [],
    }  # fmt: skip
    home = framed("", page="home")
    assert (home["up"], home["is_home"], home["address"], home["site"]) == ("", True, "", "")
    assert framed("", page="x/y/z")["up"] == "../../"


def test_a_page_knows_its_place_in_the_other_edition(monkeypatch):
    chinese = vars(CHINESE)
    monkeypatch.setitem(TOLD, "editions", [vars(ENGLISH), chinese])
    for url, page, link, address in [
        ("", "home", "zh/home.html", "zh/home.html"),
        ("", "chapters/a", "../zh/chapters/a.html", "../zh/chapters/a.html"),
        ("https://a/", "home", "zh/home.html", "https://a/zh/"),
        ("https://a/", "chapters/a", "../zh/chapters/a.html", "https://a/zh/chapters/a.html"),
    ]:
        others = framed("", page=page, url=url)["others"]
        assert others == [chinese | {"link": link, "address": address}]


def test_a_page_that_is_not_of_the_book_has_a_template_of_its_own():
    assert set(framed(None, page="search")) == {
        "parts", "up", "is_home", "home", "description", "address", "site", "files",
        "_", "lang", "edition", "root", "others",
    }  # fmt: skip


def test_captions_are_no_headings_and_empty_headings_no_heads():
    body = (
        '<p class="caption" role="heading"><span>a</span></p><table><tr>'
        '<th class="head stub">\n<p></p></th><th class="head"><p>b</p></th></tr></table>'
    )
    assert framed(body)["body"] == (
        '<p class="caption"><span>a</span></p><table><tr>'
        '<td></td><th class="head" scope="col"><p>b</p></th></tr></table>'
    )


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


def test_a_notebook_has_a_bar_below_its_title_only():
    told = framed("<h1>a</h1><h1>b</h1>", suffix="ipynb")["body"]
    assert told.startswith('<h1>a</h1>\n<p class="bar"><span>7 minutes</span><a class="download"')
    assert 'href="../chapters/a.ipynb"' in told
    assert told.endswith("</p><h1>b</h1>")
    where = {"host": "github.com", "name": "a/b", "url": "https://github.com/a/b", "branch": "x"}
    assert (
        "mybinder.org/v2/gh/a/b/x" in framed("<h1></h1>", suffix="ipynb", repository=where)["body"]
    )


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('<figure class="explorer" id="x">', True),
        ("explorer", False),
        ('class="explorers"', False),
    ],
)
def test_the_script_of_explorers_is_loaded_where_there_is_one(body, expected):
    assert framed(body)["explorers"] is expected


def test_what_the_build_knows_of_the_book_is_read_where_it_was_left(tmp_path):
    config = SimpleNamespace(html_baseurl="https://a/")
    app = SimpleNamespace(srcdir=str(tmp_path), config=config)
    start(app)
    assert app.book_facts == {"url": "https://a/", "repository": None}
    tell(tmp_path, facts={"url": "https://é/", "repository": None})
    start(app)
    assert app.book_facts == {"url": "https://é/", "repository": None}


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
