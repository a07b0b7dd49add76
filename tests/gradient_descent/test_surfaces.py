"""Tests of `mathdl.gradient_descent.surfaces`."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mathdl.gradient_descent import (
    SURFACES,
    ill_conditioned,
    quadratic,
)

EVERY_SURFACE = pytest.mark.parametrize("surface", SURFACES.values(), ids=SURFACES)


def points_on(surface, n=40, seed=0):
    return np.random.default_rng(seed).uniform(*surface.bounds.T, (n, 2))


@EVERY_SURFACE
def test_gradient_is_the_slope_of_the_value(surface):
    # Central differences with h = 1e-5: truncation about 1e-10 f''', rounding 1e-16 f / h.
    points, h = points_on(surface), 1e-5
    directions = np.random.default_rng(1).standard_normal(points.shape)
    slope = (surface.value(points + h * directions) - surface.value(points - h * directions)) / (
        2 * h
    )
    exact = (surface.gradient(points) * directions).sum(axis=-1)
    np.testing.assert_allclose(exact, slope, rtol=1e-6, atol=1e-5)


@EVERY_SURFACE
def test_hessian_is_the_slope_of_the_gradient(surface):
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


@pytest.mark.parametrize(
    ("name", "n_minima", "lowest"),
    # Published: 0 for all but the last, which is −39.16617 a coordinate.
    [
        ("ravine", 1, 0),
        ("rosenbrock", 1, 0),
        ("himmelblau", 4, 0),
        ("beale", 1, 0),
        ("saddle", 2, 0),
    ],
)
def test_published_minima(name, n_minima, lowest):
    surface = SURFACES[name]
    assert surface.name == name
    assert surface.minima.shape == (n_minima, 2)
    assert surface.value(surface.minima[0]) == pytest.approx(lowest, abs=1e-5)


def test_himmelblau_at_the_origin():
    # (0 + 0 − 11)² + (0 + 0 − 7)² = 170; gradient (2·(−7), 2·(−11)).
    assert SURFACES["himmelblau"].value([0, 0]) == 170
    np.testing.assert_array_equal(SURFACES["himmelblau"].gradient([0, 0]), [-14, -22])
    np.testing.assert_array_equal(SURFACES["himmelblau"].hessian([0, 0]), [[-42, 0], [0, -26]])


def test_saddle_curves_both_ways_at_the_origin():
    surface = SURFACES["saddle"]
    np.testing.assert_array_equal(surface.gradient([0.0, 0.0]), [0, 0])
    np.testing.assert_array_equal(surface.hessian([0.0, 0.0]), [[1, 0], [0, -1]])


@EVERY_SURFACE
@pytest.mark.parametrize("leading", [(), (1,), (3,), (2, 0), (2, 1, 3)])
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


@EVERY_SURFACE
def test_surfaces_keep_float32_and_change_nothing(surface):
    points = points_on(surface).astype(np.float32)
    before = points.copy()
    for function in (surface.value, surface.gradient, surface.hessian):
        assert function(points).dtype == np.float32
    np.testing.assert_array_equal(points, before)
    with pytest.raises(ValueError, match="read-only"):
        surface.minima[0, 0] = 7
    with pytest.raises(ValueError, match="read-only"):
        surface.bounds[0, 0] = 7


@EVERY_SURFACE
def test_surfaces_take_points_of_a_diverged_descent_without_a_warning(surface):
    for points in ([np.inf, 0.0], [np.nan, np.nan], [1e200, -1e200]):
        assert surface.value(points).shape == ()
        assert surface.gradient(points).shape == (2,)
        assert surface.hessian(points).shape == (2, 2)


@EVERY_SURFACE
@pytest.mark.parametrize("points", [1.0, [1.0, 2.0, 3.0], [[1.0], [2.0]]])
def test_surfaces_refuse_points_of_another_dimension(surface, points):
    for function in (surface.value, surface.gradient, surface.hessian):
        with pytest.raises(ValueError, match="2 coordinates along the last axis"):
            function(points)


def test_quadratic_in_three_dimensions():
    hessian = np.array([[3.0, 1.0, 0.0], [1.0, 2.0, 0.5], [0.0, 0.5, 1.0]])
    bowl = quadratic(hessian, [1.0, -1.0, 0.0], name="bowl")
    assert bowl.name == "bowl"
    # From the minimum by (1, 0, 2): Hd = (3, 2, 2), ½ dᵀHd = ½ (3 + 4) = 3.5.
    np.testing.assert_allclose(bowl.gradient([2.0, -1.0, 2.0]), [3, 2, 2])
    assert bowl.value([2.0, -1.0, 2.0]) == pytest.approx(3.5)
    np.testing.assert_array_equal(bowl.hessian(np.zeros((4, 3)))[3], hessian)


@pytest.mark.parametrize(
    ("hessian", "message"),
    [
        ([[1.0, 0.0]], "hessian must have shape"),
        ([1.0, 2.0], "hessian must have shape"),
        ([[1.0, 2.0], [0.0, 1.0]], "symmetric"),
        ([[1.0, 0.0], [0.0, -1.0]], "positive eigenvalues"),
        ([[np.nan, 0.0], [0.0, 1.0]], "finite"),
    ],
)
def test_quadratic_refuses_what_is_no_bowl(hessian, message):
    with pytest.raises(ValueError, match=message):
        quadratic(hessian)


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


@pytest.mark.parametrize("surface", [quadratic(np.eye(2), name="bowl"), ill_conditioned(7.0)])
def test_surfaces_made_anew_do_as_the_others(surface):
    with pytest.raises(ValueError, match="read-only"):
        surface.bounds[0, 0] = 7
    for function in (surface.value, surface.gradient, surface.hessian):
        assert function(np.ones((3, 2), np.float32)).dtype == np.float32
        with pytest.raises(ValueError, match=f"^{surface.name} takes points of 2 coordinates"):
            function([1.0])
        with pytest.raises(ValueError, match=r"^points must hold real numbers"):
            function("here")


def test_quadratic_refuses_a_minimum_that_does_not_fit():
    with pytest.raises(ValueError, match="minimum must have shape"):
        quadratic(np.eye(2), [1.0, 2.0, 3.0])


@given(kappa=st.floats(1, 1e3), angle=st.floats(-4, 4))
def test_a_ravine_has_the_condition_number_asked_for(kappa, angle):
    assert ill_conditioned(kappa, angle=angle).name == "ravine"
    hessian = ill_conditioned(kappa, angle=angle).hessian([0.0, 0.0])
    np.testing.assert_allclose(np.linalg.eigvalsh(hessian), [1, kappa], rtol=1e-9)
    gentle = [np.cos(angle), np.sin(angle)]
    np.testing.assert_allclose(hessian @ gentle, gentle, atol=1e-9 * kappa)


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"condition_number": 0.5}, r"condition_number must lie in \[1, 1e\+12\], but is 0.5"),
        ({"condition_number": np.inf}, "condition_number must be one finite"),
        ({"condition_number": 1e13}, r"condition_number must lie in \[1, 1e\+12\], but is 1e\+13"),
        ({"condition_number": [1.0, 2.0]}, "condition_number must be one finite"),
        ({"angle": np.nan}, "angle must be one finite"),
    ],
)
def test_ravine_refuses(settings, message):
    with pytest.raises(ValueError, match=message):
        ill_conditioned(**settings)


@pytest.mark.parametrize(
    "surface", [ill_conditioned(3.0), SURFACES["beale"]], ids=lambda s: s.name
)
@pytest.mark.parametrize("function", ["value", "gradient", "hessian"])
def test_a_surface_says_by_its_name_what_it_takes(surface, function):
    ask = getattr(surface, function)
    for points in (1.0, [1.0, 2.0, 3.0]):
        with pytest.raises(ValueError, match=f"^{surface.name} takes points of 2 coordinates"):
            ask(points)
    with pytest.raises(ValueError, match=r"^points must hold real numbers"):
        ask("xy")


def test_surfaces_say_their_names_and_the_part_to_look_at():
    assert {name: surface.name for name, surface in SURFACES.items()} == {n: n for n in SURFACES}
    assert quadratic(np.eye(2)).name == "quadratic"
    assert quadratic(np.eye(2), name="bowl").name == "bowl"
    bounds = {name: surface.bounds.tolist() for name, surface in SURFACES.items()}
    assert bounds == {
        "ravine": [[-4, 4], [-2, 2]],
        "rosenbrock": [[-2, 2], [-1, 3]],
        "himmelblau": [[-5, 5], [-5, 5]],
        "beale": [[-4.5, 4.5], [-4.5, 4.5]],
        "saddle": [[-2, 2], [-1.75, 1.75]],
    }
    assert ill_conditioned(3.0).bounds.tolist() == bounds["ravine"]
    for name, surface in SURFACES.items():
        low, high = np.transpose(bounds[name])
        assert ((low < surface.minima) & (surface.minima < high)).all()


def test_what_a_picture_needs_of_a_surface_stands_with_it():
    labels = ["ravine, κ = 20", "Rosenbrock", "Himmelblau", "Beale", "saddle"]
    assert [surface.label for surface in SURFACES.values()] == labels
    for surface in SURFACES.values():
        window, bounds = surface.window, surface.bounds
        np.testing.assert_array_equal(window.center, bounds.mean(axis=1))
        assert 0.8 <= 2 * window.reach / np.ptp(bounds, axis=1).max() <= 1
        assert np.abs(window.to_units(surface.minima)).max() <= 1
        assert 0 < surface.softness <= 10
