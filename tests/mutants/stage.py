"""Copy the repository to where mutmut may work, in a form in which it can reach every function."""

import os
import shutil
import signal
import subprocess
import sys
from fnmatch import fnmatch
from pathlib import Path

import libcst
from libcst import matchers

from tests.mutants.again import only_at_import
from tests.mutants.groups import EXAMPLES, PYTEST, ROOT, Group
from tests.mutants.score import listed_equivalents
from tests.mutants.verdicts import drop_unreadable, forget_survivors

# mutmut knows the first two itself; the others wrap nothing.
LEFT = ("staticmethod", "classmethod", "abstractmethod", "overload")


CHECKED = matchers.Call(matchers.Name("checked"))


class _Defaults(libcst.CSTTransformer):
    """Put defaults into a form that mutmut leaves alone: no plain name, number or text."""

    def leave_Param(  # noqa: N802 - the name is libcst's
        self, original_node: libcst.Param, updated_node: libcst.Param
    ) -> libcst.Param:
        """Write a default as the only element of a tuple."""
        if updated_node.default is None:
            return updated_node
        alone = libcst.Tuple([libcst.Element(updated_node.default)])
        first = libcst.SubscriptElement(libcst.Index(libcst.Integer("0")))
        return updated_node.with_changes(default=libcst.Subscript(alone, [first]))


class Plainer(libcst.CSTTransformer):
    """Say the same to Python in words that mutmut can change.

    ``@d def f(): …`` becomes ``def f(): …; f = d(f)``, and ``cast(type, value)`` its value. Of
    ``zip(…, strict=True)`` the promise goes, which no caller can break: the entry has checked it;
    and so does ``encoding="utf-8"``, which is what our machines take anyway. ``@checked`` fills in
    the defaults of the function that it was given, never a mutant's: mutmut is not to see them.
    """

    def leave_FunctionDef(  # noqa: N802 - the name is libcst's
        self, original_node: libcst.FunctionDef, updated_node: libcst.FunctionDef
    ) -> libcst.FunctionDef | libcst.FlattenSentinel[libcst.BaseStatement]:
        """Move the decorators of a function into assignments after it, innermost first."""
        decorators = [each.decorator for each in updated_node.decorators]
        named = [each for each in decorators if isinstance(each, libcst.Name)]
        if not decorators or any(name.value in LEFT for name in named):
            return updated_node
        if any(matchers.matches(each, CHECKED) for each in decorators):
            updated_node = updated_node.with_changes(params=updated_node.params.visit(_Defaults()))
        name = updated_node.name
        wrapped = [
            libcst.SimpleStatementLine([libcst.Assign([libcst.AssignTarget(name)], call)])
            for call in (libcst.Call(each, [libcst.Arg(name)]) for each in reversed(decorators))
        ]
        return libcst.FlattenSentinel([updated_node.with_changes(decorators=()), *wrapped])

    def leave_Call(  # noqa: N802
        self, original_node: libcst.Call, updated_node: libcst.Call
    ) -> libcst.BaseExpression:
        """Take the value out of a cast, and leave out arguments that decide nothing here."""
        is_zip = matchers.matches(updated_node.func, matchers.Name("zip"))
        idle = {"encoding", "strict"} if is_zip else {"encoding"}
        kept = [each for each in updated_node.args if _keyword(each) not in idle]
        if len(kept) < len(updated_node.args):
            return updated_node.with_changes(args=kept)
        if not matchers.matches(updated_node.func, matchers.Name("cast")):
            return updated_node
        value = updated_node.args[1].value
        brackets = {"lpar": [libcst.LeftParen()], "rpar": [libcst.RightParen()]}
        return value if value.lpar else value.with_changes(**brackets)


def _keyword(argument: libcst.Arg) -> str:
    return argument.keyword.value if argument.keyword else ""


def stage(group: Group, folder: Path, only: str) -> None:
    """Bring the copy in `folder` up to date; survivors are tried again if a test changed."""
    drop_unreadable(folder)
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    names = {name for name in listed.stdout.splitlines() if (ROOT / name).is_file()}
    changed = [name for name in sorted(names) if _copied(name, group, folder)]
    for path in [*(folder / "tests").rglob("*.py"), *(folder / group.source).rglob("*.py")]:
        if path.relative_to(folder).as_posix() not in names:
            path.unlink()
            (folder / "mutants" / path.relative_to(folder)).unlink(missing_ok=True)
    shutil.copyfile(Path(__file__).with_name("doctests.py"), folder / EXAMPLES)
    top = sorted({name.partition("/")[0] for name in names} - {group.source})
    lists = {
        "source_paths": [group.source],
        "only_mutate": group.mutated if only == "*" else [only],
        "do_not_mutate": group.spared,
        "also_copy": top,
        "pytest_add_cli_args": PYTEST,
        "pytest_add_cli_args_test_selection": group.judges(),
    }
    numbers = {
        "timeout_constant": 4.0,
        "timeout_multiplier": 8.0,
        "on_dependency_change": "ignore",
    }
    # A list stands on indented lines of its own; a single value on the line of its name.
    text = "".join(f"{key} =\n  " + "\n  ".join(lines) + "\n" for key, lines in lists.items())
    text += "".join(f"{key} = {value}\n" for key, value in numbers.items())
    (folder / "setup.cfg").write_text(f"[mutmut]\n{text}", encoding="utf-8")
    if any(fnmatch(name, "tests/*test_*.py") for name in changed):
        forget_survivors(folder, listed_equivalents(folder), only_at_import(folder))


def plainer(content: bytes) -> bytes:
    """Return a module in words that mutmut can change."""
    return libcst.parse_module(content).visit(Plainer()).bytes


def _copied(name: str, group: Group, folder: Path) -> bool:
    """Copy a file if it differs from its copy, whose time tells mutmut what is new."""
    content, target = (ROOT / name).read_bytes(), folder / name
    mode = (ROOT / name).stat().st_mode
    if name.endswith(".py") and name.startswith(f"{group.source}/"):
        content = plainer(content)
    if target.is_file() and target.read_bytes() == content and target.stat().st_mode == mode:
        return False
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)
    target.chmod(mode)
    return True


def mutate(group: Group, folder: Path, jobs: int, minutes: float | None) -> None:
    """Run mutmut in `folder`, until all is tried or the time is over."""
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "PYTHONPATH": str(ROOT)}
    environment |= group.environment()
    environment.pop("EXPLORABLE_BOOK", None)
    command = [sys.executable, "-m", "tests.mutants.operators", "run", "--max-children", str(jobs)]
    with subprocess.Popen(command, cwd=folder, env=environment) as running:
        try:
            running.wait(60 * minutes if minutes else None)
        except subprocess.TimeoutExpired:
            running.send_signal(signal.SIGINT)  # mutmut stops as at Ctrl+C and keeps its results
    if running.returncode:
        sys.exit(running.returncode)
