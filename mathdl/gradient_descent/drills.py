"""Questions with fresh numbers: one step of a rule, and the rate of a bowl."""

from typing import Any

import numpy as np

from explorable.drills import drill, pick, whole
from mathdl.gradient_descent import adam, best_rate, gradient_descent, momentum, rmsprop


@drill(
    "One step downhill",
    question=r"$f(\theta) = @a\,(\theta - @c)^2$. Where does one step of gradient descent with "
    r"$\eta = @rate$ lead from $\theta = @theta$?",
    solution=r"The slope is $f'(@theta) = 2\cdot @a\cdot(@theta - @c) = @slope$, so "
    r"$$\theta \leftarrow @theta - @rate\cdot @slope = @answer.$$",
    mistakes={
        "uphill": "This goes uphill: the step is subtracted.",
        "halved": "The factor 2 of the square’s derivative is missing.",
        "step": "This is the step η f′(θ). It has to be subtracted from θ.",
        "height": "Here η multiplies the height f(θ). It should multiply the slope.",
    },
    a=whole(2, 4),
    c=whole(1, 4),
    theta=whole(-5, 9),
    rate=pick(0.05, 0.1, 0.2, 0.25),
)
def descent_step(a: Any, c: Any, theta: Any, rate: Any) -> dict[str, Any]:
    slope = 2 * a * (theta - c)
    rule = gradient_descent(rate)
    return {
        "answer": rule.step(theta, slope, ())[0],
        "slope": slope,
        "uphill": theta + rate * slope,
        "halved": theta - rate * slope / 2,
        "step": rate * slope,
        "height": theta - rate * a * (theta - c) ** 2,
        "keep": abs(theta - c) > 2,
    }


@drill(
    "One step of momentum",
    question=r"The heavy ball has $\theta = @theta$ and $v = @v$, the gradient is $g = @g$. Where "
    r"is $\theta$ after one step with $\eta = @rate$ and $\beta = @decay$?",
    solution=r"First the velocity, $v \leftarrow @decay\cdot @v + @g = @velocity$, then the "
    r"step: $$\theta \leftarrow @theta - @rate\cdot @velocity = @answer.$$",
    mistakes={
        "early": "Here the step was made with the old velocity. It is updated first.",
        "mean": "This is the convention v ← βv + (1 − β)g. Here g counts in full.",
        "plain": "This is a step without momentum.",
        "uphill": "The sign is wrong: the step is subtracted.",
    },
    theta=whole(-3, 5),
    v=whole(-4, 4, but=[0]),
    g=whole(-4, 4, but=[0]),
    rate=pick(0.1, 0.2, 0.5),
    decay=pick(0.5, 0.8, 0.9),
)
def momentum_step(theta: Any, v: Any, g: Any, rate: Any, decay: Any) -> dict[str, Any]:
    after, (velocity,) = momentum(rate, decay).step(theta, g, (v,))
    return {
        "answer": after,
        "velocity": velocity,
        "early": theta - rate * v,
        "mean": theta - rate * (decay * v + (1 - decay) * g),
        "plain": theta - rate * g,
        "uphill": theta + rate * velocity,
        "keep": v != g,
    }


@drill(
    "One step of RMSProp",
    question=r"RMSProp has $\theta = @theta$ and $s = @s$, the gradient is $g = @g$. Where is "
    r"$\theta$ after one step with $\eta = @rate$, $\beta = @decay$ and $\varepsilon = 0$?",
    solution=r"$s \leftarrow @decay\cdot @s + @rest\cdot @g^2 = @mean$, and "
    r"$$\theta \leftarrow @theta - @rate\cdot\frac{@g}{\sqrt{@mean}} = @answer.$$",
    mistakes={
        "adagrad": "This is AdaGrad: it adds the squares up, RMSProp takes their mean.",
        "rootless": "The root is missing: the gradient is divided by √s.",
        "early": "Here the gradient was divided by the root of the old s. It is updated first.",
        "plain": "This is a step of plain gradient descent.",
    },
    theta=whole(-3, 5),
    root=whole(1, 8),
    g=whole(-10, 10, but=[0]),
    rate=pick(0.1, 0.2, 0.5),
    decay=pick(0.5, 0.75),
)
def rmsprop_step(theta: Any, root: Any, g: Any, rate: Any, decay: Any) -> dict[str, Any]:
    s = np.maximum((root**2 - (1 - decay) * g**2) / decay, 1)
    after, (mean,) = rmsprop(rate, decay, 0.0).step(theta, g, (s,))
    early, adagrad = (theta - rate * g / np.sqrt(square) for square in (s, s + g**2))
    apart = (s != mean) & (abs(early - adagrad) > 0.01)  # or one would be taken for the other
    return {
        "s": s,
        "answer": after,
        "mean": mean,
        "rest": 1 - decay,
        "adagrad": adagrad,
        "rootless": theta - rate * g / mean,
        "early": early,
        "plain": theta - rate * g,
        "keep": (mean == root**2) & (s == np.rint(s)) & apart & ((4 * g) % root == 0),
    }


