"""What the door knows of a function goes into its docstring: types, ranges, defaults, refusals."""

import inspect
import re
from collections.abc import Mapping

REFUSED = "an argument has another shape, type or range, is empty or not finite"
OVERFLOW = ", or if numbers\n    overflow together"


def completed(
    doc: str,
    parameters: Mapping[str, inspect.Parameter],
    words: Mapping[str, str],
    *,
    diverges: bool,
    refuses: str = "",
) -> str:
    """Return a numpydoc docstring in which the parameters and refusals are complete.

    A parameter that stands in it as a bare name gets its words and its default. What the function
    itself refuses is told here or stands in a section of its own, to which the rest is added.
    """
    text = "\n".join(
        _described(line, parameters, words) for line in inspect.cleandoc(doc).split("\n")
    )
    refused = f"{REFUSED}{'' if diverges else OVERFLOW}."
    own, n = re.subn(
        r"(\nRaises\n------\nValueError\n(?:    .*\n?)+)",
        rf"\1    Also if {refused}\n",
        text + "\n",
    )
    if n:
        return own
    start = re.search(r"^(?:See Also|Notes|References|Examples)\n-+$", text, re.MULTILINE)
    at = start.start() if start else len(text)
    own = f"    If {refuses}.\n    Also if" if refuses else "    If"
    section = f"Raises\n------\nValueError\n{own} {refused}\n\n"
    return f"{text[:at].rstrip()}\n\n{section}{text[at:]}".rstrip() + "\n"


def _described(
    line: str, parameters: Mapping[str, inspect.Parameter], words: Mapping[str, str]
) -> str:
    names = line.split(", ")
    if not all(name in words for name in names):
        return line
    defaults = [parameters[name].default for name in names]
    if inspect.Parameter.empty in defaults:
        said = ""
    elif None in defaults:
        said = ", optional"
    else:
        said = f", default {' and '.join(dict.fromkeys(map(repr, defaults)))}"
    return f"{line} : {words[names[0]]}{said}"
