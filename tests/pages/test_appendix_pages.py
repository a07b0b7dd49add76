"""What readers do with the appendix: print the formulas, look terms up."""

import io
import re

import pytest
from pypdf import PdfReader

from explorable.book import ROOT
from explorable.sphinx.content.terms import glossary_terms, looked_up

PLACE = re.compile(r'href="(?:\.\./)?(chapters/\w+\.html)#(definition-[\w-]+)"')
DEFINED = re.compile(r'id="(definition-[\w-]+)"')
LINKED = re.compile(r'href="\.\./appendix/glossary\.html#([^"]+)"><strong id="([^"]+)"')


def test_the_formulas_print_on_two_sides_and_none_sticks_out_of_its_column(reader):
    page = reader.open("appendix/formulas.html")
    for options in ({"prefer_css_page_size": True}, {"format": "A4"}):
        sides = PdfReader(io.BytesIO(page.pdf(**options))).pages
        assert len(sides) == 2
        assert [round(float(n) / 72 * 25.4) for n in sides[0].mediabox[2:]] == [210, 297]
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 718, "height": 1000})  # 190 mm
    excess = page.evaluate(
        """() => [...document.querySelectorAll("table")].map(
            table => table.getBoundingClientRect().right
                - table.parentElement.getBoundingClientRect().right)"""
    )
    assert len(excess) == 7
    assert max(excess) < 1


def test_each_entry_of_the_glossary_leads_to_the_word_in_bold(site):
    terms = glossary_terms((ROOT / "appendix" / "glossary.md").read_text(encoding="utf-8"))
    text = (site / "appendix/glossary.html").read_text(encoding="utf-8")
    reached = set()
    for chapter, identity in PLACE.findall(text):
        html = (site / chapter).read_text(encoding="utf-8")
        words = re.search(rf'<strong id="{identity}">(.*?)</strong>', html)
        assert words is not None, (chapter, identity)
        reached.add(terms[looked_up(re.sub("<[^>]+>", "", words[1]))])
    assert reached == set(terms.values())
    text = (site / "zh/appendix/glossary.html").read_text(encoding="utf-8")
    names = re.findall(r'<dt id="term-[^>]*>(.*?)<a class="headerlink"', text)
    first = [name.split("<span")[0].strip() or name for name in names]
    assert len(first) > 150
    assert len(first) == len(set(first))


@pytest.mark.parametrize("edition", ["", "zh/"])
def test_each_word_in_bold_leads_to_its_entry_and_the_entry_back(site, edition):
    glossary = (site / f"{edition}appendix/glossary.html").read_text(encoding="utf-8")
    there = 0
    for page in sorted((site / f"{edition}chapters").glob("*.html")):
        html = page.read_text(encoding="utf-8")
        linked = LINKED.findall(html)
        assert [identity for _term, identity in linked] == DEFINED.findall(html), page.stem
        for term, identity in linked:
            entry = re.search(rf'<dt id="{term}">.*?</dd>', glossary, re.DOTALL)
            assert entry is not None, term
            assert f'href="../chapters/{page.name}#{identity}"' in entry[0]
        there += len(linked)
    assert there > 160


@pytest.mark.parametrize("edition", ["", "zh/"])
def test_each_name_of_the_notation_leads_to_the_library(site, edition):
    html = (site / f"{edition}appendix/notation.html").read_text(encoding="utf-8")
    cells = re.findall(r'<td role="cell" data-label="[^"]*mathdl[^"]*">.*?</td>', html, re.DOTALL)
    named = [cell for cell in cells if "<code" in cell]
    assert len(named) > 80
    assert [cell for cell in named if cell.count("<code") != cell.count('href="library')] == []
