"""The Chinese edition of a book: made from the same pages, found at the same addresses."""

import json
import re

import pytest

from explorable.languages.editions import ENGLISH
from explorable.languages.interface import fill, messages, script
from explorable.languages.known import TRANSLATED as CHINESE
from explorable.languages.known import editions_of
from tests.explorable.book.here import build_here, refused_here
from tests.explorable.book.small import Book
from tests.pages.readers import make_reader

PAGE = """\
# The `first` page

A **hidden unit** and a **loss** in {eq}`page-sum`.

## The sum of $n$

$$ n = 3 $$ (page-sum)

```{prf:theorem} A name
:label: page-theorem
It holds.
```

```{prf:proof}
It is clear.
```

```{exercise} Try
:label: page-ex
Count.
```

```{solution-start} page-ex
:class: dropdown
```

Done.

```{solution-end}
```

| formula | where |
|---|---|
| $n$ | here |
"""
GLOSSARY = """\
# Glossary

```{glossary}
hidden unit
hidden
    A neuron inside.

loss
    What is lost.
```
"""
TERMS = """
[[term]]
en = "hidden unit"
zh = ["隐藏单元"]
pinyin = "yin cang dan yuan"

[[term]]
en = "hidden"
zh = ["隐藏"]
pinyin = "yin cang"

[[term]]
en = "loss"
zh = ["损失"]
pinyin = "sun shi"
"""
CATALOGUE = {
    "chapters/page": {
        "The `first` page": "第`first`页",
        "A **hidden unit** and a **loss** in {eq}`page-sum`.": (
            "{eq}`page-sum`里的**损失**和**隐藏单元**。"
        ),
        "The sum of $n$": "$n$的和",
        "A name": "名称",
        "It holds.": "成立。",
        "It is clear.": "显然。",
        "Try": "试一试",
        "Count.": "数一数。",
        "Done.": "好了。",
        "formula": "公式",
        "where": "其中",
        "here": "这里",
    },
    "appendix/glossary": {
        "Glossary": "术语表",
        "A neuron inside.": "里面的神经元。",
        "What is lost.": "失去的东西。",
    },
    "intro": {"Begin": "开始", "Words.": "词语。"},
}


class TwoEditions(Book):
    """A book of a first page, a chapter and a glossary, with its Chinese."""

    def mend(self) -> None:
        for name, text in {
            "intro": "# Begin\n\nWords.\n",
            "chapters/page": PAGE,
            "appendix/glossary": GLOSSARY,
        }.items():
            path = self.source / f"{name}.md"
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        toc = "format: jb-book\nroot: intro\nparts:\n  - caption: Chapters\n    numbered: 2\n"
        toc += "    chapters:\n      - file: chapters/page\n      - file: appendix/glossary\n"
        (self.source / "_toc.yml").write_text(toc, encoding="utf-8")
        self.locale.mkdir(parents=True, exist_ok=True)
        (self.locale / "terms.toml").write_text(TERMS, encoding="utf-8")
        for name, entries in CATALOGUE.items():
            self.translate(name, entries)

    @property
    def locale(self):
        return self.source / "locale" / "zh_Hans"

    def translate(self, name: str, entries: dict[str, str]) -> None:
        path = self.locale / "LC_MESSAGES" / f"{name}.po"
        path.parent.mkdir(parents=True, exist_ok=True)
        told = [f"msgid {json.dumps(english)}\nmsgstr {json.dumps(chinese, ensure_ascii=False)}\n"
                for english, chinese in entries.items()]  # fmt: skip
        path.write_text("\n".join(told), encoding="utf-8")


@pytest.fixture
def book(tmp_path):
    return TwoEditions(tmp_path)


def test_the_configuration_names_the_editions(tmp_path):
    def named(text):
        (tmp_path / "_config.yml").write_text(text, encoding="utf-8")
        return editions_of(tmp_path)

    assert editions_of(tmp_path) == named("title: x") == named("sphinx:") == [ENGLISH]
    assert named("sphinx: {config: {book_editions: [zh_Hans, en]}}") == [ENGLISH, CHINESE]


