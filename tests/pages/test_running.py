"""What a reader does with code in the page: runs it, changes it, breaks it, stops it."""

import json
import re

import pytest
from playwright.sync_api import expect

from explorable.book.job import Build
from explorable.book.notebooks.cells import does_more_than_import, page_cells
from explorable.book.notebooks.kept import SECONDS
from explorable.book.notebooks.refresh import read
from explorable.python.cells import Notebook
from tests.pages.phone import serving
from tests.pages.readers import make_reader

pytestmark = pytest.mark.browser

CHAPTERS = [path for path in Build().documents if path.suffix == ".ipynb"]
PAGE = "chapters/forward.html"
(CHAPTER,) = [path for path in CHAPTERS if path.stem == "forward"]
PATIENCE = 120_000  # milliseconds, for a busy machine
OVER = re.compile("done|failed|stopped")

OPEN = """(cell) => {
    for (const fold of cell.querySelectorAll("details")) fold.open = true;
    for (let up = cell; up; up = up.parentElement) if (up.localName === "details") up.open = true;
}"""


class Desk:
    """A reader at a page of the book who runs its cells."""

    def __init__(self, reader, name=PAGE, page=None):
        self.reader = reader
        self.page = page or reader.open(name)
        self.cells = self.page.locator("[data-run]")

    def wait(self, cell, state=OVER, patience=PATIENCE):
        expect(cell).to_have_attribute("data-run", state, timeout=patience)

    def press(self, cell, name="Run"):
        """Press a button of a cell, whose fold and whose solution must be open for that."""
        cell.evaluate(OPEN)
        cell.get_by_role("button", name=name, exact=True).click()

    def run(self, cell):
        """Press Run and wait for the end; return what the run printed."""
        self.press(cell)
        self.wait(cell)
        return self.output(cell)

    def write(self, cell, code, keys="Shift+Enter"):
        """Put code into a cell and run it by keyboard."""
        edit = cell.get_by_role("button", name="Edit")
        if edit.is_visible():
            edit.click()
        field = cell.get_by_role("textbox")
        field.click()
        self.page.keyboard.press("Control+a")
        self.page.keyboard.insert_text(code)
        self.page.keyboard.press(keys)

    def runs(self, cell, code):
        self.write(cell, code)
        self.wait(cell)
        return self.output(cell)

    def output(self, cell):
        output = cell.locator(".run-output")
        return output.inner_text() if output.count() else ""

    def printed(self, cell):
        return cell.locator(".cell_output").inner_text()

    def said(self, cell):
        return cell.locator(".run-said").inner_text()


@pytest.fixture(scope="module")
def shared(browser, site):
    """Return one reader for all tests that leave Python as they found it."""
    reader = make_reader(browser, site, viewport={"width": 1280, "height": 900})
    yield Desk(reader)
    assert reader.messages == []
    reader.context.close()


@pytest.fixture
def cell(shared):
    """Return a cell as the book has it."""
    cell = shared.cells.nth(2)
    yield cell
    reset = cell.get_by_role("button", name="Reset")
    if reset.is_visible():
        reset.click()


CALL = "([name, args]) => explorablePython.call(name, args)"


