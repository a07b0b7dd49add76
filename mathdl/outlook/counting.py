"""How large networks are and how much they multiply, counted operation by operation."""

import itertools
from collections.abc import Callable, Sequence
from typing import NamedTuple

from explorable.checks import FLAG, checked, instance, several, whole
from mathdl.equations import equation, source
from mathdl.forward import WIDTHS

__all__ = [
    "NETWORKS",
    "Cost",
    "convolution",
    "cost",
    "dense",
    "gpt2",
    "multilayer",
    "normalization",
    "resnet50",
]


class Cost(NamedTuple):
    """What an operation, or a whole network, costs for one sample.

    Attributes
    ----------
    parameters : int
        Numbers that are learned.
    multiply_adds : int
        Multiply-adds of its products; adding a bias, normalising and activating are not counted.
    """

    parameters: int
    multiply_adds: int


@equation("outlook-dense-cost")
@checked(n_in=whole(at_most=10**9), n_out=whole(at_most=10**9), positions=whole(at_most=10**9))
def dense(n_in: int, n_out: int, *, positions: int = 1) -> Cost:
    """Count an affine layer, applied at one or more positions with the same weights.

    Parameters
    ----------
    n_in, n_out
        Inputs and outputs at one position.
    positions
        How often it is applied to a sample, for instance once a token.

    Returns
    -------
    Cost
        (n_in + 1)·n_out parameters, positions·n_in·n_out multiply-adds.

    Examples
    --------
    >>> dense(64, 128)
    Cost(parameters=8320, multiply_adds=8192)
    """
    return Cost((n_in + 1) * n_out, positions * n_in * n_out)


@equation("outlook-convolution-cost")
@source("goodfellow2016deep, Section 9.5.")
@checked(
    channels=whole(at_most=10**9),
    filters=whole(at_most=10**9),
    kernel=whole(at_most=10**9),
    side=whole(at_most=10**9),
    bias=FLAG,
)
def convolution(channels: int, filters: int, kernel: int, side: int, *, bias: bool = True) -> Cost:
    """Count a convolution with square kernels on a square image.

    Parameters
    ----------
    channels, filters
        Channels that go in and come out.
    kernel
        Side of the kernel.
    side
        Side of the image that comes out.
    bias
        Whether each filter has a bias.

    Returns
    -------
    Cost
        One weight for each of kernel²·channels inputs of a filter, used at side² places.

    Examples
    --------
    >>> convolution(1, 6, 5, 28)
    Cost(parameters=156, multiply_adds=117600)
    """
    c, f, k, s = channels, filters, kernel, side
    weights = k * k * c * f
    return Cost(weights + f * bias, weights * s * s)


@checked(channels=whole(at_most=10**9))
def normalization(channels: int) -> Cost:
    """Count a normalisation that learns a scale and a shift for each channel.

    Parameters
    ----------
    channels
        Channels, or features of a token.

    Returns
    -------
    Cost
        2·channels parameters, no multiply-adds.

    Examples
    --------
    >>> normalization(64)
    Cost(parameters=128, multiply_adds=0)
    """
    return Cost(2 * channels, 0)


@checked(operations=several(instance(Cost), at_least=1))
def cost(operations: Sequence[Cost]) -> Cost:
    """Add up what the operations of a network cost for one sample.

    Parameters
    ----------
    operations
        At least one.

    Returns
    -------
    Cost
        The sums.

    Examples
    --------
    >>> cost([dense(64, 128), dense(128, 64), dense(64, 10)])
    Cost(parameters=17226, multiply_adds=17024)
    """
    return Cost(
        parameters=sum(each.parameters for each in operations),
        multiply_adds=sum(each.multiply_adds for each in operations),
    )


@checked(sizes=WIDTHS)
def multilayer(sizes: Sequence[int]) -> list[Cost]:
    """List the affine layers of a fully connected network.

    Parameters
    ----------
    sizes
        Width of the input, of each hidden layer and of the output.

    Returns
    -------
    list of Cost
        One a layer.

    Examples
    --------
    >>> [layer.multiply_adds for layer in multilayer([64, 128, 64, 10])]
    [8192, 8192, 640]
    """
    return [dense(n, m) for n, m in itertools.pairwise(sizes)]


@source("he2016deep, Table 1.")
def resnet50() -> list[Cost]:
    """List ResNet-50 as published: the first convolution of a stage halves the image.

    Returns
    -------
    list of Cost
        Convolutions without bias, each with its normalisation, and one affine layer.

    Examples
    --------
    >>> sum(operation.parameters for operation in resnet50())
    25557032
    """
    rows = _normalized(3, 64, 7, 112)
    channels = 64
    for blocks, width, side in [(3, 64, 56), (4, 128, 28), (6, 256, 14), (3, 512, 7)]:
        for block in range(blocks):
            rows += _normalized(channels, width, 1, side) + _normalized(width, width, 3, side)
            rows += _normalized(width, 4 * width, 1, side)
            if block == 0:  # the shortcut must change its width
                rows += _normalized(channels, 4 * width, 1, side)
            channels = 4 * width
    return [*rows, dense(2048, 1000)]


def _normalized(channels: int, filters: int, kernel: int, side: int) -> list[Cost]:
    return [convolution(channels, filters, kernel, side, bias=False), normalization(filters)]


@source("radford2019language, Section 2.3 and Table 2.")
@checked(
    blocks=whole(at_most=10_000),
    width=whole(at_most=10**9 // 4),
    context=whole(at_most=10**9),
    vocabulary=whole(at_most=10**9),
)
def gpt2(
    *, blocks: int = 12, width: int = 768, context: int = 1024, vocabulary: int = 50257
) -> list[Cost]:
    """List GPT-2 on a full context of tokens; by default the smallest one.

    Parameters
    ----------
    blocks
        Attention blocks.
    width
        Features of a token.
    context
        Tokens that are read at once.
    vocabulary
        Different tokens.

    Returns
    -------
    list of Cost
        The output layer shares its weights with the embedding, which looks up and multiplies
        nothing. Attention is counted in full, without leaving out masked pairs.

    Examples
    --------
    >>> cost(gpt2()).parameters, cost(gpt2(blocks=48, width=1600)).parameters
    (124439808, 1557611200)
    """
    d, n, v = width, context, vocabulary
    block = [
        normalization(d),
        dense(d, 3 * d, positions=n),  # queries, keys, values
        Cost(0, 2 * n * n * d),  # attention
        dense(d, d, positions=n),
        normalization(d),
        dense(d, 4 * d, positions=n),
        dense(4 * d, d, positions=n),
    ]
    return [
        Cost((v + n) * d, 0),  # embedding
        *block * blocks,
        normalization(d),
        Cost(0, n * d * v),  # output
    ]


NETWORKS: dict[str, Callable[[], list[Cost]]] = {
    "digits": lambda: multilayer([64, 128, 64, 10]),
    "ResNet-50": resnet50,
    "GPT-2 small": gpt2,
}
"""The book's network and two published ones, each as a function that lists its operations."""