def test_the_words_of_the_frame_stand_in_all_its_files_and_scripts_get_their_own():
    found = dict(messages())
    assert found["Previous"] == "explorable/sphinx/theme/layout.html"
    assert found["Copy"] == "explorable/sphinx/assets/taking/copy.js"
    assert found["Theorem"] == "explorable/sphinx/language.py"
    assert found["Appendix"] == "_toc.yml"
    assert found["Two bounds, proved in the text. The test looks at the slopes on a fine grid."]
    told = script({"Copy": "复制", "Previous": "上一页"})
    assert told == 'window.bookWords={"Copy":"复制"};\n'
    assert fill("{a} of {b}", a=1, b="x") == "1 of x"


def test_a_missing_passage_is_refused_with_its_page_but_left_english_in_a_preview(book, capsys):
    book.translate("intro", {"Begin": "开始"})
    told = refused_here(book, language="zh")
    assert "intro, Begin, “Words.”" in told
    assert told.endswith("\nuntil then: python -m explorable build --leave-english")
    assert not book.output.exists()
    build_here(book, only="intro", language="zh")
    page = (book.output / "zh" / "intro.html").read_text(encoding="utf-8")
    assert "开始" in page
    assert "Words." in page
    assert 'class="edition' not in page
    assert "Passages left in English: 1." in capsys.readouterr().err
    made = Book(book.source / "other")
    build_here(made, only="notebook", language="zh")
    assert (made.output / "zh" / "notebook.ipynb").is_file()


# In the browser

QUERIES = {  # what a Chinese student types: where the answer is
    "什么是交叉熵": "cross-entropy|concepts.html|glossary.html#term-cross-entropy",
    "ReLU的导数": "concepts.html|backward.html",
    "Adam": "gradient_descent.html",
    "公式5.1": "gradient_descent.html#equation-",
    "练习4.2": "backward.html#backward-ex-",
    "第5章": "gradient_descent.html$",
    "鞍": "gradient_descent.html|glossary.html#term-saddle",
    "怎样防止过拟合": "faq.html#how-do-i-fight-overfitting",
    "dropout": "faq.html#dropout|backward.html#backward-ex-dropout|glossary.html#term-dropout",
    # In words that other books have
    "早停": "faq.html#(when-should-i-stop|early-stopping)",
    # By pinyin, begun
    "fanxiangchuanb": "backward.html",
}
MORE_QUERIES = {
    "激活函数": "concepts.html|glossary.html#term-activation",
    "梯度下降": "gradient_descent.html|why-gradient-descent",
    "反向传播": "backward.html",
    "过拟合": "faq.html|outlook.html|glossary.html#term-overfit",
    "学习率怎么选": "gradient_descent.html|faq.html",
    "动量法": "gradient_descent.html",
    "链式法则": "backward.html",
    "梯度消失": "forward.html|faq.html|backward.html",
    "backprop": "backward.html|glossary.html",
    "learning rate": "gradient_descent.html|concepts.html|glossary.html",
    "（3.14）": "forward.html#equation-",
    "图2.1": "concepts.html#concepts-fig-",
    "雅可比矩阵": "backward.html|concepts.html|glossary.html#term-Jacobian",
    "损失是NaN怎么办": "faq.html#why-is-my-loss-nan",
    "权重初始化": "forward.html#(the-recursion|tanh-and-glorot|how-large-should)",
    "softmax求导": "concepts.html#concepts-deeper-jacobian|backward.html#where-the-sweep-begins",
    "怎样检验梯度": "backward.html#how-to-check-a-gradient",
    "鞍点怎么逃离": "gradient_descent.html#saddles-and-how-long",
    "异或问题": "background.html#what-no-linear-model",
    "死亡ReLU": "faq.html#how-do-i-choose-an-activation",
    "输入要不要归一化": "faq.html#must-i-normalise",
    "batch size": "gradient_descent.html#noise-mini-batches",
    "后向传播": "backward.html",
    "海森矩阵": "gradient_descent.html|backward.html",
    "极大似然估计": "concepts.html#a-loss-is-an-assumption",
    "隐含层": "forward.html|background.html|concepts.html",
    "sunshi hanshu": "concepts.html|glossary.html#term-loss",
    "guonihe": "faq.html#how-do-i-fight",
}


