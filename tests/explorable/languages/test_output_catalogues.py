"""What is shown and said: its catalogues, and how each kind of output is put into Chinese."""

import functools
import json
import shutil

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from explorable.book.job import EXECUTOR, Build
from explorable.book.notebooks.dependencies import notebook_key
from explorable.book.notebooks.kept import kept_folder
from explorable.book.notebooks.refresh import read
from explorable.book.problem import BookError
from explorable.explore.packed import packed_in, packed_json, packed_script, unpacked_json
from explorable.explore.states import SENTENCE
from explorable.languages import outputs
from explorable.languages.outputs import (
    found_in_outputs,
    in_translation,
    kept_outputs,
    library_catalogues,
    translated_outputs,
    untranslated,
)

CHINESE = {
    "momentum": "动量法",
    "What moves?": "什么在动？",
    "{rule} stops at {x:.2f}.": "{rule}停在<{x:.2f}。",
    "It stands still.": "静止不动啦。",
    "step {1} of {2}": "第{1}步，共{2}步",
    "Copied": "抄<好",
    "It goes on & on, {1}.": "一直走<{1}。",
}


def entries(catalogue):
    """List the entries of a catalogue, each with its comments; none is translated."""
    assert not any(message.string for message in catalogue if message.id)
    return [(message.id, message.auto_comments) for message in catalogue if message.id]


# HTML


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ('<p title="momentum &amp; momentum">', '<p title="动量法 &amp; 动量法">'),
        ('<p class="momentum" title="&quot;">', '<p class="momentum" title="&quot;">'),
        ("momentum &lt;&amp; momentum", "动量法 &lt;&amp; 动量法"),
        ('<b>"momentum"</b> <span>\n</span>', '<b>"动量法"</b><span>\n</span>'),
        ('<i font-style="italic">momentum</i>', "<i>动量法</i>"),
        ('<i font-style="italic">x</i>momentum', '<i font-style="italic">x</i>动量法'),
    ],
)
def test_markup_stays_what_it_was_around_its_words(english, chinese):
    assert in_translation(english, lambda text: text.replace("momentum", "动量法")) == chinese


def test_an_attribute_is_silent_or_spoken():
    heard = []

    def note(text):
        heard.append(text)
        return text

    markup = '<g id="a" data-word="b" data-key="c" alt="d" longdesc="e">'
    assert in_translation(markup, note) == markup
    assert heard == ["b", "d", "e"]


# Outputs

SLOTS = [
    [
        SENTENCE,
        0,
        "#",
        [0],
        0,
        ["momentum stops at −0.50.", "It stands still.", "a < b, all of it"],
    ],
    [0, 0, "#", [0], 0, ["It goes on & on, 12.", "x", "momentum"]],
    [0, -1, "<", [0], 0, ["<text>momentum</text>", '<text title="momentum">1</text>', ""]],
    [1, 0, "fill", [0], 0, ["momentum", "#fff", "none"]],
    [1, 1, "d", [0], 0, ["M0 0l1 1", "M0 0l2 2", ""]],
]
CHINESE_SLOTS = [
    [SENTENCE, 0, "#", [0], 0, ["动量法停在<−0.50。", "静止不动啦。", "a < b, all of it"]],
    [0, 0, "#", [0], 0, ["一直走<12。", "x", "动量法"]],
    [0, -1, "<", [0], 0, ["<text>动量法</text>", '<text title="动量法">1</text>', ""]],
    *SLOTS[3:],
]
SAID = {
    "momentum stops at −0.50.": [
        "{rule} stops at {x:.2f}.",
        {"rule": ["momentum"], "x:.2f": "−0.50"},
    ],
    "It stands still.": ["It stands still.", {}],
}
SPEC = {
    "name": "wave",
    "file": "momentum",
    "controls": [
        {"key": "momentum", "kind": "slider", "start": 1, "pace": 0.5, "texts": ["momentum", "1"]},
        {
            "key": "b",
            "kind": "point",
            "names": ["x", "momentum"],
            "texts": [[["momentum"], ["0"]]],
        },
    ],
    "words": {"copied": "Copied", "more": {"right": "momentum"}},
}
CHINESE_SPEC = (
    '{"name":"wave","file":"FILE","controls":['
    '{"key":"momentum","kind":"slider","start":1,"pace":0.5,"texts":["动量法","1"]},'
    '{"key":"b","kind":"point","names":["x","动量法"],"texts":[[["动量法"],["0"]]]}],'
    '"words":{"copied":"抄\\u003c好","more":{"right":"动量法"}}}'
)
CARD = (
    '<figure title="momentum"><h2>What moves?</h2><p class="explorer-ghost" aria-hidden="true">'
    'It stands still.</p><script type="application/json">SPEC</script>step 1 of 3</figure>'
)
CHINESE_CARD = (
    '<figure title="动量法"><h2>什么在动？</h2><p class="explorer-ghost" aria-hidden="true">'
    'GHOST</p><script type="application/json">SPEC</script>第1步，共3步</figure>'
)
FIGURE = '<svg aria-label="A curve."><text>momentum stops at −0.50.</text></svg>'


