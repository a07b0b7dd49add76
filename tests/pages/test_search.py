"""The search: what the index knows of a page, and what a student finds with it."""

import json
import re

import pytest

from explorable.drawing.readable import readable
from explorable.sphinx.site.page import read_page
from explorable.sphinx.site.search import search_index

# What the index knows


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        ("a plain line", "a plain line"),
        (r"\frac{1}{n} \sum_{i=1}^n x_i", "(1)/(n) ∑_i=1^n x_i"),
        (r"\tfrac12 \|x\|", "1/2 |x|"),
        (r"w \gets w - \eta \nabla L \qquad\text{at } w = 0", "w gets w - η ∇ L at w = 0"),
        (r"\lvert\hat g\cdot\operatorname{relu}(\bar{z})\bigr\rvert", "|ĝ·relu(z̄)|"),
        (r"\frac8{40} \to \underbrace{A}_B, \\[0.5em] \binom{n}{k}", "8/(40) → (A)_B, C(n, k)"),
        (r"\mathbf{W}^{\top} \left( \bar z \right)", "W^ᵀ ( z̄ )"),
        (r"\operatorname{relu}(z) \ge 0", "relu(z) ≥ 0"),
        (r"\begin{cases} 1 & z > 0 \\ 0 \end{cases}", "1 z > 0 0"),
        (r"\sqrt{1 + x}", "√(1 + x)"),
    ],
)
def test_tex_is_read_as_plain_text(tex, text):
    assert readable(tex) == text


def kinds(body):
    page = read_page(f"<article>{body}</article>")
    return [(p.kind, p.title, p.anchor, p.text, p.code) for p in page.parts if p.title or p.text]


OTHERS = """<h2>E</h2>
<div class="equation" id="equation-c-x"><div data-tex="x = 1"><math><mi>x</mi></math></div>
<a class="number" href="#x" aria-label="Equation 4.7">(4.7)</a></div>
<div class="cell_output"><figure id="c-fig"><div class="cell_output"><p>drawn</p></div>
<figcaption><a class="number" href="#c-fig">Figure 4.1.</a> See.</figcaption></figure></div>
<div class="proof theorem admonition" id="c-t">
<p class="admonition-title">Theorem 4.1 (T)</p><p>So.</p></div>
<div class="equation"><div data-tex="y"><math><mi>y</mi></math></div></div>"""


def test_equations_figures_and_theorems_are_parts():
    assert kinds(OTHERS) == [
        ("section", "E", "", "", ""),
        ("equation", "Equation 4.7", "equation-c-x", "x = 1", ""),
        ("figure", "Figure 4.1", "c-fig", "See.", "drawn"),
        ("theorem", "Theorem 4.1 (T)", "c-t", "So.", ""),
    ]
    assert kinds(
        "<h1>A</h1><p>Words.</p><pre>x = 1</pre><p>more.<b aria-hidden='true'>!</b></p>"
        '<details class="code"><summary>Show the code</summary><pre>draw()</pre></details>'
        '<div class="cell_output"><pre>1.0</pre></div>'
    ) == [("page", "A", "", "Words. more.", "x = 11.0")]


def test_a_word_that_the_glossary_lacks_is_defined_by_its_own_name():
    page = read_page(
        '<article><h1>C</h1><p><strong id="definition-new">New</strong></p></article>'
    )
    index = search_index({"c.html": page})
    (part,) = json.loads(index.removeprefix("window.bookIndex=").rstrip(";\n"))["parts"]
    assert part == {"kind": "page", "title": "C", "page": 0, "text": "New", "defines": "new"}


def test_words_of_other_books_stand_for_ours_unless_a_chapter_uses_them():
    chapter = read_page("<article><h1>1. C</h1><p>共轭</p></article>")
    text = search_index({"chapters/c.html": chapter}, {"早停": "提前停止", "共轭": "伴随"})
    index = json.loads(text.removeprefix("window.bookIndex=").rstrip(";\n"))
    assert index["instead"] == {"早停": "提前停止"}


# What a student finds

