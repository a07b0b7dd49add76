"""Tracebacks as a reader wants them: the reader's own lines only, and what to type instead."""

import ast
import linecache
import re
import traceback
import unicodedata
import warnings

from explorable.sentences import told, translated

REFUSED = re.compile(r"U\+([0-9A-F]+)\)?$")
TYPED = {
    "COMMA": ",",
    "FULL STOP": ".",
    "DOUBLE QUOTATION MARK": '"',
    "SINGLE QUOTATION MARK": "'",
    "LEFT BLACK LENTICULAR BRACKET": "[",
    "RIGHT BLACK LENTICULAR BRACKET": "]",
    "LEFT DOUBLE ANGLE BRACKET": "<",
    "RIGHT DOUBLE ANGLE BRACKET": ">",
    "MINUS SIGN": "-",
    "MULTIPLICATION SIGN": "*",
    "DOT OPERATOR": "*",
    "DIVISION SIGN": "/",
    "LESS-THAN OR EQUAL TO": "<=",
    "GREATER-THAN OR EQUAL TO": ">=",
    "NOT EQUAL TO": "!=",
}
"""Python's signs for those whose names end so; wide ones stand for the narrow ones."""


def remember(filename: str, source: str) -> None:
    """Let tracebacks quote the lines of code that is in no file."""
    linecache.cache[filename] = (len(source), None, source.splitlines(keepends=True), filename)


def describe(error: BaseException, filenames: set[str], filename: str) -> tuple[str, int | None]:
    """Write an error as Python does, without the frames of libraries, and tell the cell's line.

    The reader's code was compiled under `filenames`, that of the cell that was run under
    `filename`.
    """
    if isinstance(error, SyntaxError) and error.filename in filenames:
        text = "".join(traceback.format_exception_only(error)) + _advice(error)
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


def _advice(error: SyntaxError) -> str:
    """Say what to type for signs of another keyboard: for all of the cell, not only the first."""
    lines = linecache.getlines(error.filename or "")
    found: dict[int, dict[str, str]] = {}
    refused: SyntaxError | None = error
    while refused is not None and (place := _refused(refused, lines)):
        line, column, typed = place
        text = lines[line]
        found.setdefault(line + 1, {})[text[column]] = typed
        lines[line] = text[:column] + typed + text[column + 1 :]
        refused = _error_in("".join(lines))
    advice = [
        told(
            "line {line}: {signs}",
            line=line,
            signs="   ".join(f"{_named(sign)} → {_named(typed)}" for sign, typed in each.items()),
        )
        for line, each in sorted(found.items())
    ]
    if not advice:
        return ""
    known = translated("Python knows only the signs that an English keyboard types:")
    return "\n".join([known, *advice, ""])


def _named(sign: str) -> str:
    if sign == " ":
        return translated("a space")
    return sign if sign.isprintable() else f"U+{ord(sign):04X}"


def _error_in(source: str) -> SyntaxError | None:
    try:
        with warnings.catch_warnings(action="ignore"):
            ast.parse(source)
    except SyntaxError as error:
        return error
    return None


def _refused(error: SyntaxError, lines: list[str]) -> tuple[int, int, str] | None:
    """Return line and column, from 0, of a sign that is no Python, and what is typed for it."""
    line, column = (error.lineno or 0) - 1, (error.offset or 0) - 1
    if not (0 <= line < len(lines) and 0 <= column < len(lines[line])):
        return None
    text, quote = lines[line], ""
    if error.msg.startswith("unterminated"):  # it was opened here, and closed by another sign
        quote = text[column]
        ends = (k for k in range(column + 1, len(text)) if _typed(text[k]) == quote)
        column = next(ends, column)
    elif not REFUSED.search(error.msg):
        return None
    typed = _typed(text[column])
    return (line, column, typed) if typed else None


def _typed(sign: str) -> str:
    """Return what is typed for a sign that no English keyboard has; nothing if that is unknown."""
    if sign.isascii():
        return ""
    if unicodedata.decomposition(sign).startswith(("<wide>", "<noBreak>")):
        return unicodedata.normalize("NFKC", sign)
    name = unicodedata.name(sign, "")
    return next((typed for ending, typed in TYPED.items() if name.endswith(ending)), "")
