"""The commands: build, preview, pdf, epub; notebooks, translations, course, grade."""

import argparse
import gc
import importlib
import os
import sys
from pathlib import Path

from explorable.book.problem import BookError

try:
    from explorable.book import FOLDER, ROOT
    from explorable.book.build import build
    from explorable.book.job import OTHER, Build
    from explorable.book.settings import SETTINGS
    from explorable.languages.editions import ENGLISH
    from explorable.languages.known import NONE, TRANSLATED
except BookError as problem:
    sys.exit(str(problem))
except ModuleNotFoundError as missing:
    sys.exit(
        f"{missing.name} is not installed for {sys.executable}: prepare the book's environment by "
        "`make environment`, and run .venv/bin/python -m explorable."
    )

LANGUAGES = (ENGLISH.code, *[OTHER] * (TRANSLATED is not NONE))
# Commands that read their own arguments.
TOOLS = {
    "notebooks": ("explorable.book.notebooks.refresh", "execute and normalise the notebooks"),
    "course": ("explorable.book.course.make", "make sheets of exercises from the built book"),
    "grade": ("explorable.book.course.grade", "judge a folder of handed-in notebooks"),
    "translations": ("explorable.languages.translations", "keep the catalogues up to date"),
}


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; return its exit status."""
    arguments = sys.argv[1:] if arguments is None else arguments
    if arguments and arguments[0] in TOOLS:
        tool = importlib.import_module(TOOLS[arguments[0]][0])
        return int(tool.main(arguments[1:]))
    parser = argparse.ArgumentParser(prog="python -m explorable", description="Build the book.")
    commands = parser.add_subparsers(dest="command", required=True)
    html = commands.add_parser("build", help="build the site")
    pdf = commands.add_parser("pdf", help="print the whole built book into one PDF")
    epub = commands.add_parser("epub", help="write the whole built book into one EPUB")
    seen = commands.add_parser("preview", help="serve one page, and build it whenever it changes")
    seen.set_defaults(url="", jobs=2, language=None, leave_english=False)
    seen.add_argument(
        "only",
        metavar="page",
        nargs="?",
        help=f"such as chapters/one or {TRANSLATED.folder}chapters/one (default: that saved last)",
    )
    seen.add_argument("--port", type=int, default=8765, help="where to serve (default 8765)")
    for name, (_, told) in TOOLS.items():
        commands.add_parser(name, help=told)
    for command, default in ((html, "html"), (pdf, "html"), (epub, "html"), (seen, "preview")):
        command.add_argument("--output", type=Path, help=f"the site (default _build/{default})")
    for command, kind in ((pdf, "PDF"), (epub, "EPUB")):
        command.add_argument("--file", type=Path, help=f"the {kind} (default beside the site)")
        command.add_argument("--language", choices=LANGUAGES, help="of the edition (default en)")
    pdf.add_argument("--chapter", help=f"this alone, such as one or {TRANSLATED.folder}one")
    for command in (html, seen):
        command.add_argument("--work", type=Path, help="working files (default _build/work)")
        command.add_argument("--source", type=Path, default=ROOT, help=argparse.SUPPRESS)
    html.add_argument("--only", metavar="PAGE", help="preview one page, such as chapters/forward")
    html.add_argument(
        "--language",
        choices=LANGUAGES,
        help="of a preview; of the book: the other builds both, whatever _config.yml says",
    )
    html.add_argument(
        "--leave-english",
        action="store_true",
        help="leave what is not translated yet in English, rather than refuse it",
    )
    html.add_argument(
        "--url",
        default=os.environ.get("BOOK_ADDRESS"),
        help="the address it will be published at, for the social preview and the site map",
    )
    html.add_argument("--jobs", type=int, default=2, help="notebooks executed at a time")
    options = parser.parse_args(arguments)
    try:
        if options.command in ("pdf", "epub"):
            from explorable.book.print.epub import write_epub
            from explorable.book.print.pdf import file_name, print_book

            site = _resolved(options.output, FOLDER / "_build" / "html")
            chapter = vars(options).get("chapter") or ""
            is_other = OTHER in (options.language, chapter.partition("/")[0])
            edition, chapter = TRANSLATED if is_other else ENGLISH, chapter.rpartition("/")[2]
            name = file_name(edition, options.command, chapter)
            page = f"{edition.folder}{SETTINGS.chapters}/{chapter}.html"
            names = [page] if chapter else None
            make = print_book if options.command == "pdf" else write_epub
            make(site, _resolved(options.file, site.with_name(name)), edition, names=names)
        elif options.command == "preview":
            from explorable.book.preview import preview

            if (options.only or "").startswith(TRANSLATED.folder):
                options.only = options.only.removeprefix(TRANSLATED.folder)
                options.language = OTHER
            preview(_job(options), options.port)
        else:
            build(_job(options))
    except BookError as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nInterrupted; what was built before stands.", file=sys.stderr)
        return 130
    return 0


def _job(options: argparse.Namespace) -> Build:
    name = "preview" if options.only or options.command == "preview" else "html"
    output = _resolved(options.output, FOLDER / "_build" / name)
    work = (
        output.with_name(f"{output.name}-work") if options.output else FOLDER / "_build" / "work"
    )
    return Build(
        source=options.source.resolve(),
        work=_resolved(options.work, work),
        output=output,
        only=options.only,
        url=options.url.rstrip("/") + "/" if options.url else "",
        jobs=options.jobs,
        language=options.language,
        leave_english=options.leave_english,
    )


def _resolved(path: Path | None, default: Path) -> Path:
    return (path or default).resolve()


if __name__ == "__main__":
    status = main()
    gc.freeze()  # what is left goes with the process; to look through it takes a second
    sys.exit(status)