# A query, and where its answer stands: the first result leads there.
QUERIES = {
    "backpropagation": r"backward\.html$",
    "regularization": r"(faq\.html#how-do-i-fight|outlook\.html#what-ridge-regression)",
    "dying relu": r"faq\.html#how-do-i-choose-an-activation",
    "vanishing gradient": r"backward\.html#vanishing-and-exploding",
    "why is my loss nan?": r"faq\.html#why-is-my-loss-nan",
    "cross validation": r"faq\.html#cross-validation",
    "adam or momentum": r"faq\.html#adam-or-momentum",
    "how to check a gradient": r"backward\.html#how-to-check",
    "adam optimizer": r"gradient_descent\.html#a-rate-for-every",
    "cross entropy gradient": r"(concepts|backward)\.html#(softmax-and-|coin-flips|the-loss-and)",
    "kaiming init": r"forward\.html#the-recursion",
    # Typing errors
    "overfiting": r"faq\.html#how-do-i-fight",
    "backpropogation": r"backward\.html$",
    "gradeint descent": r"(gradient_descent\.html$|faq\.html#why-gradient-descent)",
    # By number
    "eq 5.12": r"gradient_descent\.html#equation-",
    "(4.7)": r"backward\.html#equation-",
    "exercise 3.2": r"forward\.html#forward-ex-",
    "fig. 2.1": r"concepts\.html#concepts-fig-",
    "theorem 1.1": r"background\.html#background-thm-",
    "chapter 4": r"backward\.html$",
}


def first(page, query):
    """Return the address of the first result."""
    page.fill("#search input", query)
    page.wait_for_function("() => /found/i.test(document.querySelector('.told').textContent)")
    links = page.locator(".results a")
    return links.first.get_attribute("href") if links.count() else None


@pytest.mark.browser
def test_the_first_result_answers_a_student_in_prose_and_soon(desk):
    page = desk.open("search.html")
    for query, place in QUERIES.items():
        assert re.search(place, first(page, query) or "nothing"), query
    for query in ("softplus", "descent lemma", "learning rate"):
        assert first(page, query)
        for excerpt in page.locator(".results p").all_inner_texts():
            assert not re.search(r"\[a-zA-Z]|frac[{\d]|[lr]Vert|Show the code", excerpt), excerpt
        marked = page.locator(".results mark").first.inner_text().lower()
        assert marked.removesuffix("s") in query
    first(page, "loss")
    took = page.evaluate(
        """async () => {
          const input = document.querySelector("#search input");
          input.value = "gradient descent converges slowly because ".repeat(2000);
          const start = performance.now();
          input.dispatchEvent(new Event("input"));
          await new Promise((done) => setTimeout(done, 0));
          return performance.now() - start;
        }"""
    )
    assert took < 1000
    assert page.locator(".results a").count() > 0


@pytest.mark.browser
def test_a_slash_opens_the_search_which_nothing_loads_before(reader):
    page = reader.open("chapters/forward.html")
    assert not any("search" in address for address in reader.requests)
    page.keyboard.press("/")
    page.keyboard.type("softmax")
    page.wait_for_selector("dialog.search .results a")
    assert page.locator("dialog.search input").input_value() == "softmax"
    page.keyboard.press("ArrowDown")
    target = page.evaluate("document.activeElement.href")
    page.keyboard.press("Enter")
    page.wait_for_url(target)
    assert reader.messages == []


@pytest.mark.browser
def test_the_search_closes_by_escape_and_opens_by_its_link(reader):
    page = reader.open("index.html")
    page.click("a.find")
    page.keyboard.type("loss")
    page.wait_for_selector("dialog.search .results a")
    page.keyboard.press("Escape")
    assert not page.locator("dialog.search").is_visible()
    assert page.evaluate("document.activeElement.className").startswith("find")
    page.click("a.find")
    assert page.locator("dialog.search").is_visible()


@pytest.mark.browser
@pytest.mark.parametrize("missing", ["search.js", "search-index.js"])
def test_a_search_that_cannot_be_loaded_says_so(reader, missing):
    reader.page.route(f"**/assets/{missing}*", lambda route: route.abort())
    page = reader.open("search.html")
    page.fill("#search input", "loss")
    page.wait_for_selector("text=could not be loaded")
