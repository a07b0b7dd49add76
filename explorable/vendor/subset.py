"""
Cut the fonts that the pages ship down to the signs a book like this one can use.

Run by hand when a sign is wanted that the files lack; the results are committed. It needs
fontTools and brotli (``pip install fonttools brotli``) and the unpacked sources in one folder:

- ``stix``: the npm package ``@fontsource-variable/stix-two-text`` 5.3.0 (SIL Open Font License);
- ``sans``: ``/usr/share/fonts/opentype/sourcesans3`` of Debian's ``fonts-adobe-sourcesans3``
  3.052 (SIL Open Font License, its name reserved: so the files here are called otherwise);
- ``math``: the npm package ``@fontsource/stix-two-math`` 5.3.0 (SIL Open Font License).

    python explorable/vendor/subset.py the/folder
"""

import io
import sys
from collections.abc import Iterable
from copy import copy, deepcopy
from pathlib import Path

from fontTools import subset
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen

HERE = Path(__file__).resolve().parent
ASCII = [chr(code) for code in range(0x20, 0x7F)]
LATIN = [*map(chr, range(0xA0, 0x100)), *"ćčęěłńňőřśšťůűźžŁČŘŠŽŐœŒıŝŷ"]
GREEK = [*map(chr, range(0x391, 0x3AA)), *map(chr, range(0x3B1, 0x3CA)), "ϕ"]
POINTS = "–—‑‐’‘“”„…†‡•‰′″ \u200b"
SIGNS = "←↑→↓↔⇒−×÷·∂∆∏∑√∞≈≠≤≥‖⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁱⁿ₀₁₂₃₄₅₆₇₈₉₋½⅓¼⅛ᵏᶻ✓✗▲▼◆●○ᵀ⟨⟩ℓ\u0304"
# What nearly every page uses comes at once, the rest in files beside (sphinx/site/fonts.py).
SERIF = [*ASCII, *POINTS, *"\xa0§°±²³·×¼½−\u0304áäéíóôöøúü"]
SANS = [
    *ASCII,
    *POINTS,
    *"\xa0§°·×÷¼½¾⅓⅛−√∂∇∞≈≠≤≥‖←↑→↓ᵀⁿ₀₁₂₃₄₅₆₇₈₉⁰¹²³⁴⁵⁶⁷⁸⁹⁻αβγδεηθκλμνρσΔΣ\u0304",
]
MORE = [*LATIN, *SIGNS]
# Of what formulas may hold: letters, the signs of analysis, algebra and sets.
FORMULAS = [
    *ASCII,
    *GREEK,
    *"ϵϱϖϰ\xa0¬±²·¼½×÷¨´`^~¯ˉ˙˘ˇˆ˜‾\u20d7–—‘’“”…†‡′⅓ℏℓ←→↑↓↔↦∀∃∂∇∈∉∋∏∑−∓∗∘∙√∝∞∠∣∥‖∧∨∩∪∫∮∼≃≅≈≠",
    *"≡≤≥≪≫≺≻⊂⊃⊆⊇⊤⊥⊕⊖⊗⊘⊙⋅⋆⋮⋯⋱⌈⌉⌊⌋⟨⟩⟵⟶⟷⟸⟹⟺⟼⇐⇒⇔⇑⇓∅∖□■≲≳≜ıȷ△▽⏞⏟\u200b\u2061",
    *map(chr, range(0x1D434, 0x1D468)),  # italic
    *map(chr, range(0x1D6E2, 0x1D71C)),
    *"ℎ𝔼ℝ𝟏",
]
FACES = [  # of letters, which few pages have
    *map(chr, range(0x1D400, 0x1D4D0)),  # bold, bold and italic, script
    *"ℬℰℱℋℐℒℳℛℯℊℴ",
    *map(chr, range(0x1D538, 0x1D56C)),  # with a double stroke
    *"ℂℍℕℙℚℤ",
    *map(chr, range(0x1D6A8, 0x1D756)),
    *map(chr, range(0x1D7CE, 0x1D7E2)),
]
FEATURES = ["ccmp", "kern", "liga", "lnum", "locl", "mark", "tnum"]


