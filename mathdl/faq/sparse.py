"""The L1 penalty: its proximal step, and L1 against L2 on a quadratic."""

import numpy as np

from explorable.checks import Array, ArrayLike, array, checked, number, one_of, symmetric
from explorable.trace import gather
from mathdl.equations import equation, source


@equation("faq-soft-threshold")
@source("parikh2014proximal, sec. 6.5.2.")
@checked(w=array(), threshold=number("[0, inf)"))
def soft_threshold(w: ArrayLike, threshold: float) -> Array:
    """Move each number towards zero, at most to zero: sign(w) max(|w| − τ, 0).

    Parameters
    ----------
    w
        The numbers.
    threshold
        τ.

    Returns
    -------
    ndarray
        sign(w) max(|w| − τ, 0), in the shape of w.

    Notes
    -----
    It minimises (v − w)² / 2 + τ|v| in v: it is the proximal operator of τ|·|.

    Examples
    --------
    >>> soft_threshold([-3.0, 0.4, 1.0], 0.5)
    array([-2.5,  0. ,  0.5])
    """
    # Adding 0.0 makes −0.0 a plain zero, which prints as one.
    return np.sign(w) * np.maximum(np.abs(w) - threshold, 0) + 0.0


SIGNS = np.array([[1, 1], [1, -1], [-1, 1], [-1, -1]])
"""Of two weights that are not 0."""


@checked(
    hessian=symmetric(2, positive=True),
    minimum=array(2),
    penalty=number("[0, inf)"),
    norm=one_of(("L1", "L2")),
)
def penalized_minimum(hessian: ArrayLike, minimum: ArrayLike, penalty: float, norm: str) -> Array:
    """Return where (w − m)ᵀH(w − m)/2 + penalty is smallest, in two dimensions.

    Parameters
    ----------
    hessian
        H, with positive eigenvalues.
    minimum
        m, where the loss alone is smallest.
    penalty
        α.
    norm
        The penalty: α‖w‖₁, or α‖w‖²/2.

    Returns
    -------
    ndarray, shape (2,)
        The solution; for L1 exact, found by trying the nine patterns of signs and zeros.

    Notes
    -----
    L2: w = (H + αI)⁻¹Hm. L1: a w with signs s on its support S solves
    H_SS w_S = (Hm)_S − α s_S, and elsewhere |(H(m − w))ᵢ| ≤ α.

    Examples
    --------
    >>> penalized_minimum([[1.0, 0.0], [0.0, 1.0]], [2.0, 0.5], 1.0, "L1")
    array([1., 0.])
    >>> penalized_minimum([[1.0, 0.0], [0.0, 1.0]], [2.0, 0.5], 1.0, "L2")
    array([1.  , 0.25])
    """
    h, m, alpha = hessian, minimum, penalty
    if norm == "L2":
        curvatures, modes = np.linalg.eigh(h)
        return modes @ (curvatures / (curvatures + alpha) * (m @ modes))
    zero, signs = np.zeros((1, 2), h.dtype), SIGNS.astype(h.dtype)
    on_axes = np.diag(soft_threshold.plain(h @ m, alpha) / np.diag(h))
    on_edges = m - alpha * np.linalg.solve(h, signs.T).T
    tried = np.concatenate([zero, on_axes, on_edges])
    apart = tried - m
    objectives = (apart @ h * apart).sum(axis=1) / 2 + alpha * np.abs(tried).sum(axis=1)
    stationary = np.append([True] * 3, (on_edges * signs > 0).all(axis=1))
    return gather(tried, np.where(stationary, objectives, np.inf).argmin())
