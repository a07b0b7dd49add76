"""Files that a card loads: something packed, in a script, for those may be loaded from disk."""

import base64
import hashlib
import json
import zlib
from typing import Any


def packed_json(content: Any) -> bytes:
    """Write JSON compressed."""
    return zlib.compress(
        json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode(), 9
    )


def unpacked_json(packed: bytes) -> Any:
    """Undo `packed_json`, as the page does."""
    return json.loads(zlib.decompress(packed))


def packed_script(name: str, packed: bytes) -> tuple[str, str]:
    """Return name and text of the script that leaves something packed where the page finds it."""
    written = base64.b64encode(packed).decode("ascii")
    file = f"{name}.{hashlib.sha256(packed).hexdigest()[:10]}.js"
    return file, f'(globalThis.explorableStates??={{}})["{file}"]="{written}"\n'


def packed_in(script: str) -> bytes:
    """Return what a script holds; undoes `packed_script`."""
    return base64.b64decode(script.partition(']="')[2].removesuffix('"\n'))
