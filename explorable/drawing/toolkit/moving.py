"""What moves in a picture, by name, for an explorer."""

from dataclasses import dataclass, fields
from typing import Any

from matplotlib.artist import Artist


@dataclass(eq=False)
class MovingParts:
    """The parts of a picture that move: the base of a dataclass with artists in its fields.

    A field holds an artist, several in a list, tuple or dict, or other moving parts. What holds
    anything else does not move.
    """

    @property
    def artists(self) -> dict[str, list[Artist]]:
        """The artists that move, by the names of their fields."""
        found: dict[str, list[Artist]] = {}
        for field in fields(self):
            value = getattr(self, field.name)
            if isinstance(value, MovingParts):
                found |= value.artists
            elif artists := _artists(value):
                found[field.name] = artists
        return found


def _artists(value: Any) -> list[Artist]:
    if isinstance(value, Artist):
        return [value]
    parts = value.values() if isinstance(value, dict) else value
    nested = isinstance(value, dict | list | tuple)
    return [artist for part in parts for artist in _artists(part)] if nested else []
