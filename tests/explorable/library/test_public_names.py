"""The library's pages: an entry for each public name, reached from code, and leading back."""

import html
import re
from types import SimpleNamespace

from explorable.library.public_names import Name
from explorable.sphinx.library.names import PLAIN, _with_links, hanging
from explorable.sphinx.site.write import ASSETS

# Code whose names are links


def linked(monkeypatch, source: str, *, at: str = "chapters/a", **places: tuple[str, str]) -> str:
    monkeypatch.setattr(
        "explorable.sphinx.library.names.entry", lambda env, full: places.get(full)
    )
    builder = SimpleNamespace(
        env=None, current_docname=at, get_relative_uri=lambda here, there: f"{here}->{there}"
    )
    names = [
        Name(match.start(), match.end(), match[0], imported=match[0].isupper())
        for match in re.finditer(r"\w+", source)
    ]
    parts = filter(None, re.split(r"(\W)", source))
    code = "".join(f'<span class="n">{html.escape(part)}</span>' for part in parts)
    return _with_links(
        SimpleNamespace(builder=builder), f'<div class="h"><pre>{code}</pre></div>', names
    )


def test_links_stand_around_names_and_those_of_modules_where_they_are_imported(monkeypatch):
    places = {"relu": ("library/c", "a&b"), "x": ("chapters/a", "x")}
    assert linked(monkeypatch, "relu(x)", **places) == (
        '<div class="h"><pre><span class="n"><a href="chapters/a-&gt;library/c#a&amp;b">relu</a>'
        '</span><span class="n">(</span><span class="n">'
        '<a href="chapters/a-&gt;chapters/a#x">x</a></span><span class="n">)</span></pre></div>'
    )
    assert "<a" not in linked(monkeypatch, "relu(x)")
    place = ("library/c", "module-c")
    assert "<a" not in linked(monkeypatch, "concepts", concepts=place)
    assert "#module-c" in linked(monkeypatch, "CONCEPTS", CONCEPTS=place)


def test_each_line_of_code_knows_its_indent_and_elements_with_a_style_stay():
    code = "<div><pre><span></span>def f(x):\n        <b>return</b> x\n</pre></div>"
    assert hanging(code) == (
        '<div><pre><span class="line in0">def f(x):</span>\n'
        '<span class="line in2">        <b>return</b> x</span>\n</pre></div>'
    )
    code = '<span class="k">def</span> <span class="nf">f</span><span class="p">()</span>'
    assert PLAIN.sub(r"\1", code) == '<span class="k">def</span> f()'
    sheet = (ASSETS / "site.css").read_text(encoding="utf-8")
    rules = re.findall(r"\.highlight (?::is\((.*?)\)|(\.\w+)) \{", sheet)
    styled = re.findall(r"\.(\w+)", " ".join(map("".join, rules)))
    assert len(styled) > 9
    marked = [f'<span class="{name}">x</span>' for name in styled]
    assert [PLAIN.sub(r"\1", each) for each in marked] == marked


def test_a_reader_goes_from_code_to_an_entry_and_back(reader):
    page = reader.open("chapters/backward.html")
    page.locator("pre a[href$='#mathdl.backward.check_gradient']:visible").first.click()
    signature = page.locator("dt:target").inner_text()
    assert signature.startswith("check_gradient(function, gradient, x")
    entry = page.locator("dl:has(> dt:target)")
    assert "Section 8.1" in entry.inner_text()
    code = entry.locator("details.fold")
    assert not code.locator("pre").is_visible()
    code.locator("summary").click()
    assert "def check_gradient" in code.locator("pre").inner_text()
    entry.get_by_role("link", name=re.compile("chapter 4")).click()
    page.wait_for_url("**/chapters/backward.html#*")
    assert page.locator(":target").count() == 1


def test_search_finds_a_name_of_the_library(reader):
    page = reader.open("search.html")
    page.fill("#search input", "stopping_shrinkage")
    first = page.locator("#search .results a").first
    assert first.inner_text().startswith("stopping_shrinkage(")
    first.click()
    assert page.locator("dt:target").inner_text().startswith("stopping_shrinkage(")
