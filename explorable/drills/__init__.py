"""Questions with fresh numbers: drawn from a seed, answered by kernels, in Python and in the page.

`drill` makes a `Drill` of a function from the numbers that were drawn to the right answer, what
typical mistakes give, and what the worked solution shows. The function is traced
(`explorable.trace`), the numbers come from PCG32, so a seed gives the same question everywhere;
``browser/`` draws, replays, reads what a reader types and judges it. `drill_html` writes a card.

When a reader has answered, the document gets an event ``explorable:done``, whose detail is
``{kind: "drill", id, seed, right}``; not once the solution was shown.
"""

from explorable.drills.drill import Draw, Drill, drill, drills_of, pick, whole
from explorable.drills.page import drill_html, filled, typeset

__all__ = [
    "Draw",
    "Drill",
    "drill",
    "drill_html",
    "drills_of",
    "filled",
    "pick",
    "typeset",
    "whole",
]
