"""Two norms as penalties: where an ellipse of the loss touches the ball of a norm."""

import numpy as np

from explorable.drawing.toolkit import panels
from explorable.explore import Explorer, choice, explore, point, predict, say, slider
from explorable.sentences import Sentence
from mathdl.faq import figures, penalized_minimum

PENALTIES = (0.0, 0.1, 0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0, 4.0)
PLACES = np.arange(-2, 2.1, 0.5)
"""Where the minimum of the loss may lie, on both axes."""

OBJECTIVES = {
    "L1": r"L(w) + \alpha\,\lVert w\rVert_1 \approx \num{loss:.2f} + \num{penalty:.2f}"
    r"\,\bigl(\num{size:.2f} + \num{other:.2f}\bigr) \approx \num{whole:.2f}",
    "L2": r"L(w) + \tfrac{\alpha}{2}\,\lVert w\rVert^2 \approx \num{loss:.2f} + "
    r"\tfrac{\num{penalty:.2f}}{2}\,\bigl(\num{size:.2f}^2 + \num{other:.2f}^2\bigr) "
    r"\approx \num{whole:.2f}",
}
"""What is smallest at the solution: the loss and the penalty."""


def norms_explorer() -> Explorer:
    """Let the reader choose penalty and norm, and move the minimum of the loss."""
    figure, axes = panels(1, height=340, width=352)
    picture = figures.draw_norms(axes)
    on_axis = penalized_minimum(figures.HESSIAN, (2.0, 0.0), 1.0, "L2")

    @explore(
        figure,
        picture.artists,
        "Where do ellipse and ball touch?",
        computed=True,
        prediction=predict(
            "The loss alone is smallest at w = (2, 0), on an axis. What is w₂ with the L2 penalty "
            "α = 1?",
            ["negative", "exactly 0", "positive"],
            answer=int(np.sign(on_axis[1])) + 1,
            why=say(
                "The solution is ({a:.3g}, {b:.3g}). The ellipses are tilted: when w₁ is pulled "
                "back, a positive w₂ lowers the loss, and near 0 the pull of L2 is too weak to "
                "prevent it. Try the same with L1.",
                a=on_axis[0],
                b=on_axis[1],
            ),
            show=[{"minimum": (2, 0), "norm": "L2", "penalty": penalty} for penalty in (0, 1)],
        ),
        penalty=slider(PENALTIES, label="penalty α", start=0.5),
        norm=choice({"L1": "L1", "L2": "L2"}, label="norm"),
        minimum=point(axes, xs=PLACES, ys=PLACES, label="minimum of the loss", start=(2.0, 0.5)),
    )
    def update(penalty: float, norm: str, minimum: np.ndarray) -> Sentence:
        solution = picture.move(penalty, norm, minimum)
        apart, sizes = solution - minimum, np.abs(solution)
        loss = (apart @ figures.HESSIAN * apart).sum() / 2
        length = sizes.sum() if norm == "L1" else (sizes**2).sum() / 2
        return _say_norm(penalty, norm, minimum, solution).typeset(
            OBJECTIVES[norm],
            loss=loss,
            penalty=penalty,
            size=sizes[0],
            other=sizes[1],
            whole=loss + penalty * length,
        )

    return update


def _say_norm(penalty: float, norm: str, minimum: np.ndarray, solution: np.ndarray) -> Sentence:
    first, second = np.round(solution, 2) + 0.0  # without a negative zero
    numbers = {"first": first, "second": second, "penalty": penalty}
    if penalty == 0:
        return say("Without a penalty the solution is the minimum of the loss itself.")
    if not minimum.any():
        return say("The loss is smallest at 0, and the penalty changes nothing.")
    crossing = (np.abs(solution) < 0.005) & (minimum * (figures.HESSIAN @ minimum) < 0)
    if norm == "L2" and crossing.any():
        return say(
            "L2 with α = {penalty:.3g}: w = ({first:.2f}, {second:.2f}). A weight is at 0 here, "
            "but only in passing: with a little more or less α it is not.",
            **numbers,
        )
    if norm == "L2":
        return say(
            "L2 with α = {penalty:.3g}: w = ({first:.2f}, {second:.2f}), {share:.0%} of the "
            "minimum’s length. The circle has no corners, so no axis attracts the solution.",
            share=np.linalg.norm(solution) / np.linalg.norm(minimum),
            **numbers,
        )
    zeros = (solution == 0).sum()
    numbers["first"], numbers["second"] = solution + 0.0
    if zeros == 2:
        return say(
            "L1 with α = {penalty:.3g}: both weights are exactly 0. At 0 the loss pulls with at "
            "most {pull:.3g}, and the penalty resists with {penalty:.3g}.",
            pull=np.abs(figures.HESSIAN @ minimum).max(),
            **numbers,
        )
    if zeros == 1:
        return say(
            "L1 with α = {penalty:.3g}: w = ({first:.3g}, {second:.3g}). The solution sits on a "
            "corner of the diamond: one weight is exactly 0.",
            **numbers,
        )
    return say(
        "L1 with α = {penalty:.3g}: w = ({first:.3g}, {second:.3g}). The solution sits on an edge "
        "of the diamond: no weight is 0.",
        **numbers,
    )
