"""What a process that builds again and again need not read twice."""

import os

from explorable.book.remembered import of_file


def test_a_file_is_read_again_only_when_it_has_changed(tmp_path):
    calls = []

    @of_file
    def read(path, ending):
        calls.append(path.name)
        return path.read_text() + ending

    one, other = tmp_path / "one", tmp_path / "other"
    one.write_text("1")
    other.write_text("2")
    assert [read(one, "!"), read(other, "!"), read(one, "!"), read(one, "?")] == [
        "1!", "2!", "1!", "1?"
    ]  # fmt: skip
    assert calls == ["one", "other", "one"]
    one.write_text("12")
    assert read(one, "!") == "12!"
    one.write_text("34")  # as long as before
    os.utime(one, ns=(1, 1))
    assert read(one, "!") == "34!"
    assert calls == ["one", "other", "one", "one", "one"]
