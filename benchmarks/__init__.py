"""Side-by-side timings of the kernels, explorers, pages and builds: ``python -m benchmarks``."""
