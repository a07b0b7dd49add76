"""The laboratory's page beside the programs that it hands out, run here."""

import contextlib
import io

import numpy as np
import pytest

from explorable.trace.pcg32 import PCG32
from mathdl.forward import forward
from mathdl.gradient_descent.sharpness import sharpness
from mathdl.laboratory.data import CLASSES, NUMBERS, sample

pytestmark = pytest.mark.browser

DESIGNS = {
    "as at first": ("", 200),
    "every activation, momentum, penalties, one unit": (
        "data=moons&layers=4tanh,3relu,1leaky_relu,3sigmoid,2softplus,2identity&rule=momentum"
        "&rate=0.01&l1=0.001&l2=0.01&start=he&inputs=x1,x2,x1x1,x2x2,x1x2,sinx1,sinx2&batch=64",
        150,
    ),
    "dropout and a penalty": ("data=xor&dropout=0.2&l2=0.001&rule=adam&rate=0.01&wrong=10", 200),
    "numbers": ("data=wave&rule=rmsprop&rate=0.001&start=lecun&noise=0.2&batch=16", 200),
    "no layers, batches of one": ("data=plane&layers=&rule=nesterov&rate=0.001&batch=1", 200),
    "a class by squared error, all at once": (
        "data=band&loss=mean_squared_error&rule=adagrad&rate=0.03&batch=0&gain=0.5&test=30",
        200,
    ),
    "one input, and a last batch of one": (
        "data=checkerboard&inputs=x1&layers=1tanh&points=30&test=30&batch=4", 60,
    ),
    "painted": ("data=painted&painted=100.50a,-100.20b,30.-40a,-50.-60b,200.0a&test=20", 100),
}  # fmt: skip


def printed(code: str) -> float:
    """Run a program that prints one number."""
    told = io.StringIO()
    with contextlib.redirect_stdout(told):
        exec(compile(code, "copied", "exec"), {"__name__": "copied"})
    return float(told.getvalue())


@pytest.mark.parametrize("name", DESIGNS)
def test_the_copied_programs_give_the_loss_of_the_page(rooms, name):
    address, steps = DESIGNS[name]
    loss, same, *codes = rooms.evaluate(
        """([address, steps]) => {
          const design = rooms.read(address);
          const run = new rooms.Run(machine.programs, design);
          for (let k = 0; k < steps; k++) run.advance();
          const again = rooms.read(rooms.written(design));
          const alone = rooms.inNumPy(design, steps, machine.pieces, "");
          return [run.lossOn(run.train), JSON.stringify(again) === JSON.stringify(design),
            rooms.withLibrary(design, steps, ""), alone];
        }""",
        [address, steps],
    )
    assert same, "the address keeps the design"
    for code in codes:
        assert printed(code) == pytest.approx(loss, rel=1e-9)


def test_each_kind_of_data_is_drawn_as_in_python(rooms):
    for kind in CLASSES | NUMBERS:
        found = rooms.evaluate(
            """(kind) => {
              const drawn = rooms.sampleOf(machine.programs, rooms.read(
                `data=${kind}&points=60&noise=0.3&wrong=20&seed=5`));
              return [[...drawn.points], [...drawn.target]];
            }""",
            kind,
        )
        points, target = sample(kind, 60, noise=0.3, wrong=0.2, rng=PCG32(5, 1))
        np.testing.assert_allclose(found[0], points.ravel(), rtol=1e-12, atol=1e-15)
        np.testing.assert_allclose(found[1], target.ravel(), rtol=1e-12, atol=1e-15)


def test_going_back_and_on_again_leads_to_the_same_place(rooms):
    first, back, again = rooms.evaluate(
        """() => {
          const design = rooms.read("rule=adam&dropout=0.3&batch=16");
          const run = new rooms.Run(machine.programs, design);
          const history = new rooms.History(run);
          const seen = [];
          for (let k = 0; k < 900; k++) { history.advance(); seen.push(run.lossOn(run.train)); }
          history.go(501);
          const back = run.lossOn(run.train) === seen[500] && history.moments.length <= 400;
          for (let k = 0; k < 399; k++) history.advance();
          return [seen[899], back, run.lossOn(run.train)];
        }"""
    )
    assert back
    assert again == first


def test_sizes_and_curvature_are_those_of_numpy(rooms):
    code, found = rooms.evaluate(
        """() => {
          const design = rooms.read("data=wave&layers=4tanh,3relu&rate=0.01&batch=0");
          const run = new rooms.Run(machine.programs, design);
          const health = new rooms.Health(run);
          for (let k = 0; k < 50; k++) run.advance();
          health.look();
          health.bend(60);
          const { size, gradient, dead } = health.layers[1];
          const { curvature, bound } = health;
          return [rooms.withLibrary(design, 50, ""), [size, gradient, dead, curvature, bound]];
        }"""
    )
    names = {"__name__": "copied"}
    with contextlib.redirect_stdout(io.StringIO()):
        exec(compile(code, "copied", "exec"), names)
    layers, x, y = names["layers"], names["x_train"], names["y_train"]
    passed = forward.plain(layers, x)
    size, gradient, dead, curvature, bound = found
    hidden = np.maximum(passed.preactivations[1], 0)
    assert size == pytest.approx(np.sqrt((hidden**2).mean()))
    assert dead == list((passed.preactivations[1] <= 0).all(axis=0))
    up = 2 * (passed.output - y) @ layers[2].weights * (passed.preactivations[1] > 0)
    assert gradient == pytest.approx(np.sqrt((up**2).mean()))
    wanted = sharpness(layers, x, y, "mean_squared_error", rng=np.random.default_rng(0))
    assert curvature == pytest.approx(wanted, rel=1e-2)
    assert bound == pytest.approx(2 / 0.01)
