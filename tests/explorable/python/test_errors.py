"""What a reader sees of an error: all of it, and no lines of others."""

import pytest

from explorable.python.errors import describe, remember

CELL, ABOVE = "<cell 1>", "<cell 0>"


def described(source, above=""):
    """Run a cell, and the one above it; return what is said of the error, and its line."""
    namespace = {}
    for name, code in [(ABOVE, above), (CELL, source)]:
        remember(name, code)
    try:
        exec(compile(above, ABOVE, "exec"), namespace)
        exec(compile(source, CELL, "exec"), namespace)
    except BaseException as error:
        text, line = describe(error, {CELL, ABOVE}, CELL)
    # Versions of Python differ in what they mark below the code.
    return [each for each in text.splitlines() if not each or each.strip(" ~^")], line


TRACEBACK = "Traceback (most recent call last):"
JSON = "json.decoder.JSONDecodeError: Expecting property name enclosed in double quotes: "
PLACE = "line 1 column 2 (char 1)"


def test_lines_are_quoted_and_cells_are_told_apart():
    text, line = described("x = 1\n\nf(x)", "\ndef f(x):\n    return x + ''")
    assert line == 3
    assert text == [
        TRACEBACK,
        "  This cell, line 3",
        "    f(x)",
        "  A cell above, line 3, in f",
        "    return x + ''",
        "TypeError: unsupported operand type(s) for +: 'int' and 'str'",
    ]
    text, line = described("x = 1\nif x")
    assert text == ["  This cell, line 2", "    if x", "SyntaxError: expected ':'"]
    assert line == 2
    text, line = described("", "if x")
    assert text == ["  A cell above, line 1", "    if x", "SyntaxError: expected ':'"]
    assert line is None
    text, line = described("\ncompile('1 +', '<text>', 'exec')")
    assert text[:3] == [TRACEBACK, "  This cell, line 2", "    compile('1 +', '<text>', 'exec')"]
    assert text[3:] == ['  File "<text>", line 1', "    1 +", "SyntaxError: invalid syntax"]
    assert line == 2
    assert describe(ValueError("no"), {CELL}, CELL) == ("ValueError: no\n", None)


@pytest.mark.parametrize(
    ("ending", "first"),
    [
        (" from error", "The above exception was the direct cause of the following exception:"),
        ("", "During handling of the above exception, another exception occurred:"),
        (" from None", None),
    ],
)
def test_an_error_after_another_is_told_with_it_and_without_the_frames_of_libraries(ending, first):
    ending = f"raise KeyError(1){ending}"
    text, found = described(
        f"import json\ntry:\n    json.loads('{{')\nexcept ValueError as error:\n    {ending}"
    )
    before = [TRACEBACK, "  This cell, line 3", "    json.loads('{')", JSON + PLACE, "", first, ""]
    after = [TRACEBACK, "  This cell, line 5", f"    {ending}", "KeyError: 1"]
    assert text == (before + after if first else after)
    assert found == 5


@pytest.mark.parametrize(
    ("source", "advice"),
    [
        ("\nprint（“好，”）\n[1，2]", ['2: （ → (   “ → "   ” → "   ） → )', "3: ， → ,"]),
        ("print('好’)", ["1: ’ → '"]),
        ("if −1：\n\u3000x", ["1: − → -   ： → :", "2: U+3000 → a space"]),
        ("x = 1²", []),
        ("'（' 1", []),
    ],
)
def test_signs_of_another_keyboard_are_told_with_what_to_type(source, advice):
    text, _line = described(source)
    known = "Python knows only the signs that an English keyboard types:"
    assert text[3:] == ([known, *(f"line {each}" for each in advice)] if advice else [])
