"""
The library's words in the other language: what explorers and figures show, once executed.

Notebooks are executed once, for both editions. What they show is HTML, and beside it the states of
their explorers; here all texts in them are replaced that a reader sees or hears, so that both
editions show the same numbers. A text is known by its English, with a numbered placeholder for
each number; a sentence that was said by its template (see ``explorable.sentences``), which is
filled as it was filled in English. A text with English words that no catalogue has is a fault that
names it, so nothing can be forgotten.
"""

import html
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from nbformat import NotebookNode

from explorable.book import ROOT
from explorable.book.job import EXECUTOR, Build
from explorable.book.notebooks.dependencies import notebook_key
from explorable.book.notebooks.forgotten import tutor
from explorable.book.notebooks.kept import kept_folder, with_outputs
from explorable.book.notebooks.refresh import read
from explorable.book.problem import BookError, place
from explorable.book.settings import SETTINGS, sources
from explorable.explore.packed import packed_in, packed_json, packed_script, unpacked_json
from explorable.explore.states import SENTENCE
from explorable.languages.catalogues import CATALOGUES, translations_in
from explorable.languages.editions import Edition
from explorable.languages.known import TRANSLATED
from explorable.languages.segments import alternatives as alternatives_in
from explorable.sentences import messages, speak

FOLDER = CATALOGUES / SETTINGS.library
# The catalogues of what Python says in the page of any book, and the modules that say it.
ENGINE = {"judge": "explorable/tutor/*.py", "page": "explorable/python/*.py"}
SHARED = "shared"  # the catalogue of what more than one chapter shows or says

NUMBER = re.compile(
    r"(?<![A-Za-z_\d.)])[+−-]?\d+(?:[.,]\d+)*(?: × 10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+|[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)?"
)
PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
ENGLISH = re.compile(r"[A-Za-zÀ-ÿ]{2,}(?:['’]s)?|\b[Aa] (?=[A-Za-z]{2})")
TOKEN = re.compile(r'<math\b.*?</math>|<[^<>"]*(?:"[^"]*"[^<>"]*)*>|[^<]+', re.DOTALL)
SLANTED = ' font-style="italic"'
ATTRIBUTE = re.compile(r' ([\w:-]+)="([^"]*)"')
# The attributes that hold no words, though they may hold letters.
SILENT = re.compile(
    r"aria-(?:current|describedby|disabled|hidden|labelledby|pressed|value(?:max|min|now))|"
    r"autocomplete|class|clip-path|clip-rule|color|d|data-(?!pause|play|word)[\w-]+|display|dy|"
    r"fill|fill-(?:opacity|rule)|font-[\w-]+|for|height|href|id|marker-\w+|markerUnits|mask|max|min|"
    r"name|opacity|overflow|preserveAspectRatio|role|shape-rendering|stroke|stroke-[\w-]+|style|"
    r"tabindex|text-anchor|transform|type|value|viewBox|width|x|xmlns|y"
)
SILENT_SPEC = {  # what a card tells its script: the parts that hold letters, but no words
    "name", "file", "show", "computed", "controls.key", "controls.kind", "controls.keys",
    "controls.by", "controls.spec",
}  # fmt: skip

Translate = Callable[[str], str]


@dataclass(frozen=True)
class Said:
    """A sentence that was made of a template: the template, and how each field was filled."""

    template: str
    fields: dict[str, str | list[str]]  # words in a list of one, numbers as they are

    def filled(self, template: str, translate: Translate) -> str:
        """Fill a template, in whose language `translate` gives the words that fill it."""

        def fill(found: re.Match[str]) -> str:
            value = self.fields[found[1]]
            return value if isinstance(value, str) else translate(value[0])

        return PLACEHOLDER.sub(fill, template)


