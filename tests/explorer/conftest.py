"""A small explorer with every kind of control, made afresh for each test."""

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy
import pytest
from playwright.sync_api import Browser, Page

from book.chromium import chromium
from mathdl.explorer import Explorer, choice, explore, point, predict, say, slider, steps
from mathdl.figures import panels
from mathdl.figures.style import ONE, curve, dots, label, plane

from browsing import open_page, ready, write_page  # isort: skip

Make = Callable[..., Explorer]


def sample(name: str = "sample") -> Explorer:
    figure, axes = panels(2)
    plane(axes[0], "x", "y", bounds=[[-2, 2], [-1, 1]], equal=False)
    curve(axes[1], "t", "amplitude")
    axes[1].set(xlim=(0, 10), ylim=(-3, 3))
    time = numpy.linspace(0, 10, 31)
    (wave,) = axes[1].plot(time, time)
    (link,) = axes[0].plot([], [], color=ONE, marker="o")
    cloud = dots(axes[0], [0.0, 0.0], [0.0, 0.0], size=5)
    word = label(axes[1], 5, 2.5, "start")

    @explore(
        figure,
        {"wave": wave, "link": link, "cloud": cloud, "word": word},
        "What moves a wave?",
        prediction=predict(
            "Which amplitude is larger?",
            ["half", "double"],
            answer=int(numpy.argmax([0.5, 2.0])),
            why=say("Double is {ratio} times half.", ratio=4),
        ),
        name=name,
        where=point(axes[0], grid=(5, 3), label="place"),
        size=slider([0.5, 1, 2], label="amplitude", unit="m", start=1, marks={"one": 1.0}),
        shape=choice({"sin": "sine", "cos": "cosine"}, label="shape"),
        shift=steps(3, label="quarter", pace=30),
    )
    def update(where: numpy.ndarray, size: float, shape: str, shift: int):  # type: ignore
        wave.set_ydata(size * getattr(numpy, shape)(time + shift * numpy.pi / 2))
        link.set_data([0, where[0]], [0, where[1]])
        cloud.set_offsets([[where[0], 0], [0, where[1]]])
        word.set_text(f"{shape} × {size:g}")
        return say("A {shape} of {size} m at ({x}, {y}).", shape=shape, size=size, x=where[0],
                   y=where[1])  # fmt: skip

    return update


@pytest.fixture
def make() -> Make:
    return sample


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture(scope="session")
def page_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a page with two explorers."""
    return write_page(tmp_path_factory.mktemp("page"), sample(), sample("other"))


@pytest.fixture
def page(browser: Browser, page_path: Path) -> Iterator[Page]:
    opened = open_page(browser, page_path)
    yield ready(opened)
    assert opened.troubles == []
    opened.context.close()
