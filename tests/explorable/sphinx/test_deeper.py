"""Folds that go deeper and derivations step by step, as Sphinx makes them of Markdown."""

import re
from pathlib import Path

import bs4
import pytest
from sphinx.testing.util import SphinxTestApp

CONFIGURATION = """
extensions = [
    "myst_nb",
    "explorable.sphinx.content.folds",
    "explorable.sphinx.content.deeper",
    "explorable.sphinx.content.derivations",
]
myst_enable_extensions = ["colon_fence", "dollarmath"]
html_math_renderer = "mathjax"
nb_execution_mode = "off"
"""
FOLD = """# A

Before.

:::{deeper-start} Why $x$ **holds**
:label: why
Three steps.

:::

One {words}

$$x = 1$$

:::{deeper-end}
:::

After.
"""
CHAIN = """# A

:::{derivation}
It begins.

$$a = b$$

$$= c$$

For a reason.

And another.

$$= d$$

:::
"""


@pytest.fixture
def page(tmp_path: Path):
    """Return a function that makes a page of Markdown, and what Sphinx says of it."""

    def make(text: str) -> tuple[bs4.Tag, str]:
        (tmp_path / "conf.py").write_text(CONFIGURATION)
        (tmp_path / "index.md").write_text(text)
        app = SphinxTestApp("html", srcdir=tmp_path)
        app.build()
        html = (app.outdir / "index.html").read_text(encoding="utf-8")
        told = app.warning.getvalue()
        app.cleanup()
        return bs4.BeautifulSoup(html, "html.parser").find(role="main"), told

    return make


def squeezed(part: bs4.Tag) -> str:
    return re.sub(r"\s+", " ", part.get_text()).strip()


def test_what_stands_between_the_marks_is_folded(page):
    main, told = page(FOLD.replace("{words}", "word " * 420))
    assert told == ""
    (fold,) = main.find_all("details")
    assert fold["class"] == ["deeper", "fold"]
    assert fold["id"] == "why"
    assert not fold.has_attr("open")
    summary = fold.summary
    title, time, inside = summary.find_all("span", recursive=False)
    assert title.find("strong").text == "holds"
    assert time.text == "3 minutes"  # 421 words and half a minute
    assert inside.text == "Three steps."
    assert squeezed(summary).endswith("holds 3 minutes Three steps.")
    assert [child.name for child in fold.find_all(recursive=False)] == ["summary", "p", "div"]
    assert [squeezed(each) for each in main.find_all("p")][-1] == "After."


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (FOLD.replace(":::{deeper-end}\n:::\n", ""), "a fold must end, by {deeper-end}, in the"),
        (FOLD.replace(":::{deeper-end}", "## B\n\n:::{deeper-end}"), "a fold must end"),
        ("# A\n\n:::{deeper-end}\n:::\n", "no fold begins before this end"),
        (FOLD.replace(":label: why\n", ""), "a fold needs a :label:"),
        (CHAIN.split("$$= c$$")[0] + ":::\n", "a derivation has two formulas or more"),
    ],
)
def test_a_fold_or_a_derivation_that_is_not_whole_is_refused(page, text, fault):
    assert fault in page(text)[1]


def test_formulas_are_steps_and_what_follows_them_their_reasons(page):
    main, told = page(CHAIN)
    assert told == ""
    chain = main.find(class_="derivation")
    assert squeezed(chain.find_previous_sibling("p")) == "It begins."
    steps = chain.find_all(class_="step")
    assert [step.get("hidden") for step in steps] == [None, "until-found", "until-found"]
    assert [bool(step.details) for step in steps] == [False, True, False]
    assert squeezed(steps[1].details) == "Why? For a reason. And another."
    assert [button.text for button in chain.find_all("button")] == ["Next step", "All steps"]
