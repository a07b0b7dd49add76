"""What moves in a picture, by name, for an explorer."""

from typing import TYPE_CHECKING, Any

from matplotlib.artist import Artist


class MovingParts:
    """The parts of a picture that move, by name; or the base of a dataclass that holds them.

    A part is an artist, several in a list, tuple or dict, or other moving parts. What is anything
    else does not move.
    """

    def __init__(self, **parts: Any) -> None:
        vars(self).update(parts)

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any: ...

    @property
    def artists(self) -> dict[str, list[Artist]]:
        """The artists that move, by the names of the parts."""
        found: dict[str, list[Artist]] = {}
        for name, value in vars(self).items():
            if isinstance(value, MovingParts):
                found |= value.artists
            elif artists := _artists(value):
                found[name] = artists
        return found


def _artists(value: Any) -> list[Artist]:
    if isinstance(value, Artist):
        return [value]
    parts = value.values() if isinstance(value, dict) else value
    nested = isinstance(value, dict | list | tuple)
    return [artist for part in parts for artist in _artists(part)] if nested else []
