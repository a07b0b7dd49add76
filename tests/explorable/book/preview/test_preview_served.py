"""What a preview sends to the browser: pages, their script, and what becomes of the build."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tornado.httpclient import AsyncHTTPClient, HTTPResponse
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets

from explorable.book.preview import CLIENT, NOTHING_YET, Events, State, application
from tests.explorable.book.here import in_a_thread

SECONDS = 5  # after which what does not come has failed


def run(coroutine: Any) -> Any:
    return in_a_thread(asyncio.run, asyncio.wait_for(coroutine, 2 * SECONDS))


@pytest.fixture
def site(tmp_path) -> Path:
    """Return a folder with pages in two languages, a picture, and a secret beside it."""
    folder = tmp_path / "site"
    (folder / "zh").mkdir(parents=True)
    (folder / "zh" / "page.html").write_text("<head></head>一", encoding="utf-8")
    (folder / "a.png").write_bytes(b"picture")
    (folder / "empty.html").touch()
    (tmp_path / "secret.html").write_text("secret")
    (tmp_path / "secret.txt").write_text("secret")
    return folder


def visited(site: Path, state: State, visit: Callable[[int], Awaitable[Any]]) -> Any:
    """Serve a site; return what a visitor, who is told the port, brings back."""

    async def serve() -> Any:
        server, sockets = HTTPServer(application(site, state)), bind_sockets(0, "127.0.0.1")
        server.add_sockets(sockets)
        try:
            return await visit(sockets[0].getsockname()[1])
        finally:
            server.stop()

    return run(serve())


async def asked(port: int, path: str, **headers: str) -> HTTPResponse:
    with contextlib.closing(AsyncHTTPClient(force_instance=True)) as client:
        return await client.fetch(
            f"http://localhost:{port}{path}",
            headers=headers,
            follow_redirects=False,
            raise_error=False,
        )


def fetched(site: Path, state: State, *paths: str, **headers: str) -> list[HTTPResponse]:
    return visited(
        site, state, lambda port: asyncio.gather(*(asked(port, path, **headers) for path in paths))
    )


def test_a_page_gets_the_script_that_follows_and_may_ask_us_alone(site):
    policy = "<meta content=\"default-src 'none'; img-src 'self'\">"
    text = "<code>default-src 'none' </head></code>文"
    (site / "page.html").write_text(f"<head>{policy}</head>{text}", encoding="utf-8")
    (answer,) = fetched(site, State("other.html", version=7), "/page.html")
    assert answer.body.decode() == (
        "<head><meta content=\"default-src 'none'; connect-src 'self'; img-src 'self'\">"
        '<script src="/preview/follow.js" data-version="7" defer></script>\n</head>' + text
    )
    told = [answer.headers[name] for name in ("Content-Type", "Cache-Control")]
    assert (answer.code, *told) == (200, "text/html; charset=UTF-8", "no-store")


def test_what_is_not_in_the_site_is_not_served_what_is_is_sent_as_it_is(site):
    paths = ["/none.html", "/empty.html", "/zh.html", "/../secret.html", "/zh/../../secret.html"]
    paths += ["/%2e%2e/secret.html", "/preview/none.js", "/none.png", "/zh", "/../secret.txt"]
    answers = fetched(site, State("page.html"), *paths)
    assert [answer.code for answer in answers] == [404] * 8 + [403] * 2
    assert not any(b"secret" in answer.body for answer in answers)
    answers = fetched(site, State("page.html"), "/preview/follow.js", "/a.png")
    assert [answer.body for answer in answers] == [CLIENT.read_bytes(), b"picture"]
    assert [answer.headers["Cache-Control"] for answer in answers] == ["no-store"] * 2
    (answer,) = fetched(site, State("page.html"), "/page.html")
    script = '<script src="/preview/follow.js" data-version="0" defer></script>\n'
    assert answer.code == 200
    assert answer.body.decode() == NOTHING_YET.replace("</head>", f"{script}</head>")


def test_only_this_machines_names_are_answered(site):
    paths = ("/", "/preview/follow.js", "/zh/page.html", "/a.png")
    for host, codes in {
        "localhost": [302, 200, 200, 200],
        "127.0.0.1:80": [302, 200, 200, 200],
        "127a0b0c1": [404] * 4,
        "elsewhere.example": [404] * 4,
        "localhost.elsewhere.example": [404] * 4,
    }.items():
        answers = fetched(site, State("page.html"), *paths, Host=host)
        assert [answer.code for answer in answers] == codes, host


def told(**values: Any) -> str:
    return replace(State("page.html"), **values).as_json()


async def listened(port: int) -> tuple[list[str], Callable[[], Awaitable[str]], Any]:
    """Listen as a browser does; return the headers, what waits for an event, and the line."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b"GET /preview/state HTTP/1.0\r\nHost: localhost\r\n\r\n")  # 1.0: as it is sent
    head = (await reader.readuntil(b"\r\n\r\n")).decode().splitlines()

    async def heard() -> str:
        return (await asyncio.wait_for(reader.readuntil(b"\n\n"), SECONDS)).decode()

    return head, heard, writer


def test_who_listens_is_told_the_state_and_each_change_of_it_once(site):
    state = State("page.html")

    async def visit(port: int) -> tuple[list[str], list[str]]:
        head, heard, writer = await listened(port)
        events = [await heard()]
        await state.become(busy=True)
        events.append(await heard())
        await state.become(busy=True)
        await asyncio.sleep(0)
        await state.become(busy=False, version=1)
        events.append(await heard())
        writer.close()
        return head, events

    head, events = visited(site, state, visit)
    expected = told(), told(busy=True), told(version=1)
    assert events == [f"data: {each}\n\n" for each in expected]
    assert head[0] == "HTTP/1.1 200 OK"
    assert {"Content-Type: text/event-stream", "Cache-Control: no-store"} <= set(head)
    assert State("zh/page.html", fault='一 "quoted"\n').as_json() == (
        '{"page": "zh/page.html", "version": 0, "busy": false, "fault": "\\u4e00 \\"quoted\\"\\n"}'
    )


def test_a_change_while_the_one_before_is_sent_is_told_as_well(site, monkeypatch):
    state, flush = State("page.html"), Events.flush

    async def flush_late(handler: Events) -> None:
        await flush(handler)
        if not state.version:
            await state.become(version=1)  # nobody waits for it yet

    monkeypatch.setattr(Events, "flush", flush_late)

    async def visit(port: int) -> list[str]:
        _, heard, writer = await listened(port)
        events = [await heard(), await heard()]
        writer.close()
        return events

    events = visited(site, state, visit)
    assert events == [f"data: {each}\n\n" for each in (told(), told(version=1))]
