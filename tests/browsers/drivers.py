"""Firefox and WebKit, driven by the little that these tests need of the W3C's two protocols."""

import glob
import json
import os
import re
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import websocket

PATIENCE = 60  # seconds
# Firefox looks at a formula while it is still being read; that all are whole the build sees to.
HALF_READ = "Invalid markup: Incorrect number of children"
TOLD = "return window.told"  # by recorder.js


class Firefox:
    """Firefox over WebDriver BiDi, which it speaks itself."""

    def __init__(self, scratch: Path) -> None:
        command = [find("firefox-esr", "firefox"), "--headless", "--remote-debugging-port=0"]
        told = scratch / "told.txt"
        with told.open("w") as file:
            profile = ["--profile", str(scratch / "profile")]
            (scratch / "profile").mkdir()
            self.process = subprocess.Popen([*command, *profile], stdout=file, stderr=file)
        address = wait_for(lambda: re.search(r"ws://\S+", told.read_text(encoding="utf-8")))[0]
        self.socket = websocket.create_connection(
            f"{address}/session", suppress_origin=True, timeout=PATIENCE
        )
        self.logged: list[str] = []
        self.count = 0
        self._call("session.new", capabilities={})
        self._call("session.subscribe", events=["log.entryAdded"])
        self.context = self._call("browsingContext.getTree")["contexts"][0]["context"]

    @property
    def messages(self) -> list[str]:
        """Return what has gone wrong since the page was opened."""
        return [*self.run(TOLD), *self.logged]

    def open(self, page: Path) -> None:
        """Open a file, and wait until it is loaded."""
        self.logged = []
        self._call(
            "browsingContext.navigate", context=self.context, url=page.as_uri(), wait="complete"
        )

    def resize(self, width: int) -> None:
        """Make the page as wide as this."""
        size = {"width": width, "height": 900}
        self._call("browsingContext.setViewport", context=self.context, viewport=size)

    def run(self, body: str) -> Any:
        """Run the body of an asynchronous function; return its value, which is a plain one."""
        answer = self._call(
            "script.evaluate",
            expression=f"(async () => JSON.stringify(await (async () => {{{body}}})()))()",
            target={"context": self.context},
            awaitPromise=True,
        )
        if answer["type"] == "exception":
            raise AssertionError(answer["exceptionDetails"]["text"])
        return json.loads(answer["result"].get("value", "null"))

    def close(self) -> None:
        """End the browser."""
        self._call("browser.close")
        self.socket.close()
        self.process.wait(PATIENCE)

    def _call(self, method: str, **parameters: Any) -> dict[str, Any]:
        self.count += 1
        self.socket.send(json.dumps({"id": self.count, "method": method, "params": parameters}))
        while True:
            answer = json.loads(self.socket.recv())
            if answer.get("method") == "log.entryAdded":
                text = answer["params"]["text"]
                if HALF_READ not in text:
                    self.logged.append(text)
            if answer.get("id") == self.count:
                assert answer["type"] == "success", answer
                return dict(answer["result"])


class WebKit:
    """WebKit's small browser over the classic WebDriver."""

    def __init__(self, scratch: Path) -> None:
        browser = [*glob.glob("/usr/lib/*/webkit*/MiniBrowser"), "MiniBrowser"][0]
        screen = [] if os.environ.get("DISPLAY") else [find("xvfb-run"), "-a"]
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        driver = [find("WebKitWebDriver"), f"--port={self.port}"]
        self.process = subprocess.Popen([*screen, *driver], start_new_session=True)
        options = {"binary": browser, "args": ["--automation"]}
        wanted = {"alwaysMatch": {"webkitgtk:browserOptions": options}}
        self.session = ""
        wait_for(self._is_ready)
        answer = self._post("session", {"capabilities": wanted})
        self.session = f"session/{answer['sessionId']}/"
        self._post("timeouts", {"script": 1000 * PATIENCE, "pageLoad": 1000 * PATIENCE})

    @property
    def messages(self) -> list[str]:
        """Return what has gone wrong since the page was opened."""
        return list(self.run(TOLD))

    def open(self, page: Path) -> None:
        """Open a file, and wait until it is loaded."""
        self._post("url", {"url": page.as_uri()})

    def resize(self, width: int) -> None:
        """Make the page as wide as this."""
        self._post("window/rect", {"width": width, "height": 900})

    def run(self, body: str) -> Any:
        """Run the body of an asynchronous function; return its value, which is a plain one."""
        script = (
            f"const done = arguments[0]; (async () => {{{body}}})()"
            ".then((value) => done([value ?? null]), (error) => done(String(error)));"
        )
        answer = self._post("execute/async", {"script": script, "args": []})
        assert isinstance(answer, list), answer
        return answer[0]

    def close(self) -> None:
        """End the browser."""
        self._send("DELETE", self.session.rstrip("/"))
        os.killpg(self.process.pid, 15)
        self.process.wait(PATIENCE)

    def _is_ready(self) -> bool:
        try:
            return bool(self._send("GET", "status")["ready"])
        except urllib.error.URLError:
            return False

    def _post(self, command: str, content: dict[str, Any]) -> Any:
        return self._send("POST", self.session + command, json.dumps(content).encode())

    def _send(self, method: str, path: str, content: bytes | None = None) -> Any:
        address = f"http://127.0.0.1:{self.port}/{path}"
        kind = {"Content-Type": "application/json"}
        request = urllib.request.Request(address, content, kind, method=method)
        try:
            with urllib.request.urlopen(request, timeout=2 * PATIENCE) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            raise AssertionError(error.read().decode()) from None


def wait_for(condition: Callable[[], Any]) -> Any:
    """Ask again and again until something is true; return it."""
    deadline = time.monotonic() + PATIENCE
    while not (found := condition()):
        assert time.monotonic() < deadline, "the browser does not start"
        time.sleep(0.1)
    return found


def find(*names: str) -> str:
    """Return the first of these programs that is installed."""
    if found := next(filter(None, map(shutil.which, names)), None):
        return found
    pytest.fail(
        f"{names[0]} is not installed (Debian: sudo apt-get install firefox-esr "
        "webkit2gtk-driver xvfb)",
        pytrace=False,
    )
