"""Build the book: execute what changed, hand it to Sphinx, publish the result in one step.

Nothing is done twice. An executed notebook is kept under the digest of all that decides its
outputs (see ``explorable.book.notebooks.dependencies``); a built site carries the digest of all
that went into it. Sphinx itself always starts afresh: it would not repeat a warning on a page it
did not re-read, and a second build must not forgive what the first one refused.
"""

import asyncio
import functools
import hashlib
import json
import shutil
import sys
import tempfile
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import yaml
from nbformat import NotebookNode

from explorable.book import ENGINE, ROOT
from explorable.book.finish import finish
from explorable.book.folders import discard, exclusive, put
from explorable.book.job import EXECUTOR, Build
from explorable.book.notebooks.captions import attach_captions
from explorable.book.notebooks.dependencies import notebook_key
from explorable.book.notebooks.downloaded import for_download
from explorable.book.notebooks.execute import execute, execute_all
from explorable.book.notebooks.forgotten import refuse_forgotten
from explorable.book.notebooks.jupyter import (
    bibliography,
    for_jupyter,
    in_words,
    read_references,
    repository_of_library,
)
from explorable.book.notebooks.kept import (
    NOTEBOOK,
    OUTDATED,
    SECONDS,
    kept_folder,
    seconds_of_cells,
    with_outputs,
)
from explorable.book.notebooks.normalise import check_portable, dumps, normalise
from explorable.book.notebooks.prose import check_numbers
from explorable.book.notebooks.refresh import read
from explorable.book.problem import BookError, place
from explorable.book.repository import described, find_repository
from explorable.book.settings import FOLDERS, PAGES, SETTINGS
from explorable.book.sphinx_run import run_sphinx
from explorable.book.told import tell
from explorable.languages import interface
from explorable.languages.catalogues import load
from explorable.languages.editions import ENGLISH, Edition
from explorable.languages.known import TRANSLATED
from explorable.languages.outputs import drill_words, translated_outputs, untranslated
from explorable.languages.pages import Translation, translated_terms
from explorable.languages.translations import incomplete, is_translated
from explorable.library.equation_sources import Door, read_doors
from explorable.sphinx.site.write import MARK

UNTRANSLATED = f"""\
What is not translated is written into locale/{TRANSLATED.code}/LC_MESSAGES;
until then: python -m explorable build --leave-english"""
PICTURES = (".png", ".svg", ".jpg", ".jpeg", ".webp")
STATES = Path(TRANSLATED.folder, "states")  # in the working files: of the other edition


def build(job: Build) -> bool:
    """Build the site, unless nothing it depends on has changed; tell whether it had to be done.

    A `BookError` says what is wrong with the book, with its place; the last good site stays.
    """
    job.work.mkdir(parents=True, exist_ok=True)
    with exclusive(job.work / "lock"):
        if job.only is None:
            _refuse_unlisted(job)
        notebooks = {
            path: notebook_key(read(path), ROOT, EXECUTOR)
            for path in job.documents
            if path.suffix == ".ipynb"
        }
        doors = read_doors(job.source)
        fingerprint = _fingerprint(job, notebooks, doors)
        mark = job.output / MARK
        if mark.is_file() and mark.read_text(encoding="utf-8") == fingerprint:
            print(f"The book is up to date: {job.first_page}")
            return False
        _refuse_foreign(job.output)
        started = time.monotonic()
        other = _translate(job) if TRANSLATED in job.editions else None
        if job.only is None:
            refuse_forgotten({path: read(path) for path in notebooks}, job.source, doors)
        executed = _execute_stale(job, notebooks)
        _check_prose(executed)
        print(f"Writing {len(job.documents) * len(job.editions)} pages …", flush=True)
        written = _write(job, executed, other)
        fresh = job.output.with_name(f".{job.output.name}.new")
        shutil.rmtree(fresh, ignore_errors=True)
        states = job.work / STATES
        if other:
            _translate_notebooks(job, other, list(executed), states)
        home = f"{job.toc['root']}.html"
        finish(written, fresh, job.source, executed, home=home, url=job.url, states=states)
        (fresh / MARK).write_text(fingerprint, encoding="utf-8")
        put(fresh, job.output)
        _forget_old(job.work, executed)
        seconds = time.monotonic() - started
        print(f"The book is built ({seconds:.0f} s): {job.first_page}")
        return True


