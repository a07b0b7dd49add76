"""Which machine the numbers are from, and the settings that would spoil them."""

import os
import platform
import sys
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

RIVALS = ("torch", "jax", "scikit-learn")
"""The packages that the kernels are compared with."""

SLOWING = ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE")
"""Settings for old builds of OpenBLAS that make a current NumPy choose slower kernels."""


def what_to_install(purpose: str, packages: Sequence[str]) -> str:
    """Say which of some packages is missing, and how to get it; nothing if none is."""
    missing = [package for package in packages if not _is_installed(package)]
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

    blas = np.show_config(mode="dicts")["Build Dependencies"]["blas"]
    names = ("numpy", *RIVALS)
    packages = ", ".join(f"{name} {version(name)}" for name in names if _is_installed(name))
    return (
        f"{_processor()}, {os.cpu_count()} cores, {platform.system()} {platform.machine()}, "
        f"load {os.getloadavg()[0]:.1f}\n"
        f"Python {platform.python_version()}, {packages}; NumPy's BLAS is {blas['name']} "
        f"{blas['version']}"
    )


def _is_installed(package: str) -> bool:
    try:
        return bool(version(package))
    except PackageNotFoundError:
        return False


def _processor() -> str:
    information = Path("/proc/cpuinfo")
    if information.exists():
        for line in information.read_text().splitlines():
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    return platform.processor() or "unknown processor"
