"""A reader keeps the book on the device: then it opens without the server that gave it."""

import http.server
import json
import threading
from functools import partial

import pytest

pytestmark = pytest.mark.browser


class Server:
    """Serves a site, with some files in other words, and may be gone."""

    def __init__(self, site):
        changed = self.changed = {}

        class Handler(http.server.SimpleHTTPRequestHandler):
            def do_GET(self):
                name = self.path.partition("?")[0][1:]
                if name not in changed:
                    super().do_GET()
                    return
                self.send_response(200 if changed[name] else 500)
                self.send_header("Content-Type", "text/javascript")
                self.end_headers()
                self.wfile.write(changed[name])

            def log_message(self, *arguments):
                pass

        make = partial(Handler, directory=str(site))
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), make)
        self.url = f"http://127.0.0.1:{self.server.server_port}/"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self):
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def server(site):
    made = Server(site)
    yield made
    made.stop()


@pytest.fixture
def page(browser):
    context = browser.new_context()
    yield context.new_page()
    context.close()


def keep(page, server, name="Keep the book on this device"):
    page.goto(server.url)
    page.get_by_role("button", name=name).click()


def test_a_book_that_is_kept_opens_when_its_server_is_gone(site, server, page):
    keep(page, server)
    page.get_by_text("The book is on this device").wait_for(timeout=60_000)
    server.stop()
    page.goto(f"{server.url}zh/")
    assert page.locator("html").get_attribute("lang") == "zh-Hans"
    page.goto(f"{server.url}chapters/forward.html#forward-fig-layer")
    card = page.locator("#explorer-layer")
    before = card.locator(".explorer-say p").first.inner_text()
    card.get_by_role("slider").first.press("ArrowRight")
    page.wait_for_function(
        "before => document.querySelector('#explorer-layer .explorer-say p').innerText != before",
        arg=before,
    )
    page.goto(f"{server.url}search.html?q=momentum")
    page.get_by_role("link", name="momentum").first.wait_for()
    page.goto(f"{server.url}")
    page.get_by_role("button", name="Remove it from this device").click()
    page.wait_for_function("async () => (await caches.keys()).length === 0")


@pytest.mark.proof
def test_cells_run_in_a_book_that_is_kept(site, server, page):
    keep(page, server)
    page.get_by_text("The book is on this device").wait_for(timeout=60_000)
    server.stop()
    page.goto(f"{server.url}chapters/forward.html")
    page.locator(".computes").nth(1).get_by_role("button", name="Run").click()
    page.get_by_text("Done").first.wait_for(timeout=120_000)


def few(edition):
    files = {"index.html": 1_000_000, "assets/site.css": 1}
    return b"window.bookFiles = " + json.dumps({"edition": edition, "files": files}).encode()


def test_a_new_edition_is_offered_and_a_failed_try_goes_on(server, page):
    server.changed |= {"files.js": few("one"), "assets/site.css": b""}
    keep(page, server, "Keep the book on this device (2 MB)")
    page.get_by_text("The book was not kept whole (assets/site.css: 500).").wait_for()
    del server.changed["assets/site.css"]
    page.get_by_role("button", name="Try again").click()
    page.get_by_text("The book is on this device").wait_for()
    server.changed["files.js"] = few("two")
    page.reload()
    page.get_by_text("There is a new edition.").wait_for()
    assert page.evaluate("caches.keys()") == ["book one"]  # nothing is taken unasked
    page.get_by_role("button", name="Take it").click()
    page.get_by_text("The book is on this device").wait_for()
    assert page.evaluate("caches.keys()") == ["book two"]
