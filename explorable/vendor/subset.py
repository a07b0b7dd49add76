"""
Cut the fonts that the pages ship down to the signs a book like this one can use.

Run by hand when a sign is wanted that the files lack; the results are committed. It needs
fontTools and brotli (``pip install fonttools brotli``) and the unpacked sources in one folder:

- ``stix``: the npm package ``@fontsource-variable/stix-two-text`` 5.3.0 (SIL Open Font License);
- ``sans``: ``/usr/share/fonts/opentype/sourcesans3`` of Debian's ``fonts-adobe-sourcesans3``
  3.052 (SIL Open Font License, its name reserved: so the files here are called otherwise);
- ``katex``: ``dist/fonts`` of the npm package ``katex`` 0.16.22 (MIT).

    python book/vendor/subset.py the/folder
"""

import io
import sys
from collections.abc import Iterable
from pathlib import Path

from fontTools import subset

HERE = Path(__file__).resolve().parent
ASCII = [chr(code) for code in range(0x20, 0x7F)]
LATIN = [*map(chr, range(0xA0, 0x100)), *"ćčęěłńňőřśšťůűźžŁČŘŠŽŐœŒıŝŷ"]
GREEK = [*map(chr, range(0x391, 0x3AA)), *map(chr, range(0x3B1, 0x3CA)), "ϕ"]
POINTS = "–—‑‐’‘“”„…†‡•‰′″ \u200b"
SIGNS = "←↑→↓↔⇒−×÷·∂∆∏∑√∞≈≠≤≥‖⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁱⁿ₀₁₂₃₄₅₆₇₈₉₋½⅓¼⅛ᵏᶻ✓✗▲▼◆●○ᵀ⟨⟩ℓ\u0304"
# What nearly every page uses comes at once, the rest in files beside (book/assets/fonts.css).
SERIF = [*ASCII, *POINTS, *"\xa0§°±²³·×¼½−\u0304áäéíóôöøúü"]
SANS = [
    *ASCII,
    *POINTS,
    *"\xa0§°·×÷¼½¾⅓⅛−√∂∇∞≈≠≤≥‖←↑→↓ᵀⁿ₀₁₂₃₄₅₆₇₈₉⁰¹²³⁴⁵⁶⁷⁸⁹⁻αβγδεηθκλμνρσΔΣ\u0304",
]
MORE = [*LATIN, *SIGNS]
# Of what formulas may hold: letters, and the signs of analysis, algebra and sets.
FORMULAS = [
    *ASCII,
    *GREEK,
    *"ϵϱϖϰ\xa0¬±²·¼½×÷¨´`^~¯ˉ˙˘ˇ˜\u20d7–—‘’“”…†‡′⅓ℏℓ←→↑↓↔↦∀∃∂∇∈∉∋∏∑−∓∗∘∙√∝∞∠∣∥∧∨∩∪∫∮∼≃≅≈≠≡≤≥≪≫",
    *"≺≻⊂⊃⊆⊇⊤⊥⊕⊖⊗⊘⊙⋅⋆⋮⋯⋱⌈⌉⌊⌋⟨⟩⟵⟶⟷⟸⟹⟺⟼⇐⇒⇔⇑⇓∅∖□■≲≳≜\ue020ıȷ△▽\u200b",
]
# What of KaTeX's larger fonts most pages use, and which of their files are cut in two for it.
COMMON = {
    "KaTeX_AMS-Regular": "CEFNPQRZ",
    "KaTeX_Main-Bold": ASCII,
    "KaTeX_Main-Regular": [
        *ASCII,
        *"\u200b\xa0±×ˉ˙ΓΔΘΛΞΠΣΦΨΩ…′ℓ←→↦∂∇∈−∓∗∘∞∣∥∼≈≤≥≪≫⊙⊤⋅⋆⋮⋯⌊⌋⟨⟩⟶⟹⟺⟼\ue020",
    ],
}
FEATURES = ["ccmp", "kern", "liga", "lnum", "locl", "mark", "tnum"]


def cut(source: Path, target: Path, signs: Iterable[str], name: str = "") -> None:
    """Write a font with these signs only, as WOFF2, and under another name if one is given."""
    options = subset.Options(flavor="woff2", hinting=False, notdef_outline=True)
    options.layout_features = FEATURES if name else ["*"]
    font = subset.load_font(str(source), options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(text="".join(signs))
    subsetter.subset(font)
    for record in font["name"].names:
        if name and record.nameID in (1, 3, 4, 6, 16, 18):
            record.string = name if record.nameID != 6 else name.replace(" ", "")
    if name and "CFF " in font:
        font["CFF "].cff.fontNames = [name.replace(" ", "")]
    content = io.BytesIO()
    subset.save_font(font, content, options)
    target.write_bytes(content.getvalue())
    print(f"{target.relative_to(HERE)}: {len(content.getvalue())} bytes, {ranges(font)}")


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
    fonts, formulas = HERE / "fonts", HERE / "katex" / "fonts"
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
    for source in sorted((folder / "katex").glob("*.woff2")):
        common = COMMON.get(source.stem, FORMULAS)
        cut(source, formulas / source.name, common)
        if rest := set(FORMULAS) - set(common):
            cut(source, formulas / f"{source.stem}-more.woff2", rest)
    (HERE / "katex" / "signs.txt").write_text("".join(sorted(FORMULAS)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
