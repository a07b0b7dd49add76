"""The explorer of a derivative as a sum over paths."""

from typing import Any

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

PRODUCT = (
    r"\prod_{t=1}^{3} \frac{\partial v_t}{\partial v_{t-1}} \approx "
    r"\num{first:.3f}\cdot\num{(second):.3f}\cdot\num{(third):.3f} \approx \num{product:.3f}"
)
"""The product along the path that was added last."""


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
        terms, jacobians = products_at(x), jacobians_at(x)
        drawn.move(jacobians, path - 1 if path else None)
        total.move(terms, path)
        if path == 0:
            return say(
                "Six paths lead from x to y; none has been added yet. At x = {x:.3g} their sum, "
                "dy/dx, is {all:.3f}.",
                x=x,
                all=terms.sum(),
            ).typeset(r"\frac{\partial y}{\partial x} = \num{all:.3f}")
        return _say_path(path, terms).typeset(PRODUCT, **_factors(jacobians, path - 1))

    return update


def _factors(jacobians: list[Array], path: int) -> dict[str, Any]:
    """Return the local derivatives along a path, and their product."""
    unit, other = divmod(path, 2)
    first, second, third = jacobians[0][unit, 0], jacobians[1][other, unit], jacobians[2][0, other]
    return {"first": first, "second": second, "third": third, "product": first * second * third}


def _say_path(path: int, terms: Array) -> Sentence:
    if path < len(terms):
        return say(
            "Path {path} adds {term:.3f}; the sum so far is {so_far:.3f}, and dy/dx is {all:.3f}.",
            path=path,
            term=terms[path - 1],
            so_far=terms[:path].sum() * (abs(terms[:path].sum()) >= 0.0005) + 0.0,
            all=terms.sum(),
        )
    return say(
        "All six paths added: {all:.3f}, which is dy/dx. "
        "The product that is largest in size is {largest:.3f}.",
        all=terms.sum(),
        largest=terms[np.abs(terms).argmax()],
    )


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
            "The positive products add up to {plus:.3f} and the negative ones to {minus:.3f}, "
            "which leaves {all:.3f}. No path decides alone.",
            plus=terms[terms > 0].sum(),
            minus=terms[terms < 0].sum(),
            all=total,
        ),
        show=[{"x": -0.5, "path": path} for path in (0, len(terms))],
        panel=2,
    )
