"""How formulas are written, and what no page may hold."""

import re

import pytest

from explorable.drawing.formulas import Renderer
from explorable.sphinx.frame.guard import faults

SPACE = '<mspace width="0.1667em"></mspace>'
MINUS = r'<mo form="(\w+)"[^>]*>−'


@pytest.mark.parametrize(
    ("tex", "around"),
    [
        (r"v_i \ln z", (True, True)),
        (r"(a) \ln z", (True, True)),
        (r"a + \ln z", (False, True)),
        (r"(\ln z)", (False, True)),
        (r"x^2 \ln(z)", (True, False)),
        (r"\ln", (False, False)),
        (r"\ln, z", (False, False)),
    ],
)
def test_a_functions_name_has_a_space_only_where_something_stands(tex, around):
    before, after = Renderer(None)(tex, display=False).split("<mi>ln</mi><mo>\u2061</mo>")
    assert (before.endswith(SPACE), after.startswith(SPACE)) == around


@pytest.mark.parametrize(
    ("tex", "display", "pattern", "found"),
    [
        # A comma stands between numbers or within one.
        ("(0,1)", False, "<mn>(.*?)</mn>", ["0", "1"]),
        ("[1,2,3]", False, "<mn>(.*?)</mn>", ["1", "2", "3"]),
        ("50{,}257", False, "<mn>(.*?)</mn>", ["50,257"]),
        # A minus is close to what it turns.
        (r"\bigl(-a\bigr)", False, MINUS, ["prefix"]),
        (r"a,\; -b", False, MINUS, ["prefix"]),
        (r"\begin{aligned} a &= b \\ &- c \end{aligned}", True, MINUS, ["infix"]),
        (r"\begin{cases} -a & b \end{cases}", True, MINUS, ["prefix"]),
        # A formula is not cut within a norm.
        (r"\lVert a + b\rVert = c + d", False, "<wbr>", ["<wbr>"] * 2),
    ],
)
def test_signs_stand_in_formulas_as_they_are_meant(tex, display, pattern, found):
    assert re.findall(pattern, Renderer(None)(tex, display=display)) == found


@pytest.mark.parametrize(
    ("tex", "bare"),
    [
        ("x = 1 .", "x = 1"),
        ("x = 1.5,", "x = 1.5"),
        (r"\begin{aligned} x &= 1 .\end{aligned}", r"\begin{aligned} x &= 1\end{aligned}"),
        (r"x\,", r"x\,"),
    ],
)
def test_a_formula_set_apart_is_shown_without_its_last_mark_where_a_language_says_so(tex, bare):
    render, english = Renderer(None, punctuated=False), Renderer(None)
    assert render(tex, display=True) == english(bare, display=True)
    assert render(tex, display=False) == english(tex, display=False)


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("<script>f()</script>", "the text runs a script: <script>"),
        ('<script src="https://a/b.js">', 'the text runs a script: <script src="https://a/b.js">'),
        ('<b onclick="f()">', 'the text runs a script: <b onclick="f()">'),
        ("<SCRIPT>f()</SCRIPT>", "the text runs a script: <SCRIPT>"),
        ("<svg/onload=f()>", "the text runs a script: <svg/onload=f()>"),
        ('<a href="javascript:f()">', 'the text runs a script: <a href="javascript:f()">'),
        ('<img src="//a/b.png">', 'the page asks another server: <img src="//a/b.png">'),
        ("<img srcset='https://a/b'>", "the page asks another server: <img srcset='https://a/b'>"),
        ("<use href='//a/b#c'>", "the page asks another server: <use href='//a/b#c'>"),
        ("<meta name='a'>", "the page asks another server: <meta name='a'>"),
        ("a\ufeff", "U+FEFF (ZERO WIDTH NO-BREAK SPACE) is not seen, after 'a'"),
        ("a\u202eb", "U+202E (RIGHT-TO-LEFT OVERRIDE) is not seen, after 'a'"),
        ("a\x07", "U+0007 (a control character) is not seen, after 'a'"),
        ('<script type="application/json">1</script><script src="../machines/a.js?v=1">', None),
        ("<p title='the onset=3'>", None),
        ('<a href="https://a">a</a> &lt;b onclick=1&gt; <img src="../_images/a.svg">\n\t', None),
    ],
)  # fmt: skip
def test_what_no_page_may_hold_is_told(body, told):
    assert faults(body) == ([told] if told else [])