@dataclass
class Texts:
    """The texts of a notebook's outputs, each translated, or only noted where nothing is known."""

    translations: Mapping[str, str] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)  # of each entry, where it stands first
    place: str = ""
    said: dict[str, Said] = field(default_factory=dict)

    def __call__(self, text: str) -> str:
        """Return a text translated, or as it is if it has no words or no translation."""
        bare = text.strip()
        if not bare:
            return text
        said = self.said.get(bare)
        if said is not None and [bare] not in said.fields.values():  # not only words that fill it
            return text.replace(bare, self._sentence(bare, said))
        if bare in self.translations:  # as it stands, such as the alternative text of a figure
            return text.replace(bare, self.translations[bare])
        entry, numbers = canonical(bare)
        if not has_english(entry):
            return text
        return text.replace(bare, with_numbers(self._look_up(entry), numbers))

    def _sentence(self, text: str, said: Said) -> str:
        words = [value[0] for value in said.fields.values() if isinstance(value, list)]
        known = said.template in self.translations  # it may be but punctuation
        if not known and not any(map(has_english, [said.template, *words])):
            return text
        return said.filled(self._look_up(said.template), self)

    def template(self, template: str) -> str:
        """Return a template, or a word that fills one, in the other language."""
        return (
            self._look_up(template)
            if has_english(template)
            else self.translations.get(template, template)
        )

    def _look_up(self, entry: str) -> str:
        self.places.setdefault(entry, self.place)
        return self.translations.get(entry, entry)


def canonical(text: str) -> tuple[str, list[str]]:
    """Return a text with a placeholder for each number, and the numbers.

    Examples
    --------
    >>> canonical("from −0.5 to 1,616, at 4.8 × 10⁻⁷")
    ('from {1} to {2}, at {3}', ['−0.5', '1,616', '4.8 × 10⁻⁷'])
    """
    numbers: list[str] = []

    def note(found: re.Match[str]) -> str:
        numbers.append(found[0])
        return f"{{{len(numbers)}}}"

    return NUMBER.sub(note, text), numbers


def with_numbers(entry: str, numbers: list[str]) -> str:
    """Put numbers in place of their placeholders; undoes `canonical`."""
    return re.sub(r"\{(\d+)\}", lambda found: numbers[int(found[1]) - 1], entry)


def has_english(text: str) -> bool:
    """Tell whether a text has English words, names and formulas left out."""
    return not _names().issuperset(ENGLISH.findall(PLACEHOLDER.sub(" ", text)))


@cache
def _names() -> frozenset[str]:
    return frozenset(name for names in SETTINGS.unchanged for name in names.split())


def translated_outputs(
    notebook: NotebookNode, kept: Path, target: Path, *, strict: bool = True
) -> NotebookNode:
    """Return a notebook whose outputs are translated, and write the states of its explorers.

    It is kept in one folder, and `target` is that for the translated states, which have names of
    their own. Alternative texts have their translation in the chapter's catalogue, or stay
    English; so do others that no catalogue has, unless `strict`: then a `BookError` names them.
    """
    stem = kept.name.rpartition("-")[0]
    alternatives = translations_in(CATALOGUES / "chapters" / f"{stem}.po")
    own = alternative_texts(notebook)  # those without a translation are faults of the page
    texts = Texts({**library_words(), **own, **alternatives})
    result = deepcopy(notebook)
    target.mkdir(parents=True, exist_ok=True)
    for output in _outputs(result, "text/html"):
        output.data["text/html"] = _output(output.data["text/html"], kept, texts, target)
    for output in _outputs(result, "text/plain"):
        text = output.data["text/plain"]
        output.data["text/plain"] = verdicts().get(text, text)
    missing = [
        f"{stem}, {place}: “{entry}” has no translation"
        for entry, place in texts.places.items()
        if entry not in texts.translations
    ]
    if strict and missing:
        raise BookError("\n".join(missing))
    return result


def alternative_texts(notebook: NotebookNode) -> dict[str, str]:
    """Return the alternative texts that stand in a notebook's code, each as its translation."""
    sources = (cell.source for cell in notebook.cells if cell.cell_type == "code")
    return {text: text for source in sources for text in alternatives_in(source)}


def found_in_outputs(notebook: NotebookNode, kept: Path) -> dict[str, str]:
    """Return the entries of a notebook's outputs, and where each stands first."""
    texts = Texts(alternative_texts(notebook))
    for output in _outputs(notebook, "text/html"):
        _output(output.data["text/html"], kept, texts, None)
    return texts.places


def library_catalogues() -> dict[str, Catalog]:
    """Return the catalogues of all that the library shows and says, without translations.

    There is one for each chapter, with its tasks and drills, and ``shared`` for what more than one
    has. A `BookError` names a notebook whose outputs are not kept, or of other code.
    """
    found = {
        path.stem: found_in_outputs(with_outputs(path, folder), folder)
        for path, folder in kept_outputs().items()
    }
    for chapter, text, where in (*_of_tasks(), *_of_drills()):
        found.setdefault(chapter, {}).setdefault(text, where)
    often = Counter(entry for entries in found.values() for entry in entries)
    catalogues = {name: Catalog() for name in (SHARED, *found, *ENGINE)}
    for chapter, entries in found.items():
        for entry, where in entries.items():
            _add(catalogues[SHARED if often[entry] > 1 else chapter], entry, where)
    for name, pattern in ENGINE.items():
        for _, text, where in _said_in(pattern):
            _add(catalogues[name], text, where)
    return {f"{SETTINGS.library}/{name}": catalogue for name, catalogue in catalogues.items()}


