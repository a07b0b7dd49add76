"""Many workers, one gradient: shards, and the weighted mean of their gradients."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from joblib import Parallel, delayed

from explorable.checks import WORKERS, Array, ArrayLike, array, checked, one_of, several, whole
from mathdl.backward import LayerGradients, loss_and_gradients
from mathdl.concepts import LOSSES, TARGET
from mathdl.equations import equation
from mathdl.forward import NETWORK, Layer

__all__ = ["ShardedGradients", "data_parallel_gradients"]


class ShardedGradients(NamedTuple):
    """What a data-parallel step computes.

    Attributes
    ----------
    loss : float
        The loss on all samples.
    gradients : list of LayerGradients
        Its gradients, first layer first.
    """

    loss: float
    gradients: list[LayerGradients]


@equation("outlook-data-parallel")
@checked(
    layers=NETWORK,
    loss=one_of(LOSSES),
    n_jobs=WORKERS,
    x=array("n_samples", "n_in"),
    target=TARGET,
    sizes=several(whole()),
    refuses="the sizes do not add up to the number of samples",
)
def data_parallel_gradients(
    layers: Sequence[Layer],
    x: ArrayLike,
    target: ArrayLike,
    loss: str,
    *,
    sizes: Sequence[int],
    n_jobs: int = -1,
) -> ShardedGradients:
    """Compute a loss and its gradients shard by shard, each on whichever worker is free.

    Parameters
    ----------
    layers
        The network; each worker gets a copy.
    x
        Samples.
    target
        What was wanted, one row or label a sample.
    loss
        Its name; all of them are means over the samples.
    sizes
        Samples of each shard, in order; they add up to n_samples.
    n_jobs
        Workers of joblib: -1 means all cores, or all workers of the cluster that
        ``joblib.parallel_config`` names.

    Returns
    -------
    ShardedGradients
        The same as `mathdl.backward.loss_and_gradients` of all samples, up to rounding.

    Notes
    -----
    ∇L = Σ_k (m_k / n) ∇L_k for shards of m_k samples. For equal shards it is the plain mean.

    Examples
    --------
    >>> layers = [Layer([[1.0]], [0.0])]
    >>> x, y = [[1.0], [2.0], [3.0]], [[0.0], [0.0], [0.0]]
    >>> step = data_parallel_gradients(layers, x, y, "mean_squared_error", sizes=[2, 1], n_jobs=1)
    >>> print(round(step.loss, 6), step.gradients[0].weights.round(6))  # 14/3 and 28/3
    4.666667 [[9.333333]]
    """
    if sum(sizes) != len(x):
        raise ValueError(f"sizes must add up to {len(x)}, but add up to {sum(sizes)}.")
    ends = np.cumsum(sizes)[:-1]
    shards = zip(np.split(x, ends), np.split(target, ends), strict=True)
    results = Parallel(n_jobs=n_jobs)(
        delayed(loss_and_gradients)(list(layers), *shard, loss) for shard in shards
    )
    return _weighted_mean(results, np.array(sizes) / len(x))


def _weighted_mean(results: Sequence[Any], shares: Array) -> ShardedGradients:
    loss = sum(share * value for share, (value, _) in zip(shares, results, strict=True))
    gradients = [
        LayerGradients(
            *(
                np.tensordot(shares.astype(parts[0].dtype), np.stack(parts), axes=1)
                for parts in zip(*layer_parts, strict=True)
            )
        )
        for layer_parts in zip(*(gradients for _, gradients in results), strict=True)
    ]
    return ShardedGradients(float(loss), gradients)
