"""Python in the page in Firefox and in WebKit, from disk: run, stopped, run again."""

from pathlib import Path

from tests.browsers.test_browsers import UNTIL, browser
from tests.conftest import site as built

__all__ = ["browser", "built"]
DESK = (
    UNTIL
    + """
const cell = document.querySelectorAll("[data-run]")[1];
const press = (name) => {
  const buttons = [...cell.querySelectorAll("button")];
  buttons.find((one) => one.textContent === name && !one.hidden).click();
};
const run = async () => {
  press("Run");
  await until(() => ["done", "failed"].includes(cell.dataset.run));
  return cell.querySelector(".run-output").textContent;
};
"""
)
STOP = """
const stopped = await new Promise((done) => {
  new MutationObserver((_, observer) => {  // at once: the cell is soon done
    if (!["waiting", "running"].includes(cell.dataset.run)) return;
    observer.disconnect();
    press("Stop");
    done(cell.dataset.run);
  }).observe(cell, { attributeFilter: ["data-run"] });
  press("Run");
});
return [stopped, await run()];
"""


def test_a_cell_gives_its_printed_output_also_after_a_stop(browser, built: Path):
    browser.open(built / "chapters" / "forward.html")
    printed = browser.run(DESK + "return cell.querySelector('.cell_output').textContent")
    assert browser.run(DESK + "return await run()").strip() == printed.strip()
    stopped, again = browser.run(DESK + STOP)
    assert stopped == "stopped"
    assert again.strip() == printed.strip()


def test_python_calls_the_library(browser, built: Path):
    browser.open(built / "index.html")
    call = 'return await explorablePython.call("mathdl.concepts.relu", { z: [-1, 2] })'
    assert browser.run(call) == [0, 2]
