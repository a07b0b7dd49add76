"""A static host that compresses; and a reader on a phone: a slow line, a slow processor."""

import functools
import gzip
import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser

# A usual 4G line, and a processor four times slower than this one.
NETWORK = {"offline": False, "latency": 85, "downloadThroughput": 9e6 / 8, "uploadThroughput": 9e5}
SLOWER = 4
FIRST = """
() => new Promise((resolve) => {
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries())
      if (entry.name === "first-contentful-paint") resolve(entry.startTime);
  }).observe({type: "paint", buffered: true});
})
"""


class Host(http.server.ThreadingHTTPServer):
    """Serves a site as static hosts do, and remembers how many bytes what was asked for took."""

    def __init__(self, site: Path, policy: str) -> None:
        super().__init__(("127.0.0.1", 0), functools.partial(_Compressed, directory=str(site)))
        self.address = f"http://127.0.0.1:{self.server_address[1]}"
        self.sent: dict[str, int] = {}
        self.policy = policy
        self.changed: dict[str, bytes] = {}  # what stands in the place of a file; nothing: a fault


class _Compressed(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    @staticmethod
    @functools.cache
    def packed(path: Path, changed: float) -> bytes:
        return gzip.compress(path.read_bytes())

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        self.server.sent[self.path] = 0
        changed = self.server.changed.get(self.path.partition("?")[0][1:])
        if not path.is_file() or changed == b"":
            self.send_error(500 if changed == b"" else 404)
            return
        compress = path.suffix in (".html", ".css", ".js", ".svg")
        if changed is not None:
            content = gzip.compress(changed)
        else:
            content = self.packed(path, path.stat().st_mtime) if compress else path.read_bytes()
        self.server.sent[self.path] = len(content)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "max-age=600")
        if compress:
            self.send_header("Content-Encoding", "gzip")
        if self.server.policy:
            self.send_header("Content-Security-Policy", self.server.policy)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *arguments: object) -> None:
        """Keep quiet."""


@contextmanager
def serving(site: Path, policy: str = "") -> Iterator[Host]:
    """Serve a site, with a policy for its contents if one is given, and stop."""
    host = Host(site, policy)
    thread = threading.Thread(target=host.serve_forever, daemon=True)
    thread.start()
    try:
        yield host
    finally:
        host.shutdown()
        host.server_close()
        thread.join()


def first_paint(browser: Browser, address: str, name: str, *, whole: bool = False) -> float:
    """Open a page on the phone; return the seconds until its first text or picture is painted.

    With ``whole`` the reader then scrolls to the end, so that everything is loaded.
    """
    context = browser.new_context(viewport={"width": 390, "height": 800})
    try:
        page = context.new_page()
        session = context.new_cdp_session(page)
        session.send("Network.enable")
        session.send("Network.emulateNetworkConditions", NETWORK)
        session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        page.goto(f"{address}/{name}", wait_until="commit")
        milliseconds = page.evaluate(FIRST)
        if whole:
            session.send("Emulation.setCPUThrottlingRate", {"rate": 1})
            for card in page.locator("[id^=explorer-]").all():
                card.scroll_into_view_if_needed()
            page.evaluate("scrollTo(0, document.body.scrollHeight)")
            page.wait_for_load_state("networkidle")
        return milliseconds / 1000
    finally:
        context.close()
