"""Small explorers to try the engine on."""

import numpy as np

from explorable.drawing.toolkit import ONE, dots, label, panels, style_curve, style_plane, view_3d
from explorable.explore import Explorer, choice, explore, point, predict, say, slider, steps, turn


def sample(name: str = "sample") -> Explorer:
    """Make an explorer with every kind of control."""
    figure, axes = panels(2)
    style_plane(axes[0], "x", "y", bounds=[[-2, 2], [-1, 1]], equal=False)
    style_curve(axes[1], "t", "amplitude")
    axes[1].set(xlim=(0, 10), ylim=(-3, 3))
    time = np.linspace(0, 10, 31)
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
            answer=int(np.argmax([0.5, 2.0])),
            why=say("Double is {ratio} times half.", ratio=4),
            show=[{"size": 0.5}, {"where": (-1, 1), "size": 2, "shape": "cos", "shift": 3}],
            panel=1,
        ),
        name=name,
        where=point(axes[0], grid=(5, 3), label="place"),
        size=slider([0.5, 1, 2], label="amplitude", unit="m", start=1, marks={"one": 1.0}),
        shape=choice({"sin": "sine", "cos": "cosine"}, label="shape"),
        shift=steps(3, label="quarter", pace=30),
    )
    def update(where: np.ndarray, size: float, shape: str, shift: int):  # type: ignore
        wave.set_ydata(size * getattr(np, shape)(time + shift * np.pi / 2))
        link.set_data([0, where[0]], [0, where[1]])
        cloud.set_offsets([[where[0], 0], [0, where[1]]])
        word.set_text(f"{shape} × {size:g}")
        return say("A {shape} of {size} m at ({x}, {y}).", shape=shape, size=size, x=where[0],
                   y=where[1])  # fmt: skip

    return update


def hill(name: str = "hill") -> Explorer:
    """Make an explorer with a view that turns."""
    figure, axes = panels(2)
    style_plane(axes[0], "x", "y", bounds=[[-1, 1], [-1, 1]])
    box = view_3d(axes[1], [[-1, 1], [-1, 1], [0, 2]], azimuth=30)
    box.floor("x", "y")
    x = np.linspace(-1, 1, 13)
    box.surface(x, x, x**2 + x[:, None] ** 2, lines=7)
    ball = box.line(marker="o", markersize=8)
    tail = box.line(color=ONE)

    @explore(
        figure,
        {"ball": ball, "tail": tail},
        "Where does the ball lie?",
        name=name,
        place=point(axes[0], grid=(5, 5), label="place"),
        view=turn(box, label="view from", step=15),
    )
    def update(place: np.ndarray):  # type: ignore
        height = float((place**2).sum())
        ball.set_points([*place, height])
        tail.set_points(np.linspace([0, 0, 0], [*place, height], 30))
        return say("It lies {height:.2f} high.", height=height)

    return update
