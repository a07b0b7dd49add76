"""Learning from labels of which some are wrong."""

import numpy as np

from mathdl.outlook import figures


def test_labels_are_drawn_in_percent(axes):
    figures.draw_label_learning(axes, {"true": [0.5, 1, 1], "shuffled": [0.1, 0.4, 0.9]})
    np.testing.assert_allclose(axes.lines[1].get_ydata(), [10, 40, 90])