def test_the_first_run_says_what_it_brings_runs_what_it_needs_and_asks_no_other_host(reader, site):
    desk = Desk(reader)
    assert not [address for address in reader.requests if "/python/" in address]
    assert set(desk.cells.evaluate_all("all => all.map((cell) => cell.dataset.run)")) == {"idle"}
    position, needed = [(at, above) for at, above, _ in quick_cells(CHAPTER, 0.5) if above][-1]
    last = desk.cells.nth(position)
    desk.press(last)
    expect(last.locator(".run-said")).to_contain_text("once, 13 MB", timeout=PATIENCE)
    expect(last.locator(".run-said")).to_have_attribute("data-percent", re.compile(r"\d+ %"))
    desk.wait(last, "done")
    states = desk.cells.evaluate_all("all => all.map((cell) => cell.dataset.run)")
    done = {at for at, state in enumerate(states) if state == "done"}
    assert desk.output(last).strip() == desk.printed(last).strip()
    assert "The output is the one printed." in desk.said(last)
    # An older Python takes the names inside of a comprehension for the cell's, and asks for more.
    assert {position} < done <= {*needed, position}
    assert set(states) == {"idle", "done"}
    # So it is with the others; those that take longer are left to `test_printed.py`.
    for at, _, _ in quick_cells(CHAPTER, 0.02):
        if (cell := desk.cells.nth(at)).locator(".cell_output").count():
            assert desk.run(cell).strip() == desk.printed(cell).strip()
    # The page's own script may call the library, and nothing else.
    relu = ["mathdl.concepts.relu", {"z": [[-1, 2]]}]
    assert desk.page.evaluate(CALL, relu) == [[0, 2]]
    wrong = {"weights": [[1]], "bias": [0], "activation": 1}
    with pytest.raises(Exception, match="ValueError: activation must be one of"):
        desk.page.evaluate(CALL, ["mathdl.forward.Layer", wrong])
    with pytest.raises(Exception, match=r"functions that came with it only, not os\.getcwd"):
        desk.page.evaluate(CALL, ["os.getcwd", {}])
    for address in reader.requests:
        assert address.startswith((site.as_uri(), "blob:null/", "blob:file:")), address
    assert reader.messages == []


def test_the_first_run_over_http_after_which_code_reaches_no_server(browser, site):
    with serving(site) as host:
        reader = make_reader(browser, site, offline=False)
        page = reader.page
        page.goto(f"{host.address}/{PAGE}")
        assert not [path for path in host.sent if path.startswith("/python/")]
        cell = page.locator("[data-run]").nth(1)
        cell.get_by_role("button", name="Run").click()
        expect(cell).to_have_attribute("data-run", "done", timeout=PATIENCE)
        printed = cell.locator(".cell_output").inner_text()
        assert cell.locator(".run-output").inner_text().strip() == printed.strip()
        ours = (host.address, f"blob:{host.address}")
        assert all(each.startswith(ours) for each in reader.requests)
        code = (
            "from js import XMLHttpRequest\n"
            "request = XMLHttpRequest.new()\n"
            f"request.open('GET', '{host.address}/secret', False)\n"
            "request.send()\n"
        )
        assert "NetworkError" in Desk(reader, page=page).runs(cell, code)
        assert "/secret" not in host.sent
        reader.context.close()


def test_where_webassembly_is_blocked_one_sentence_says_so_and_nothing_is_brought(browser, site):
    with serving(site, policy="script-src 'self' 'unsafe-inline'") as host:
        reader = make_reader(browser, site, offline=False)
        page = reader.page
        page.goto(f"{host.address}/{PAGE}")
        cell = page.locator("[data-run]").nth(1)
        cell.get_by_role("button", name="Run").click()
        expect(cell).to_have_attribute("data-run", "failed", timeout=PATIENCE)
        assert "blocks WebAssembly" in cell.locator(".run-said").inner_text()
        assert not [path for path in host.sent if "core" in path]
        page.get_by_role("button", name="Theme").click()
        assert page.evaluate("document.documentElement.dataset.theme") == "dark"
        reader.context.close()


def test_a_change_survives_a_reload_and_can_be_reset(shared):
    cell = shared.cells.nth(1)
    code = cell.locator("pre").first.inner_text()
    shared.write(cell, "print('mine')", keys="Escape")
    shared.page.reload()
    expect(cell.get_by_role("textbox")).to_have_text("print('mine')")
    assert shared.said(cell) == "Your version of this cell."
    assert shared.run(cell) == "mine\n"
    cell.get_by_role("button", name="Reset").click()
    assert "\n".join(cell.locator(".cm-line").all_text_contents()) == code.strip()
    assert cell.get_attribute("data-run") == "idle"
    assert cell.locator(".run-output").count() == 0
    assert shared.page.evaluate("localStorage.length") == 0


