"""Tracebacks as a reader wants them: the reader's own lines only."""

import linecache
import re
import traceback

from explorable.sentences import told


def remember(filename: str, source: str) -> None:
    """Let tracebacks quote the lines of code that is in no file."""
    linecache.cache[filename] = (len(source), None, source.splitlines(keepends=True), filename)


def describe(error: BaseException, filenames: set[str], filename: str) -> tuple[str, int | None]:
    """
    Write an error as Python does, without the frames of libraries.

    Parameters
    ----------
    error : BaseException
        The error.
    filenames : set of str
        The names under which the reader's code was compiled.
    filename : str
        That of the cell that was run.

    Returns
    -------
    tuple of str and int or None
        The traceback, and the line of the cell where it went wrong, counted from 1.
    """
    if isinstance(error, SyntaxError) and error.filename in filenames:
        text = "".join(traceback.format_exception_only(error))
        return _renamed(text, filename), error.lineno if error.filename == filename else None
    report = traceback.TracebackException.from_exception(error)
    each: traceback.TracebackException | None = report
    while each is not None:
        own = [frame for frame in each.stack if frame.filename in filenames]
        each.stack = traceback.StackSummary.from_list(own)
        each = each.__cause__ or each.__context__
    line, frames = None, error.__traceback__
    while frames is not None:
        if frames.tb_frame.f_code.co_filename == filename:
            line = frames.tb_lineno
        frames = frames.tb_next
    return _renamed("".join(report.format()), filename), line


def _renamed(text: str, filename: str) -> str:
    """Say "this cell" for the file of the cell, and "a cell above" for the others."""

    def place(found: re.Match[str]) -> str:
        if found[1] == filename:
            return told("This cell, line {line}", line=found[2])
        return told("A cell above, line {line}", line=found[2])

    text = re.sub(r'File "(<cell [^"]*>)", line (\d+)', place, text)
    return text.replace(", in <module>\n", "\n")
