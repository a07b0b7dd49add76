"""Random results are compared by what can be measured of them."""

import pytest

from explorable.tutor.chance import Feature, features_differ


def measure(arguments, got):
    if got is None:
        return f"There is nothing of {len(arguments)}."
    return [Feature("the sum", got[0], 0), Feature("the mean", got[1], 0.1)]


@pytest.mark.parametrize(
    ("got", "expected", "said"),
    [
        ((1, 2.0), (1, 2.0), None),
        ((1, 2.1), (1, 2.0), "The mean is 2.1 and should be about 2."),
        ((1, 2.05), (1, 2.0), None),
        ((1, 1.95), (1, 2.0), None),
        ((1, float("nan")), (1, 2.0), "The mean is nan and should be about 2."),
        ((1.5, 2.0), (1, 2.0), "The sum is 1.5 and should be 1."),
        ((3, 5.0), (1, 2.0), "The sum is 3 and should be 1."),
        (None, (1, 2.0), "There is nothing of 3."),
        ((1, 2.0), None, "There is nothing of 3."),
        (None, None, None),
    ],
)
def test_the_first_feature_that_is_too_far_off_is_told(got, expected, said):
    assert features_differ(measure)((1, 2, 3), got, expected) == said
