"""What a reader does in the laboratory, by buttons, address and keyboard."""

import json
import re
from xml.etree import ElementTree

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from mathdl.laboratory import page as laboratory

pytestmark = pytest.mark.browser


def data(page: Page, name: str) -> str:
    return page.locator("#laboratory").get_attribute(f"data-{name}") or ""


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def said(page: Page) -> str:
    return page.locator(".lab-sentence").inner_text()


def test_buttons_step_play_and_begin_anew(opened):
    page = opened("")
    assert data(page, "step") == "0", "nothing moves for who has asked for less motion"
    first = data(page, "loss-train")
    press(page, "Step")
    press(page, "Step")
    assert data(page, "step") == "2"
    press(page, "Epoch")
    assert data(page, "step") == "6", "120 points, 32 a step"
    page.get_by_label("Speed").select_option("Infinity")
    press(page, "Play")
    page.wait_for_function("Number(document.getElementById('laboratory').dataset.step) > 100")
    press(page, "Pause")
    at = data(page, "step")
    expect(page.locator(".lab-spoken")).to_contain_text(f"At step {int(at):,} ")
    slider = page.get_by_label("Step that is shown")
    slider.fill("1")
    assert data(page, "step") == "1"
    assert float(data(page, "loss-train")) < float(first)
    press(page, "Reset")
    assert data(page, "loss-train") == first
    assert data(page, "seed") == "1"


def test_every_change_is_in_the_address_which_restores_it(opened):
    page = opened("data=moons&layers=3relu&rate=0.03&seed=7&batch=8")
    page.get_by_label("Rule").select_option("adam")
    page.get_by_label("Units in layer 1").select_option("5")
    press(page, "Add a layer")
    page.get_by_label("Activation of layer 2").select_option("sigmoid")
    page.get_by_label("Input x₁x₂").click()
    page.get_by_label("Learning rate").press("ArrowRight")
    press(page, "Step")
    loss, address = data(page, "loss-train"), page.evaluate("location.hash")
    for part in ("rule=adam", "layers=5relu,5sigmoid", "inputs=x1,x2,x1x2", "rate=0.1", "seed=7"):
        assert part in address
    page = opened(address.removeprefix("#"))
    press(page, "Step")
    assert data(page, "loss-train") == loss


def test_what_is_copied_is_the_program_of_the_step_that_is_shown(opened):
    page = opened("rate=0.1")
    for _ in range(3):
        press(page, "Step")
    press(page, "Copy code")
    copied = page.get_by_role("textbox", name="Copy code").input_value()  # no clipboard by http
    assert "STEPS = 3\n" in copied
    assert "gradient_descent(0.1)" in copied


@pytest.mark.parametrize(
    ("design", "epochs", "sentence"),
    [
        ("data=wave&rate=10&rule=momentum", 25, r"diverged: at step 81 .* back to step 80"),
        ("layers=", 1, "straight line"),
        ("layers=&inputs=x1x1,x2", 1, "linear model of its inputs"),
        ("start=zeros", 1, "All weights started at 0"),
        ("data=painted&painted=0.0b,50.50b&test=0", 1, "have one colour"),
        ("data=painted", 0, "no points yet"),
        ("layers=8relu&rate=10&start=he&batch=4", 2, r"Dead units in layer 1: \d of 8"),
        ("layers=4sigmoid,4sigmoid,4sigmoid,4sigmoid&start=glorot", 1, "gradient fades"),
        ("layers=4sigmoid,4sigmoid,4sigmoid,4sigmoid&rule=adam", 1, "^(?!The gradient fades)"),
        ("start=zeros&layers=4sigmoid&dropout=0.5", 1, "^(?!All weights)"),
        ("data=wave&test=0&rate=0.01", 1, r"At step [\d,]+ the mean squared error is [\d.]+\."),
        ("data=wave&rate=0.5&batch=0", 1, "curvature"),
    ],
)  # fmt: skip
def test_the_sentence_says_what_happens(opened, design, epochs, sentence):
    page = opened(design)
    for _ in range(epochs):
        press(page, "Epoch")
    assert re.search(sentence, said(page))


MANY = ",".join(f"{i % 200}.{i // 200}{'ab'[i % 2]}" for i in range(60_000))


