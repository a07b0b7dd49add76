"""The Chinese edition: what is extracted, what is kept, what each translated entry must keep."""

import nbformat
import pytest

from explorable.languages.catalogues import CATALOGUES, load
from explorable.languages.consistency import differences
from explorable.languages.segments import of_notebook, passages, translated
from explorable.languages.terms import Term, Terms, read_terms
from explorable.languages.translations import catalogue_of, unfaithful, update

PAGE = """\
# The path

(a-fig-b)=
Two rules walk
down the *same* hill, {eq}`a-b`, `code` and $x$:

- one goes
  fast;

| symbol | meaning |
|---|---|
| $u$ | a \\| bar, then a vector |
| (n_out,) | a vector |

```python
code = "is not prose"
```

```{exercise} Count the parts
:label: a-ex
How many?

$$
n = 3 \\text{ parts}
$$ (a-parts)
```

$$
n_i = 4
$$

```{glossary}
hidden unit
hidden
    A neuron in a layer
    before the last.
```

```{chapters}
forward: Shapes, and $n$ numbers.
```
"""


def texts(source):
    return [(passage.kind, passage.text) for passage in passages(source)]


def test_passages_are_what_a_reader_reads_and_each_is_replaced_where_it_stands():
    assert texts(PAGE) == [
        ("heading", "The path"),
        ("paragraph", "Two rules walk down the *same* hill, {eq}`a-b`, `code` and $x$:"),
        ("paragraph", "one goes fast;"),
        ("cell", "symbol"),
        ("cell", "meaning"),
        ("cell", "a | bar, then a vector"),
        ("cell", "a vector"),
        ("title", "Count the parts"),
        ("paragraph", "How many?"),
        ("formula", "n = 3 \\text{ parts}"),
        ("term", "hidden unit"),
        ("term", "hidden"),
        ("definition", "A neuron in a layer before the last."),
        ("card", "Shapes, and $n$ numbers."),
    ]
    assert {passage.section for passage in passages(PAGE)} == {"The path"}
    assert texts("| $x$, p. 7 | $y$ |\n|---|---|") == [("cell", "$x$, p. 7")]
    assert translated(PAGE, lambda passage: PAGE[passage.start : passage.stop]) == PAGE
    marked = translated(PAGE, lambda passage: f"<{passage.kind}>")
    assert "| $u$ | <cell> |\n| (n_out,) | <cell> |" in marked
    assert (
        "```{exercise} <title>\n:label: a-ex\n<paragraph>\n\n$$\n<formula>\n$$ (a-parts)" in marked
    )
    assert "(a-fig-b)=\n<paragraph>\n\n- <paragraph>\n" in marked
    assert "\n<term>\n<term>\n    <definition>\n```" in marked
    assert translated(PAGE, lambda passage: passage.text).count("| $u$ | a \\| bar, then") == 1
    told = translated(PAGE, lambda passage: "竖线|和\\|")
    assert "| $u$ | 竖线\\|和\\| |\n" in told
    assert "\n- 竖线|和\\|\n" in told  # no table, no bars


def test_alternative_texts_are_extracted_and_code_is_not():
    code = 'draw(axes, "label")\nshow(figure, "What is "\n             "seen.")'
    cells = [nbformat.v4.new_markdown_cell("## A part"), nbformat.v4.new_code_cell(code)]
    found = list(of_notebook(nbformat.v4.new_notebook(cells=cells)))
    assert [(p.kind, p.text, p.section) for p in found[1:]] == [
        ("alternative text", "What is seen.", "A part")
    ]


def catalogue(source, **translations):
    result = catalogue_of(passages(source))
    for message in filter(lambda message: message.id, result):
        message.string = translations.get(str(message.id).split()[0].lower(), "")
    return result


def test_a_new_word_is_not_taken_for_an_old_one_that_it_resembles(monkeypatch):
    monkeypatch.setattr("explorable.languages.translations.save", lambda catalogue, file: None)
    kept = catalogue("Solution\n\nthe first loss\n", solution="解答", the="第一个损失")
    english = catalogue_of(passages("Solution\n\nsoftsign\n\nthe first losses\n"))
    update(kept, english, CATALOGUES / "nothing.po")
    assert kept["softsign"].string == ""
    assert not kept["softsign"].fuzzy
    assert kept["the first losses"].string == "第一个损失"
    assert kept["the first losses"].fuzzy


