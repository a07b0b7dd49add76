"""How a real JupyterLab shows a chapter: with jupyterlab-myst and without it."""

from collections.abc import Iterator

import nbformat
import pytest
from playwright.sync_api import Browser, Page, expect

from explorable.book.notebooks.downloaded import for_download
from explorable.book.notebooks.jupyter import for_jupyter, read_references
from explorable.book.notebooks.normalise import normalise
from tests.explorable.explore.lab import rest, running_lab

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
CELLS = [
    TEXT,
    "```{solution-start} a-ex\n:class: dropdown\n```\n\nIt is $y^2$.",
    "```{solution-end}\n```",
    "```{exercise} By heart\n:label: a-heart\n\nKnow it.\n```",
    "```{solution-start} a-heart\n:class: dropdown\n```\n\nThe text of the solution.",
    "print('The output' + ' of the solution')",
    "```{solution-end}\n```",
    "```{exercise} By eye\n:label: a-eye\n\nLook.\n```",
    "print('All cells' + ' ran')",
]


def as_cell(text: str) -> nbformat.NotebookNode:
    new = nbformat.v4.new_code_cell if text.startswith("print") else nbformat.v4.new_markdown_cell
    return new(text)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return where JupyterLab opens a fourth chapter, one of its solutions open."""
    folder = tmp_path_factory.mktemp("lab")
    chapter = normalise(nbformat.v4.new_notebook(cells=[as_cell(text) for text in CELLS]))
    three = [(f"c{i}", nbformat.v4.new_notebook(cells=chapter.cells[:1])) for i in range(3)]
    shown = for_jupyter(chapter, read_references([*three, ("four", chapter)]), {}, chapter="four")
    for cell in shown.cells[:3]:
        cell.metadata.clear()
    for mode in ("myst", "bare"):
        nbformat.write(shown, folder / f"{mode}.ipynb")
    nbformat.write(for_download(shown), folder / "downloaded.ipynb")
    with running_lab(folder) as started:
        yield started


@pytest.fixture(scope="module", params=["myst", "bare"])
def lab(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 1280, "height": 1600})
    if request.param == "bare":
        page.route("**/jupyterlab-myst/**", lambda route: route.abort())
    page.goto(f"{address}/{request.param}.ipynb?reset")
    page.wait_for_selector(".jp-Notebook a[href$='#a-square']", timeout=60_000)
    page.mode = request.param
    yield page
    page.close()


def test_a_downloaded_notebook_needs_no_myst(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 600})
    page.route("**/jupyterlab-myst/**", lambda route: route.abort())
    page.goto(f"{address}/downloaded.ipynb?reset")
    text = page.locator(".jp-Notebook")
    theorem = text.locator("blockquote", has_text="Theorem 4.1 · Squares")
    expect(theorem).to_be_visible(timeout=60_000)
    expect(text.locator("blockquote", has_text="Proof")).to_be_visible()
    expect(text).not_to_contain_text(":::")
    expect(text).not_to_contain_text("(a-square)")
    last = text.locator("blockquote", has_text="Exercise 4.3 · By eye")
    expect(last).not_to_be_in_viewport()
    last.scroll_into_view_if_needed()
    expect(theorem).not_to_be_in_viewport()
    text.locator("a[href$='#a-thm']").first.evaluate("link => link.click()")  # it is far above
    expect(theorem).to_be_in_viewport()
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
    expect(text.locator("[id] > .select-none:not(a)")).to_have_count(0)
    expect(text.locator(".tag")).to_have_text(["(4.1)"])
    expect(text.locator(".myst-proof-title")).to_have_text(
        ["Theorem 4.1 (Squares)", "Proof"], use_inner_text=True
    )
    titles = text.locator(".myst-exercise-title").filter(visible=True)
    expect(titles).to_have_count(4)  # JupyterLab renders cell after cell
    exercise, solution, *_ = titles.all()
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


def test_a_solution_stays_closed_when_all_cells_run(lab: Page) -> None:
    text = lab.locator(".jp-Notebook")
    texts = [text.get_by_text(f"The {part} of the solution") for part in ("text", "output")]
    rest(lab)
    for ran in (False, True):
        if ran:
            lab.get_by_role("menuitem", name="Kernel", exact=True).click()
            lab.get_by_role("menuitem", name="Restart Kernel and Run All Cells").click()
            lab.get_by_role("button", name="Confirm Kernel Restart").click()
            expect(text.get_by_text("All cells ran", exact=True)).to_be_visible(timeout=60_000)
        expect(text.locator("p", has_text="Know it.")).to_be_visible()
        for each in texts:
            expect(each.filter(visible=True)).to_have_count(0)
    text.get_by_role("button", name="3 cells hidden").click()
    expect(texts[1].filter(visible=True)).to_have_count(1)
