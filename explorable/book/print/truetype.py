"""Letters as paper wants them: with TrueType outlines.

Chromium prints a font with PostScript outlines letter by letter, each in a stream of its own and
every 255 of the font's thousands in a dictionary, which takes four times the room.
"""

import base64
import io
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTCollection, TTFont, newTable
from matplotlib.font_manager import findSystemFonts
from playwright.sync_api import Page

from explorable.languages.editions import ENGLISH, Edition

WEIGHTS = (400, 700)
LATIN = 0x2000  # and other letters that come with the book
TRIMMED = ["halt", "chws"]  # how marks are set close
UNHINTED = ["maxTwilightPoints", "maxStorage", "maxFunctionDefs", "maxInstructionDefs"]
UNHINTED += ["maxStackElements", "maxSizeOfInstructions", "maxComponentElements"]
ERROR = 2  # of a curve, in thousandths of a letter
FACE = """@font-face {{ font-family: "{family}"; font-weight: {weight};
  src: url(data:font/ttf;base64,{data}) }}"""
ADD = """(style) => {
  document.head.append(Object.assign(document.createElement("style"), { textContent: style }));
}"""


def prepare(page: Page, site: Path, edition: Edition) -> None:
    """Give a page that will be printed TrueType letters in the place of the machine's others.

    Those of the English edition come with the site.
    """
    if edition is not ENGLISH:
        page.evaluate(ADD, faces(site, edition.folder))


@cache
def faces(site: Path, folder: str) -> str:
    """Return the style that brings the letters of a folder's pages."""
    letters = {
        sign for path in (site / folder).rglob("*.html") for sign in path.read_text("utf-8")
    }
    style = (site / "assets" / "site.css").read_text("utf-8")
    found = []
    for font in _installed(set(re.findall(r'"([\w ]+)"', style))):
        subset = Subsetter(Options(layout_features=TRIMMED, notdef_outline=True))
        subset.populate(unicodes=[ord(sign) for sign in letters if ord(sign) > LATIN])
        subset.subset(font)
        _curve(font)
        font.save(file := io.BytesIO())
        data = base64.b64encode(file.getvalue()).decode()
        family, weight = font["name"].getDebugName(1), font["OS/2"].usWeightClass
        found.append(FACE.format(family=family, weight=weight, data=data))
    return "\n".join(found)


def _installed(families: set[str]) -> Iterator[TTFont]:
    """Yield the fonts of this machine in these families that have PostScript outlines."""
    for path in findSystemFonts():
        if path.endswith(".ttf"):
            continue
        with TTCollection(path) if path.endswith("c") else TTFont(path) as file:
            for font in getattr(file, "fonts", [file]):
                named = font["name"].getDebugName(1) in families
                if named and "CFF " in font and font["OS/2"].usWeightClass in WEIGHTS:
                    yield font


def _curve(font: TTFont) -> None:
    """Draw a font's letters, cubic curves, with quadratic ones."""
    glyphs, order = font.getGlyphSet(), font.getGlyphOrder()
    outlines = {}
    for name in order:
        pen = TTGlyphPen(None)
        error = ERROR * font["head"].unitsPerEm / 1000
        glyphs[name].draw(Cu2QuPen(pen, error, reverse_direction=True))
        outlines[name] = pen.glyph()
    font["loca"], font["glyf"] = newTable("loca"), newTable("glyf")
    font["glyf"].glyphOrder, font["glyf"].glyphs = order, outlines
    maxp = font["maxp"]
    maxp.tableVersion = 0x00010000
    for name in UNHINTED:
        setattr(maxp, name, 0)
    maxp.maxZones = 1
    font["post"].formatType = 3
    for table in ("CFF ", "VORG"):
        if table in font:
            del font[table]
    font.sfntVersion = "\0\1\0\0"
