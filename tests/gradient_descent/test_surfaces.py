"""Tests of `mathdl.gradient_descent.surfaces`."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mathdl.gradient_descent import SURFACES, ill_conditioned, quadratic
from tests.gradient_descent.problems import EVERY_SURFACE, points_on


@EVERY_SURFACE
def test_gradient_and_hessian_are_the_slopes_of_value_and_gradient(surface):
    # Central differences with h = 1e-5: truncation about 1e-10 f''', rounding 1e-16 f / h.
    points, h = points_on(surface), 1e-5
    directions = np.random.default_rng(1).standard_normal(points.shape)
    slope = (surface.value(points + h * directions) - surface.value(points - h * directions)) / (
        2 * h
    )
    exact = (surface.gradient(points) * directions).sum(axis=-1)
    np.testing.assert_allclose(exact, slope, rtol=1e-6, atol=1e-5)
    points, h = points_on(surface), 1e-5
    directions = np.random.default_rng(2).standard_normal(points.shape)
    ahead, behind = (surface.gradient(points + sign * h * directions) for sign in (1, -1))
    exact = (surface.hessian(points) @ directions[..., None])[..., 0]
    np.testing.assert_allclose(exact, (ahead - behind) / (2 * h), rtol=1e-6, atol=1e-4)


@EVERY_SURFACE
def test_minima_are_flat_and_curve_upwards_inside_the_bounds(surface):
    assert len(np.unique(surface.minima, axis=0)) == len(surface.minima) >= 1
    np.testing.assert_allclose(surface.gradient(surface.minima), 0, atol=1e-12)
    assert np.linalg.eigvalsh(surface.hessian(surface.minima)).min() > 0
    assert (surface.minima > surface.bounds[:, 0]).all()
    assert (surface.minima < surface.bounds[:, 1]).all()
    heights = surface.value(surface.minima)
    assert (np.diff(heights) > -1e-12).all()
    assert heights[0] <= surface.value(points_on(surface, 2000)).min()


def test_published_minima_and_what_a_picture_needs():
    assert [len(surface.minima) for surface in SURFACES.values()] == [1, 1, 4, 1, 2]
    labels = ["ravine, κ = 20", "Rosenbrock", "Himmelblau", "Beale", "saddle"]
    assert [surface.label for surface in SURFACES.values()] == labels
    for name, surface in SURFACES.items():
        assert surface.name == name
        assert surface.value(surface.minima) == pytest.approx(0, abs=1e-12)
        window, bounds = surface.window, surface.bounds
        np.testing.assert_array_equal(window.center, bounds.mean(axis=1))
        assert 0.8 <= 2 * window.reach / np.ptp(bounds, axis=1).max() <= 1
        assert np.abs(window.to_units(surface.minima)).max() <= 1
        assert 0 < surface.softness <= 10


@pytest.mark.parametrize("surface", [SURFACES["beale"], quadratic(np.eye(2)), ill_conditioned()])
def test_what_a_surface_says_of_itself_cannot_be_changed(surface):
    for array in (surface.minima, surface.bounds):
        with pytest.raises(ValueError, match="read-only"):
            array[0, 0] = 7


@EVERY_SURFACE
@pytest.mark.parametrize("leading", [(), (2, 0), (2, 1, 3)])
def test_surfaces_are_batched_over_leading_axes(surface, leading):
    points = np.random.default_rng(0).uniform(-1, 1, (*leading, 2))
    assert surface.value(points).shape == leading
    assert surface.gradient(points).shape == (*leading, 2)
    assert surface.hessian(points).shape == (*leading, 2, 2)
    for index in np.ndindex(leading):
        np.testing.assert_array_equal(surface.value(points)[index], surface.value(points[index]))
        np.testing.assert_array_equal(
            surface.gradient(points)[index], surface.gradient(points[index])
        )
        np.testing.assert_array_equal(
            surface.hessian(points)[index], surface.hessian(points[index])
        )


@pytest.mark.equation("gradient-descent-quadratic")
def test_quadratic_in_three_dimensions():
    hessian = np.array([[3.0, 1.0, 0.0], [1.0, 2.0, 0.5], [0.0, 0.5, 1.0]])
    bowl = quadratic(hessian, [1.0, -1.0, 0.0], name="bowl")
    assert bowl.name == "bowl"
    # From the minimum by (1, 0, 2): Hd = (3, 2, 2), ½ dᵀHd = ½ (3 + 4) = 3.5.
    np.testing.assert_allclose(bowl.gradient([2.0, -1.0, 2.0]), [3, 2, 2])
    assert bowl.value([2.0, -1.0, 2.0]) == pytest.approx(3.5)
    np.testing.assert_array_equal(bowl.hessian(np.zeros((4, 3)))[3], hessian)
    with pytest.raises(ValueError, match=r"hessian must .* positive eigenvalues"):
        quadratic([[1.0, 0.0], [0.0, -1.0]])


@pytest.mark.parametrize("hessian", [[[0.5]], [[3.0, 1.0], [1.0, 2.0]], np.diag([1.0, 2.0, 8.0])])
def test_at_its_bounds_each_coordinate_alone_raises_a_quadratic_to_2(hessian):
    size = len(hessian)
    minimum = np.arange(1.0, size + 1)
    bowl = quadratic(hessian, minimum)
    for axis, end in np.ndindex(size, 2):
        point = minimum.copy()
        point[axis] = bowl.bounds[axis, end]
        assert bowl.value(point) == pytest.approx(2)
    assert (bowl.bounds[:, 0] < minimum).all()
    assert (minimum < bowl.bounds[:, 1]).all()


@given(kappa=st.floats(1, 1e3), angle=st.floats(-4, 4))
def test_a_ravine_has_the_condition_number_asked_for(kappa, angle):
    assert ill_conditioned(kappa, angle=angle).name == "ravine"
    hessian = ill_conditioned(kappa, angle=angle).hessian([0.0, 0.0])
    np.testing.assert_allclose(np.linalg.eigvalsh(hessian), [1, kappa], rtol=1e-9)
    gentle = [np.cos(angle), np.sin(angle)]
    np.testing.assert_allclose(hessian @ gentle, gentle, atol=1e-9 * kappa)
