"""How a real JupyterLab shows a chapter: with jupyterlab-myst and without it."""

import json
from collections.abc import Iterator

import nbformat
import pytest
from playwright.sync_api import Browser, Page, expect

from explorable.book.notebooks.jupyter import for_jupyter, read_references
from explorable.book.notebooks.normalise import normalise
from tests.explorable.explore.lab import running_lab

pytestmark = pytest.mark.browser

TEXT = r"""# A title

Equation {eq}`a-square`, {ref}`a-ex` and {prf:ref}`a-thm`.

$$
z = x^2
$$

$$
y = x^2
$$ (a-square)

```{prf:theorem} Squares
:label: a-thm

Whoever squares $x$ has $x^2$.
```

```{prf:proof}
By {eq}`a-square`.
```

````{exercise} By hand
:label: a-ex

Square $y$, or run

```python
print(2**2)
```
````
"""
SOLUTION = "```{solution-start} a-ex\n:class: dropdown\n```\n\nIt is $y^2$."


@pytest.fixture(scope="module", params=["myst", "bare"])
def lab(
    request: pytest.FixtureRequest, browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Page]:
    """Return the notebook of a fourth chapter as JupyterLab opens it."""
    folder = tmp_path_factory.mktemp(request.param)
    cells = [nbformat.v4.new_markdown_cell(text) for text in (TEXT, SOLUTION)]
    chapter = normalise(nbformat.v4.new_notebook(cells=cells))
    three = [(f"c{i}", nbformat.v4.new_notebook(cells=cells[:1])) for i in range(3)]
    shown = for_jupyter(chapter, read_references([*three, ("four", chapter)]), {}, chapter="four")
    for cell in shown.cells:
        cell.metadata.pop("jupyter", None)  # the solution, too, is to be seen
    nbformat.write(shown, folder / "four.ipynb")
    if request.param == "bare":
        settings = folder / "config_dir" / "labconfig"
        settings.mkdir(parents=True)
        without = {"disabledExtensions": {"jupyterlab-myst": True}}
        (settings / "page_config.json").write_text(json.dumps(without))
    with running_lab(folder) as address:
        page = browser.new_page(viewport={"width": 1280, "height": 1600})
        page.goto(f"{address}/four.ipynb?reset")
        page.wait_for_selector(".jp-Notebook a[href$='#a-square']", timeout=60_000)
        page.mode = request.param
        yield page
        page.close()


def test_numbers_are_those_of_the_references(lab: Page) -> None:
    text = lab.locator(".jp-Notebook")
    for reference in ("(4.1)", "Exercise 4.1", "Theorem 4.1"):
        expect(text.get_by_role("link", name=reference, exact=True).first).to_be_visible()
    if lab.mode == "bare":
        expect(text.locator("mjx-labels, mjx-mlabeledtr")).not_to_have_count(0)
        expect(text).to_contain_text(":::{exercise} By hand :enumerator: 4.1")
        return
    # Nothing is counted besides: no (1) and no (2) beside a formula.
    expect(text.locator("[id] > .select-none")).to_have_count(0)
    expect(text.locator(".tag")).to_have_text(["(4.1)"])
    expect(text.locator(".myst-proof-title")).to_have_text(
        ["Theorem 4.1 (Squares)", "Proof"], use_inner_text=True
    )
    titles = text.locator(".myst-exercise-title")
    expect(titles).to_have_count(2)  # JupyterLab renders cell after cell
    exercise, solution = titles.all()
    expect(exercise).to_have_text("Exercise 4.1 (By hand)", use_inner_text=True)
    expect(solution).to_contain_text("Solution to Exercise\u00a04.1")


def test_formulas_are_formulas_and_code_is_code(lab: Page) -> None:
    text = lab.locator(".jp-Notebook")
    errors = text.locator(".katex-error, .text-myst-error, mjx-merror")
    formula = ".katex" if lab.mode == "myst" else "mjx-container"
    expect(text.locator(formula)).to_have_count(6)
    expect(errors).to_have_count(0)
    code = text.locator(".jp-RenderedMarkdown pre, .jp-MarkdownOutput pre, .myst-code pre")
    assert [each.strip() for each in code.all_inner_texts()] == ["print(2**2)"]
    assert "$" not in text.inner_text()
