"""Tasks are found in the modules that hold them."""

import sys

import pytest

from explorable.tutor import Tutor


@pytest.fixture
def tutor(tmp_path, monkeypatch):
    """Return the tutor of a library of three chapters, the last with more than one file."""
    files = {
        "few": 'TASKS = {"one": 1}  # "two" is another',
        "more": 'TASKS = {"two": 2}',
        "many": "from lessons_of_numbers.many.other_tasks import TASKS",
    }
    for chapter, text in files.items():
        folder = tmp_path / "lessons_of_numbers" / chapter
        folder.mkdir(parents=True)
        (folder / "tasks.py").write_text(text, encoding="utf-8")
    (folder / "other_tasks.py").write_text('TASKS = {"three": 3}', encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr("explorable.tutor.TITLES", {})
    yield Tutor(dict.fromkeys(files, "A title"), "lessons_of_numbers.{chapter}.tasks")
    for name in [each for each in sys.modules if each.startswith("lessons_of_numbers")]:
        del sys.modules[name]


@pytest.mark.parametrize(("name", "chapter"), [("one", "few"), ("two", "more"), ("three", "many")])
def test_a_task_is_found_without_importing_those_of_other_chapters(tutor, name, chapter):
    for _ in range(2):
        assert tutor.task(name) == ["one", "two", "three"].index(name) + 1
        tasks = [each for each in sys.modules if each.startswith("lessons") and ".tasks" in each]
        assert tasks == [f"lessons_of_numbers.{chapter}.tasks"]


def test_a_task_is_found_whose_name_is_not_written_out(tutor, tmp_path):
    spelt = tmp_path / "lessons_of_numbers" / "many" / "tasks.py"
    spelt.write_text("TASKS = dict(four=4)", encoding="utf-8")
    assert tutor.task("four") == 4
    assert tutor.tasks == {"one": "few", "two": "more", "four": "many"}
    with pytest.raises(KeyError, match="five"):
        tutor.task("five")
