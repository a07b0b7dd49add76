"""Words that a reader sees: templates that can be translated, numbers written in one way."""

import ast
import string
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from numbers import Real
from typing import Any, BinaryIO

from explorable.checks import a_text
from explorable.trace.graph import STATE
from explorable.trace.texts import filled, is_traced
from explorable.trace.traced import written as token_of

_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")

_translate: Callable[[str], str] = str
_heard: dict[str, "Sentence"] | None = None


def speak(translate: Callable[[str], str]) -> None:
    """Choose the language of all that is said from now on: by explorers, and by the judge.

    Parameters
    ----------
    translate : callable
        From a template to the template in the reader's language, for instance
        ``gettext.translation("library", "locale", ["fr"]).gettext``; ``str`` for English.
    """
    global _translate
    _translate = translate


def translated(template: str) -> str:
    """Return a template in the language that `speak` chose."""
    return _translate(template) if template else template


def number(value: Any, spec: str = "") -> str:
    """Write a number as the book does: a true minus, powers of ten, no exponent letters.

    Parameters
    ----------
    value : real number
    spec : str
        A format specification of Python, ``".3g"`` when left out (whole numbers stay whole).

    Examples
    --------
    >>> number(-0.25), number(0.0000123), number(1e6, ".2g"), number(60), number(1e400)
    ('−0.25', '1.23 × 10⁻⁵', '10⁶', '60', '∞')
    """
    if is_traced(value):
        return token_of(value, spec, book=True)
    whole = isinstance(value, int) or (hasattr(value, "dtype") and value.dtype.kind in "iu")
    written = format(value, spec or ("d" if whole else ".3g"))
    mantissa, letter, exponent = written.partition("e")
    if letter:
        power = "10" + str(int(exponent)).translate(_SUPERSCRIPTS)
        bare = {"1": power, "-1": f"-{power}"}
        written = bare.get(mantissa, f"{mantissa} × {power}")
    return written.replace("inf", "∞").replace("-", "−")


class _Writer(string.Formatter):
    def format_field(self, value: Any, format_spec: str) -> str:
        if isinstance(value, Real) and not isinstance(value, bool):
            return number(value, format_spec)
        return str(super().format_field(value, format_spec))


def told(template: str, **values: object) -> str:
    """Fill a template in the reader's language with what is written already.

    Numbers, code and what is translated by itself stay as they are, other than in `say`.

    Examples
    --------
    >>> told("It comes from the line {line}.", line="return -1")
    'It comes from the line return -1.'
    """
    return translated(template).format(**values)


@dataclass(frozen=True)
class Sentence:
    """A template and the values that fill it; `str` writes it in the reader's language."""

    template: str
    values: dict[str, Any] = field(default_factory=dict)
    formula: str = ""
    numbers: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        if STATE.on:
            return filled(self.template, self.values)
        words = {
            name: translated(value) if isinstance(value, str) else value
            for name, value in self.values.items()
        }
        template = translated(self.template)
        try:
            written = _Writer().vformat(template, (), words)
        except (LookupError, ValueError, TypeError, AttributeError, ArithmeticError):
            raise ValueError(
                f"the template {template!r:.200} cannot be filled with values for "
                f"{', '.join(words) or 'nothing'}: a name or a format does not fit."
            ) from None
        if _heard is not None:
            _heard.setdefault(written, self)
        return written

    def typeset(self, formula: str, **values: Any) -> "Sentence":
        r"""Say it with the formula that an explorer moves, shown below its picture.

        Parameters
        ----------
        formula : str
            TeX. In the place of ``\num{name:spec}`` stands a value as it is now, in that of
            ``\num{(name):spec}`` in brackets while it is negative.
        **values
            Values besides those of the sentence, or in their places.

        Examples
        --------
        >>> said = say("The slope is {slope}.", slope=-4).typeset(r"w' = \num{(slope):.2f}")
        >>> said.formula, said.numbers
        ("w' = \\num{(slope):.2f}", {'slope': -4})
        """
        return replace(self, formula=a_text(formula, "formula"), numbers=self.values | values)

    def fields(self) -> dict[str, str | list[str]]:
        """Return how each field is filled: a number as it is written, words in a list.

        Examples
        --------
        >>> say("{rule} is at {x:.2f}.", rule="momentum", x=-0.5).fields()
        {'rule': ['momentum'], 'x:.2f': '−0.50'}
        """
        filled: dict[str, str | list[str]] = {}
        for _, name, spec, _ in string.Formatter().parse(self.template):
            if name is not None:
                value = self.values[name]
                words = isinstance(value, str | Sentence)
                written = _Writer().format_field(value, spec or "")
                filled[f"{name}:{spec}" if spec else name] = [written] if words else written
        return filled


