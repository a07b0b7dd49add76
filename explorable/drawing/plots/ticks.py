"""Where the ticks of an axis stand, and how they are written."""

import math

from explorable.drawing.plots.chart import Chart

_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def linear_ticks(lower: float, upper: float, most: int = 6) -> list[float]:
    """Return round numbers from an interval: multiples of 1, 2 or 5 times a power of ten.

    Parameters
    ----------
    lower, upper : float
        The interval's ends.
    most : int, default 6
        How many there may be.

    Returns
    -------
    list of float
        At least two, ascending.

    Examples
    --------
    >>> linear_ticks(0.0, 1.0)
    [0.0, 0.2, 0.4, 0.6, 0.8, 1.0]
    >>> linear_ticks(-3.0, 117.0)
    [0.0, 20.0, 40.0, 60.0, 80.0, 100.0]
    """
    power = 10.0 ** (math.floor(math.log10(upper - lower)) - 1)
    for step in (power * factor for factor in (1, 2, 5, 10, 20, 50, 100)):
        first, last = math.ceil(lower / step - 1e-9), math.floor(upper / step + 1e-9)
        if last - first < most:
            break
    return [float(f"{count * step:.12g}") for count in range(first, last + 1)]


def log_ticks(lower: float, upper: float, most: int = 6) -> list[float]:
    """Return powers of ten from an interval, or 1, 2 and 5 times them if there are too few.

    Parameters
    ----------
    lower, upper : float
        The interval's ends, greater than 0.
    most : int, default 6
        How many powers there may be.

    Returns
    -------
    list of float
        Ascending.

    Examples
    --------
    >>> log_ticks(0.003, 2000.0)
    [0.01, 0.1, 1.0, 10.0, 100.0, 1000.0]
    >>> log_ticks(3.0, 60.0)
    [5.0, 10.0, 20.0, 50.0]
    """
    first, last = math.ceil(math.log10(lower) - 1e-9), math.floor(math.log10(upper) + 1e-9)
    if last - first < 2:
        exponents = range(first - 1, last + 1)
        ticks = [float(f"{factor}e{exponent}") for exponent in exponents for factor in (1, 2, 5)]
        inside = [tick for tick in ticks if lower * (1 - 1e-9) <= tick <= upper * (1 + 1e-9)]
        return inside if len(inside) > 1 else linear_ticks(lower, upper, most)
    every = -(-(last - first + 1) // most)
    return [float(f"1e{exponent}") for exponent in range(first, last + 1, every)]


def tick_label(value: float) -> str:
    """Write a tick: with a true minus, thousands apart, powers of ten where they are shorter.

    Parameters
    ----------
    value : float
        The tick.

    Returns
    -------
    str
        How the book writes it.

    Examples
    --------
    >>> [tick_label(value) for value in (-0.25, 20000.0, 1e-4, 3e7)]
    ['−0.25', '20,000', '10⁻⁴', '3·10⁷']
    """
    if value == 0 or 1e-3 <= abs(value) < 1e6:
        return f"{value:,.12g}".replace("-", "−")
    mantissa, exponent = f"{value:.5e}".split("e")
    factor, power = f"{float(mantissa):g}", "10" + _raised(int(exponent))
    shorter = {"1": power, "-1": f"-{power}"}
    return shorter.get(factor, f"{factor}·{power}").replace("-", "−")


def chart_ticks(chart: Chart, axis: str) -> list[tuple[float, str]]:
    """Return where the ticks of a chart stand, and what is written there.

    Parameters
    ----------
    chart : Chart
        The chart.
    axis : {"x", "y"}
        Which axis.

    Returns
    -------
    list of (float, str)
        Ticks and labels. On a logarithmic axis that spans thousands all labels are powers.
    """
    span = chart.span(axis)
    if axis not in chart.log:
        return [(tick, tick_label(tick)) for tick in linear_ticks(*span)]
    ticks = log_ticks(*span)
    wide = any(not 1e-3 < tick < 1e3 for tick in ticks)
    powers = wide and all(math.log10(tick).is_integer() for tick in ticks)
    return [(tick, _power(tick) if powers else tick_label(tick)) for tick in ticks]


def _power(tick: float) -> str:
    exponent = round(math.log10(tick))
    return str(10**exponent) if exponent in (0, 1) else "10" + _raised(exponent)


def _raised(exponent: int) -> str:
    return str(exponent).translate(_SUPERSCRIPTS)