@pytest.mark.parametrize(
    ("address", "steps"),
    [
        ("toString", 4),
        ("__proto__", 4),
        ("data=__proto__&rule=constructor&a[__proto__]=1&inputs=__proto__,<img src=x>", 4),
        ("seed=NaN&rate=Infinity&gain=-1&points=1e9&l1=1e999&batch=-0&noise=0x1p9", 1),
        ("layers=99999999999999999999tanh,0tanh,17relu,-3tanh,8__proto__", 4),
        (f"data=painted&test=0&painted=99999999999999999999.0a,0.{'9' * 400}b,{MANY}", 32),
    ],
)
def test_an_address_that_no_reader_wrote_does_no_harm(opened, address, steps):
    page = opened(address)
    press(page, "Epoch")
    assert data(page, "step") == str(steps)
    assert 0 < float(data(page, "loss-train")) < 1
    assert page.evaluate("Object.keys(Object.prototype)") == []


def test_after_a_divergence_the_curve_leads_back(opened):
    page = opened("data=wave&rate=10&rule=momentum")
    press(page, "Play")
    expect(page.locator(".lab-sentence")).to_contain_text("diverged")
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_visible()
    page.get_by_label("Step that is shown").fill("2")
    assert float(data(page, "loss-train")) < float("inf")
    assert "diverged" not in said(page)


FRAMES = """async () => { const frame = requestAnimationFrame; let asked = 0;
  window.requestAnimationFrame = (then) => { asked++; return frame(then); };
  for (let k = 0; k < 10; k++) await new Promise(frame);
  return asked; }"""
"""How often a page asks for a frame while ten pass."""


def test_points_are_painted_by_pointer_and_by_keyboard(opened):
    page = opened("data=painted&test=0")
    picture = page.locator(".lab-picture canvas")
    picture.click(position={"x": 60, "y": 60})
    press(page, "Paint orange")
    picture.focus()
    for key in ("ArrowRight", "ArrowRight", "ArrowDown", "Enter"):
        picture.press(key)
    assert len(re.findall(r"-?\d+\.-?\d+[ab]", page.evaluate("location.hash"))) == 2
    press(page, "Step")
    assert data(page, "step") == "1"
    press(page, "Play")
    for _ in range(4):
        picture.press("Enter")
    assert 0 < page.evaluate(FRAMES) < 15  # it goes on, and asks once a frame
    press(page, "Erase all")
    assert "no points yet" in said(page)


def test_one_point_is_followed_there_and_back_in_numbers(opened):
    page = opened("layers=2tanh&seed=3")
    page.get_by_text("One point, forward and backward").click()
    lines = page.locator(".lab-lines-of-point p")
    z = lines.nth(1).inner_text()
    parts, result = z.removeprefix("z = ").replace("−", "-").split(" = ")
    assert eval(parts.replace("·", "*")) == pytest.approx(float(result), abs=0.02)
    for _ in range(2):
        press(page, "Next stage")
    assert "ln(1 + e^−|z|)" in lines.nth(1).inner_text()
    for _ in range(2):
        press(page, "Next stage")
    assert page.get_by_role("button", name="Next stage", exact=True).is_disabled()
    assert "∂L/∂b" in lines.last.inner_text()


def test_every_experiment_of_the_page_is_one_of_the_script(opened):
    text = (laboratory.SCRIPT.parent / "experiments.js").read_text(encoding="utf-8")
    names = re.findall(r'^  "?([\w-]+)"?: "', text, re.MULTILINE)
    with open("laboratory.md", encoding="utf-8") as page:
        listed = re.findall(r"^\(([\w-]+)\)=", page.read(), re.MULTILINE)
    assert listed == names
    assert len(names) == 10
    page = opened(names[0])
    assert page.get_by_label("Initial weights").input_value() == "zeros"


def test_weights_and_picture_are_saved(opened):
    page = opened("layers=3tanh")
    press(page, "Step")
    saved = {}
    for name in ("Save weights", "Save picture"):
        with page.expect_download() as download:
            press(page, name)
        saved[name] = download.value.path().read_text(encoding="utf-8")
    weights = json.loads(saved["Save weights"])
    assert weights["step"] == 1
    assert [np.shape(layer["weights"]) for layer in weights["layers"]] == [(3, 2), (1, 3)]
    picture = ElementTree.fromstring(saved["Save picture"])
    assert len(picture.findall("{http://www.w3.org/2000/svg}circle")) == 240
