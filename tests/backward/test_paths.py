"""Tests of `mathdl.backward.paths`."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mathdl.backward import paths
from mathdl.forward import forward, initialize


@pytest.mark.equation("backward-paths")
@given(widths=st.lists(st.integers(1, 4), min_size=2, max_size=4), seed=st.integers(0, 2**32 - 1))
@settings(max_examples=25, deadline=None)
def test_path_products_add_up_to_the_jacobian(widths, seed):
    rng = np.random.default_rng(seed)
    layers = initialize(widths, hidden="tanh", scheme="glorot", rng=rng)
    jacobians = paths.layer_jacobians(layers, rng.normal(size=widths[0]))
    whole = jacobians[0]
    for jacobian in jacobians[1:]:
        whole = jacobian @ whole
    inner = tuple(range(1, len(widths) - 1))
    assert paths.path_products(jacobians).shape == tuple(widths)
    assert np.allclose(paths.path_products(jacobians).sum(axis=inner).T, whole)
    assert len(paths.path_units(jacobians)) == np.prod(widths)


def test_paths_of_the_example_chain_are_listed_in_order_and_cancel_at_one():
    jacobians = paths.layer_jacobians(paths.example_chain(), [0.5])
    for units, product in zip(
        paths.path_units(jacobians), paths.path_products(jacobians).ravel(), strict=True
    ):
        along = [jacobian[units[k + 1], units[k]] for k, jacobian in enumerate(jacobians)]
        assert np.isclose(np.prod(along), product)
    chain = paths.example_chain()
    assert [layer.activation for layer in chain] == ["tanh", "tanh", "identity"]
    assert forward(chain, [[0.1]]).output[0, 0] == pytest.approx(
        0.9 * np.tanh(-0.7 * np.tanh(0.06) - 1.6 * np.tanh(-0.41) + 1.1 * np.tanh(-0.44) - 0.2)
        + 1.2 * np.tanh(1.1 * np.tanh(0.06) + 0.5 * np.tanh(-0.41) + 0.6 * np.tanh(-0.44))
    )

    def products(x):
        return paths.path_products(paths.layer_jacobians(paths.example_chain(), [x])).ravel()

    assert abs(products(1.0).sum()) < 0.05 * abs(products(1.0)).max()
    assert abs(products(0.5).sum()) > 0.5


def test_product_cost_by_hand_and_room_for_the_list_of_paths(monkeypatch):
    # Widths 4, 3, 2, 1. From the left: 1·2·3 + 1·3·4 = 18. From the right: 4·3·2 + 4·2·1 = 32.
    assert paths.product_cost([4, 3, 2, 1], "reverse") == 18
    assert paths.product_cost([4, 3, 2, 1], "forward") == 32
    assert paths.product_cost([1, 2, 3, 4], "forward") == 18
    assert paths.product_cost([3, 2], "reverse") == paths.product_cost([3, 2], "forward") == 0
    asked = []
    monkeypatch.setattr(paths, "require_room", lambda *asks: asked.append(asks))
    units = paths.path_units([np.ones((2, 3)), np.ones((5, 2)), np.ones((1, 5))])
    assert asked == [(units.size, "jacobians")]


def test_paths_refuse_what_is_no_chain():
    with pytest.raises(ValueError, match="jacobians must not ask for more than"):
        paths.path_products([np.ones((1, 10**5)), np.ones((10**5, 1))])
    with pytest.raises(ValueError, match=r"jacobians\[1\]"):
        paths.path_products([np.ones((3, 1)), np.ones((1, 2))])
    with pytest.raises(ValueError, match="at least one"):
        paths.path_products([])
    with pytest.raises(ValueError, match="at least 2"):
        paths.product_cost([3], "reverse")
