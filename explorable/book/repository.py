"""Where this copy of the book lives, learnt from the environment and never invented."""

import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from explorable.book.notebooks.jupyter import repository_of_library

REMOTE = re.compile(
    r"^(?:https?://(?:[^@/]+@)?|ssh://(?:[^@/]+@)?|[^@/]+@)(?P<host>[^/:]+)(?::\d+)?[:/]+"
    r"(?P<name>[^?#]+?)(?:\.git)?/?$"
)


@dataclass(frozen=True)
class Repository:
    """A public repository: its address, its name on its host, and the branch that is built."""

    url: str
    name: str
    branch: str

    @property
    def host(self) -> str:
        """Return the host's name, such as github.com."""
        return self.url.split("/")[2]


def find_repository(root: Path) -> Repository | None:
    """Return the repository named by GITHUB_REPOSITORY, else by git's origin, else None."""
    if name := os.environ.get("GITHUB_REPOSITORY"):
        server = os.environ.get("GITHUB_SERVER_URL", "https://github.com").rstrip("/")
        branch = os.environ.get("GITHUB_REF_NAME") or "main"
        return Repository(f"{server}/{name}", name, branch)
    match = REMOTE.match(git(root, "remote", "get-url", "origin"))
    if match is None or "." not in match["host"]:
        return None
    branch = git(root, "rev-parse", "--abbrev-ref", "HEAD")
    url = f"https://{match['host']}/{match['name']}"
    return Repository(url, match["name"], "main" if branch in ("", "HEAD") else branch)


def described(root: Path) -> dict[str, Any] | None:
    """Return what pages say of the repository, if there is one."""
    repository = find_repository(root)
    if repository is None:
        return None
    installs = bool(repository_of_library(root))
    return vars(repository) | {"host": repository.host, "installs": installs}


def git(root: Path, *arguments: str) -> str:
    """Return what git says in a folder of its own, or nothing."""
    if not (root / ".git").exists():
        return ""
    try:
        result = subprocess.run(
            ["git", *arguments], cwd=root, capture_output=True, text=True, check=False
        )
    except OSError:
        return ""
    return result.stdout.strip() if result.returncode == 0 else ""