@pytest.fixture(scope="module")
def chinese_search(browser, site):
    made = make_reader(browser, site)
    made.open("zh/search.html")
    yield made
    made.context.close()


def ask(searched, queries):
    page = searched.page
    for query, answer in queries.items():
        page.fill("#search input", "")
        page.fill("#search input", query)
        page.wait_for_function("() => /找到/.test(document.querySelector('.told').textContent)")
        address = page.locator(".results a").first.get_attribute("href")
        assert re.search(answer, address), query
        assert "/zh/" in address, query
    assert searched.messages == []


@pytest.mark.browser
def test_the_first_result_answers_a_chinese_student_and_its_excerpt_marks_the_words(
    chinese_search,
):
    ask(chinese_search, QUERIES)
    page = chinese_search.page
    page.fill("#search input", "梯度下降")
    page.wait_for_selector(".results mark")
    marks = set(page.locator(".results mark").all_inner_texts())
    assert "梯度下降" in marks
    assert max(map(len, marks)) <= 8
    assert max(map(len, page.locator(".results p").all_inner_texts())) < 200


@pytest.mark.proof
@pytest.mark.browser
def test_the_first_result_answers_other_questions_too(chinese_search):
    ask(chinese_search, MORE_QUERIES)


def press_switch(page):
    """Press the switch where it is seen: Playwright's own click scrolls the page first."""
    box = page.locator("a.edition").bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


@pytest.mark.browser
def test_the_switch_goes_to_the_place_in_view_and_is_remembered(reader):
    page = reader.open("chapters/outlook.html")
    target = page.locator("article section section[id]").nth(2)
    identity = target.get_attribute("id")
    target.evaluate("section => section.scrollIntoView()")
    press_switch(page)
    page.wait_for_url("**/zh/chapters/outlook.html#*")
    assert page.evaluate("decodeURIComponent(location.hash)").startswith("#")
    place = page.evaluate("document.getElementById(decodeURIComponent(location.hash.slice(1)))"
                          ".closest('section').id")  # fmt: skip
    assert place == identity
    page.wait_for_timeout(300)  # until the browser has stored the choice
    reader.open("index.html")
    assert page.locator("a.edition.offered").count() == 1
    reader.open("zh/index.html")
    assert page.locator("a.edition.offered").count() == 0
    assert reader.messages == []


@pytest.mark.browser
def test_labels_of_drawings_have_no_spaces_that_grow_with_their_units(reader):
    page = reader.open("zh/chapters/backward.html")
    label = page.locator("svg text", has_text="的伴随量").first
    own = label.evaluate("text => text.getComputedTextLength()")
    label.evaluate("text => { text.style.textAutospace = 'no-autospace'; }")
    assert own == label.evaluate("text => text.getComputedTextLength()")


@pytest.mark.browser
def test_the_switch_keeps_the_state_of_an_explorer(reader):
    page = reader.open("index.html")
    page.wait_for_selector(".explorer select")
    choice = page.locator(".explorer select").last
    start = choice.input_value()
    choice.select_option(index=2)
    choice.scroll_into_view_if_needed()
    value = choice.input_value()
    assert value != start  # a state that nobody moved is not kept
    press_switch(page)
    page.wait_for_url("**/zh/*#explorer=*")
    page.wait_for_selector(".explorer select")
    assert page.locator(".explorer select").last.input_value() == value
    assert reader.messages == []
