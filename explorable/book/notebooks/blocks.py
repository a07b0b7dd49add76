"""What stands apart in a text, as Jupyter is to show it: formulas, exercises, theorems, captions.

Jupyter does not number them as the book does, if at all, and between fences of backticks shows all
as code if it does not know MyST. So on disk they have the book's numbers, and fences of colons,
between which everything reads Markdown. jupyterlab-myst counts every formula but an ``equation*``.
"""

import re
from collections.abc import Callable

TITLED = re.compile(r"exercise|prf:\w+")
# Markdown stands between their fences.
ENCLOSING = re.compile(rf"{TITLED.pattern}|container|deeper-start|derivation")
FENCED = re.compile(rf"{ENCLOSING.pattern}|deeper-end|solution-start|solution-end")

BLOCK = re.compile(
    r"""
    ^(?P<code>`{3,}|~{3,})(?![`~{])[^\n]*\n[\s\S]*?(?:^(?P=code)|\Z)
    |
    ^(?P<fence>`{3,}|:{3,})\{(?P<name>[\w:-]+)\}(?P<title>[^\n]*)\n
    (?P<options>(?::[\w-]+:[^\n]*\n)*)(?P<body>[\s\S]*?)^(?P=fence)[`:]*[ ]*$
    |
    ^(?P<indent>[ \t]*)\$\$(?P<formula>(?:(?!\$\$|\n[ \t]*\n)[\s\S])+)\$\$
    (?P<end>[ ]*(?:\((?P<label>[\w:-]+)\))?[ ]*)$
    """,
    re.MULTILINE | re.VERBOSE,
)
LABEL = re.compile(r"^:label: *(\S+)$", re.MULTILINE)
NUMBER = re.compile(r"^:(?:enumerator: .*|enumerated: false)\n", re.MULTILINE)
STARRED = re.compile(
    r"(?:\n[ \t]*)?\\begin\{equation\*\}(?:[ ]\\tag\{[\d.]+\})?"
    r"([\s\S]*)\\end\{equation\*\}(?:\n[ \t]*)?"
)
CAPTION = re.compile(
    r"(\((?P<label>[\w:-]+)\)=\n+)(?:\*\*Figure [\d.]+\.\*\* (?:\*Run the cell above[^*]*\* )?)?"
)


def numbered(source: str, number: Callable[[str], str]) -> str:
    """Return a text, as `plain` leaves it, with fences of colons and the book's numbers.

    `number` gives that of a label, or nothing if the book does not number what has it.
    """

    def block(found: re.Match[str]) -> str:
        if found["formula"]:
            return _starred(found, number(found["label"] or ""))
        if found["code"] or not FENCED.fullmatch(found["name"]):
            return found[0]
        options, body = found["options"], numbered(found["body"], number)
        if TITLED.fullmatch(found["name"]):
            label = LABEL.search(options)
            told = number(label[1]) if label else ""
            told = f":enumerator: {told}\n" if told else ":enumerated: false\n"
            options = told + (options or "\n")
        if ENCLOSING.fullmatch(found["name"]):
            body += "\n"  # so that the fence is no part of the last paragraph
        return _fenced(":", found, options, body)

    return BLOCK.sub(block, source)


def plain(source: str) -> str:
    """Return a Markdown text as authors write it: without numbers, in fences of backticks."""

    def block(found: re.Match[str]) -> str:
        if found["formula"]:
            starred = STARRED.fullmatch(found["formula"])
            inside = starred[1] if starred else found["formula"]
            return f"{found['indent']}$${inside}$${found['end']}"
        if found["code"] or not FENCED.fullmatch(found["name"]):
            return found[0]
        options, body = NUMBER.sub("", found["options"]), plain(found["body"])
        if options != found["options"] and not options:
            body = body.removeprefix("\n")
        if found["fence"].startswith(":") and ENCLOSING.fullmatch(found["name"]):
            body = body[:-1] if body == "\n" or body.endswith("\n\n") else body
        return _fenced("`", found, options, body)

    return BLOCK.sub(block, source)


def numbered_caption(
    source: str, number: Callable[[str], str], name: str = "**Figure {number}.** "
) -> str:
    """Return the text of a caption, whose first line is its label, with the book's number."""
    return CAPTION.sub(
        lambda m: m[1] + (name.format(number=told) if (told := number(m["label"])) else ""),
        source,
        count=1,
    )


def plain_caption(source: str) -> str:
    """Return the text of a caption as authors write it."""
    return numbered_caption(source, lambda label: "")


def _fenced(sign: str, found: re.Match[str], options: str, body: str) -> str:
    """Return a directive whose fences are longer than any in it."""
    inside = re.findall(rf"^ *({sign}{{3,}})", body, re.MULTILINE)
    fence = sign * max([3, *(len(each) + 1 for each in inside)])
    return f"{fence}{{{found['name']}}}{found['title']}\n{options}{body}{fence}"


def _starred(found: re.Match[str], number: str) -> str:
    """Return a formula that counts nowhere, with its number as a tag."""
    formula, line = found["formula"], f"\n{found['indent']}"
    begin = r"\begin{equation*}" + (rf" \tag{{{number}}}" if number else "")
    begin = line + begin if formula.startswith("\n") else begin
    end = r"\end{equation*}" + (line if formula.endswith(line) else "")
    return f"{found['indent']}$${begin}{formula}{end}$${found['end']}"
