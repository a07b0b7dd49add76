"""Questions with fresh numbers: a loss curve, penalties, early stopping."""

from typing import Any

import numpy as np

from explorable.drills import drill, pick, whole
from explorable.trace import gather
from mathdl.faq import soft_threshold, stop_early, stopping_shrinkage
from mathdl.gradient_descent import descend, gradient_descent


@drill(
    "Reading a loss curve",
    question=r"Gradient descent on $f(\theta) = @curvature\,\theta^2/2$ gave this loss, step by "
    r"step. Which learning rate did it have?",
    options=[
        r"much less than $1/@curvature$",
        r"about $1/@curvature$",
        r"exactly $2/@curvature$",
        r"more than $2/@curvature$",
    ],
    solution=r"A step multiplies $\theta$ by $1 - \eta\cdot @curvature$ and the loss by the "
    r"square of it. Here the first step led from $@before$ to $@first$: the rate was $@rate$, "
    r"and $\theta$ is multiplied by $@factor$.",
    mistakes={
        "slow": "With so small a rate the loss falls by a small part at each step.",
        "right": "With about the best rate the loss is next to nothing after two or three steps.",
        "border": "With this rate θ jumps from side to side and comes no nearer: the loss stays.",
        "diverging": "With more than this the loss grows at each step.",
    },
    curvature=pick(2, 4, 5, 8, 10),
    start=pick(1, 2, 3, 4),
    k=whole(0, 3),
    near=pick(-1, 1),
)
def loss_curve(curvature: Any, start: Any, k: Any, near: Any) -> dict[str, Any]:
    middle, spread = gather(np.array([[0.12, 1.2, 2.0, 2.15], [0.04, 0.2, 0.0, 0.05]]).T, k)
    share = middle + near * spread
    rate = share / curvature
    path = descend(lambda x: curvature * x, 1.0 * start[None], gradient_descent(rate), 12)[:, 0]
    losses = curvature * path**2 / 2
    return {
        "answer": k,
        "curve": losses,
        "before": losses[0],
        "first": losses[1],
        "rate": rate,
        "factor": 1 - share,
        "slow": 0,
        "right": 1,
        "border": 2,
        "diverging": 3,
    }


@drill(
    "The soft threshold",
    question=r"What does the soft threshold with $\tau = @tau$ make of $u = @u$?",
    solution=r"Each number moves towards 0 by $@tau$, but not beyond 0: "
    r"$$\operatorname{soft}(@u, @tau) = @answer.$$",
    mistakes={
        "hard": "This is the hard threshold: what stays is not moved. Soft moves it towards 0.",
        "absolute": "The signs are lost: negative numbers move up towards 0.",
        "through": "What is nearer to 0 than the threshold stops at 0.",
        "down": "Negative numbers move up, towards 0, not down.",
    },
    tau=pick(0.5, 1, 1.5, 2),
    u=pick(-4, -3, -2.5, -1, -0.25, 0.25, 0.5, 1, 2, 3, 3.5, shape=(3,)),
)
def soft(tau: Any, u: Any) -> dict[str, Any]:
    found = soft_threshold(u, tau)
    return {
        "answer": found,
        "hard": np.where(np.abs(u) > tau, u, 0),
        "absolute": np.abs(found),
        "through": u - tau * np.sign(u),
        "down": np.where(np.abs(u) > tau, u - tau, 0),
        "keep": (found == 0).any() & (found < 0).any() & (np.abs(u) != tau).all(),
    }


@drill(
    "When to stop",
    question=r"After epochs 0, 1, 2, … the loss on validation samples was $@losses$. With a "
    r"patience of $@patience$, which epoch is kept, and after which one does the training stop?",
    solution=r"It stops when the smallest loss so far lies $@patience$ epochs back. The best "
    r"until then was $@lowest$, after epoch $@answer[0]$; epoch $@answer[1]$ is the last one.",
    mistakes={
        "last": "This is the best of all, but the training has stopped before it is reached.",
        "late": "The best is right. Patience counts the epochs since then, the last one included.",
        "early": "The best is right, but the patience was not used up yet.",
        "counted": "Epochs are counted from 0 here.",
    },
    losses=whole(1, 12, 6),
    patience=whole(2, 3),
)
def when_to_stop(losses: Any, patience: Any) -> dict[str, Any]:
    best, stopped = stop_early.plain(losses, patience)
    lowest, right = losses.argmin(), np.stack([best, stopped])
    return {
        "answer": right,
        "lowest": gather(losses, best),
        "last": np.where(lowest > stopped, np.stack([lowest, 5 + 0 * lowest]), right),
        "late": np.stack([best, stopped + 1]),
        "early": np.stack([best, stopped - 1]),
        "counted": np.stack([best + 1, stopped + 1]),
        "keep": (stopped < 5) & (best > 0) & (np.diff(np.sort(losses)) > 0).all(),
    }


@drill(
    "How far descent has come",
    question=r"Descent from 0 with $\eta = @rate$ is stopped after $@steps$ steps. Which share of "
    r"its way has a mode of curvature $\lambda = @curvature$ gone by then?",
    solution=r"Each step leaves the share $1 - \eta\lambda = @left$ of what is missing: "
    r"$$1 - @left^{@steps} = @answer.$$",
    mistakes={
        "missing": "This is what is still missing.",
        "linear": "Here each step was as long as the first; each covers a share of what is left.",
        "ridge": "This is what ridge with the matching penalty 1/(ηk) keeps. Descent is further.",
    },
    rate=pick(0.1, 0.2, 0.25, 0.3),
    curvature=pick(1, 2, 3),
    steps=pick(2, 3),
)
def stopped_share(rate: Any, curvature: Any, steps: Any) -> dict[str, Any]:
    left = 1 - rate * curvature
    return {
        "answer": stopping_shrinkage(curvature[None], rate, steps)[0],
        "left": left,
        "missing": left**steps,
        "linear": steps * rate * curvature,
        "ridge": curvature / (curvature + 1 / (rate * steps)),
        "keep": left != 0.5,
    }