def test_a_changed_cell_runs_in_place_as_text_and_an_error_marks_its_line(shared, cell):
    assert shared.runs(cell, "sum([1, 2])\n") == "3"
    assert "printed" not in shared.said(cell)
    shared.write(cell, "1 +", keys="Control+Enter")
    shared.wait(cell, "failed")
    assert "SyntaxError" in shared.output(cell)
    text = shared.runs(cell, "x = 1\nx.shape\n")
    assert "  This cell, line 2\n    x.shape\n" in text
    assert cell.locator(".run-wrong").inner_text() == "x.shape"
    cell.get_by_role("textbox").click()
    shared.page.keyboard.press("Control+a")
    shared.page.keyboard.insert_text("1")
    assert cell.locator(".run-wrong").count() == 0
    trick = "<img src=x onerror='document.title=1'><b>bold</b>"
    assert shared.runs(cell, f'print("{trick}")').strip() == trick
    assert shared.runs(cell, f'raise ValueError("{trick}")').strip().endswith(trick)
    assert cell.locator(".run-output b, .run-output img").count() == 0
    assert shared.page.title() != "1"
    # Python outlives what has no end in C, and a long chain that is let go.
    text = shared.runs(cell, "class A:\n    def __repr__(self):\n        return repr(self)\nA()")
    assert text.splitlines()[-1].startswith("RecursionError")
    chain = "x = ()\nfor _ in range(10**5):\n    x = [x]\nx = 2\nx"
    assert shared.runs(cell, chain) == "2"


def test_what_is_written_is_printed_whole_and_keys_indent_and_leave(shared, cell):
    code = "\n".join(f"line_{number}" for number in range(300))
    shared.write(cell, code, keys="Escape")
    shared.page.emulate_media(media="print")
    assert not cell.locator(".run-editor").is_visible()
    assert cell.locator(".run-editor + pre").is_visible()
    assert cell.locator(".cell_input").inner_text().strip() == code
    shared.page.emulate_media(media="screen")
    shared.write(cell, "if True:", keys="Enter")
    shared.page.keyboard.type("print(1)")
    assert cell.get_by_role("textbox").inner_text() == "if True:\n    print(1)"
    shared.page.keyboard.press("Escape")
    assert shared.page.evaluate("document.activeElement.textContent") == "Run"
    shared.page.keyboard.press("Enter")
    shared.wait(cell, "done")
    assert shared.output(cell) == "1\n"


def test_a_change_of_code_that_the_book_has_changed_since_is_offered_not_used(browser, site):
    reader = make_reader(browser, site)
    desk = Desk(reader)
    saved = [{"at": 1, "source": "what it was", "code": "print('old')"}]
    store = "(text) => localStorage.setItem('code:mathdl:chapters/forward', text)"
    desk.page.evaluate(store, json.dumps(saved))
    desk.page.reload()
    cell = desk.cells.nth(1)
    offer = cell.get_by_role("button", name="Show your version")
    expect(offer).to_be_visible()
    assert "The book has changed this cell since you did." in cell.inner_text()
    desk.page.emulate_media(media="print")
    assert not offer.is_visible()
    desk.page.emulate_media(media="screen")
    # It is kept whatever happens to this cell or another.
    desk.write(cell, "1", keys="Escape")
    other = desk.cells.nth(2)
    desk.write(other, "2", keys="Escape")
    desk.press(other, "Reset")
    desk.page.reload()
    expect(cell.get_by_role("textbox")).to_have_text("1")
    offer.click()
    expect(cell.get_by_role("textbox")).to_have_text("print('old')")
    expect(offer).to_have_count(0)
    desk.page.reload()
    expect(cell.get_by_role("textbox")).to_have_text("print('old')")
    assert kept(desk.page) == ["print('old')"]
    desk.page.evaluate(store, json.dumps(saved))
    desk.page.reload()
    cell.get_by_role("button", name="Discard it").click()
    assert kept(desk.page) == []
    expect(offer).to_have_count(0)
    reader.context.close()


