"""The square: an example, in whose place comes what the chapter computes."""

from explorable.checks import Array, ArrayLike, array, checked
from mathdl.equations import equation

__all__ = ["sample_chapter"]


@equation("sample-chapter-square")
@checked(x=array("n_samples"))
def sample_chapter(x: ArrayLike) -> Array:
    """Return the square of each number.

    Parameters
    ----------
    x
        Numbers.

    Returns
    -------
    ndarray, shape (n_samples,)
        Their squares.

    Examples
    --------
    >>> sample_chapter([0.5, 3.0])
    array([0.25, 9.  ])
    """
    return x * x
