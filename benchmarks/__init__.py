"""Side-by-side timings of the kernels: ``python -m benchmarks``."""