def kept(page):
    """Return the codes that the browser keeps of the page."""
    stored = "JSON.parse(localStorage.getItem('code:mathdl:chapters/forward') ?? '[]')"
    return page.evaluate(f"{stored}.map(({{ code }}) => code)")


def test_two_tabs_of_a_page_lose_nothing(browser, site):
    with serving(site) as host:
        reader = make_reader(browser, site, offline=False)
        tabs = [Desk(reader, page=page) for page in (reader.page, reader.context.new_page())]
        for tab in tabs:
            tab.page.goto(f"{host.address}/{PAGE}")
            tab.press(tab.cells.nth(3), "Edit")
            expect(tab.cells.nth(3).get_by_role("textbox")).to_be_visible()
        one, two = tabs
        one.write(one.cells.nth(1), "'one'", keys="Escape")
        expect(two.cells.nth(1).get_by_role("textbox")).to_have_text("'one'")
        two.write(two.cells.nth(2), "'two'", keys="Escape")
        two.write(two.cells.nth(1), "'both'", keys="Escape")
        expect(one.cells.nth(1).get_by_role("textbox")).to_have_text("'both'")
        one.page.reload()
        expect(one.cells.nth(1).get_by_role("textbox")).to_have_text("'both'")
        expect(one.cells.nth(2).get_by_role("textbox")).to_have_text("'two'")
        reader.context.close()


REFUSE = """() => { Storage.prototype.setItem = () => { throw new DOMException("full"); }; }"""
FORBID = """Object.defineProperty(window, "localStorage", {
    get() { throw new DOMException("forbidden", "SecurityError"); } })"""


@pytest.mark.parametrize("how", ["full", "forbidden"])
def test_where_nothing_can_be_kept_the_reader_is_told_beside_the_code(browser, site, how):
    reader = make_reader(browser, site)
    if how == "forbidden":
        reader.page.add_init_script(FORBID)
    desk = Desk(reader)
    if how == "full":
        desk.page.evaluate(REFUSE)
    for position in (1, 2):
        cell = desk.cells.nth(position)
        desk.write(cell, "1 + 1", keys="Escape")
        told = desk.page.get_by_text("Copy your code before you leave the page.")
        expect(told).to_have_count(1)
        expect(cell.locator(".run-note")).to_be_visible()
    assert reader.messages == []
    reader.context.close()


def test_what_is_garbled_in_the_browsers_memory_is_passed_over(reader):
    desk = Desk(reader)
    cell = desk.cells.nth(1)
    for text in ("[", "{}", "[null]", '[{"at": -1, "source": "a", "code": "b"}, {"at": 0}]'):
        desk.page.evaluate(
            "(text) => localStorage.setItem('code:mathdl:chapters/forward', text)", text
        )
        desk.page.reload()
        desk.press(cell, "Edit")
        expect(cell.get_by_role("textbox")).to_be_visible()
        assert cell.get_by_role("button", name="Show your version").count() == 0
        assert reader.messages == []


DAMAGES = {
    "python": lambda body: b"",
    "cells.forward": lambda body: b"<!doctype html><title>Log in</title>",
    "library.zip.0": lambda body: body[:500] + bytes([body[500] ^ 3]) + body[501:],
}


def test_a_script_that_did_not_come_whole_is_asked_for_again(browser, site):
    """Twice each comes damaged, and is kept so; then the next press brings it."""
    asked = {}

    def damage(route):
        name = route.request.url.rpartition("/")[2]
        script = next(each for each in DAMAGES if name.startswith(each))
        asked.setdefault(script, []).append(name)
        (path,) = (site / "python").glob(f"{script}.??????????.js")
        body = path.read_bytes()
        body = DAMAGES[script](body) if len(asked[script]) < 3 else body
        if body:
            route.fulfill(body=body, content_type="text/javascript")
        else:
            route.abort()

    with serving(site) as host:
        reader = make_reader(browser, site, offline=False)
        desk = Desk(reader, page=reader.page)
        desk.page.route(re.compile(rf"/python/({'|'.join(map(re.escape, DAMAGES))})\."), damage)
        desk.page.goto(f"{host.address}/{PAGE}")
        cell = desk.cells.nth(1)
        for script in DAMAGES:
            for said in cell.locator(".run-said").all():
                said.evaluate("said => said.replaceChildren()")
            desk.press(cell)
            told = cell.locator(".run-said")
            expect(told).to_contain_text("Python did not arrive whole.", timeout=PATIENCE)
            one, another = asked[script]  # the second time past what the browser keeps
            assert one != another
        desk.press(cell)
        desk.wait(cell, "done")
        assert desk.output(cell).strip() == desk.printed(cell).strip()
        reader.context.close()


