"""The engine's modules, joined into one classic script."""

import re
from pathlib import Path

import pytest

from explorable.explore import bundle


@pytest.fixture
def modules(tmp_path, monkeypatch):
    """Return a function that joins these modules instead of the engine's."""
    monkeypatch.setattr(bundle, "BROWSER", tmp_path)
    monkeypatch.setattr(bundle, "CONTROLS", [])

    def join(**texts: str) -> str:
        for name, text in texts.items():
            (tmp_path / f"{name}.js").write_text(text)
        return bundle.script.__wrapped__()

    return join


def test_each_module_stands_once_after_those_that_it_imports_without_comments(modules):
    joined = modules(
        main='import { b } from "./b.js";\nimport { a, c } from "./a.js";\nb(a);\n',
        a='import { b } from "./b.js";\n\nexport const a = 1;\nexport class c {}\n',
        b="export function b() {}\n",
        unused="export const d = 1;\n",
    )
    lines = [line for line in joined.splitlines() if line]
    assert lines == [
        "(() => {", '"use strict";', "function b() {}", "const a = 1;", "class c {}", "b(a);",
        "})();",
    ]  # fmt: skip
    text = (
        '// About.\n\n/**\n * @param {number} a\n */\nf(/** @type {x} */ (a), "//");  \n  // b\n'
    )
    assert modules(main=text).split('"use strict";')[1].split() == ["f((a),", '"//");', "})();"]


def test_two_modules_may_not_declare_one_name(modules):
    """Of two functions of one name the browser would take the last, without a word."""
    for twin in ("function f() {}", "const f = 1;", "async function f() {}"):
        with pytest.raises(ValueError, match="two modules of the engine's script declare f"):
            modules(main='import { g } from "./g.js";\nfunction f() {}\n', g=f"{twin}\n")


def test_all_of_the_engine_is_joined():
    joined = bundle.script()
    assert not re.search(r"^\s*(import|export)\b|//|/\*", joined, re.MULTILINE)
    for path in Path(bundle.__file__).parents[1].glob("[ce]*/**/*.js"):  # controls and explore
        for name in re.findall(r"^export (?:function|class) (\w+)", path.read_text(), re.M):
            assert re.search(rf"^(function|class) {name}\b", joined, re.MULTILINE), name
