"""A finger on the glass, as the browser's own recogniser of gestures sees it."""

from playwright.sync_api import Page


def swipe(page: Page, start: tuple[float, float], by: tuple[float, float], steps: int = 8) -> None:
    """Put a finger down, move it, lift it."""
    session = page.context.new_cdp_session(page)

    def touch(kind: str, *points: tuple[float, float]) -> None:
        session.send(
            "Input.dispatchTouchEvent",
            {"type": kind, "touchPoints": [{"x": x, "y": y} for x, y in points]},
        )
        page.wait_for_timeout(20)

    touch("touchStart", start)
    for step in range(1, steps + 1):
        share = step / steps
        touch("touchMove", (start[0] + share * by[0], start[1] + share * by[1]))
    touch("touchEnd")
    page.wait_for_timeout(100)


def middle(locator) -> tuple[float, float]:  # type: ignore[no-untyped-def]
    box = locator.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
