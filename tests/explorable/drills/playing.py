"""The scripts of the drills in QuickJS: what the page draws, computes, reads and judges."""

import json
from pathlib import Path
from typing import Any

import quickjs

from explorable.drills import Drill
from explorable.explore import bundle

BROWSER = Path(__file__).parents[3] / "explorable/drills/browser"
NAMES = "drawer, numbered, agree, judged, read, written"


class Scripts:
    """The scripts, loaded once."""

    def __init__(self) -> None:
        self.context = quickjs.Context()
        joined = bundle.in_a_function(bundle.joined(BROWSER / "draw.js", BROWSER / "answer.js"))
        self.context.eval(
            joined.removesuffix("})();\n") + f"Object.assign(globalThis, {{{NAMES}}})}})();"
        )

    def __call__(self, script: str, *given: Any) -> Any:
        """Return what a function returns."""
        arguments = ",".join(json.dumps(each, ensure_ascii=False) for each in given)
        return json.loads(self.context.eval(f"JSON.stringify(({script})({arguments})) ?? 'null'"))

    def at(self, drill: Drill, seeds: list[int]) -> list[dict[str, Any]]:
        """Return the values of a drill for some seeds, as the page has them."""
        draws = [[name, each.shape, each.values] for name, each in drill.draws.items()]
        spec = {"draws": draws, "program": drill.program().content}
        script = (
            "(spec, seeds) => { const draw = drawer(spec); return seeds.map((s) => draw(s)); }"
        )
        found: list[dict[str, Any]] = self(script, spec, seeds)
        return found
