"""What a judgement says."""

from dataclasses import dataclass


@dataclass(frozen=True, eq=False, repr=False)
class Verdict:
    """The verdict on a reader's function. It is true if the function passed, and prints in words.

    Attributes
    ----------
    passed : bool
        Whether the function gave the right result in every example.
    message : str
        The verdict in words: what was checked, or the smallest example that went wrong.
    task : str
        The name of the task, if anything was written for it.
    name : str
        The verdict in a word or two, for a table: the mistake, if it is a known one.
    """

    passed: bool
    message: str
    task: str = ""
    name: str = "not right"

    def __bool__(self) -> bool:
        return self.passed

    def __repr__(self) -> str:
        return self.message