@contextmanager
def listening() -> Iterator[dict[str, Sentence]]:
    """Collect the sentences that are said meanwhile, each under how it was written.

    >>> with listening() as heard:
    ...     text = str(say("{n} steps", n=60))
    >>> heard[text].template
    '{n} steps'
    """
    global _heard
    before, _heard = _heard, {}
    try:
        yield _heard
    finally:
        _heard = before


def say(template: str, **values: Any) -> Sentence:
    """Say in one sentence what is seen.

    Parameters
    ----------
    template : str
        A literal (so that it can be translated) with fields as in `str.format`.
    **values
        What fills the fields. Strings are translated too.

    Examples
    --------
    >>> str(say("After {n} steps the loss is {loss:.3g}.", n=60, loss=-4.8e-07))
    'After 60 steps the loss is −4.8 × 10⁻⁷.'
    """
    return Sentence(a_text(template, "template"), values)


_READ = {
    "say": (0,),
    "explore": (2,),
    "predict": (0, 1),
    "drill": (0,),
    "choice": (0,),
    "translated": (0,),
    "told": (0,),
    "counted": (0,),
    "certain": (0,),
    "in_html": (0,),
    "_button": (1,),
}
"""Which arguments of which functions a reader sees."""

_READ_BY_NAME = {
    *("label", "unit", "words", "question", "choices", "title", "why"),
    *("solution", "mistakes", "options"),
}
"""Arguments that a reader sees when they are given by name."""


def messages(source: str) -> Iterator[tuple[int, str]]:
    """Find the strings of a Python source that readers of its explorers or verdicts see.

    They are the first argument of `say`, `told` and `translated`, the title of `explore`, the
    question and choices of `predict`, the options of `choice`, the names of what the judge
    measures, and every ``label``, ``unit``, ``words`` and ``why``; of a drill its title, options,
    mistakes, question and solution. With each comes its line.

    >>> list(messages('slider(RATES, label="learning rate"); say("Loss {x}.", x=1)'))
    [(1, 'learning rate'), (1, 'Loss {x}.')]
    """
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        called = node.func.attr if isinstance(node.func, ast.Attribute) else ast.unparse(node.func)
        seen = _READ.get(called, ())
        wanted = [node.args[index] for index in seen if index < len(node.args)]
        wanted += [keyword.value for keyword in node.keywords if keyword.arg in _READ_BY_NAME]
        for argument in wanted:
            for leaf in _literals(argument):
                yield leaf.lineno, str(leaf.value)


def extract(
    fileobj: BinaryIO, keywords: Any, comment_tags: Any, options: Any
) -> Iterator[tuple[int, None, str, list[str]]]:
    """Extract messages for Babel, in whose configuration it is a method.

    ``[extractors] explorers = explorable.sentences:extract`` and ``[explorers: library/**.py]``
    let ``pybabel extract`` find what readers of explorers see.
    """
    for line, message in messages(fileobj.read().decode("utf-8")):
        yield line, None, message, []


def _literals(node: ast.expr) -> Iterator[ast.Constant]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value:
        yield node
    elif isinstance(node, ast.List | ast.Tuple):
        for element in node.elts:
            yield from _literals(element)
    elif isinstance(node, ast.Dict):
        for element in node.values:
            yield from _literals(element)