def _add(catalogue: Catalog, text: str, where: str) -> None:
    if text not in catalogue:
        catalogue.add(text, auto_comments=[where])


def _said_in(pattern: str) -> Iterator[tuple[str, str, str]]:
    """Yield what modules say (see ``explorable.sentences.messages``): folder, text and place."""
    for _, path in sources(pattern):
        folder = path.parent.name
        for _, text in messages(path.read_text(encoding="utf-8")):
            if has_english(text) or "{" in text:
                yield folder, text, f"{folder}, {path.stem}"


def _of_drills() -> Iterator[tuple[str, str, str]]:
    """Yield the drills' titles, questions, solutions and mistakes: chapter, text and place."""
    return _said_in(f"{SETTINGS.library}/*/drills.py")


def _of_tasks() -> Iterator[tuple[str, str, str]]:
    """Yield what the judge says of the tasks alone: chapter, text and place."""
    if SETTINGS.tutor:
        judge = tutor()
        said = [
            (chapter, title, f"the title of {chapter}") for chapter, title in judge.titles.items()
        ]
        for name, chapter in judge.tasks.items():
            task = judge.task(name)
            texts = [(text, "what it returns") for text in task.returns if " " in text]  # no name
            texts += [(case.about, "an example") for case in task.cases]
            for mistake in task.mistakes:
                texts.append((mistake.name, "a mistake"))
                texts.append((mistake.sentence, f"of the chapter {chapter}"))
            texts.append((task.adds, "what the library adds"))
            said += [(chapter, text, f"{name} · {kind}") for text, kind in texts]
        yield from (each for each in said if has_english(each[1]))
    yield from _said_in(f"{SETTINGS.library}/*/*tasks.py")


def untranslated() -> list[str]:
    """Name what tasks and drills say without a translation, before any notebook is executed."""
    words = library_words()
    return [
        f"{where}: “{text}” is not translated"
        for _, text, where in (*_of_tasks(), *_of_drills())
        if text not in words
    ]


def kept_outputs() -> dict[Path, Path]:
    """Return the notebooks of the book, each with the folder of its outputs."""
    job = Build()
    folders = {}
    for path in job.documents:
        if path.suffix == ".ipynb":
            key = notebook_key(read(path), ROOT, EXECUTOR)
            folders[path] = kept_folder(job.work, path, key)
            if not folders[path].is_dir():
                raise BookError(
                    f"{place(path)} was not executed: run `make book` first, "
                    "or python -m explorable build --leave-english"
                )
    return folders


def said_words() -> dict[str, str]:
    """Return the translations of what Python says in a page: the judge, errors."""
    engine = (FOLDER / f"{name}.po" for name in ENGINE)
    return _words(_of_tasks()) | {
        english: each for file in engine for english, each in translations_in(file).items()
    }


def drill_words() -> dict[str, str]:
    """Return the translations of the drills."""
    return _words(_of_drills())


def _words(said: Iterable[tuple[str, str, str]]) -> dict[str, str]:
    words = library_words()
    return {text: words[text] for _, text, _ in said if text in words}


@cache
def library_words() -> dict[str, str]:
    """Return the translations of all that chapters show and say."""
    files = (file for file in sorted(FOLDER.glob("*.po")) if file.stem not in ENGINE)
    return {english: each for file in files for english, each in translations_in(file).items()}


@cache
def verdicts() -> dict[str, str]:
    """Return the translations of all verdicts that pages print: nothing written yet, or right."""

    def blank(*arguments: Any) -> None: ...

    handed_in = [
        (name, each) for name in tutor().tasks for each in (blank, tutor().task(name).right)
    ]
    english = [str(tutor().judge(*each)) for each in handed_in]
    words = said_words()
    speak(lambda text: words.get(text, text))
    try:
        there = [str(tutor().judge(*each)) for each in handed_in]
    finally:
        speak(str)
    return dict(zip(english, there, strict=True))