def cut(source: Path, target: Path, signs: Iterable[str], name: str) -> list[int]:
    """Write a font with these signs only, as WOFF2 and under another name; return what it has."""
    options = subset.Options(flavor="woff2", hinting=False, notdef_outline=True)
    options.layout_features = FEATURES
    font = subset.load_font(str(source), options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(text="".join(signs))
    subsetter.subset(font)
    if "√" in signs and "MATH" in font:
        add_roots(font)
        narrow(font)
        # A prime is raised as an index is, and then as small as one: it begins large and low.
        shape(font, font.getBestCmap()[ord("′")], (1.2, 0, 0, 1.7, -45, -610), 200)
        for sign, fall in (("¯", 480), ("ˆ", 480), ("˜", 480), ("˙", 480), ("‾", 720)):
            name = font.getBestCmap()[ord(sign)]  # browsers put it above a letter as it stands
            shape(font, name, (1, 0, 0, 1, 0, -fall), font["hmtx"][name][0])
        constants = font["MATH"].table.MathConstants  # a fraction fits in a line, as in TeX
        constants.FractionNumeratorShiftUp.Value = 394
        constants.FractionDenominatorShiftDown.Value = 345
        constants.FractionRuleThickness.Value = 50
        constants.OverbarVerticalGap.Value = 85
        constants.OverbarExtraAscender.Value = 0
    for record in font["name"].names:
        if record.nameID in (1, 3, 4, 6, 16, 18):
            record.string = name if record.nameID != 6 else name.replace(" ", "")
    if "CFF " in font:
        font["CFF "].cff.fontNames = [name.replace(" ", "")]
    content = io.BytesIO()
    subset.save_font(font, content, options)
    target.write_bytes(content.getvalue())
    print(f"{target.relative_to(HERE)}: {len(content.getvalue())} bytes, {ranges(font)}")
    return list(font.getBestCmap())


def narrow(font: subset.ttLib.TTFont) -> None:
    """Make tall brackets and roots hardly wider: Chromium leaves room for the widest of them."""
    variants, widths = font["MATH"].table.MathVariants, font["hmtx"]
    names = dict(
        zip(variants.VertGlyphCoverage.glyphs, variants.VertGlyphConstruction, strict=True)
    )
    for sign in "()[]{}⌈⌉⌊⌋⟨⟩√":
        base = font.getBestCmap()[ord(sign)]
        widest = widths[base][0] * (1 if sign == "√" else 1.2)
        tall = {record.VariantGlyph for record in names[base].MathGlyphVariantRecord}
        if assembly := names[base].GlyphAssembly:
            tall |= {part.glyph for part in assembly.PartRecords}
        for name in tall:
            width = widths[name][0]
            if width > widest:
                shape(font, name, (widest / width, 0, 0, 1, 0, 0), widest)


def add_roots(font: subset.ttLib.TTFont) -> None:
    """Draw roots of more heights: one that is too tall hangs below the line, but for Firefox."""
    variants, glyphs, widths = font["MATH"].table.MathVariants, font["glyf"], font["hmtx"]
    root = font.getBestCmap()[ord("√")]
    place = variants.VertGlyphCoverage.glyphs.index(root)
    records = variants.VertGlyphConstruction[place].MathGlyphVariantRecord
    low, tall = records[:2]
    for height in (1620, 1400, 1188, 1070, 960, 860):
        drawn = low if height < 1200 else tall
        record = copy(drawn)
        record.VariantGlyph, record.AdvanceMeasurement = f"root{height}", height
        glyphs[record.VariantGlyph] = deepcopy(glyphs[drawn.VariantGlyph])
        widths[record.VariantGlyph] = widths[drawn.VariantGlyph]
        scale = height / drawn.AdvanceMeasurement
        width = widths[drawn.VariantGlyph][0]
        shape(font, record.VariantGlyph, (1, 0, 0, scale, 0, 0), width)
        records.insert(1, record)
    glyphs[root], records[0].AdvanceMeasurement = deepcopy(glyphs["root860"]), 860
    records.pop(1)


def shape(font: subset.ttLib.TTFont, name: str, matrix: tuple[float, ...], width: float) -> None:
    """Draw a glyph larger or smaller, or elsewhere."""
    pen = TTGlyphPen(font.getGlyphSet())
    font["glyf"][name].draw(TransformPen(pen, matrix), font["glyf"])
    drawn = font["glyf"][name] = pen.glyph()
    drawn.recalcBounds(font["glyf"])
    font["hmtx"][name] = (round(width), drawn.xMin)


def ranges(font: subset.ttLib.TTFont) -> str:
    """Return what a style sheet may say of a font under ``unicode-range``."""
    found: list[list[int]] = []
    for code in sorted(font.getBestCmap()):
        if found and code == found[-1][1] + 1:
            found[-1][1] = code
        else:
            found.append([code, code])
    return ", ".join(f"U+{a:X}" if a == b else f"U+{a:X}-{b:X}" for a, b in found)


def main(folder: Path) -> None:
    """Write every font."""
    fonts = HERE / "fonts"
    for style, ending in (("normal", ""), ("italic", "-italic")):
        for script, part, signs in (
            ("latin", "", SERIF),
            ("latin", "-more", set(MORE) - set(SERIF)),
            ("latin-ext", "-latin-ext", LATIN),
            ("greek", "-greek", GREEK),
        ):
            source = folder / "stix" / "files" / f"stix-two-text-{script}-wght-{style}.woff2"
            cut(source, fonts / f"serif{part}{ending}.woff2", signs, "Book Serif")
    for face, name, signs in (
        ("Regular", "sans", SANS),
        ("Regular", "sans-more", {*MORE, *GREEK} - set(SANS)),
        ("Semibold", "sans-semibold", SANS),
        ("It", "sans-italic", SANS),
        ("It", "sans-more-italic", {*SIGNS, *GREEK} - set(SANS)),
    ):
        cut(folder / "sans" / f"SourceSans3-{face}.otf", fonts / f"{name}.woff2", signs,
            "Book Sans")  # fmt: skip
    source = folder / "math" / "files" / "stix-two-math-latin-400-normal.woff2"
    signs = cut(source, fonts / "math.woff2", FORMULAS, "Book Math")
    signs += cut(source, fonts / "math-more.woff2", set(FACES) - set(FORMULAS), "Book Math")
    (HERE / "signs.txt").write_text("".join(map(chr, sorted(signs))) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
