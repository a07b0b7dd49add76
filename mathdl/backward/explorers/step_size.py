"""The explorer of the step of a finite difference."""

import functools

import numpy as np

from explorable.drawing.toolkit import panels
from explorable.explore import Explorer, choice, explore, predict, say, slider
from explorable.explore.prediction import Prediction
from explorable.sentences import Sentence
from mathdl.backward.figures.step_size import draw_step_errors, right_digits, step_error
from mathdl.backward.step_size import difference_quotient, error_terms

STEPS = 10.0 ** np.arange(-16, 0.25, 0.5)
"""Steps of the differences, two a decade."""

QUOTIENTS = {
    "forward": r"\frac{f(x + h) - f(x)}{h} = \frac{\num{ahead} - \num{behind}}{\num{step:.2g}}",
    "central": r"\frac{f(x + h) - f(x - h)}{2h} = \frac{\num{ahead} - \num{behind}}"
    r"{2\cdot\num{step:.2g}}",
    "complex": r"\frac{\operatorname{Im} f(x + ih)}{h} = \frac{\num{ahead}}{\num{step:.2g}}",
}
"""The schemes, and what each divides by what."""

DIGITS = {"float64": (".15f", ".15e"), "float32": (".7f", ".7e")}
"""How the two arithmetics' numbers are written in full, those near 1 and those near h."""


def step_size_explorer() -> Explorer:
    """Let the reader choose step, scheme and arithmetic of a difference, and see its error."""
    figure, axes = panels(1, height=270, width=352)
    errors = draw_step_errors(axes)

    @explore(
        figure,
        errors.artists,
        "Is a smaller step better?",
        prediction=_predict_step(),
        step=slider(STEPS, label="step h", start=float(STEPS[24]), spec=".2g"),
        scheme=choice(
            {"forward": "one-sided", "central": "central", "complex": "complex step"},
            label="scheme",
        ),
        dtype=choice(
            {"float64": "double (float64)", "float32": "single (float32)"}, label="arithmetic"
        ),
    )
    def update(step: float, scheme: str, dtype: str) -> Sentence:
        errors.move(STEPS, step, scheme, dtype)
        fixed, scientific = DIGITS[dtype]
        ahead, behind = _values(step, scheme, dtype)
        formula = QUOTIENTS[scheme] + r" = \num{quotient}"
        for name in ("behind", "quotient", "ahead"):
            spec = scientific if (name, scheme) == ("ahead", "complex") else fixed
            formula = formula.replace(f"{{{name}}}", f"{{{name}:{spec}}}")
        return _say_step(step, scheme, dtype).typeset(
            formula, ahead=ahead, behind=behind, step=step, quotient=_quotient(step, scheme, dtype)
        )

    return update


def _values(step: float, scheme: str, dtype: str) -> tuple[float, float]:
    """Return the two values of exp that are subtracted, or the imaginary part and 0."""
    kind = np.dtype(dtype).type
    x, h = kind(1), kind(step)
    if scheme == "complex":
        return float(np.exp(np.array([x + 1j * h], dtype=np.result_type(dtype, 1j)))[0].imag), 0.0
    ahead, behind = np.exp(np.array([x + h, x - h if scheme == "central" else x], dtype=dtype))
    return float(ahead), float(behind)


def _say_step(step: float, scheme: str, dtype: str) -> Sentence:
    if _quotient(step, scheme, dtype) == 0:
        return say(
            "Both values are rounded to the same number, and the quotient is 0. A larger "
            "step would help."
        )
    error = step_error(step, scheme, dtype)
    truncation, roundoff = (
        float(term[0]) for term in error_terms([step], scheme=scheme, dtype=dtype)
    )
    values: dict[str, float] = {
        "right": right_digits(error),
        "error": error,
        "truncation": truncation,
        "roundoff": roundoff,
    }
    if scheme == "complex" and truncation < roundoff:
        return say(
            "Right digits: {right}. Nothing is subtracted, so nothing is lost: a smaller step "
            "does no harm.",
            **values,
        )
    if error <= 3 * _least_error(scheme, dtype):
        return say(
            "Right digits: {right} (relative error {error:.1e}). Truncation, about "
            "{truncation:.1e}, and round-off, up to {roundoff:.1e}: no step of the slider does "
            "much better.",
            **values,
        )
    if truncation > roundoff:
        return say(
            "Right digits: {right} (relative error {error:.1e}). Truncation, about "
            "{truncation:.1e}, outweighs round-off: a smaller step would help.",
            **values,
        )
    return say(
        "Right digits: {right} (relative error {error:.1e}). Round-off, up to "
        "{roundoff:.1e}, outweighs truncation: a larger step would help.",
        **values,
    )


@functools.cache
def _least_error(scheme: str, dtype: str) -> float:
    """Return the error at the best step of the slider."""
    return min(step_error(step, scheme, dtype) for step in STEPS.tolist())


def _predict_step() -> Prediction:
    quotient = _quotient(1e-16, "forward", "float64")
    return predict(
        "We ask for the derivative of exp at 1, which is 2.718…, by a one-sided difference with "
        "h = 10⁻¹⁶, in double precision. What comes out?",
        ["about 2.72", "a number between 1 and 10, at random", "0"],
        answer=2 if quotient == 0 else 0 if abs(quotient - np.e) < 0.01 else 1,
        why=say(
            "The next number after 1 is {gap:.2g} away, more than twice as far as h. So 1 + h is "
            "rounded to 1, and the difference is exactly {quotient:.0f}.",
            gap=np.finfo(np.float64).eps,
            quotient=quotient,
        ),
        show=[{"step": 1e-8}, {"step": 1e-16}],
    )


def _quotient(step: float, scheme: str, dtype: str) -> float:
    """Return the difference quotient of exp at 1."""
    return difference_quotient(np.exp, [1.0], [step], scheme=scheme, dtype=dtype).item()
