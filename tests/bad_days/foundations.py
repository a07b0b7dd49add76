"""Calls of the checks, the data, the concepts and the forward pass."""

import numpy as np

from mathdl import checks, concepts, datasets, forward
from mathdl.checks.numbers import require_workers
from mathdl.concepts import likelihood, neuron
from mathdl.experiments.concepts import bias_path, bias_slope, race
from mathdl.forward import Layer, products, regions, signals
from tests.bad_days.calls import call
from tests.bad_days.material import (
    BIAS,
    BINARY,
    LABELS,
    NETWORK,
    RNG,
    SMALL,
    TARGET,
    WEIGHTS,
    X,
)

CHECKS = [
    call(checks.finite_array, value=X, name="value", shape=("n", 2))
    .fixing("name", "shape")
    .sharing(),
    call(checks.real_array, value=X, name="value").fixing("name").diverging().sharing(),
    call(checks.class_labels, value=LABELS, name="value", n_samples=3, n_classes=2)
    .fixing("name", "n_samples", "n_classes")
    .sharing(),
    call(checks.finite_number, value=0.5, name="value").fixing("name"),
    call(checks.listed, value=[2, 3], name="value").fixing("name").diverging(),
    call(checks.a_function, value=abs, name="value").fixing("name"),
    call(checks.a_text, value="text", name="value").fixing("name"),
    call(checks.a_flag, value=True, name="value").fixing("name"),
    call(checks.an_instance, value={1: 2}, name="value", kind=dict).fixing("name", "kind"),
    call(checks.require_room, n_numbers=10, names="n_numbers").fixing("n_numbers", "names"),
    call(checks.number_in, value=0.5, name="value", within="[0, 1]").fixing("name", "within"),
    call(checks.whole_number, value=3, name="value").fixing("name"),
    call(require_workers, value=2, name="value").fixing("name"),
    call(checks.known_name, value="relu", name="value", names=("relu", "tanh")).fixing(
        "name", "names"
    ),
    call(checks.random_generator, value=RNG, name="value").fixing("name"),
]

DATASETS = [
    call(datasets.load_digits),
    call(datasets.two_moons, n_samples=4, noise=0.125, rng=RNG),
    call(datasets.two_spirals, n_samples=4, noise=0.125, rng=RNG),
]

CONCEPTS = [
    *(call(function, z=X) for pair in concepts.ACTIVATIONS.values() for function in pair),
    call(concepts.leaky_relu, z=X, slope=0.125),
    call(concepts.leaky_relu_derivative, z=X, slope=0.125),
    call(concepts.softmax, z=X),
    call(concepts.log_softmax, z=X),
    call(concepts.mean_squared_error, prediction=X, target=TARGET),
    call(concepts.mean_squared_error_gradient, prediction=X, target=TARGET),
    call(concepts.binary_cross_entropy, logits=X, labels=BINARY),
    call(concepts.binary_cross_entropy_gradient, logits=X, labels=BINARY),
    call(concepts.cross_entropy, logits=X, labels=LABELS),
    call(concepts.cross_entropy_gradient, logits=X, labels=LABELS),
    call(likelihood.gaussian_nll, prediction=X, target=TARGET, scale=0.5),
    call(likelihood.laplace_nll, prediction=X, target=TARGET, scale=0.5),
    call(likelihood.log_sum_exp, logits=X),
    call(likelihood.softmax_jacobian, logits=X),
    call(likelihood.squared_error_through_sigmoid, logits=X, labels=BINARY),
    call(likelihood.squared_error_through_sigmoid_gradient, logits=X, labels=BINARY),
    call(likelihood.naive_sigmoid, z=X).naive(),
    call(likelihood.naive_softplus, z=X).naive(),
    call(likelihood.naive_softmax, logits=X).naive(),
    call(likelihood.naive_binary_cross_entropy, logits=X, labels=BINARY).naive(),
    call(neuron.neuron_geometry, weights=BIAS, bias=0.5),
    call(neuron.signed_distance, x=X, weights=BIAS[:2], bias=0.5),
    call(neuron.transition_width, steepness=2.0, low=0.25, high=0.75),
    call(bias_slope, loss="squared error", bias=SMALL, half=3).in_float64(),
    call(bias_path, loss="squared error", start=0.5, learning_rate=2.0, n_steps=3)
    .in_float64()
    .diverging(),
    call(race, loss="cross-entropy", half=3).in_float64().diverging(),
    call(
        neuron.descend_line,
        derivative=lambda theta: 2 * theta,
        start=8.0,
        learning_rate=0.25,
        n_steps=3,
    ).diverging(),
]

FORWARD = [
    call(Layer, weights=WEIGHTS, bias=BIAS, activation="relu"),
    call(forward.affine, x=X, weights=WEIGHTS, bias=BIAS),
    call(forward.forward, layers=NETWORK, x=X),
    call(forward.check_layers, layers=NETWORK),
    call(products.products, x=X, weights=WEIGHTS, bias=BIAS),
    call(products.worked_example),
    call(
        forward.initialize,
        sizes=[2, 4, 3],
        hidden="tanh",
        output="relu",
        scheme="glorot",
        rng=RNG,
        dtype="float32",
    ),
    call(forward.n_parameters, layers=NETWORK),
    call(forward.parameter_vector, layers=NETWORK),
    call(forward.with_parameters, layers=NETWORK, vector=np.arange(22) / 8).in_the_type_of(
        "vector"
    ),
    call(regions.activation_pattern, layers=NETWORK, x=X),
    call(regions.local_affine, layers=NETWORK, x=X),
    call(regions.max_regions, n_hyperplanes=5, n_in=2),
    call(regions.count_regions, weights=WEIGHTS, bias=BIAS),
    call(regions.deep_region_bound, n_in=2, widths=[4, 6]),
    call(regions.folding_network, n_folds=2),
    call(regions.followed_by, layers=NETWORK, layer=Layer([[1.0, 0.5]], [0.25], "tanh")),
    call(signals.random_network, depth=2, width=3, gain=2.0, activation="tanh", rng=RNG),
    call(signals.measured_signals, layers=NETWORK, x=X, upstream=TARGET),
    call(signals.gaussian_mean_squares, activation="relu", variance=1.5),
    call(signals.predicted_signals, activation="tanh", gain=1.5, depth=3),
    call(signals.measured_differences, layers=NETWORK, x=X),
    call(signals.predicted_differences, activation="tanh", gain=1.5, depth=3),
]
