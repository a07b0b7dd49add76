"""The explorer of the border."""

import numpy as np
import pytest

from mathdl.gradient_descent.experiments.border import product_curvature, product_descent
from mathdl.gradient_descent.explorers.border import RATES, border_explorer
from tests.explorable.explore.states import assert_prediction, moving, once

border = once(border_explorer)


def test_prediction(border):
    assert_prediction(border, "it raises the loss first, and arrives all the same")


@pytest.mark.parametrize("chain", ["1", "2"])
def test_each_rate_is_told_by_its_kind(border, chain):
    marks = {"falls": "falls at each step", "jumps": "Steps that raise", "edge": "The edge",
             "diverges": "has diverged"}  # fmt: skip
    for rate in RATES[::3]:
        run = product_descent(rate, power=int(chain))
        said = border.at(rate=rate, chain=chain)
        assert marks[run.kind] in said
        assert said.startswith(f"2/η = {2 / rate:.3g}")
        (loss,), (line,) = moving(border, "loss"), moving(border, "border")
        assert loss.get_ydata() == pytest.approx(np.maximum(run.losses, 1e-9), nan_ok=True)
        assert line.get_ydata() == pytest.approx([2 / rate] * 2)
        (stable,) = moving(border, "stable")
        shown = stable.get_xydata()[np.isfinite(stable.get_ydata())]
        flattest = 2 * int(chain) ** 2
        assert len(shown) > 0 or flattest >= 0.9 * 2 / rate
        (name,) = moving(border, "name")
        assert name.get_text() == ("stable minima" if len(shown) else "none is stable")
        assert all(product_curvature(point, power=int(chain)) < 2 / rate for point in shown)
