"""Firefox and WebKit, driven by the little that these tests need of the W3C's two protocols."""

import glob
import json
import os
import re
import shutil
import subprocess
import time
import urllib.request
from pathlib import Path
from typing import Any

import pytest
import websocket

PATIENCE = 60  # seconds


class Firefox:
    """Firefox over WebDriver BiDi, which it speaks itself."""

    def __init__(self, scratch: Path) -> None:
        command = find("firefox-esr", "firefox")
        self.process = subprocess.Popen(
            [command, "--headless", "--remote-debugging-port=0", "--profile", str(scratch)],
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self.process.stderr is not None
        found = (re.search(r"ws://\S+", line) for line in self.process.stderr)
        address = next(filter(None, found))[0]
        self.socket = websocket.create_connection(
            f"{address}/session", suppress_origin=True, timeout=PATIENCE
        )
        self.messages: list[str] = []
        self.count = 0
        self._call("session.new", capabilities={})
        self._call("session.subscribe", events=["log.entryAdded"])
        self.context = self._call("browsingContext.getTree")["contexts"][0]["context"]

    def open(self, page: Path) -> None:
        """Open a file, and wait until it is loaded."""
        self.messages = []
        self._call(
            "browsingContext.navigate", context=self.context, url=page.as_uri(), wait="complete"
        )

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
        self.process.wait(PATIENCE)

    def _call(self, method: str, **parameters: Any) -> dict[str, Any]:
        self.count += 1
        self.socket.send(json.dumps({"id": self.count, "method": method, "params": parameters}))
        while True:
            answer = json.loads(self.socket.recv())
            if answer.get("method") == "log.entryAdded":
                self.messages.append(answer["params"]["text"])
            if answer.get("id") == self.count:
                assert answer["type"] == "success", answer
                return dict(answer["result"])


class WebKit:
    """WebKit's small browser over the classic WebDriver; it writes its console to its output."""

    PORT = 4551

    def __init__(self, scratch: Path) -> None:
        browsers = [*glob.glob("/usr/lib/*/webkit*/MiniBrowser"), "MiniBrowser"]
        screen = [] if os.environ.get("DISPLAY") else [find("xvfb-run"), "-a"]
        self.console = scratch / "console.txt"
        with self.console.open("w") as console:
            self.process = subprocess.Popen(
                [*screen, find("WebKitWebDriver"), f"--port={self.PORT}"],
                stdout=console,
                stderr=console,
                start_new_session=True,
            )
        arguments = ["--automation", "--enable-write-console-messages-to-stdout=true"]
        options = {"binary": browsers[0], "args": arguments}
        wanted = {"alwaysMatch": {"webkitgtk:browserOptions": options}}
        self.session = ""
        answer = self._post("session", {"capabilities": wanted})
        self.session = f"session/{answer['sessionId']}/"
        self._post("timeouts", {"script": 1000 * PATIENCE, "pageLoad": 1000 * PATIENCE})
        self.start = 0

    @property
    def messages(self) -> list[str]:
        """Return what the console has told since the page was opened."""
        told = self.console.read_text(encoding="utf-8")[self.start :]
        return [line for line in told.splitlines() if "CONSOLE" in line]

    def open(self, page: Path) -> None:
        """Open a file, and wait until it is loaded."""
        self.start = len(self.console.read_text(encoding="utf-8"))
        self._post("url", {"url": page.as_uri()})

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

    def _post(self, command: str, content: dict[str, Any]) -> Any:
        return self._send("POST", self.session + command, json.dumps(content).encode())

    def _send(self, method: str, path: str, content: bytes | None = None) -> Any:
        address = f"http://127.0.0.1:{self.PORT}/{path}"
        request = urllib.request.Request(address, content, method=method)
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                with urllib.request.urlopen(request, timeout=2 * PATIENCE) as answer:
                    return json.load(answer)["value"]
            except urllib.error.HTTPError as error:
                raise AssertionError(error.read().decode()) from None
            except urllib.error.URLError:  # it has only just been started
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.1)


def find(*names: str) -> str:
    """Return the first of these programs that is installed."""
    if found := next(filter(None, map(shutil.which, names)), None):
        return found
    pytest.fail(
        f"{names[0]} is not installed (Debian: sudo apt-get install firefox-esr "
        "webkit2gtk-driver xvfb)",
        pytrace=False,
    )
