"""What the first page brings: a small relative of the laboratory, whose picture one touches."""

from pathlib import Path
from typing import Any

from explorable.trace.pcg32 import PCG32
from mathdl.laboratory import data, page
from mathdl.laboratory.programs import programs

SCRIPT = Path(__file__).parent / "browser" / "touch.js"
STYLE = page.STYLE
N_POINTS = 40
SPREAD = 1.6


def content() -> dict[str, Any]:
    """Return the points that are there at first, and the programs that learn them."""
    sample = data.sample("moons", N_POINTS, noise=0.15, rng=PCG32(1))
    wanted = {
        "inputs": ["n"],
        "started": ["glorot"],
        "there": ["tanh", "identity"],
        "back": ["tanh", "identity"],
        "loss": ["binary_cross_entropy"],
        "masked": ["1n", "n1", "nn"],
        "rules": ["adam"],
        "right": None,
    }
    found = programs()
    return {
        "painted": [
            [*point.round(2), int(second)]
            for point, second in zip(SPREAD * sample.points, sample.target.ravel(), strict=True)
        ],
        "programs": {
            kind: found[kind] if names is None else {name: found[kind][name] for name in names}
            for kind, names in wanted.items()
        },
    }
