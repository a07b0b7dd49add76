"""Sheets of exercises, made of the built pages: to write on, and with solutions."""

import html
import shutil
from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import Browser

from explorable.book.print.pdf import ASSETS, facts_of, pages_of, speaker
from explorable.book.print.truetype import prepare
from explorable.book.settings import SETTINGS
from explorable.languages.editions import Edition
from explorable.languages.interface import fill

SCRIPT = ASSETS / "print" / "sheet.js"
STYLE = ASSETS / "print" / "sheet.css"
USED = ("site.css", "formulas.css", "fonts")  # of what the site's pages are made with
PAGE = """<!DOCTYPE html>
<html lang="{lang}" data-theme="light"><head><meta charset="utf-8"><title>{title}</title>
<link rel="stylesheet" href="{assets}/site.css">
<link rel="stylesheet" href="{assets}/formulas.css">
<link rel="stylesheet" href="{assets}/sheet.css"></head>
<body><h1>{title}</h1>{head}{body}<p class="about">{about}</p></body></html>
"""


def copy_assets(site: Path, folder: Path) -> None:
    """Copy into a folder what the sheets in it are drawn with."""
    for name in USED:
        source, copy = site / "assets" / name, folder / "assets" / name
        if source.is_dir():
            shutil.copytree(source, copy)
        else:
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, copy)
    shutil.copyfile(STYLE, folder / "assets" / STYLE.name)


def chapters_of(site: Path, edition: Edition) -> list[str]:
    """Return the pages of an edition's chapters."""
    folder = f"{edition.folder}{SETTINGS.chapters}/"
    return [name for name in pages_of(site, edition, None)[1] if name.startswith(folder)]


def write_sheets(
    site: Path, folder: Path, browser: Browser, edition: Edition, chosen: Sequence[str] = ()
) -> list[Path]:
    """Write sheets of problems and of solutions for each chapter; return their PDFs.

    They stand beside the ``assets``, with the exercises of the chosen labels, or else with all.
    """
    _ = speaker(edition)
    facts = facts_of(pages_of(site, edition, [])[0], edition)
    about = fill(
        _("From “{title}”, version {version}, whose numbers stand in brackets. CC BY 4.0."),
        **facts,
    )
    name, date = _("Name"), _("Date")
    person = f"{name} <span></span> {date} <span></span>"
    heads = {"problems": f'<p class="person">{person}</p>', "solutions": ""}
    titles = {"problems": _("Exercises: {title}"), "solutions": _("Solutions: {title}")}
    # Without the scripts of the pages cells and explorers stay as they are on paper.
    page = browser.new_context(java_script_enabled=False, color_scheme="light").new_page()
    page.set_default_timeout(0)
    printed = []
    for chapter in chapters_of(site, edition):
        page.goto((site / chapter).as_uri())
        page.evaluate(f"() => {{ {SCRIPT.read_text(encoding='utf-8')} }}")
        found = page.evaluate("chosen => bookSheet(chosen)", list(chosen))
        for kind in ("problems", "solutions"):
            if not found[kind]:
                continue
            file = folder / edition.folder / "sheets" / f"{Path(chapter).stem}-{kind}.html"
            file.parent.mkdir(parents=True, exist_ok=True)
            text = PAGE.format(
                lang=edition.lang,
                title=html.escape(fill(titles[kind], title=found["title"].strip())),
                assets="../" * len(file.relative_to(folder).parts[1:]) + "assets",
                head=heads[kind],
                body=found[kind],
                about=html.escape(about),
            )
            file.write_text(text, encoding="utf-8")
            page.goto(file.as_uri())
            prepare(page, site, edition)
            printed.append(file.with_suffix(".pdf"))
            page.pdf(path=printed[-1], prefer_css_page_size=True)
    return printed
