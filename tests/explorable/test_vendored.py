"""What others made has the version and the digest that are written down."""

import hashlib
import re

from explorable.book import ENGINE, ROOT

VENDOR = ENGINE / "vendor"
ROW = re.compile(
    r"^\| `(?P<file>\S+)` \| (?P<source>[^|]+) \| [^|]+ \| `(?P<digest>[0-9a-f]{64})` \|$", re.M
)
SHIPPED = (".woff2", ".gz", ".min.js", "minisearch.js")


def test_the_table_names_every_file_with_its_version_and_digest():
    rows = list(ROW.finditer((VENDOR / "README.md").read_text(encoding="utf-8")))
    files = [path for path in VENDOR.rglob("*") if path.name.endswith(SHIPPED)]
    digests = {
        path.relative_to(VENDOR).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
    }
    assert {row["file"]: row["digest"] for row in rows} == digests
    assert all(re.search(r"\d\.\d|package-lock", row["source"]) for row in rows)


def test_workflows_install_named_versions():
    texts = [path.read_text("utf-8") for path in (ROOT / ".github" / "workflows").glob("*.yml")]
    installed = re.findall(r"-m pip install (\S+)", "\n".join(texts))
    assert installed
    assert [name for name in installed if not re.fullmatch(r"[\w-]+==[\d.]+", name)] == []
