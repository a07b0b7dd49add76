"""Which machine the numbers are from, and the settings that would spoil them."""

import importlib.util
import os
import platform
import sys
from importlib.metadata import version
from pathlib import Path

SLOWING = ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE")
"""Settings for old builds of OpenBLAS that make a current NumPy choose slower kernels."""


def what_to_install(purpose: str) -> str:
    """Say which of PyTorch and scikit-learn is missing, and how to get it; nothing if neither."""
    missing = [
        package
        for package, module in [("torch", "torch"), ("scikit-learn", "sklearn")]
        if importlib.util.find_spec(module) is None
    ]
    if not missing:
        return ""
    return (
        f"{purpose} {' and '.join(missing)}, not installed here. Install: "
        f"{sys.executable} -m pip install -r benchmarks/requirements.txt"
    )


def restart_with_settings(threads: int | None) -> None:
    """Start this process again where the environment must differ, as BLAS reads it when loaded."""
    wanted = {name: value for name, value in os.environ.items() if name not in SLOWING}
    if threads is not None:
        wanted |= dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"), str(threads))
    if wanted != dict(os.environ):
        os.execve(sys.executable, [sys.executable, "-m", "benchmarks", *sys.argv[1:]], wanted)


def described() -> str:
    """Return processor, cores and versions in two lines."""
    import numpy as np
    import torch

    blas = np.show_config(mode="dicts")["Build Dependencies"]["blas"]
    packages = ", ".join(f"{name} {version(name)}" for name in ("numpy", "torch", "scikit-learn"))
    return (
        f"{_processor()}, {os.cpu_count()} cores, {platform.system()} {platform.machine()}, "
        f"load {os.getloadavg()[0]:.1f}\n"
        f"Python {platform.python_version()}, {packages}; NumPy's BLAS is {blas['name']} "
        f"{blas['version']}, PyTorch uses {torch.get_num_threads()} threads"
    )


def _processor() -> str:
    information = Path("/proc/cpuinfo")
    if information.exists():
        for line in information.read_text().splitlines():
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    return platform.processor() or "unknown processor"