@drill(
    "The first step of Adam",
    question=r"Adam begins with $m = s = 0$ at $\theta = @theta$, where the gradient is "
    r"$g = @g$. Where is $\theta$ after its first step with $\eta = @rate$, $\beta_1 = @one$, "
    r"$\beta_2 = @two$ and $\varepsilon = 0$?",
    solution=r"Corrected, $\hat m = @mean/(1 - @one) = @g$ and "
    r"$\hat s = @square/(1 - @two) = @g^2$. So the first step is $\eta$ long: "
    r"$$\theta \leftarrow @theta - @rate\cdot\frac{@g}{\sqrt{@g^2}} = @answer.$$",
    mistakes={
        "biased": "The corrections are missing: m and s start at 0 and are too small at first.",
        "plain": "This is a step of plain gradient descent. Adam’s first step is η long.",
        "uphill": "The sign is wrong: the step goes against the gradient.",
        "rootless": "The root is missing: the mean is divided by √ŝ.",
    },
    theta=whole(-3, 5),
    g=whole(-8, 8, but=[-1, 0, 1]),
    rate=pick(0.1, 0.2, 0.5),
    one=pick(0.5, 0.8, 0.9),
    two=pick(0.75, 0.84, 0.96, 0.99),
)
def adam_step(theta: Any, g: Any, rate: Any, one: Any, two: Any) -> dict[str, Any]:
    after, (_, mean, square) = adam(rate, one, two, 0.0).step(theta, g, (0, 0.0, 0.0))
    return {
        "answer": after,
        "mean": mean,
        "square": square,
        "biased": theta - rate * mean / np.sqrt(square),
        "plain": theta - rate * g,
        "uphill": 2 * theta - after,
        "rootless": theta - rate / g,
        "keep": np.abs(mean / np.sqrt(square) - np.sign(g)) > 0.1,
    }


@drill(
    "The condition number and the best rate",
    question=r"A bowl has the curvatures $\mu = @mu$ and $L = @largest$. What are its condition "
    r"number $\kappa$ and the best rate $\eta^\star$ of gradient descent?",
    solution=r"$$\kappa = \frac{L}{\mu} = @answer[0], \qquad "
    r"\eta^\star = \frac{2}{\mu + L} = \frac{2}{@total} = @answer[1].$$",
    mistakes={
        "border": "κ is right. With the rate 2/L descent just fails to converge.",
        "single": "κ is right. The rate 1/L is safe; the best one balances both ends: 2/(μ + L).",
        "half": "κ is right. The best rate is 2, not 1, over the sum.",
        "inverse": "The rate is right. The condition number is L/μ, which is at least 1.",
    },
    mu=pick(0.5, 1, 2, 4),
    largest=pick(4, 6, 7, 8, 9, 12, 16, 18, 19, 36, 38, 46),
)
def kappa_and_rate(mu: Any, largest: Any) -> dict[str, Any]:
    kappa, rate, total = largest / mu, best_rate(mu, largest), mu + largest
    tidy = (total == 4) | (total == 5) | (total == 8) | (total == 10) | (total == 20)
    return {
        "answer": np.stack([kappa, rate]),
        "total": total,
        "border": np.stack([kappa, 2 / largest]),
        "single": np.stack([kappa, 1 / largest]),
        "half": np.stack([kappa, 1 / total]),
        "inverse": np.stack([1 / kappa, rate]),
        "keep": (kappa > 1) & (tidy | (total == 40) | (total == 50)),
    }