LISTEN = """() => {
    const { call } = explorablePython; window.calls = []; explorablePython.call = (name, args) =>
    (calls.push(name), call.call(explorablePython, name, args));
}"""


def test_an_endless_loop_is_stopped_python_runs_again_and_is_restarted(reader):
    desk = Desk(reader)
    cell, other = desk.cells.nth(2), desk.cells.nth(3)
    restart = cell.get_by_role("button", name="Restart Python")
    assert not restart.is_visible()
    desk.write(cell, "n = 0\nwhile True:\n    n += 1\n    print(n)\n")
    desk.wait(cell, "running")
    other.get_by_role("button", name="Run").click()
    assert other.get_attribute("data-run") == "waiting"
    expect(cell.locator(".run-output")).to_contain_text("100", timeout=PATIENCE)
    desk.page.evaluate(LISTEN)
    cell.get_by_role("button", name="Stop").click()
    assert cell.get_attribute("data-run") == "stopped"
    desk.wait(other, "done")
    assert desk.output(other).strip() == desk.printed(other).strip()
    assert desk.runs(cell, "'on we go'") == "'on we go'"
    opened = desk.page.evaluate("calls").count("explorable.python.open_page")
    assert opened == 1  # which takes a while
    code = "import sys\nprint(getattr(sys, 'left', 0))\nsys.left = 1"
    assert [desk.runs(cell, code).strip() for _ in range(2)] == ["0", "1"]
    restart.click()
    assert [each.get_attribute("data-run") for each in (cell, other)] == ["idle", "idle"]
    assert desk.said(cell) == "Python was started anew. What you wrote is kept."
    assert desk.run(cell).strip() == "0"  # of the same code
    # What waits can be stopped, too.
    desk.write(cell, "import time\ntime.sleep(2)\n'slept'")
    other.get_by_role("button", name="Run").click()
    other.get_by_role("button", name="Stop").click()
    assert other.get_attribute("data-run") == "stopped"
    desk.wait(cell, "done")
    assert desk.output(cell) == "'slept'"
    assert other.get_attribute("data-run") == "stopped"


ANSWER = """
from mathdl.judge import judge

def affine_backward(upstream, x, weights):
    return upstream @ weights, upstream.T @ x, upstream.{}(axis=0)

judge("affine_backward", affine_backward)
"""


def test_the_judge_tells_a_right_answer_from_a_wrong_one_in_the_pages_language(browser, site):
    reader = make_reader(browser, site)
    desk = Desk(reader, "zh/chapters/backward.html")
    cell = desk.page.locator(".tag_your-turn[data-run]").first
    desk.press(cell, "运行")
    desk.wait(cell)
    assert desk.output(cell).strip() == desk.printed(cell).strip()
    assert desk.said(cell).endswith("输出与印在页上的相同。")
    wrong = desk.runs(cell, ANSWER.format("mean"))
    assert wrong.startswith("affine_backward：还不对。")
    assert "一个常见的错误：该对样本求和，却取了平均。" in wrong
    kept = "JSON.parse(localStorage.getItem('progress:mathdl'))?.done['task affine_backward']"
    assert desk.page.evaluate(kept)["right"] is False
    assert desk.runs(cell, ANSWER.format("sum")).startswith("affine_backward：对了。")
    assert desk.page.evaluate(kept)["right"] is True
    assert "这个单元格，第1行" in desk.runs(cell, "1 / 0")
    expect(cell.locator(".cell_output")).to_be_hidden()  # where nothing was written yet
    desk.press(cell, "重置")
    expect(cell.locator(".cell_output")).to_be_visible()
    assert reader.messages == []
    reader.context.close()


