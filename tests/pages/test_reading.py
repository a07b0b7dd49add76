"""What a reader does with the pages: point, print, run, share."""

import re
import shutil
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import expect

from explorable.book.job import Build
from explorable.book.notebooks.downloaded import for_download
from explorable.book.notebooks.normalise import dumps
from explorable.book.print.pdf import one_document, reading_order
from tests.pages.cards import CHAPTERS
from tests.pages.readers import make_reader

pytestmark = pytest.mark.browser

BOOK = Build()
REFERENCE = "article a.internal[href*='#equation-']"


def test_pointing_at_a_reference_shows_the_equation(reader):
    for name in CHAPTERS:
        page = reader.open(name)
        if page.locator(REFERENCE).count():
            break
    else:
        pytest.fail("no chapter refers to an equation")
    link = page.locator(REFERENCE).first
    link.hover()
    page.wait_for_selector("#preview math")
    assert link.get_attribute("aria-describedby") == "preview"
    page.keyboard.press("Escape")
    assert not page.locator("#preview").is_visible()


def test_every_reference_to_another_page_brings_its_equation_and_each_page_its_notebook(reader):
    for name in CHAPTERS:
        page = reader.open(name)
        missing = page.evaluate(
            """() => {
              const known = new Set([...document.querySelectorAll("template[data-preview]")]
                .map((template) => template.dataset.preview));
              return [...document.querySelectorAll("article a.internal[href*='.html#equation-']")]
                .map((link) => link.getAttribute("href")).filter((href) => !known.has(href));
            }"""
        )
        assert missing == []
        address = page.locator("a.download[href$='.ipynb']").get_attribute("href")
        committed = nbformat.read(BOOK.source / Path(name).with_suffix(".ipynb"), as_version=4)
        offered = ((reader.site / name).parent / address).read_text(encoding="utf-8")
        assert offered == dumps(for_download(committed))
    assert reader.messages == []


def test_an_address_leads_into_a_fold_and_a_broken_one_nowhere(reader):
    page = reader.open(CHAPTERS[0])
    fold = page.locator("article details[id]").first
    address = (reader.site / CHAPTERS[0]).as_uri() + f"#{fold.get_attribute('id')}"
    page.goto(address)
    assert fold.get_attribute("open") is not None
    page.goto("about:blank")  # and as from another page
    page.goto(address)
    assert fold.get_attribute("open") is not None
    page.goto((reader.site / CHAPTERS[0]).as_uri() + "#%")
    page.reload()
    assert reader.messages == []


def test_the_printed_book_links_into_itself(site):
    names = reading_order((site / "index.html").read_text(encoding="utf-8"))
    assert set(CHAPTERS) <= set(names)
    document = one_document(site, names)
    ids = set(re.findall(r'\bid="([^"]+)"', document))
    targets = set(re.findall(r'\bhref="#([^"]+)"', document))
    assert targets
    assert targets - ids == set()


def test_a_chinese_page_offers_a_notebook_with_chinese_text_and_the_same_code(reader):
    for name in CHAPTERS:
        page = reader.open(f"zh/{name}")
        address = page.locator("a.download[href$='.ipynb']").get_attribute("href")
        chinese = nbformat.read((reader.site / "zh" / name).parent / address, as_version=4)
        english = nbformat.read(BOOK.source / Path(name).with_suffix(".ipynb"), as_version=4)
        code = [
            [cell for cell in book.cells if cell.cell_type == "code"]
            for book in (chinese, english)
        ]
        assert code[0] == code[1]
        text = "\n".join(cell.source for cell in chinese.cells if cell.cell_type == "markdown")
        assert len(re.findall("[\u4e00-\u9fff]", text)) > 5000
        assert "###### 解答" in text
        assert re.search(r"\[图\d\.\d+\]\(#\S+\)", text)
        assert not re.search(r"\b(?:Exercise|Figure|Theorem|Solution) \d", text)


RAW = re.compile(
    r"^[ >]*\([\w:-]+\)=|^[ >]*(?:[:`]{3,}\{|:{3,}$|:[\w-]+:)|\{[\w:]+\}`|\$\$ *\([\w:-]+\) *$",
    re.MULTILINE,
)


@pytest.mark.parametrize("folder", ["", "zh/"])
def test_no_notebook_to_download_has_labels_that_only_myst_reads(site, folder):
    for name in CHAPTERS:
        path = (site / folder / name).with_suffix(".ipynb")
        cells = nbformat.read(path, as_version=4).cells
        texts = [cell.source for cell in cells if cell.cell_type == "markdown"]
        assert [found[0] for text in texts for found in RAW.finditer(text)] == [], path
        assert all(texts)
        assert sum(text.count("<details>") for text in texts) == sum(
            text.count("</details>") for text in texts
        )
    committed = nbformat.read(BOOK.source / Path(name).with_suffix(".ipynb"), as_version=4)
    assert RAW.search("\n".join(cell.source for cell in committed.cells))  # there it stays


def test_the_copy_button_copies_the_code(browser, site):
    reader = make_reader(browser, site, permissions=["clipboard-read", "clipboard-write"])
    page = reader.open(CHAPTERS[0])
    block = page.locator(".cell_input .highlight").filter(visible=True).first
    code = block.locator("pre").inner_text()
    block.hover()
    block.locator("button.copy").click()
    expect(block.locator("button.copy")).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()").strip() == code.strip()
    reader.context.close()


COVERED = """() => [...document.querySelectorAll("pre:has(.line) + .copy")].filter((button) => {
  const range = document.createRange(), edge = button.getBoundingClientRect();
  range.selectNodeContents(button.parentElement.querySelector(".line"));
  return edge.width && [...range.getClientRects()].some(({ right }) => right > edge.left);
}).length"""


def test_on_a_phone_the_copy_button_covers_no_code(phone):
    assert phone.open(CHAPTERS[0]).evaluate(COVERED) == 0


def test_the_site_works_from_a_folder_deep_below_a_strange_name(browser, site, tmp_path):
    copy = tmp_path / "a b" / "书" / "site"
    shutil.copytree(site, copy)
    reader = make_reader(browser, copy)
    reader.open(CHAPTERS[0])
    assert reader.messages == []
    reader.context.close()
