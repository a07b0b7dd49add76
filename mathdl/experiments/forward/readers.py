"""Several networks that read digits, alike but for chance."""

from collections.abc import Sequence

import numpy as np

from mathdl.checks import WORKERS, checked, several, whole
from mathdl.experiments.gradient_descent import train_digits
from mathdl.forward import Layer


@checked(seeds=several(whole(0), at_least=1), n_epochs=whole(), n_jobs=WORKERS)
def train_readers(
    seeds: Sequence[int], *, n_epochs: int = 12, n_jobs: int = -1
) -> list[list[Layer]]:
    """Train one network a seed with `mathdl.experiments.gradient_descent.train_digits`.

    Parameters
    ----------
    seeds
        Everything random in a network's training comes from its seed.
    n_epochs
        How often each digit is seen.
    n_jobs
        Over how many workers joblib spreads the trainings; -1 means all cores, or the cluster
        that ``joblib.parallel_config`` names.

    Returns
    -------
    list of list of Layer
        The trained networks, in the order of the seeds.

    Examples
    --------
    >>> (reader,) = train_readers([0], n_epochs=1, n_jobs=1)
    >>> [layer.weights.shape for layer in reader]
    [(128, 64), (64, 128), (10, 64)]
    """
    # Not above: importing joblib takes longer than all the rest of this chapter's kernels.
    from joblib import Parallel, delayed

    return list(Parallel(n_jobs=n_jobs)(delayed(_trained)(seed, n_epochs) for seed in seeds))


def _trained(seed: int, n_epochs: int) -> list[Layer]:
    return train_digits(np.random.default_rng(seed), n_epochs=n_epochs).layers