def _fingerprint(job: Build, notebooks: dict[Path, str], doors: dict[str, Door]) -> str:
    """Digest everything that went, or will go, into the site."""
    # The pages of the library are made from its source.
    ours = [p for folder in FOLDERS for p in folder.rglob("*") if "__pycache__" not in p.parts]
    files = [*job.documents, *_companions(job.source), *ours, ROOT / "requirements.txt"]
    if TRANSLATED in job.editions:
        # Terms, catalogues, how the language is written, and its sheet.
        files += (p for p in job.locale.rglob("*.*") if "__pycache__" not in p.parts)
    how = (job.only, job.url, find_repository(ROOT), job.editions, job.leave_english)
    digest = hashlib.sha256(repr(how).encode())
    named = []
    for path in filter(Path.is_file, files):
        bases = (job.source, ROOT, ENGINE.parent)
        base = next(each for each in bases if path.is_relative_to(each))
        named.append((path.relative_to(base).as_posix(), path))
    for name, path in sorted(named):  # not by paths, whose order depends on where the book lies
        digest.update(name.encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    rest = [job.toc, sorted(notebooks.values()), repr(doors)]
    digest.update(json.dumps(rest).encode())
    return digest.hexdigest()


def _companions(source: Path) -> list[Path]:
    """List the files beside the pages: configuration, bibliography, symbols, pictures."""
    pictures = [
        path
        for folder in (*PAGES, "images", "")
        for path in (source / folder).glob("*")
        if path.suffix in PICTURES
    ]
    bibliographies = sorted(source.glob("*.bib"))
    symbols = sorted((source / SETTINGS.symbols).glob("*.toml")) if SETTINGS.symbols else []
    return [source / "_config.yml", *bibliographies, *symbols, *dict.fromkeys(pictures)]


def _execute_stale(job: Build, notebooks: dict[Path, str]) -> dict[Path, Path]:
    """Execute the notebooks whose outputs are not kept; return where all outputs are kept."""
    (job.work / "executed").mkdir(parents=True, exist_ok=True)
    folders = {path: kept_folder(job.work, path, key) for path, key in notebooks.items()}
    stale = [p for p, kept in folders.items() if not kept.is_dir() or (kept / OUTDATED).exists()]
    # The largest first, for a long one that starts last would keep one processor waiting.
    stale.sort(key=lambda path: path.stat().st_size, reverse=True)
    if not stale:
        return folders
    print(f"Executing {len(stale)} of {len(notebooks)} notebooks, {job.jobs} at a time:")
    jobs = [
        functools.partial(_execute_one, path, notebooks[path], folders[path]) for path in stale
    ]
    results = asyncio.run(execute_all(jobs, workers=job.jobs))
    problems = [result for result in results if isinstance(result, BaseException)]
    for problem in problems:
        if not isinstance(problem, BookError):
            raise problem
    if problems:
        raise BookError("\n\n".join(map(str, problems)))
    return folders


async def _execute_one(path: Path, key: str, folder: Path) -> None:
    started = time.monotonic()
    print(f"  {place(path)} …", flush=True)
    temporary = Path(tempfile.mkdtemp(prefix=".running-", dir=folder.parent))
    try:
        notebook = read(path)
        await execute(notebook, path, environment={"EXPLORABLE_BOOK": str(temporary)})
        (temporary / SECONDS).write_text(json.dumps(seconds_of_cells(notebook)))
        notebook = _for_the_page(normalise(notebook))
        check_portable(notebook, place(path))
        (temporary / NOTEBOOK).write_text(dumps(notebook), encoding="utf-8")
        if notebook_key(read(path), ROOT, EXECUTOR) != key:
            (temporary / OUTDATED).touch()  # something was edited while the notebook ran
        discard(folder)
        temporary.rename(folder)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
    print(f"  {place(path)}: {time.monotonic() - started:.1f} s", flush=True)


def _check_prose(executed: dict[Path, Path]) -> None:
    """Refuse numbers in the prose that no cell holds, of all notebooks at once."""
    problems = []
    for path, folder in executed.items():
        try:
            check_numbers(with_outputs(path, folder), place(path))
        except BookError as error:
            problems.append(str(error))
    if problems:
        raise BookError("\n".join(problems))


def _for_the_page(notebook: NotebookNode) -> NotebookNode:
    """Drop the pictures that stand in for HTML where there is no page."""
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if "text/html" in output.get("data", {}):
                output.data.pop("image/png", None)
    return notebook


def _translate(job: Build) -> Translation:
    """Translate the pages, before minutes of work of which nothing would come without them."""
    other = Translation(job.locale, lenient=job.leave_english or job.only is not None)
    for path in filter(is_translated, job.documents):
        other.read(_page(job, path), path)
    other.note("site", incomplete(interface.extracted(), load(interface.CATALOGUE)))
    other.note(SETTINGS.library, untranslated())
    if other.faults:
        raise BookError("\n".join([*other.faults, UNTRANSLATED]))
    if other.left:
        print(f"  Passages left in English: {other.left}.", file=sys.stderr)
    return other


def _write(
    job: Build, executed: dict[Path, Path], other: Translation | None
) -> dict[Edition, Path]:
    """Run Sphinx for each edition, all at once; return the folders of its HTML."""
    alone, strict = bool(job.only), job.only is None or bool(executed)
    with ThreadPoolExecutor() as pool:
        runs = {}
        for edition in job.editions:  # while one is laid out, that before it is written already
            stage = _stage(job, executed, edition, other)
            work = job.work / edition.folder
            runs[edition] = pool.submit(run_sphinx, stage, work, strict=strict, alone=alone)
    faults = []
    for edition, run in runs.items():
        if isinstance(error := run.exception(), BookError):
            faults.append(f"{edition.name}:\n{error}" if len(runs) > 1 else str(error))
    if faults:
        raise BookError("\n".join(faults))
    return {edition: run.result() for edition, run in runs.items()}


def _translate_notebooks(
    job: Build, translation: Translation, paths: list[Path], folder: Path
) -> None:
    """Write the notebooks that a reader of the other edition downloads."""
    words = interface.translated_words()
    fresh = replace(translation, told={})  # what Sphinx is told was noted before

    def say(text: str) -> str:
        return words.get(text, text)

    books = {path: fresh.notebook(_page(job, path), read(path)) for path in paths}
    pages = []
    for page in sorted(job.source.glob("*.md")) if books else ():
        folder.mkdir(exist_ok=True)
        pages.append(folder / page.name)
        text = fresh.page(_page(job, page), page.read_text(encoding="utf-8"))
        pages[-1].write_text(text, encoding="utf-8")
    order = [path for path in job.documents if path in books]
    references = read_references([(path.stem, books[path]) for path in order], pages, say)
    for path, notebook in books.items():
        shown = for_jupyter(
            notebook, references, bibliography(), chapter=path.stem,
            address=repository_of_library(), say=say,
        )  # fmt: skip
        target = folder / path.relative_to(job.source)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(dumps(for_download(shown, say)), encoding="utf-8")


def _stage(
    job: Build,
    executed: dict[Path, Path],
    edition: Edition = ENGLISH,
    other: Translation | None = None,
) -> Path:
    """Lay out what Sphinx reads: the pages, with executed notebooks in place of the committed."""
    stage = job.work / edition.folder / "stage"
    shutil.rmtree(stage, ignore_errors=True)
    faults: list[str] = []
    translation = other if edition is TRANSLATED else None
    states = job.work / STATES
    if translation:
        shutil.rmtree(states, ignore_errors=True)
    for path in [*job.documents, *_companions(job.source)]:
        if not path.is_file():
            continue
        target = stage / path.relative_to(job.source)
        target.parent.mkdir(parents=True, exist_ok=True)
        if path in executed:
            notebook = with_outputs(path, executed[path])
            if job.only:
                notebook = _alone(notebook, path.stem, job.source)
            if translation:
                notebook = translation.notebook(_page(job, path), notebook)
                notebook = translated_outputs(
                    notebook, executed[path], states, strict=not translation.lenient
                )
            faults += attach_captions(notebook, path, place(path))
            target.write_text(dumps(notebook), encoding="utf-8")
        elif translation and path.suffix == ".md":
            text = path.read_text(encoding="utf-8")
            target.write_text(translation.page(_page(job, path), text), encoding="utf-8")
        else:
            shutil.copyfile(path, target)
    if faults:
        raise BookError("\n".join(faults))
    tell(
        stage,
        edition=_write_edition(job, stage, edition, translation),
        equations={"whole": job.only is None, "root": str(job.source)},
        facts={"url": job.url, "repository": described(ROOT)},
        formulas=str(stage.parent / "formulas.json"),
    )
    return stage


def _write_edition(
    job: Build, stage: Path, edition: Edition, translation: Translation | None
) -> dict[str, object]:
    """Tell Sphinx in which language it writes; return what the extension needs for it."""
    words = interface.translated_words() if edition is TRANSLATED else {}
    toc = yaml.safe_dump(_renamed(job.toc, words), sort_keys=False, allow_unicode=True)
    (stage / "_toc.yml").write_text(toc, encoding="utf-8")
    if edition is TRANSLATED:
        path = stage / "_config.yml"
        settings = yaml.safe_load(path.read_text(encoding="utf-8"))
        settings["title"] = words.get(settings["title"], settings["title"])
        settings["sphinx"]["config"]["language"] = edition.sphinx
        path.write_text(yaml.safe_dump(settings, allow_unicode=True), encoding="utf-8")
    return {
        "edition": vars(edition),
        "editions": [vars(each) for each in job.editions],
        "words": words | (drill_words() if edition is TRANSLATED else {}),
        "terms": translated_terms(job.locale) if TRANSLATED in job.editions else {},
        "pages": translation.as_json() if translation else {},
    }


def _renamed(toc: object, words: Mapping[str, str]) -> object:
    """Return a table of contents with other captions."""
    if isinstance(toc, list):
        return [_renamed(entry, words) for entry in toc]
    if not isinstance(toc, dict):
        return toc
    return {
        key: words.get(value, value) if key == "caption" else _renamed(value, words)
        for key, value in toc.items()
    }


def _page(job: Build, path: Path) -> str:
    """Name a page as the table of contents does."""
    return path.relative_to(job.source).with_suffix("").as_posix()


def _alone(notebook: NotebookNode, chapter: str, source: Path) -> NotebookNode:
    """Let a chapter that is previewed say in words what leads to pages that are not there."""
    others = [path for path in Build(source=source).documents if path.suffix == ".ipynb"]
    chapters = ((path.stem, read(path)) for path in others)
    references = read_references(chapters, source.glob("*.md"))
    return in_words(notebook, references, bibliography(source / "references.bib"), chapter)


def _refuse_foreign(output: Path) -> None:
    if output.exists() and not output.is_dir():
        raise BookError(f"{output} is a file; choose another --output")
    if output.is_dir() and any(output.iterdir()) and not (output / MARK).is_file():
        raise BookError(
            f"{output} is not empty and holds no built book; "
            "choose another --output, or empty that folder"
        )


def _refuse_unlisted(job: Build) -> None:
    """Refuse a chapter that nobody would read."""
    notebooks = (job.source / SETTINGS.chapters).glob("[!.]*.ipynb")
    if lost := sorted(set(notebooks) - set(job.documents)):
        raise BookError(
            "\n".join(
                f"{place(path)} is not in _toc.yml, so no page is made of it; list it there, "
                "or keep it in another folder"
                for path in lost
            )
        )


def _forget_old(work: Path, executed: dict[Path, Path]) -> None:
    """Keep the latest few runs of each notebook (to go back and forth), drop older ones."""
    current = set(executed.values())
    for unfinished in (work / "executed").glob(".*"):
        shutil.rmtree(unfinished, ignore_errors=True)
    for path in executed:
        runs = sorted(
            (work / "executed").glob(f"{path.stem}-*"), key=lambda run: run.stat().st_mtime
        )
        for folder in runs[:-4]:
            if folder not in current:
                discard(folder)
