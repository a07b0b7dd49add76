"""The laboratory's page beside the programs that it hands out, run here."""

import contextlib
import io

import pytest

from mathdl.laboratory.listing import pieces
from mathdl.laboratory.programs import programs

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
    found = rooms.evaluate(
        """([address, steps, programs, pieces]) => {
          const design = rooms.read(address);
          const run = new rooms.Run(programs, design);
          for (let k = 0; k < steps; k++) run.advance();
          const again = rooms.read(rooms.written(design));
          return [run.lossOn(run.train), JSON.stringify(again) === JSON.stringify(design),
            rooms.withLibrary(design, steps, ""), rooms.inNumPy(design, steps, pieces, "")];
        }""",
        [address, steps, programs(), pieces()],
    )
    loss, same, *codes = found
    assert same, "the address keeps the design"
    for code in codes:
        assert printed(code) == pytest.approx(loss, rel=1e-9)
