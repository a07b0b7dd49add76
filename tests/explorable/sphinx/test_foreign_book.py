"""Somebody else's book: Jupyter Book's plain one, with the engine installed from its wheel."""

import re
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, writes

from explorable.book import ENGINE
from explorable.sphinx.site.wheel import pack

README = (ENGINE / "README.md").read_text(encoding="utf-8")
CODE = re.findall(r"```(?:python|yaml)\n(.*?)```", README, re.DOTALL)
SHORT, PARABOLA, CONFIG, LESSONS, POWERS, IMPORT, TASK = CODE
JUPYTER_BOOK = ["-c", "from jupyter_book.cli.main import main; main()"]
RIGHT = 'def square(x):\n    return x * x\n\n\njudge("square", square)'


def run(*command: object, folder: Path) -> str:
    result = subprocess.run([*map(str, command)], cwd=folder, capture_output=True, text=True)
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout + result.stderr


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """Return a Python that has the engine from its wheel, and all else from this environment."""
    folder = tmp_path_factory.mktemp("installed")
    run(sys.executable, "-m", "venv", "--without-pip", "env", folder=folder)
    (packages,) = folder.glob("env/lib/*/site-packages")
    # A folder that is named there is searched, but what it names itself, this book, is not.
    (packages / "others.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    python = folder / "env" / "bin" / "python"
    pip = [sys.executable, "-m", "pip", "--python", python, "--quiet", "install"]
    run(*pip, "--no-deps", "--no-index", pack(folder, ENGINE), folder=folder)
    told = run(python, "-c", "import explorable; print(explorable.__file__)", folder=folder)
    assert told.startswith(str(packages))
    return python


def build(python: Path, folder: Path, config: str) -> Path:
    """Build the book that ``jupyter-book create`` makes, with the pages of the README added."""
    run(python, *JUPYTER_BOOK, "create", "book", folder=folder)
    book = folder / "book"
    for name, cells in {"parabola": [PARABOLA], "task": [IMPORT, TASK]}.items():
        title = new_markdown_cell(f"# The {name}")
        notebook = new_notebook(cells=[title, *map(new_code_cell, cells)])
        (book / f"{name}.ipynb").write_text(writes(notebook), encoding="utf-8")
        with (book / "_toc.yml").open("a", encoding="utf-8") as toc:
            toc.write(f"\n- file: {name}")
    with (book / "_config.yml").open("a", encoding="utf-8") as settings:
        settings.write(f"\n{config}")
    (book / "lessons").mkdir()
    (book / "lessons" / "__init__.py").write_text(LESSONS, encoding="utf-8")
    (book / "lessons" / "powers.py").write_text(POWERS, encoding="utf-8")
    return rebuild(python, book)


def rebuild(python: Path, book: Path) -> Path:
    run(python, *JUPYTER_BOOK, "build", "-W", "--keep-going", book, folder=book.parent)
    return book / "_build" / "html"


@pytest.fixture(scope="module")
def site(installed, tmp_path_factory):
    return build(installed, tmp_path_factory.mktemp("foreign"), CONFIG)


@pytest.fixture
def page(browser):
    """Return a page, and refuse what it asks the network for, or says in error."""
    context = browser.new_context()
    page, asked, wrong = context.new_page(), [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    yield page
    assert [url for url in asked if not url.startswith(("file:", "blob:"))] == []
    assert {error for error in wrong if "THEBE_JS_URL" not in error} == set()  # of that theme
    context.close()


@pytest.mark.proof
@pytest.mark.browser
def test_an_explorer_moves_from_disk(site, page):
    page.goto((site / "parabola.html").as_uri())
    assert page.locator(".explorer").count() == 1
    assert page.locator(".cell_output img, .cell_output .jp-Widget").count() == 0
    said = page.locator(".explorer-say p").first
    assert said.inner_text() == "At x = 1 the slope is 2a = 2."
    drawn = page.locator(".explorer [data-m]").first
    before = drawn.inner_html()
    page.locator(".explorer[data-ready] input").focus()
    page.keyboard.press("ArrowLeft")
    page.wait_for_function(
        "was => document.querySelector('[data-m]').innerHTML !== was", arg=before
    )
    assert said.inner_text() == "At x = 1 the slope is 2a = 1."


@pytest.mark.proof
@pytest.mark.browser
def test_a_task_is_judged_in_the_page(site, page):
    page.goto((site / "task.html").as_uri())
    cell = page.locator(".computes")
    cell.get_by_role("button", name="Edit").click()
    cell.locator(".cm-content").fill(RIGHT)
    cell.get_by_role("button", name="Run").click()
    page.wait_for_selector("[data-run=done]", timeout=60_000)
    assert cell.locator(".run-output").inner_text().startswith("square: right")
    cell.locator(".cm-content").fill(RIGHT.replace("x * x", "2 * x"))
    cell.get_by_role("button", name="Run").click()
    cell.get_by_text("The square of 3 is 9, not 6.").wait_for(timeout=60_000)


@pytest.mark.proof
def test_a_second_build_leaves_no_page_behind(installed, site):
    page = (site / "parabola.html").read_text(encoding="utf-8")
    assert "sphinx-book-theme" in page  # the theme is the book's own
    assert "site.css" not in page
    assert (site / "searchindex.js").is_file()
    book = site.parent.parent
    task = book / "task.ipynb"
    task.write_text(task.read_text("utf-8").replace("x times x", "its square"), encoding="utf-8")
    rebuild(installed, book)
    for page in (site / "task.html", site / "notebooks.html"):  # the other one did not change
        (python,) = re.findall(r'data-python="([^"]+)"', page.read_text(encoding="utf-8"))
        assert (site / python).is_file()
    assert 'class="explorer"' in (site / "parabola.html").read_text(encoding="utf-8")
    assert list((site / "_static" / "explorable").glob("parabola.*.js"))


@pytest.mark.proof
def test_python_is_brought_only_when_asked_for(installed, tmp_path):
    site = build(installed, tmp_path, SHORT)
    assert 'class="explorer"' in (site / "parabola.html").read_text(encoding="utf-8")
    assert not (site / "_static" / "explorable" / "python").exists()
    assert "computes" not in (site / "task.html").read_text(encoding="utf-8")
