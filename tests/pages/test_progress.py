"""What the browser keeps of what a reader does, and how it says so."""

import json

import pytest
from playwright.sync_api import expect

from tests.pages.readers import make_reader

pytestmark = pytest.mark.browser

CHAPTER = "chapters/concepts"
MARKED = "[data-done]:not([data-done=''])"
TELL = "detail => document.dispatchEvent(new CustomEvent('explorable:done', {detail}))"
PUT = "text => localStorage.setItem('progress:mathdl', text)"
ENTRY = {"right": True, "tries": 1, "at": 5, "page": CHAPTER}
PLACE = {"page": CHAPTER, "id": "several-classes", "number": "2.9", "at": 5}


@pytest.fixture
def reader_of(desk):
    """Open a page after something was kept, or nothing."""

    def opened(name, text=None):
        page = desk.open("progress.html")
        page.evaluate("localStorage.clear()")
        if text is not None:
            page.evaluate(PUT, text if isinstance(text, str) else json.dumps(text))
        return desk.open(name)

    return opened


def stored(page):
    text = page.evaluate("localStorage.getItem('progress:mathdl')")
    return None if text is None else json.loads(text)


def of(*pairs, **others):
    return {"version": 1, "done": {name: ENTRY | entry for name, entry in pairs}} | others


def tell(page, kind, name, right):
    page.evaluate(TELL, {"kind": kind, "id": name, "right": right})


def contents(page):
    """Return the link of the chapter in the contents beside the text."""
    return page.locator(f".frame > nav.contents a[data-page='{CHAPTER}']")


def test_nothing_is_kept_and_nothing_seen_before_something_was_done(reader_of, desk):
    page = reader_of(f"{CHAPTER}.html")
    page.mouse.wheel(0, 5000)
    assert page.locator("[data-done]").count() == 0
    page = desk.open("intro.html")
    assert stored(page) is None
    assert page.locator("a.continue").count() == 0


def test_what_is_done_is_kept_marked_and_led_back_to(reader_of, desk):
    page = reader_of(f"{CHAPTER}.html")
    tell(page, "task", "softmax", right=False)
    expect(contents(page)).to_have_attribute("data-done", "")
    tell(page, "task", "softmax", right=True)
    tell(page, "task", "softmax", right=False)  # once right, it stays so
    most = contents(page).get_attribute("data-all")
    expect(contents(page)).to_have_attribute("data-done", f"1/{most}")
    entry = stored(page)["done"]["task softmax"]
    assert (entry["right"], entry["tries"], entry["page"]) == (True, 3, CHAPTER)
    section = page.locator("section:has(> h2)", has=page.locator("#task-softmax")).last
    section.scroll_into_view_if_needed()
    here = page.locator(".frame .sections a[aria-current]")
    expect(here).to_have_count(1)
    number = here.inner_text().split(" ")[0].rstrip(".")
    page = desk.open("intro.html")
    link = page.locator("a.continue")
    expect(link).to_have_text(f"Continue at {number}")
    link.click()
    page.wait_for_url(f"**/{CHAPTER}.html#*")
    expect(here).to_contain_text(number)
    page = desk.open("zh/index.html")  # both editions share it
    expect(page.locator("a.continue")).to_have_text(f"从{number}接着读")
    expect(page.locator(f"ol.chapters a[data-page='{CHAPTER}']")).to_have_attribute(
        "data-done", f"1/{most}"
    )


def test_a_prediction_is_done_by_answering_it_not_by_a_link(reader_of, desk):
    page = reader_of("intro.html")
    page.goto(f"{page.url}#explorer=descent&prediction=0")
    page.reload()
    assert stored(page) is None
    card = page.locator("#explorer-descent")
    expect(card).to_have_attribute("data-ready", "")
    card.locator("label:not([data-right]) input:not(:checked)").first.check()
    entry = stored(page)["done"]["prediction descent"]
    assert (entry["right"], entry["page"]) == (False, "chapters/gradient_descent")
    page = desk.open("progress.html")
    again = page.locator("#again li")
    expect(again).to_have_count(1)
    assert "(tried once)" in again.inner_text()
    assert again.locator("a").get_attribute("href").endswith("#explorer-descent")


