"""A reader keeps the book on the device: then it opens without the server that gave it."""

import json

import pytest
from playwright.sync_api import expect

from explorable.sphinx.site.device import write_device
from tests.pages.phone import serving

pytestmark = pytest.mark.browser


@pytest.fixture
def server(site):
    with serving(site) as host:
        yield host


def gone(server):
    server.shutdown()
    server.server_close()


@pytest.fixture
def page(browser):
    context = browser.new_context()
    yield context.new_page()
    context.close()


def keep(page, address, name="Keep the book on this device", said="The book is on this device"):
    page.goto(f"{address}/")
    page.get_by_role("button", name=name).click()
    page.get_by_text(said).wait_for(timeout=60_000)


def test_a_book_that_is_kept_opens_when_its_server_is_gone(site, server, page):
    keep(page, server.address)
    gone(server)
    page.goto(f"{server.address}/zh/")
    assert page.locator("html").get_attribute("lang") == "zh-Hans"
    page.goto(f"{server.address}/chapters/forward.html#forward-fig-layer")
    card = page.locator("#explorer-layer[data-ready]")
    before = card.locator(".explorer-say p").first.inner_text()
    card.get_by_role("slider").first.press("ArrowRight")
    page.wait_for_function(
        "before => document.querySelector('#explorer-layer .explorer-say p').innerText != before",
        arg=before,
    )
    page.goto(f"{server.address}/search.html?q=momentum")
    page.get_by_role("link", name="momentum").first.wait_for()
    page.goto(f"{server.address}/")
    page.get_by_role("button", name="Remove it from this device").click()
    page.wait_for_function("async () => (await caches.keys()).length === 0")


@pytest.mark.proof
def test_cells_run_in_a_book_that_is_kept(site, server, page):
    keep(page, server.address)
    gone(server)
    page.goto(f"{server.address}/chapters/forward.html")
    page.locator(".computes").nth(1).get_by_role("button", name="Run").click()
    page.get_by_text("Done").first.wait_for(timeout=120_000)


def few(edition):
    files = {"index.html": 1_000_000, "assets/site.css": 1}
    return b"window.bookFiles = " + json.dumps({"edition": edition, "files": files}).encode()


def test_a_new_edition_is_offered_and_a_failed_try_goes_on(server, page):
    server.changed |= {"files.js": few("one"), "assets/site.css": b""}
    said = "The book was not kept whole (assets/site.css: 500)."
    keep(page, server.address, "Keep the book on this device (2 MB)", said)
    del server.changed["assets/site.css"]
    page.get_by_role("button", name="Try again").click()
    page.get_by_text("The book is on this device").wait_for()
    server.changed["files.js"] = few("two")
    page.reload()
    told = page.get_by_text("There is a new edition.")
    told.wait_for()
    page.emulate_media(media="print")
    assert not told.is_visible()
    page.emulate_media(media="screen")
    assert page.evaluate("caches.keys()") == [
        f"book {server.address}/ one"
    ]  # nothing is taken unasked
    page.get_by_role("button", name="Take it").click()
    page.get_by_text("The book is on this device").wait_for()
    assert page.evaluate("caches.keys()") == [f"book {server.address}/ two"]


def test_a_book_in_the_folder_of_another_is_a_book_of_its_own(site, page, tmp_path):
    for each in (*site.iterdir(), tmp_path / "b"):
        (tmp_path / each.name).symlink_to(site if each.name == "b" else each)
    with serving(tmp_path) as server:
        server.changed |= {"files.js": few("one"), "b/files.js": few("two")}
        keep(page, server.address)
        keep(page, f"{server.address}/b", "Keep the book on this device (2 MB)")
        both = [f"book {server.address}/ one", f"book {server.address}/b/ two"]
        assert sorted(page.evaluate("caches.keys()")) == both
        page.get_by_role("button", name="Remove it from this device").click()
        page.get_by_role("button", name="Keep the book").wait_for()
        assert page.evaluate("caches.keys()") == both[:1]


def test_what_is_done_in_one_book_is_not_of_another_on_the_host(site, server, page):
    name = "chapters/faq.html"
    done = {"task hat": {"right": True, "tries": 1, "at": 1, "page": "chapters/faq"}}
    page.goto(f"{server.address}/{name}")
    for key, value in {
        "code:mathdl:chapters/faq": [{"at": 1, "source": "what it was", "code": "mine"}],
        "progress:mathdl": {"version": 1, "done": done},
    }.items():
        page.evaluate("pair => localStorage.setItem(...pair)", [key, json.dumps(value)])
    marked = page.locator(".frame [data-done^='1/']")
    offered = page.get_by_role("button", name="Show your version")
    page.reload()
    expect(marked).to_have_count(1)
    expect(offered).to_have_count(1)
    text = (site / name).read_text("utf-8").replace('data-book="mathdl"', 'data-book="other"')
    server.changed[name] = text.encode()
    page.reload()
    page.get_by_role("button", name="Edit").nth(1).click()
    page.get_by_role("textbox").first.wait_for()
    assert (marked.count(), offered.count()) == (0, 0)


def test_the_edition_is_of_what_is_read_alone(tmp_path):
    (tmp_path / "assets").mkdir()
    listed = []
    for text in ("one", "one", "two"):
        (tmp_path / "index.html").write_text(text, "utf-8")
        write_device(tmp_path, "A book")
        listed.append((tmp_path / "files.js").read_text("utf-8"))
    assert "files.js" not in listed[0]
    assert "worker.js" not in listed[0]
    assert "manifest.webmanifest" in listed[0]
    assert listed[0] == listed[1] != listed[2]
