"""The mathematics of deep learning, one tested NumPy module a chapter."""

__version__ = "0.1.0"
