"""What is hard about deep networks: explaining them, trusting them on new data, paying for them.

One module an idea: attribution; decomposition and random_features; counting, budget and parallel.
"""

from mathdl.gradient_descent import accuracy
from mathdl.outlook import attribution, budget, counting, decomposition, parallel, random_features
from mathdl.outlook.attribution import *
from mathdl.outlook.budget import *
from mathdl.outlook.counting import *
from mathdl.outlook.decomposition import *
from mathdl.outlook.parallel import *
from mathdl.outlook.random_features import *

__all__ = [
    *attribution.__all__,
    *budget.__all__,
    *counting.__all__,
    *decomposition.__all__,
    *parallel.__all__,
    *random_features.__all__,
    "accuracy",
]
