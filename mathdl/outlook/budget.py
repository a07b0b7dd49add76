"""What counts become on a machine: operations a byte, rates, training runs, energy."""

from mathdl.checks import positive_number, refuses_overflow, whole_number


@refuses_overflow
def arithmetic_intensity(
    n_samples: int, n_in: int, n_out: int, *, bytes_per_number: int = 4
) -> float:
    """Return how many operations an affine layer does for each byte that it must move.

    Parameters
    ----------
    n_samples, n_in, n_out : int
        Rows of the batch, inputs and outputs.
    bytes_per_number : int, default 4
        4 for float32, 2 for half precision.

    Returns
    -------
    float
        Operations a byte; a multiply-add counts as two.

    Raises
    ------
    ValueError
        If a number is not a positive integer.

    Notes
    -----
    2Bnm operations; Bn inputs and nm weights are read and Bm outputs written, each once.

    References
    ----------
    williams2009roofline, who call it operational intensity.

    Examples
    --------
    >>> round(arithmetic_intensity(1, 4096, 4096), 3), round(arithmetic_intensity(256, 4096, 4096))
    (0.5, 114)
    """
    b, n = whole_number(n_samples, "n_samples"), whole_number(n_in, "n_in")
    m, size = whole_number(n_out, "n_out"), whole_number(bytes_per_number, "bytes_per_number")
    return 2 * b * n * m / (size * (b * n + n * m + b * m))


@refuses_overflow
def attainable(intensity: float, peak: float, bandwidth: float) -> float:
    """Return the rate of operations that the roofline allows.

    Parameters
    ----------
    intensity : float
        Operations a byte, greater than 0.
    peak : float
        Operations a second that the machine can do at most, greater than 0.
    bandwidth : float
        Bytes a second that its memory can deliver, greater than 0.

    Returns
    -------
    float
        min(peak, intensity·bandwidth), in operations a second.

    Raises
    ------
    ValueError
        If a number is not positive.

    References
    ----------
    williams2009roofline, the formula on p. 67.

    Examples
    --------
    >>> attainable(0.5, peak=100, bandwidth=10)
    5.0
    """
    rate = positive_number(intensity, "intensity") * positive_number(bandwidth, "bandwidth")
    return min(positive_number(peak, "peak"), rate)


@refuses_overflow
def training_operations(parameters: float, samples: float) -> float:
    """Return the operations that training a dense network takes, to a first approximation.

    Parameters
    ----------
    parameters : float
        Weights that multiply, greater than 0.
    samples : float
        Samples or tokens seen, counted as often as seen, greater than 0.

    Returns
    -------
    float
        6·parameters·samples: 2 a weight for the forward pass, 4 for the backward pass.

    Raises
    ------
    ValueError
        If a number is not positive.

    References
    ----------
    kaplan2020scaling, Section 2.1.

    Examples
    --------
    >>> training_operations(10, 2)
    120.0
    """
    return 6 * positive_number(parameters, "parameters") * positive_number(samples, "samples")


@refuses_overflow
def energy(operations: float, *, rate: float, power: float, overhead: float = 1.0) -> float:
    """Return the electrical energy of a computation in kilowatt-hours.

    Parameters
    ----------
    operations : float
        How many, greater than 0.
    rate : float
        Operations a second that one device really does, greater than 0.
    power : float
        Watts that it draws meanwhile, greater than 0.
    overhead : float, default 1
        By what cooling and supply multiply it ("PUE"), at least 1.

    Returns
    -------
    float
        operations/rate seconds at that power, in kWh (3.6 million joules each).

    Raises
    ------
    ValueError
        If a number is out of range.

    References
    ----------
    patterson2021carbon, Section 2.

    Examples
    --------
    >>> energy(3.6e15, rate=1e12, power=1000)  # an hour at 1 kW
    1.0
    """
    seconds = positive_number(operations, "operations") / positive_number(rate, "rate")
    factor = positive_number(overhead, "overhead")
    if factor < 1:
        raise ValueError(f"overhead must be at least 1, but is {factor:g}.")
    return seconds * positive_number(power, "power") * factor / 3.6e6
