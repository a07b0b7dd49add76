"""The mathematics of deep learning, one tested NumPy module a chapter."""
