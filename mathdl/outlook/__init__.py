"""What is hard about deep networks: explaining them, trusting them on new data, paying for them.

One module an idea: attribution; decomposition, random_features and labels; counting, budget and
parallel.
"""

from mathdl.gradient_descent import accuracy
from mathdl.outlook.attribution import (
    completeness_gap,
    edge_map,
    erase_top,
    guided_backpropagation,
    input_gradient,
    integrated_gradients,
    randomize_top,
    rank_correlation,
)
from mathdl.outlook.budget import arithmetic_intensity, attainable, energy, training_operations
from mathdl.outlook.counting import (
    NETWORKS,
    Cost,
    Operation,
    alexnet,
    convolution,
    cost,
    dense,
    gpt2,
    lenet5,
    multilayer,
    normalization,
    resnet50,
    vgg16,
)
from mathdl.outlook.decomposition import (
    Decomposition,
    decompose,
    legendre_features,
    repeated_fits,
)
from mathdl.outlook.parallel import (
    ShardedGradients,
    data_parallel_gradients,
    shard_sizes,
)
from mathdl.outlook.random_features import (
    minimum_norm,
    random_relu_features,
    ridge_fit,
)

__all__ = [
    "NETWORKS",
    "Cost",
    "Decomposition",
    "Operation",
    "ShardedGradients",
    "accuracy",
    "alexnet",
    "arithmetic_intensity",
    "attainable",
    "completeness_gap",
    "convolution",
    "cost",
    "data_parallel_gradients",
    "decompose",
    "dense",
    "edge_map",
    "energy",
    "erase_top",
    "gpt2",
    "guided_backpropagation",
    "input_gradient",
    "integrated_gradients",
    "legendre_features",
    "lenet5",
    "minimum_norm",
    "multilayer",
    "normalization",
    "random_relu_features",
    "randomize_top",
    "rank_correlation",
    "repeated_fits",
    "resnet50",
    "ridge_fit",
    "shard_sizes",
    "training_operations",
    "vgg16",
]
