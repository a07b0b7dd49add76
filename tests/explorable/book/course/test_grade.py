"""A class hands in its notebooks: each is judged, whatever the others do."""

import csv
import time

import pytest

from explorable.book.course.grade import main
from mathdl.forward.tasks import TASKS as FORWARD
from tests.explorable.book.course.hand_ins import (
    CHAPTERS,
    FEW,
    HOSTILE,
    MORE,
    chapter,
    hand_in,
    redone,
    stubs,
)


def grades(folder, notebooks, *options):
    """Return the table of a class, by the names of the notebooks."""
    hand_in(folder, notebooks)
    assert main([str(folder), *options]) == 0
    with (folder / "grades.csv").open(encoding="utf-8-sig", newline="") as opened:
        return {row.pop("notebook"): row for row in csv.DictReader(opened)}


def but(**others):
    """Return the row of a right notebook with some other verdicts."""
    row = dict.fromkeys(FORWARD, "right") | {"problem": ""} | others
    return row | {"right": str(list(row.values()).count("right"))}


def test_one_of_each_kind(tmp_path):
    table = grades(tmp_path, FEW, "--seconds=30")
    assert table.keys() == FEW.keys()
    mistakes = {table["wrong"][task] for task in FORWARD}
    assert "ReLU after the last layer" in mistakes, mistakes
    assert table.pop("wrong")["right"] == "0"
    for name in ("empty", "no-json"):
        nothing = dict.fromkeys(FORWARD, "") | {"problem": "no notebook", "right": "0"}
        assert table.pop(name) == nothing
    gone = [task for _, task, _ in list(stubs(FEW["untouched"]))[1::2]]
    assert table == {
        "right": but(),
        "untouched": but(**dict.fromkeys(FORWARD, "nothing written")),
        "endless": but(leaky_variance="no end"),
        "huge": but(leaky_variance="not right"),
        "exits": but(),
        "patched": but(),
        "commented": but(),
        "wrapped": but(),
        "deleted": but(**dict.fromkeys(gone, "missing")),
        "kernel": but(),
    }


def test_what_is_handed_in_makes_no_columns_and_no_formulas(tmp_path):
    (tmp_path / "loop.ipynb").symlink_to("loop.ipynb")
    table = grades(tmp_path, {"=1+1": redone("leaky_variance", HOSTILE)}, "--seconds=30")
    assert table["loop"]["problem"] == "no notebook"
    assert table["'=1+1"].keys() == {"right", *FORWARD, "problem"}
    assert table["'=1+1"]["leaky_variance"] == "'=1+1"


def test_a_table_that_cannot_be_written_is_told_before_all_else(tmp_path, capsys):
    hand_in(tmp_path, {"right": FEW["right"]})
    (tmp_path / "grades.csv").mkdir()
    assert main([str(tmp_path)]) == 1
    assert "Is a directory" in capsys.readouterr().err


@pytest.mark.proof
def test_a_class_in_five_minutes(tmp_path):
    started = time.perf_counter()
    table = grades(tmp_path, FEW | MORE)
    assert time.perf_counter() - started < 300
    assert table.keys() == (FEW | MORE).keys()
    asked = {name: str(len(list(stubs(chapter(name))))) for name in CHAPTERS}
    assert {name: table[name]["right"] for name in CHAPTERS} == asked
    assert table["mistaken"]["right"] == "1"  # the task that has but one
    assert "step before the velocity is renewed" in table["mistaken"].values()
    found = {
        name: (row["problem"], row["leaky_variance"])
        for name, row in table.items()
        if name in MORE
    }
    assert {name: said for name, said in found.items() if any(said)} == {
        "leaves": ("ended before its end", "not reached"),
        "fails": ("", "ZeroDivisionError"),
        "no-python": ("", "SyntaxError"),
        "magic": ("", "not right"),
        "deaf": ("out of time", "not reached"),
        "taken": ("", "the library's own"),
        "cells": ("no notebook", ""),
        "bytes": ("no notebook", ""),
        "poem": ("of no chapter", ""),
    }