def test_of_two_fingers_the_first_paints(phone):
    page = phone.open("chapters/background.html")
    card = page.locator("#explorer-painted")
    card.scroll_into_view_if_needed()
    expect(card).to_have_attribute("data-ready", "")
    canvas = card.locator(".explorer-canvas")
    card.get_by_role("button", name="Clear").tap()
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    session = phone.context.new_cdp_session(page)

    def touch(kind, *places):
        points = [
            {"id": at, "x": box["x"] + box["width"] * x, "y": box["y"] + box["height"] * y}
            for at, (x, y) in enumerate(places)
        ]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    touch("touchStart", (0.06, 0.1))
    for y in (0.1, 0.3, 0.5):
        touch("touchMove" if y > 0.1 else "touchStart", (0.06, y), (0.94, y))
    touch("touchEnd")
    ink = canvas.locator("[role=row]").evaluate_all(
        "rows => rows.map(({ children }) => [...children].map((cell) => cell.style.cssText))"
    )
    columns = {at for row in ink for at, style in enumerate(row) if style != "--v: 0;"}
    assert columns <= {0, 1}
    assert 0 in columns


@pytest.mark.parametrize(
    ("edition", "said"),
    [("", "This cell runs in the notebook only."), ("zh/", "这个单元格只能在笔记本里运行。")],
)
def test_cells_that_need_the_notebook_say_so(reader, edition, said):
    page = reader.open(f"{edition}chapters/forward.html")
    notes = page.locator(".needs-notebook .cell_input").evaluate_all(
        "all => all.map((cell) => getComputedStyle(cell, '::after').content)"
    )
    assert set(notes) == {f'"{said}"'}


def test_buttons_fit_a_thumb_and_a_bar_above_the_keyboard_has_the_keys_that_it_hides(phone):
    page = phone.open(PAGE)
    for name in ("Run", "Edit"):
        box = page.get_by_role("button", name=name).first.bounding_box()
        assert min(box["width"], box["height"]) >= 44
    bar, editor = page.get_by_role("toolbar", name="Keys for code"), page.locator(".cm-content")
    assert not bar.is_visible()
    page.get_by_role("button", name="Edit").first.tap()
    editor.wait_for()
    page.keyboard.press("Control+End")
    page.keyboard.press("Enter")
    for name in ("Indent", "_", "=", "()", "[]"):
        bar.get_by_role("button", name=name, exact=True).tap()
    assert editor.locator(".cm-line").last.inner_text() == "    _=([])"
    box = bar.bounding_box()
    assert (box["x"], box["width"], box["y"] + box["height"]) == (0, 390, 664)
    editor.evaluate("editor => editor.blur()")
    bar.wait_for(state="hidden")


def quick_cells(path, limit):
    """Yield the cells that run here, with all that they need, in fewer seconds than the limit.

    Position among those that run, positions of those that it needs, source.
    """
    notebook = read(path)
    cells = list(page_cells(notebook))
    read_as = Notebook((cell.key, cell.source) for cell in cells)
    (kept,) = sorted((Build().work / "executed").glob(f"{path.stem}-*/{SECONDS}"))[-1:]
    seconds = json.loads(kept.read_text())
    cost = [  # in a page, imports bring less
        seconds.get(cell.key, 0) if does_more_than_import(cell.tree) else 0
        for cell in read_as.cells
    ]
    places = [at for at, cell in enumerate(cells) if cell.kind == "computes"]
    for position, at in enumerate(places):
        needed = read_as.needed(at)
        if sum(cost[each] for each in [*needed, at]) < limit:
            yield position, [places.index(e) for e in needed if e in places], cells[at].source
