import numpy as np

from mathdl.datasets import load_digits
from mathdl.equations import source


def test_a_source_stands_between_what_is_said_and_the_examples():
    def function():
        """Say.

        Examples
        --------
        >>> 1
        """

    references = "References\n----------\nA, p. 1.\n"
    told = f"Say.\n\n{references}\nExamples\n--------\n>>> 1"
    assert source("A, p. 1.")(function).__doc__ == told
    function.__doc__ = None
    assert source("A, p. 1.")(function).__doc__ == f"\n\n{references}"


def test_digits_in_their_published_partition():
    digits = load_digits()
    assert digits.x_train.shape == (3823, 64)
    assert digits.x_test.shape == (1797, 64)
    # counts of the digits 0 to 9 from the data set's description (optdigits.names)
    published = [
        (digits.y_train, [376, 389, 380, 389, 387, 376, 377, 387, 380, 382]),
        (digits.y_test, [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]),
    ]
    for labels, counts in published:
        np.testing.assert_array_equal(np.bincount(labels), counts)
    for x in (digits.x_train, digits.x_test):
        assert x.dtype == np.float64
        assert (x.min(), x.max()) == (0, 1)
        np.testing.assert_array_equal(x * 16, np.rint(x * 16))


def test_the_first_test_digit():
    # first line of the published optdigits.tes: a zero
    digits = load_digits()
    assert digits.y_test[0] == 0
    np.testing.assert_array_equal(digits.x_test[0, :8] * 16, [0, 0, 5, 13, 9, 1, 0, 0])
    load_digits().x_train[:] = 0
    assert load_digits().x_train.any()
