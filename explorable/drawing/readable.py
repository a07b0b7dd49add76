"""TeX as a line of plain text, to be found by a search and read in its results."""

import re

NAMES = """
alpha beta gamma delta varepsilon epsilon eta theta kappa lambda mu nu xi pi rho sigma tau phi
varphi chi psi omega Gamma Delta Theta Lambda Sigma Phi Psi Omega nabla partial sum prod int
sqrt le leq ge geq ne neq approx sim cdot times infty to mapsto ldots dots cdots odot otimes top
in pm mp mid lVert rVert lvert rvert Vert vert langle rangle prime ell Rightarrow Longrightarrow
"""
DRAWN = "αβγδεεηθκλμνξπρστφφχψωΓΔΘΛΣΦΨΩ∇∂∑∏∫√≤≤≥≥≠≠≈∼·×∞→↦………⊙⊗ᵀ∈±∓|‖‖||‖|⟨⟩′ℓ⇒⇒"
SIGNS = dict(zip(NAMES.split(), DRAWN, strict=True))
FACES = "math[a-z]+|bar|hat|tilde|boldsymbol"
GROUP = r"\{((?:[^{}]|\{[^{}]*\})*)\}"
RULES = [
    (r"\\(?:[,;:!> ]|q?quad(?![a-zA-Z])|\\)|&", " "),
    (r"\\(?:begin|end)\{\w+\*?\}(?:\{\w+\})?", " "),
    (rf"\\(?:operatorname\*?|text[a-z]*|{FACES})\s*\{{([^{{}}]*)\}}", r"\1"),
    (rf"\\(?:[bB]igg?[lr]?|left|right|middle|{FACES})(?![a-zA-Z])\s*", ""),
    (rf"\\sqrt\s*{GROUP}", r"√(\1)"),
    (rf"\\[td]?frac\s*{GROUP}\s*{GROUP}", r" (\1)/(\2)"),
    (r"\\[td]?frac\s*(\S)\s*(\S)", r" \1/\2"),
]


def readable(text: str) -> str:
    """Return a text with its TeX as plain signs: fractions in a row, spaces single."""
    if "\\" in text:
        for pattern, replacement in RULES:
            text = re.sub(pattern, replacement, text)
        text = re.sub(r"\\([a-zA-Z]+)", lambda name: SIGNS.get(name[1], f" {name[1]} "), text)
        text = text.replace("\\", "")
    text = re.sub(r"([\^_])\{([^{}]*)\}", r"\1\2", text)
    return re.sub(r"\s+", " ", text).strip()