class Kept:
    """A notebook, and the folder in which its outputs are kept."""

    def __init__(self, folder):
        self.folder = folder
        self.explorers = folder / "explorers"
        self.explorers.mkdir(parents=True)

    def card(self, spec=SPEC, slots=SLOTS, said=SAID):
        """Return what a cell shows of an explorer, whose states are kept."""
        file, script = packed_script(spec["name"], packed_json({"counts": [3], "slots": slots}))
        (self.explorers / file).write_text(script, encoding="utf-8")
        (self.explorers / f"{spec['name']}.said.json").write_text(json.dumps(said), "utf-8")
        return CARD.replace("SPEC", json.dumps(spec | {"file": file}))

    @staticmethod
    def notebook(*shown, code=""):
        """Return a notebook of a cell that shows these outputs."""
        cells = [new_markdown_cell("momentum"), new_code_cell(code, outputs=list(shown))]
        return new_notebook(cells=cells)


def shows(html, **others):
    return new_output("display_data", {"text/html": html} | others)


def shown(notebook):
    return [output.data["text/html"] for output in notebook.cells[1].outputs]


@pytest.fixture
def kept(tmp_path, monkeypatch):
    monkeypatch.setattr(outputs, "library_words", lambda: CHINESE)
    monkeypatch.setattr(outputs, "CATALOGUES", tmp_path)
    return Kept(tmp_path / "small-nets-0123")


def test_a_card_and_its_states_are_put_into_chinese_as_a_whole(kept, tmp_path):
    notebook = kept.notebook(shows(kept.card()))
    before = json.dumps(notebook)
    states = tmp_path / "deep" / "states"
    chinese = translated_outputs(notebook, kept.folder, states, strict=False)
    assert json.dumps(notebook) == before
    (path,) = states.iterdir()
    packed = packed_in(path.read_text("utf-8"))
    assert (path.name, path.read_text("utf-8")) == packed_script("wave", packed)
    assert unpacked_json(packed) == {"counts": [3], "slots": CHINESE_SLOTS}
    assert shown(chinese) == [
        CHINESE_CARD.replace("SPEC", CHINESE_SPEC.replace("FILE", path.name)).replace(
            "GHOST", "动量法停在&lt;−0.50。"
        )
    ]


def test_every_text_without_chinese_is_named_with_where_it_stands_first(kept, tmp_path):
    long = "A curve that &lt;rises&gt; from the left to the right"
    notebook = kept.notebook(
        shows(kept.card(spec=SPEC | {"words": {"lost": "Gone."}, "hint": ["Drag."]})),
        shows(FIGURE),
        shows(f'<svg aria-label="{long}"><text>the left</text></svg>'),
        shows("<b>no figure, 7</b>"),
        shows("<b>Gone.</b>"),
    )
    with pytest.raises(BookError) as told:
        translated_outputs(notebook, kept.folder, tmp_path / "states")
    assert str(told.value).splitlines() == [
        "small-nets, explorer wave: “Gone.” has no translation",
        "small-nets, explorer wave: “Drag.” has no translation",
        "small-nets, explorer wave: “a < b, all of it” has no translation",
        "small-nets, figure “A curve.…”: “A curve.” has no translation",
        # A sentence of an explorer is known by its template only there.
        "small-nets, figure “A curve.…”: “momentum stops at {1}.” has no translation",
        "small-nets, figure “A curve that <rises> from the left…”: "
        "“A curve that <rises> from the left to the right” has no translation",
        "small-nets, figure “A curve that <rises> from the left…”: “the left” has no translation",
        "small-nets, a figure: “no figure, {1}” has no translation",
    ]
    left = translated_outputs(notebook, kept.folder, tmp_path / "states", strict=False)
    assert shown(left)[1:] == shown(notebook)[1:]


def test_alternative_texts_have_the_chinese_of_their_page_and_are_no_fault(kept, tmp_path):
    code = 'show(figure, "A curve.")\nshow(figure, "A line, 1.")\nshow(figure, "momentum")'
    html = "".join(f'<p alt="{text}">' for text in ("A curve.", "A line, 1.", "momentum"))
    notebook = kept.notebook(shows(html), code=code)
    notebook.cells.append(new_markdown_cell('show(figure, "no code")'))
    catalogue = tmp_path / "chapters" / "small-nets.po"
    catalogue.parent.mkdir()
    catalogue.write_text('msgid "A curve."\nmsgstr "曲线。"\n', encoding="utf-8")
    arguments = (notebook, kept.folder, tmp_path / "states")
    own = '<p alt="曲线。"><p alt="A line, 1."><p alt="momentum">'
    assert shown(translated_outputs(*arguments)) == [own]
    assert outputs.alternative_texts(notebook) == {
        text: text for text in ("A curve.", "A line, 1.", "momentum")
    }
    assert found_in_outputs(notebook, kept.folder) == {}


