"""Numbers and sentences that the page writes, beside Python's."""

import random
import struct

import pytest

from explorable.sentences import number
from tests.explorable.trace.playing import Player

pytestmark = pytest.mark.browser

SPECS = """.3g .2f ,.0f g d .0% .1e .0f .1f .5f .4g .1g .2g +.2f .1% ,.3g ,.2f .0e .10g .17g .20f
         e f %""".split()  # noqa: SIM905 - easier to read
VALUES = [0.0, -0.0, 0.5, 1.5, 2.5, -0.5, 0.125, 0.375, 2.675, 99.5, 9.5, 0.05, 999.5, 9.995,
          1e21, 1e22, 99950000.0, 1e15, 1e16, 5e-324, 1e308, 1e-4, 1e-5, 0.00012345, 1e5,
          1e6, 1234567.0, 1 / 3, float("inf"), float("-inf"), float("nan")]  # fmt: skip


def drawn(n):
    """Return numbers of all kinds, many of which lie right between two that can be written."""
    rng = random.Random(0)
    for _ in range(n):
        yield rng.randint(-(10**6), 10**6) / 2 ** rng.randint(0, 12)
        yield (2 * rng.randint(0, 500) + 1) / 2 * 10.0 ** rng.randint(-3, 18)
        yield rng.randint(-(10**5), 10**5) / 10 ** rng.randint(0, 8)
        yield rng.gauss(0, 1) * 10.0 ** rng.randint(-12, 12)
        yield struct.unpack("d", struct.pack("Q", rng.getrandbits(64)))[0]


def in_the_page(player: Player, cases):
    kinds = [("n" if type(value) is int else "", repr(value), spec) for value, spec in cases]
    return player.page.evaluate(
        """(cases) => cases.map(([whole, written, spec]) => {
          const value = whole ? BigInt(written) : Number(written.replace("inf", "Infinity"));
          return [traced.formatted(value, spec), traced.number(value, spec)];
        })""",
        kinds,
    )


def test_numbers_are_written_as_python_writes_them(player: Player):
    wholes = [0, 1, -1, 60, 1000, -12345, 10**6, 2**53]
    cases = [
        (value, spec) for value in [*VALUES, *drawn(50)] for spec in [*SPECS, ""] if spec != "d"
    ]
    cases += [(value, spec) for value in wholes for spec in [*SPECS, ""]]
    for (value, spec), (plain, ours) in zip(cases, in_the_page(player, cases), strict=True):
        assert plain == format(value, spec), (value, spec)
        assert ours == number(value, spec), (value, spec)


def test_a_template_is_filled(player: Player):
    fields = {"rule": "momentum", "x": -0.5}
    filled = player.page.evaluate(
        """(fields) => traced.filled("{{{rule}}} is at {x:.2f} after {n}.",
            { ...fields, n: 60n })""",
        fields,
    )
    assert filled == "{momentum} is at −0.50 after 60."
