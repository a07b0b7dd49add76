"""Costs, and measured against computed gradients."""

from mathdl.backward import multiply_adds
from mathdl.figures import backward as figures


def test_costs_are_the_kernels_counts(axes):
    lines = figures.draw_costs(axes, widths=[8, 64, 128, 256])
    count = multiply_adds([64, 64, 64, 10])
    assert lines["reverse_mode"].get_ydata()[1] == count.reverse_mode
    assert lines["forward_mode"].get_ydata()[1] == count.forward_mode
    assert lines["forward"].get_xdata()[1] == 64 * 64 * 2 + 64 * 10 + 64 * 2 + 10
