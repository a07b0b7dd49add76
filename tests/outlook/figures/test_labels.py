"""Learning from labels of which some are wrong."""

import numpy as np

from explorable.drawing.toolkit import panels
from mathdl.outlook import figures


def test_labels_are_drawn_in_percent():
    _, (left, right) = panels(2)
    figures.draw_label_learning(left, {"true": [0.5, 1, 1], "shuffled": [0.1, 0.4, 0.9]})
    np.testing.assert_allclose(left.lines[1].get_ydata(), [10, 40, 90])
    figures.draw_label_shares(right, [0, 0.5, 1], [1, 1, 1], [0.9, 0.5, 0.1])
    np.testing.assert_allclose(right.lines[0].get_ydata(), 100)
    np.testing.assert_allclose(right.lines[1].get_xydata(), [[0, 90], [50, 50], [100, 10]])
