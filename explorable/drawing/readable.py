"""TeX as a line of plain text, to be found by a search and read in its results."""

import re
import unicodedata

NAMES = """
alpha beta gamma delta varepsilon epsilon eta theta kappa lambda mu nu xi pi rho sigma tau phi
varphi chi psi omega Gamma Delta Theta Lambda Pi Sigma Phi Psi Omega nabla partial sum prod int
sqrt le leq ge geq ne neq approx sim cdot circ times infty to mapsto longmapsto longrightarrow
leftarrow star ldots dots cdots vdots odot otimes top in pm mp mid lVert rVert lvert rvert Vert
vert langle rangle lfloor rfloor prime ell Rightarrow Longrightarrow Longleftrightarrow
"""
DRAWN = "αβγδεεηθκλμνξπρστφφχψωΓΔΘΛΠΣΦΨΩ∇∂∑∏∫√≤≤≥≥≠≠≈∼·∘×∞→↦⟼⟶←⋆………⋮⊙⊗ᵀ∈±∓|‖‖||‖|⟨⟩⌊⌋′ℓ⇒⇒⟺"
SIGNS = dict(zip(NAMES.split(), DRAWN, strict=True))
ACCENTS = dict(
    zip(["hat", "bar", "overline", "tilde", "dot"], "\u0302\u0304\u0304\u0303\u0307", strict=True)
)
FACES = f"math[a-z]+|boldsymbol|underline|allowbreak|{'|'.join(ACCENTS)}"
GROUP = r"\{((?:[^{}]|\{[^{}]*\})*)\}"
RULES = [
    (r"\\(?:[,;:!> ]|q?quad(?![a-zA-Z])|\\(?:\[[\d.]+em\])?)|&", " "),
    (r"\\(?:begin|end)\{\w+\*?\}(?:\{\w+\})?", " "),
    *(
        (rf"\\{name}(?![a-zA-Z])\s*(?:\{{([^\W\d_])\}}|([^\W\d_]))", rf"\1\2{sign}")
        for name, sign in ACCENTS.items()
    ),
    (rf"\\(?:operatorname\*?|text[a-z]*|{FACES})\s*\{{([^{{}}]*)\}}", r"\1"),
    (rf"\\(?:[bB]igg?[lr]?|left|right|middle|{FACES})(?![a-zA-Z])\s*", ""),
    (rf"√\s*{GROUP}", r"√(\1)"),
    (rf"\\underbrace\s*{GROUP}", r"(\1)"),
    (rf"\\binom\s*{GROUP}\s*{GROUP}", r"C(\1, \2)"),
    (r"\\binom\s*(\w)\s*(\w)", r"C(\1, \2)"),
    (rf"\\[td]?frac\s*{GROUP}\s*{GROUP}", r" (\1)/(\2)"),
    (rf"\\[td]?frac\s*(\w)\s*{GROUP}", r" \1/(\2)"),
    (r"\\[td]?frac\s*(\S)\s*(\S)", r" \1/\2"),
]


def readable(text: str) -> str:
    """Return a text with its TeX as plain signs: fractions in a row, spaces single."""
    if "\\" in text:
        text = re.sub(r"\\([a-zA-Z]+)", lambda name: SIGNS.get(name[1], name[0]), text)
        for pattern, replacement in RULES:
            text = re.sub(pattern, replacement, text)
        text = re.sub(r"\\([a-zA-Z]+)", r" \1 ", text).replace("\\", "")
    text = re.sub(r"([\^_])\{([^{}]*)\}", r"\1\2", text)
    return unicodedata.normalize("NFC", re.sub(r"\s+", " ", text).strip())