# Catalogues


def executed(folder, name, *html):
    """Write a notebook, and what is kept of its execution; return where both are."""
    path = folder / f"{name}.ipynb"
    notebook = new_notebook(cells=[new_code_cell("show()", id="one")])
    nbformat.write(notebook, path)
    notebook.cells[0].outputs = [shows(each) for each in html]
    kept = folder / f"{name}-0123"
    kept.mkdir(exist_ok=True)
    nbformat.write(notebook, kept / "notebook.ipynb")
    return path, kept


@pytest.fixture
def book(tmp_path, monkeypatch):
    """Return a folder with a book of a page and two notebooks, one of them executed."""
    toc = "format: jb-book\nroot: intro\nchapters:\n  - file: nets\n  - file: waves\n"
    (tmp_path / "_toc.yml").write_text(toc, encoding="utf-8")
    (tmp_path / "intro.md").write_text("# Begin\n", encoding="utf-8")
    build = functools.partial(Build, source=tmp_path, work=tmp_path / "work")
    monkeypatch.setattr("explorable.languages.outputs.Build", build)
    monkeypatch.setattr("explorable.book.problem.ROOT", tmp_path)
    monkeypatch.setattr(outputs, "ROOT", tmp_path)
    folders = (tmp_path / "mathdl", tmp_path / "explorable")
    monkeypatch.setattr("explorable.book.settings.FOLDERS", folders)
    for name, html in {"nets": "<p>a net</p>", "waves": "<p>a wave</p>"}.items():
        path, kept = executed(tmp_path, name, html)
        folder = kept_folder(tmp_path / "work", path, notebook_key(read(path), tmp_path, EXECUTOR))
        folder.parent.mkdir(parents=True, exist_ok=True)
        kept.rename(folder)
    return tmp_path


def test_outputs_are_found_by_all_that_decides_them_or_asked_for(book):
    found = kept_outputs()
    assert [path.name for path in found] == ["nets.ipynb", "waves.ipynb"]
    for path, folder in found.items():
        assert path.parent == book
        assert (folder / "notebook.ipynb").is_file()
        assert folder.name.startswith(f"{path.stem}-")
    shutil.rmtree(found[book / "waves.ipynb"])
    with pytest.raises(BookError) as told:
        kept_outputs()
    assert str(told.value) == (
        "waves.ipynb was not executed: run `make book` first, "
        "or python -m explorable build --leave-english"
    )


def test_each_chapter_has_a_catalogue_and_what_several_have_is_in_one(book, monkeypatch):
    said = {
        "explorable/tutor/said.py": "Judged.",
        "mathdl/nets/drills.py": "Drilled.",
        "mathdl/waves/drills.py": "a sign",
        "explorable/python/said.py": "Run.",
        "explorable/drawing/svg/said.py": "No.",
    }
    for name, code in said.items():
        path = book / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"told({code!r})\n", encoding="utf-8")
    svg = '<svg aria-label="A net."><text>step 1</text></svg>'
    nets = executed(book, "nets", svg, "<b>one</b>")
    waves = executed(book, "waves", "<p>two</p><p>step 2</p><p>two</p>")
    spec = {"name": "wave", "words": {"again": "step 3"}}
    card = Kept(book / "still-0123").card(spec, SLOTS[:1], SAID)
    still = executed(book, "still", card)
    monkeypatch.setattr(outputs, "kept_outputs", lambda: dict((nets, waves, still)))
    asked = [("tiny", "Asked.", "tiny, tasks"), ("tiny", "a sign", "hat · a mistake")]
    monkeypatch.setattr(outputs, "_of_tasks", lambda: iter(asked))
    found = library_catalogues()
    assert {name: entries(catalogue) for name, catalogue in found.items()} == {
        "mathdl/shared": [("step {1}", ["figure “A net.…”"]), ("a sign", ["waves, drills"])],
        "mathdl/nets": [
            ("A net.", ["figure “A net.…”"]),
            ("one", ["a figure"]),
            ("Drilled.", ["nets, drills"]),
        ],
        "mathdl/waves": [("two", ["a figure"])],
        "mathdl/still": [
            ("momentum", ["explorer wave"]),
            ("What moves?", ["explorer wave"]),
            ("It stands still.", ["explorer wave"]),
            ("step {1} of {2}", ["explorer wave"]),
            ("{rule} stops at {x:.2f}.", ["explorer wave"]),
            ("a < b, all of it", ["explorer wave"]),
        ],
        "mathdl/tiny": [("Asked.", ["tiny, tasks"])],
        "mathdl/judge": [("Judged.", ["tutor, said"])],
        "mathdl/page": [("Run.", ["python, said"])],
    }
    monkeypatch.setattr(outputs, "library_words", lambda: dict.fromkeys(["Asked.", "a step"], "…"))
    left = untranslated()
    assert "nets, drills: “Drilled.” is not translated" in left
    assert "hat · a mistake: “a sign” is not translated" in left
    assert not any("Asked." in each for each in left)
