"""The explorer of a derivative as a sum over paths."""

import numpy as np

from explorable.checks import Array
from explorable.drawing.toolkit import panels
from explorable.explore import Explorer, explore, predict, say, slider, steps
from explorable.explore.prediction import Prediction
from explorable.sentences import Sentence
from mathdl.backward.figures.paths import draw_path_sum, draw_paths
from mathdl.backward.paths import example_chain, layer_jacobians, path_products

INPUTS = np.arange(-2, 2.01, 0.25)
"""Inputs of the small network whose paths are added."""


def jacobians_at(x: float) -> list[Array]:
    """Return the local derivatives of the example network at an input, layer by layer."""
    return layer_jacobians.plain(example_chain(), np.stack([x]))


def products_at(x: float) -> Array:
    """Return the six products along the paths of the example network at an input."""
    return path_products.plain(jacobians_at(x)).ravel()


def paths_explorer() -> Explorer:
    """Let the reader add the products along six paths, one by one, at any input."""
    figure, axes = panels(2, height=280)
    drawn = draw_paths(axes[0], jacobians_at(0.5), path=0)
    total = draw_path_sum(axes[1], products_at(0.5), shown=0)
    axes[1].set_ylim(-1.1, 2.6)

    @explore(
        figure,
        drawn.artists | total.artists,
        "Which path decides?",
        computed=True,
        prediction=_predict_paths(),
        path=steps(6, label="paths added", pace=250),
        x=slider(INPUTS, label="input x", start=0.5),
    )
    def update(path: int, x: float) -> Sentence:
        terms = products_at(x)
        drawn.move(jacobians_at(x), path - 1 if path else None)
        total.move(terms, path)
        if path == 0:
            return say(
                "Six paths lead from x to y; none has been added yet. At x = {x:.3g} their sum, "
                "dy/dx, is {all:.3f}.",
                x=x,
                all=terms.sum(),
            )
        if path < len(terms):
            return say(
                "Path {path} adds {term:.3f}; the sum so far is {so_far:.3f}, "
                "and dy/dx is {all:.3f}.",
                path=path,
                term=terms[path - 1],
                so_far=terms[:path].sum(),
                all=terms.sum(),
            )
        return say(
            "All six paths added: {all:.3f}, which is dy/dx. "
            "The product that is largest in size is {largest:.3f}.",
            all=terms.sum(),
            largest=terms[np.abs(terms).argmax()],
        )

    return update


def _predict_paths() -> Prediction:
    terms = products_at(-0.5)
    strongest, total = float(np.abs(terms).max()), float(terms.sum())
    share = abs(total) / strongest
    return predict(
        say(
            "At x = −0.5 the strongest path has the product {strongest:.2f}. How large is dy/dx, "
            "the sum of all six?",
            strongest=strongest,
        ),
        ["larger than that", "about as large", "at most half of it"],
        answer=2 if share <= 0.5 else 1 if share < 1.2 else 0,
        why=say(
            "The positive products add up to {plus:.2f} and the negative ones to {minus:.2f}, "
            "which leaves {all:.2f}. No path decides alone.",
            plus=terms[terms > 0].sum(),
            minus=terms[terms < 0].sum(),
            all=total,
        ),
        show=[{"x": -0.5, "path": path} for path in (0, len(terms))],
    )