@pytest.mark.parametrize(
    ("english", "good", "bad", "fault"),
    [
        ("See {eq}`a-b` here.", "见{eq}`a-b`。", "见{eq}`a-c`。", "the role {eq}`a-b` is missing"),
        ("{doc}`lists <a/b>`", "{doc}`表<a/b>`", "{doc}`表<a>`", "the role {doc}`a/b` is missing"),
        ("Take $x^2$ now.", "取$x^2$。", "取$x^3$。", "the formula x^2 is missing"),
        ("It is 1,616 long.", "长1,616。", "长1616。", "the number 1,616 is missing"),
        ("It has 15.3 billion.", "有153亿。", "有15.3亿。", "the number 15.3 is missing"),
        ("Two of 8 are.", "8个里有2个。", "8个里有3个。", "the number 3 is not in the English"),
        ("Run `make book`.", "运行`make book`。", "运行make book。", "the code `make book`"),
        ("In **bold** type.", "用**粗**体。", "用**（粗）**体。", "bold is missing"),
        ("In *slanted* type.", "用*斜*体。", "用**斜**体。", "emphasis is missing"),
        ("[A](b.html)", "[甲](b.html)", "[甲](c.html)", "the link b.html is missing"),
        ("After {n} steps.", "走{n}步。", "走步。", "the placeholder {n} is missing"),
        ("n = 3 \\text{ parts}", "n = 3 \\text{份}", "n = 4 \\text{份}", "the formula"),
        ("(a_\\text{end})", "(a_\\text{终})", "(b_\\text{终})", "the formula"),
        ("By Adam.", "用Adam。", "用 Adam。", "a space beside Chinese"),
        ("So, it is.", "是，对。", "是,对。", "half-width punctuation"),
        ("It (a) is.", "它（甲）是。", "它(甲)是。", "half-width parentheses"),
        ("Twelve, or thirty-six.", "12个，或36个。", "12个，或35个。", "the number 35"),
        ("Three hundred steps.", "300步。", "三百步。", "a count above ten in words"),
        ("Twelve ones, some twenty.", "十二个1，二十来个。", "十二个，20来个。", "above ten"),
    ],
)  # fmt: skip
def test_a_translation_keeps_all_that_is_not_words(english, good, bad, fault):
    assert differences(english, good) == []
    assert any(fault in difference for difference in differences(english, bad))


def test_bold_that_markdown_does_not_see_is_told_from_bold_that_is_not_there():
    assert differences("In **bold** type.", "用粗体。") == ["bold is missing"]
    (fault,) = differences("In **bold** type.", "用**（粗）**体。")
    assert fault.startswith("bold is missing (Markdown sees none where **")


def test_a_translation_keeps_to_the_terms():
    terms = Terms(
        {
            "hidden layer": Term("hidden layer", ("隐藏层",), rejected=("隐层",)),
            "mean": Term("mean", ("均值", "平均"), everyday=True),
            "accuracy": Term("accuracy", ("准确率",), rejected=("精度",)),
            "precision": Term("precision", ("精度",)),
        }
    )
    assert terms.faults("Hidden layers, and what they mean.", "隐藏层的意思。") == []
    assert terms.faults("Two hidden layers.", "两层。") == [
        "“hidden layer” is 隐藏层 here (terms.toml)"
    ]
    assert terms.faults("A hidden layer.", "隐藏层即隐层。") == [
        "“hidden layer” is 隐藏层, not 隐层 (terms.toml)"
    ]
    assert terms.faults("A hidden layer.", "隐藏层（有人说“隐层”）。") == []
    assert terms.faults("A hidden layer.", "隐藏层（有人说“隐层”），即隐层。") != []
    assert terms.faults("Accuracy and precision.", "准确率和精度。") == []
    assert terms.faults("An accuracy.", "准确率即精度。") != []
    assert terms.faults("The name `accuracy`.", "名字`accuracy`。") == []
    assert terms.faults("\\precision y = \\text{parts}", "\\precision y = \\text{份}") == []
    assert terms.faults(r"n_\text{accuracy} = 1", r"n_\text{accuracy} = 1") == []
    assert terms.faults(r"1 - \text{accuracy}", r"1 - \text{accuracy}") != []


def test_a_term_is_typed_by_its_pinyin_or_in_a_word_that_only_others_use():
    terms = Terms(
        {
            "mini-batch": Term("mini-batch", ("小批量",), reading="xiao pi liang"),
            "ReLU": Term("ReLU", ("ReLU",)),
            "rate": Term("rate", ("率",), reading="lü"),
        }
    )
    assert terms.typed() == {
        "minibatch": "小批量", "xiaopiliang": "小批量", "rate": "率", "lv": "率",
    }  # fmt: skip
    terms = Terms(
        {
            "Hessian": Term("Hessian", ("黑塞矩阵", "黑塞"), rejected=("海森",)),
            "accuracy": Term("accuracy", ("准确率",), rejected=("精度", "正确率")),
            "precision": Term("precision", ("精度",), rejected=("准度",), everyday=True),
        }
    )
    assert terms.instead() == {"海森": "黑塞", "正确率": "准确率"}


def test_terms_are_unique_and_reject_nothing_that_they_ask_for_and_most_are_read():
    text = (CATALOGUES.parent / "terms.toml").read_text(encoding="utf-8")
    terms = read_terms()
    assert text.count("[[term]]") == len(terms)
    for term in terms.values():
        assert term.words
        assert all(term.words)
        assert not set(term.words) & set(term.rejected), term
    read = [term for term in terms.values() if term.reading]
    assert len(read) > 130
    for term in read:
        han = sum("\u4e00" <= sign <= "\u9fff" for sign in term.words[0])
        assert 0 < han <= len(term.reading.split()) <= han + 2, term


def test_every_translated_entry_keeps_all_that_is_not_words_and_the_terms():
    files = sorted(CATALOGUES.rglob("*.po"))
    assert files
    faults = {file: unfaithful(load(file), read_terms()) for file in files}
    assert {file: found for file, found in faults.items() if found} == {}