def test_a_section_is_done_when_all_is_that_it_asks(reader_of):
    page = reader_of(f"{CHAPTER}.html")
    asked = page.locator("section:has(> h2):has(.cell[id^='task-'])").first
    name = asked.get_attribute("id")
    ids = asked.locator(".cell[id^='task-'], .explorer:has(.explorer-predict)").evaluate_all(
        "all => all.map((each) => each.id)"
    )
    link = page.locator(f".frame .sections a[href='#{name}']")
    for each in ids:
        expect(link).not_to_have_attribute("data-done", "✓")
        kind, _, which = each.partition("-")
        tell(page, kind.replace("explorer", "prediction"), which, right=True)
    expect(link).to_have_attribute("data-done", "✓")


@pytest.mark.parametrize(
    "text",
    [
        "{", "null", "[]", '{"version": 1, "done": []}',
        '{"version": 2, "done": {"task hat": 1}, "new": true}',
    ],
)  # fmt: skip
def test_what_cannot_be_read_breaks_nothing_and_is_not_lost(reader_of, text):
    page = reader_of(f"{CHAPTER}.html", text)
    tell(page, "task", "softmax", right=True)
    assert stored(page)["unread"] == text
    assert list(stored(page)["done"]) == ["task softmax"]


def test_entries_that_are_none_are_passed_over_and_left(reader_of, desk):
    odd = None, 3, [], {}, {"right": 1, "tries": 1, "at": 1}, ENTRY | {"tries": "x"}
    tasks = "hat", "tent", "sigmoid", "cross_entropy", "forward", "he_weights"
    wrong = {f"task {name}": entry for name, entry in zip(tasks, odd, strict=True)}
    place = {"page": "javascript:alert(1)", "id": 3}
    page = reader_of(f"{CHAPTER}.html", {"version": 1, "done": wrong, "place": place})
    tell(page, "task", "softmax", right=True)
    left = stored(page)["done"]
    assert {name: left.get(name, "gone") for name in wrong} == wrong
    page = desk.open("intro.html")
    expect(page.locator(f"ol.chapters a[data-page='{CHAPTER}']")).to_have_attribute(
        "data-done", "1/" + contents(page).get_attribute("data-all")
    )
    assert page.locator(f"ol.chapters {MARKED}").count() == 1
    page = desk.open("progress.html")
    expect(page.locator("#done [data-done='✓']")).to_have_count(1)
    expect(page.locator("#done ul[hidden]").first).to_be_hidden()  # drills, which ask anew


def test_no_address_that_was_kept_is_followed(reader_of):
    page = reader_of("intro.html", of(place=PLACE | {"page": "javascript:alert(1)//"}))
    assert page.locator("a.continue").count() == 0
    wrong = ("drill x", {"right": False, "page": "javascript:alert(1)//"})
    page = reader_of("progress.html", of(wrong))
    expect(page.locator("#again li")).to_have_text("Drill x (tried once)")
    assert page.locator("#again a").count() == 0


def test_the_page_of_progress_says_what_stands_and_what_to_look_at_again(reader_of):
    entries = of(
        ("task softmax", {}),
        ("task sigmoid", {"right": False, "tries": 3, "at": 9}),
        ("prediction neuron", {"right": False, "at": 7}),
        ("drill paths", {"right": False, "at": 8, "page": "practice"}),
    )
    page = reader_of("progress.html", entries)
    assert page.locator("#done [data-done='✓']").evaluate_all("all => all.map((e) => e.text)") == [
        "softmax"
    ]
    assert page.locator("#again li").all_text_contents() == [
        "How well can one neuron do? (tried once)",
        "Every path counts (tried once)",
        "sigmoid (tried 3 times)",
    ]
    assert "cannot know" in page.locator(".progress-said").inner_text()
    link = page.locator("#again a").nth(1).get_attribute("href")
    assert link.endswith("chapters/backward.html#drill-paths")


