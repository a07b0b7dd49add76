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
from mathdl.outlook.labels import LabelTrial, learn_shuffled, shuffle_labels
from mathdl.outlook.parallel import (
    Ring,
    ShardedGradients,
    data_parallel_gradients,
    ring_all_reduce,
    shard_sizes,
)
from mathdl.outlook.random_features import (
    Risks,
    World,
    draw_world,
    feature_risks,
    minimum_norm,
    noise_gain,
    random_relu_features,
    ridge_fit,
)

__all__ = [
    "NETWORKS",
    "Cost",
    "Decomposition",
    "LabelTrial",
    "Operation",
    "Ring",
    "Risks",
    "ShardedGradients",
    "World",
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
    "draw_world",
    "edge_map",
    "energy",
    "erase_top",
    "feature_risks",
    "gpt2",
    "guided_backpropagation",
    "input_gradient",
    "integrated_gradients",
    "learn_shuffled",
    "legendre_features",
    "lenet5",
    "minimum_norm",
    "multilayer",
    "noise_gain",
    "normalization",
    "random_relu_features",
    "randomize_top",
    "rank_correlation",
    "repeated_fits",
    "resnet50",
    "ridge_fit",
    "ring_all_reduce",
    "shard_sizes",
    "shuffle_labels",
    "training_operations",
    "vgg16",
]
