"""Wrong answers that are right ones with a slip."""

import inspect
import linecache


def slip(answer, *pieces):
    """Return an answer whose source has other pieces: an old one, its new one, and so on."""
    source, name = inspect.getsource(answer), f"<{answer.__name__} {pieces}>"
    for old, new in zip(pieces[::2], pieces[1::2], strict=True):
        assert old in source, f"{old} stands not in {source}"
        source = source.replace(old, new)
    linecache.cache[name] = len(source), None, source.splitlines(keepends=True), name
    around = dict(answer.__globals__)
    exec(compile(source, name, "exec"), around)
    return around[answer.__name__]
