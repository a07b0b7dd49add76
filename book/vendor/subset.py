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
BOLD = "αβγδεηθκλμνρσΔΣ×−·→√∂∇∞≈≠≤≥‖°½⅓¼⅛ᵀ⁰¹²³⁴⁵⁶⁷⁸⁹⁻ⁿ₀₁₂₃₄₅₆₇₈₉"
TEXT = [*ASCII, *LATIN, *POINTS, *SIGNS]
# Of what formulas may hold: letters, and the signs of analysis, algebra and sets.
FORMULAS = [
    *ASCII,
    *GREEK,
    *"ϵϱϖϰ\xa0¬±²·¼½×÷¨´`^~¯ˉ˙˘ˇ˜\u20d7–—‘’“”…†‡′⅓ℏℓ←→↑↓↔↦∀∃∂∇∈∉∋∏∑−∓∗∘∙√∝∞∠∣∥∧∨∩∪∫∮∼≃≅≈≠≡≤≥≪≫",
    *"≺≻⊂⊃⊆⊇⊤⊥⊕⊖⊗⊘⊙⋅⋆⋮⋯⋱⌈⌉⌊⌋⟨⟩⟵⟶⟷⟸⟹⟺⟼⇐⇒⇔⇑⇓∅∖□■≲≳≜\ue020ıȷ△▽\u200b",
]
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
    print(f"{target.relative_to(HERE)}: {len(content.getvalue())} bytes")


def main(folder: Path) -> None:
    """Write every font."""
    fonts, formulas = HERE / "fonts", HERE / "katex" / "fonts"
    for style, ending in (("normal", ""), ("italic", "-italic")):
        for script, signs in (("latin", TEXT), ("latin-ext", LATIN), ("greek", GREEK)):
            source = folder / "stix" / "files" / f"stix-two-text-{script}-wght-{style}.woff2"
            part = "" if script == "latin" else f"-{script}"
            cut(source, fonts / f"serif{part}{ending}.woff2", signs, "Book Serif")
    for face, ending, signs in (
        ("Regular", "", [*TEXT, *GREEK]),
        ("Semibold", "-semibold", [*ASCII, *POINTS, *BOLD]),
        ("It", "-italic", [*ASCII, *POINTS, *GREEK, *SIGNS]),
    ):
        cut(folder / "sans" / f"SourceSans3-{face}.otf", fonts / f"sans{ending}.woff2", signs,
            "Book Sans")  # fmt: skip
    for source in sorted((folder / "katex").glob("*.woff2")):
        cut(source, formulas / source.name, FORMULAS)
    (HERE / "katex" / "signs.txt").write_text("".join(sorted(FORMULAS)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
