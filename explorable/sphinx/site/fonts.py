"""The book's own letters: the rule of each font, and which come with the style sheet.

Every page needs these, and text that is set before they arrive would move when they do. A font
with a range is asked for when a page has one of its signs.
"""

import base64
import shutil
from pathlib import Path

from explorable.book import ENGINE

FONTS = ENGINE / "vendor" / "fonts"
COMMON = ("serif", "serif-italic", "sans", "sans-semibold")
SYMBOLS = """U+391-393, U+395-3A1, U+3A4-3A9, U+3B6, U+3B9, U+3BE-3C0, U+3C2, U+3C4-3C9, U+3D5,
    U+1D4F, U+1DBB, U+2071, U+207A, U+208B, U+2113, U+2194, U+21D2, U+2206, U+220F, U+2211,
    U+25B2, U+25BC, U+25C6, U+25CB, U+25CF, U+2713, U+2717, U+27E8-27E9"""
RANGES = {
    "serif-more": """U+A1-A6, U+A8-AF, U+B4-B6, U+B8-BB, U+BE-D6, U+D8-E0, U+E2-E3, U+E5-E8,
    U+EA-EC, U+EE-F2, U+F5, U+F7, U+F9, U+FB, U+FD-FF, U+131, U+152-153""",
    "serif-latin-ext": "U+0100-0151, U+0154-02BA",
    "serif-greek": "U+0370-03FF",
    "sans-more": f"""U+A1-A6, U+A8-AF, U+B1, U+B4-B6, U+B8, U+BA-BB, U+BF-D6, U+D8-F6, U+F8-FF,
    U+107, U+10C-10D, U+119, U+11B, U+131, U+141-142, U+144, U+148, U+150-153, U+158-159, U+15B,
    U+15D, U+160-161, U+165, U+16F, U+171, U+177, U+17A, U+17D-17E, {SYMBOLS}""",
    "sans-more-italic": SYMBOLS,
    "math-more": """U+2102, U+210A-210B, U+210D, U+2110, U+2112, U+2115, U+2119-211B, U+2124,
    U+212C, U+212F-2131, U+2133-2134, U+1D400-1D433, U+1D468-1D4CF, U+1D538-1D53B, U+1D53D-1D56B,
    U+1D6A8-1D6E1, U+1D71C-1D755, U+1D7CE, U+1D7D0-1D7E1""",
}
# The sans is drawn a little larger than its name says, as the system's is that readers know.
LOOKS = {"serif": ["font-weight: 400 700"], "sans": ["size-adjust: 106%"], "math": []}


def write_fonts(assets: Path) -> tuple[str, str]:
    """Write the fonts that are asked for; return the rules of these and the common ones, and one.

    It is for pages with formulas, to which the letters of these come at once, too.
    """
    shutil.copytree(FONTS, assets / "fonts")
    names = sorted(path.stem for path in FONTS.glob("*.woff2"))
    rules = [
        rule(name, _inlined(name) if name in COMMON else f"url(fonts/{name}.woff2)")
        for name in names
        if name != "math"
    ]
    for name in COMMON:
        (assets / "fonts" / f"{name}.woff2").unlink()
    return "\n".join(rules), rule("math", _inlined("math"))


def rule(name: str, source: str) -> str:
    """Write the rule of a font, whose name tells family and style."""
    family, *style = name.split("-")
    said = [
        f'font-family: "Book {family.title()}"',
        *LOOKS[family],
        f'src: {source} format("woff2")',
    ]
    said += ["font-style: italic"] * ("italic" in style)
    said += ["font-weight: 600 700"] * ("semibold" in style)
    signs = RANGES.get(name) or RANGES.get(name.removesuffix("-italic"))
    said += [f"unicode-range: {signs}"] * bool(signs)
    return "@font-face {\n" + "".join(f"  {each};\n" for each in said) + "}\n"


def _inlined(name: str) -> str:
    content = (FONTS / f"{name}.woff2").read_bytes()
    return f"url(data:font/woff2;base64,{base64.b64encode(content).decode()})"