def test_progress_is_saved_erased_and_loaded(reader_of, desk, tmp_path):
    entries = of(("task softmax", {"tries": 2}), place=PLACE, unread="{")
    page = reader_of("progress.html", entries)
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save as a file").click()
    file = tmp_path / "progress.json"
    saved.value.save_as(file)
    assert json.loads(file.read_text("utf-8")) == entries
    page.once("dialog", lambda dialog: dialog.dismiss())
    page.get_by_role("button", name="Erase all").click()
    assert stored(page) == entries
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Erase all").click()
    assert stored(page) is None
    expect(page.get_by_role("button", name="Erase all")).to_be_disabled()
    page.locator("input[type=file]").set_input_files(file)
    expect(page.locator(".progress-said")).to_have_text("Loaded: 1 entries.")
    assert stored(page) == entries


def test_what_is_loaded_comes_beside_what_is_kept(reader_of, tmp_path):
    here = of(
        ("task softmax", {"tries": 5, "right": False, "at": 9}),
        ("task hat", {}),
        ("drill a", {"at": 9, "right": False}),
        place=PLACE,
    )
    page = reader_of("progress.html", here)
    file = tmp_path / "there.json"
    there = of(
        ("task softmax", {}), ("drill a", {}), ("drill b", {}), place=PLACE | {"number": "1"}
    )
    there["place"]["at"] = 4
    file.write_text(json.dumps(there))
    page.locator("input[type=file]").set_input_files(file)
    expect(page.locator(".progress-said")).to_have_text("Loaded: 3 entries.")
    found = stored(page)
    assert found["place"] == PLACE
    assert {name: entry["right"] for name, entry in found["done"].items()} == {
        "task softmax": True, "task hat": True, "drill a": False, "drill b": True,
    }  # fmt: skip
    assert found["done"]["task softmax"]["tries"] == 5


def test_a_file_that_is_wrong_changes_nothing_and_is_told(reader_of, tmp_path):
    kept = of(("task softmax", {}))
    page = reader_of("progress.html", kept)
    file = tmp_path / "a.json"
    for text, said in (
        ("{", "the file is no JSON ("),
        ("[]", "the file holds no progress."),
        ('{"version": 2, "done": {}}', "the file is of a later edition."),
        ('{"version": 1, "done": 3}', "the file holds no progress."),
        ('{"version": 1, "done": {"task a": {}}}', "the file has a wrong entry, task a."),
        (
            '{"version": 1, "done": {"task b": {"right": true, "tries": 1, "at": 1e999}}}',
            "the file has a wrong entry, task b.",
        ),
        ('{"version": 1, "done": {"__proto__": {}}}', "the file has a wrong entry, __proto__."),
        ('{"version": 1, "done": {"a": {}}}', "the file has a wrong entry, a."),
        ('{"version": 1, "done": {}, "place": {}}', "the file has a wrong entry, place."),
    ):
        file.write_text(text)
        page.locator("input[type=file]").set_input_files(file)
        expect(page.locator(".progress-said")).to_contain_text(f"Nothing was loaded: {said}")
        assert stored(page) == kept


def test_without_storage_all_else_works(browser, site):
    made = make_reader(browser, site)
    made.page.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new Error('no'); }})"
    )
    page = made.open(f"{CHAPTER}.html")
    tell(page, "task", "softmax", right=True)
    page = made.open("progress.html")
    expect(page.locator(".progress-said")).to_contain_text("keeps nothing here")
    expect(page.get_by_role("button", name="Save as a file")).to_be_disabled()
    assert made.messages == []
    made.context.close()