def _outputs(notebook: NotebookNode, kind: str) -> Iterator[NotebookNode]:
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if kind in output.get("data", {}):
                yield output


def _output(text: str, kept: Path, texts: Texts, target: Path | None) -> str:
    """Return what a cell shows, translated; write its states, if there is a place for them."""
    specs = re.search(r'<script type="application/json">(.*?)</script>', text)
    if not specs:
        alternative = re.search(r'aria-label="([^"]{,40})', text)
        texts.place = f"figure “{html.unescape(alternative[1])}…”" if alternative else "a figure"
        texts.said = {}
        return in_translation(text, texts)
    spec = json.loads(specs[1])
    name = spec["name"]
    texts.place = f"explorer {name}"
    texts.said = _said(kept / "explorers" / f"{name}.said.json")
    packed = packed_in((kept / "explorers" / spec["file"]).read_text(encoding="utf-8"))
    sentences: list[str] = []

    def reword(slot: list[Any]) -> list[str]:
        artist, _, attribute, *_, values = slot
        if attribute == "<":
            return [in_translation(value, texts) for value in values]
        if attribute != "#":
            return list(values)
        changed = [texts(value) for value in values]
        if artist == SENTENCE:
            sentences.extend(changed)
        return changed

    # First the card, then its states: that is the order in which a reader meets them.
    before, after = (
        in_translation(part, texts) for part in (text[: specs.start()], text[specs.end() :])
    )
    spec = _specification(spec, texts)
    if spec.get("computed"):  # the page computes it
        sentences.extend(map(texts, texts.said))
        packed = _computed(packed, texts)
    else:
        content = unpacked_json(packed)
        for slot in content["slots"]:
            slot[5] = reword(slot)
        packed = packed_json(content)
    spec["file"], script = packed_script(name, packed)
    if target is not None:
        (target / spec["file"]).write_text(script, encoding="utf-8")
    longest = html.escape(max(sentences, key=_width, default=""))
    before = re.sub(r'(<p class="explorer-ghost"[^>]*>)[^<]*', lambda m: m[1] + longest, before)
    written = json.dumps(spec, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return f'{before}<script type="application/json">{written}</script>{after}'


def _computed(packed: bytes, texts: Texts) -> bytes:
    """Return a computed explorer whose templates and drawings are translated."""
    content = unpacked_json(packed)
    program = content["program"]
    program["words"] = [texts.template(word) for word in program["words"]]
    content["drawings"] = [in_translation(drawing, texts) for drawing in content["drawings"]]
    return packed_json(content)


def _said(file: Path) -> dict[str, Said]:
    told = json.loads(file.read_text(encoding="utf-8"))
    return {text: Said(template, fields) for text, (template, fields) in told.items()}


def in_translation(markup: str, texts: Translate) -> str:
    """
    Return HTML or SVG with each text, and each attribute that is read out, replaced.

    Letters that stand close are never slanted, and no space stands between their sentences.
    """
    parts: list[str] = []
    for token in TOKEN.findall(markup):
        if token.startswith("<math"):  # the same in every language
            parts.append(token)
        elif token.startswith("<"):
            parts.append(ATTRIBUTE.sub(lambda found: _attribute(found, texts), token))
        elif token.strip():
            text = texts(html.unescape(token))
            if TRANSLATED.CLOSE.search(text) and parts:
                parts[-1] = parts[-1].replace(SLANTED, "")
            parts.append(html.escape(text, quote=False))
        else:
            parts.append(token)
    whole = "".join(parts)
    spaced = TRANSLATED.CLOSE is Edition.CLOSE
    return whole if spaced else whole.replace("</b> <span>", "</b><span>")


def _attribute(found: re.Match[str], texts: Translate) -> str:
    name, value = found.groups()
    if SILENT.fullmatch(name):
        return found[0]
    return f' {name}="{html.escape(texts(html.unescape(value)))}"'


def _specification(value: Any, texts: Translate, path: str = "") -> Any:
    """Return what a card tells its script, in the other language."""
    if path in SILENT_SPEC:
        return value
    if isinstance(value, dict):
        below = f"{path}." if path else ""
        return {key: _specification(each, texts, below + key) for key, each in value.items()}
    if isinstance(value, list):
        return [_specification(each, texts, path) for each in value]
    return texts(value) if isinstance(value, str) else value


def _width(text: str) -> int:
    """Return how wide a text is, in halves of a wide letter."""
    return sum(1 + (letter > "⺀") for letter in text)
