"""Random numbers: those that were published, those of the page, and what they are like."""

from statistics import NormalDist

import numpy as np
import pytest

from explorable.trace.pcg32 import PCG32
from tests.explorable.trace.playing import Player

PUBLISHED = [0xA15C02B7, 0x7B47F409, 0xBA1D3330, 0x83D2F293, 0xBFA4784B, 0xCBED606E]


@pytest.mark.browser
def test_the_same_in_the_page_to_the_last_bit(player: Player):
    for seed in (0, 42, 2**40 + 7):
        rng = PCG32(seed)
        here = [rng.bits(), rng.uniform(-2, 3, 500), rng.standard_normal(5000),
                rng.below(7), *(rng.below(3 * 2**30) for _ in range(9)), rng.permutation(300),
                rng.choice(9, 20), rng.choice(9, 5, replace=False)]  # fmt: skip
        there = player.page.evaluate(
            """(seed) => { const rng = new traced.PCG32(seed);
            return [rng.bits(), rng.uniform(-2, 3, 500), rng.standardNormal(5000), rng.below(7),
                    ...Array.from({ length: 9 }, () => rng.below(3 * 2 ** 30)),
                    rng.permutation(300), rng.choice(9, 20), rng.choice(9, 5, false)]
              .map((drawn) => typeof drawn === "number" ? drawn : Array.from(drawn)); }""",
            seed,
        )
        for ours, theirs in zip(here, there, strict=True):
            np.testing.assert_array_equal(ours, theirs)


def test_normal_numbers_are_quantiles_of_the_uniform_ones_and_whole_ones_as_probable():
    u = PCG32(3).uniform(size=20000)
    x = PCG32(3).standard_normal(20000)
    assert u.min() < 1e-4
    np.testing.assert_allclose(
        x, [NormalDist().inv_cdf(p + 2**-54) for p in u], rtol=3e-9, atol=1e-12
    )
    rng = PCG32(1)
    counts = np.bincount([rng.below(7) for _ in range(7000)])
    assert abs(counts - 1000).max() < 4 * np.sqrt(1000)
    firsts = [PCG32(seed).permutation(5)[0] for seed in range(1000)]
    assert abs(np.bincount(firsts) - 200).max() < 4 * np.sqrt(200)
    assert sorted(PCG32(2).choice(10, 10, replace=False)) == list(range(10))
    rng = PCG32(42, 54)
    assert [rng.bits() for _ in PUBLISHED] == PUBLISHED
