"""What counts become on a machine: operations a byte, rates, training runs, energy."""

from explorable.checks import checked, number, whole
from mathdl.equations import equation, source

__all__ = ["arithmetic_intensity", "attainable", "energy", "training_operations"]


@equation("outlook-intensity")
@source("williams2009roofline, who call it operational intensity.")
@checked(
    n_samples=whole(at_most=10**9),
    n_in=whole(at_most=10**9),
    n_out=whole(at_most=10**9),
    bytes_per_number=whole(at_most=10**9),
)
def arithmetic_intensity(
    n_samples: int, n_in: int, n_out: int, *, bytes_per_number: int = 4
) -> float:
    """Return how many operations an affine layer does for each byte that it must move.

    Parameters
    ----------
    n_samples, n_in, n_out
        Rows of the batch, inputs and outputs.
    bytes_per_number
        4 for float32, 2 for half precision.

    Returns
    -------
    float
        Operations a byte; a multiply-add counts as two.

    Notes
    -----
    2Bnm operations; Bn inputs and nm weights are read and Bm outputs written, each once.

    Examples
    --------
    >>> round(arithmetic_intensity(1, 4096, 4096), 3), round(arithmetic_intensity(256, 4096, 4096))
    (0.5, 114)
    """
    b, n, m = n_samples, n_in, n_out
    return 2 * b * n * m / (bytes_per_number * (b * n + n * m + b * m))


@equation("outlook-roofline")
@source("williams2009roofline, the formula on p. 67.")
@checked(intensity=number("(0, inf)"), bandwidth=number("(0, inf)"), peak=number("(0, inf)"))
def attainable(intensity: float, peak: float, bandwidth: float) -> float:
    """Return the operations a second that the roofline allows: min(peak, intensity·bandwidth).

    Parameters
    ----------
    intensity
        Operations per byte.
    peak
        Operations per second that the machine can do at most.
    bandwidth
        Bytes per second that its memory can deliver.

    Returns
    -------
    float
        min(peak, intensity·bandwidth), in operations a second.

    Examples
    --------
    >>> attainable(0.5, peak=100, bandwidth=10)
    5.0
    """
    return min(peak, intensity * bandwidth)


@equation("outlook-training-operations")
@source("kaplan2020scaling, Section 2.1.")
@checked(parameters=number("(0, inf)"), samples=number("(0, inf)"))
def training_operations(parameters: float, samples: float) -> float:
    """Return the operations that training a dense network takes, to a first approximation.

    Parameters
    ----------
    parameters
        Weights that multiply.
    samples
        Samples or tokens seen, counted as often as seen.

    Returns
    -------
    float
        6·parameters·samples: 2 a weight for the forward pass, 4 for the backward pass.

    Examples
    --------
    >>> training_operations(10, 2)
    120.0
    """
    return 6 * parameters * samples


@equation("outlook-energy")
@source("patterson2021carbon, Section 2.")
@checked(
    operations=number("(0, inf)"),
    rate=number("(0, inf)"),
    overhead=number("[1, inf)"),
    power=number("(0, inf)"),
)
def energy(operations: float, *, rate: float, power: float, overhead: float = 1.0) -> float:
    """Return the electrical energy of a computation in kilowatt-hours.

    Parameters
    ----------
    operations
        How many.
    rate
        Operations per second that one device really does.
    power
        Watts that it draws meanwhile.
    overhead
        By what cooling and supply multiply it ("PUE").

    Returns
    -------
    float
        operations/rate seconds at that power, in kWh (3.6 million joules each).

    Examples
    --------
    >>> energy(3.6e15, rate=1e12, power=1000)  # an hour at 1 kW
    1.0
    """
    return operations / rate * power * overhead / 3.6e6
