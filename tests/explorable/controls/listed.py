"""What a control lists, and how it looks on a card of its own."""

from explorable.controls.control import Card, Control
from explorable.explore.page import control_html


def texts(control: Control) -> list[str]:
    return [control.text(index) for index in range(control.count)]


def keys(control: Control) -> list[str]:
    return [control.key(index) for index in range(control.count)]


def values(control: Control) -> list[object]:
    return [control.value(index) for index in range(control.count)]


def on_card(key: str, control: Control, *, wide: bool = False) -> str:
    """Return a control as HTML, on a card without a panel."""
    return control_html(Card("card", {key: control}, {}), key, wide=wide)
