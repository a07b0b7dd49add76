// Steps can be played, and taken one or several at a time.

const calm = matchMedia("(prefers-reduced-motion: reduce)");

/**
 * @param {import("./control.js").Control} control
 * @param {number} pace Milliseconds that a played step takes.
 */
export function player(control, pace) {
  const play = /** @type {HTMLButtonElement} */ (control.box.querySelector(".explorer-play"));
  const leaps = /** @type {NodeListOf<HTMLButtonElement>} */ (
    control.box.querySelectorAll("[data-leap]")
  );
  const last = control.count - 1;
  const { play: playWord, pause: pauseWord } = play.dataset;
  /** @type {number | undefined} */
  let timer;

  control.pause = () => {
    clearInterval(timer);
    timer = undefined;
    play.textContent = playWord ?? "";
  };
  control.pause();
  play.onclick = () => {
    if (timer) {
      control.pause();
      return;
    }
    if (calm.matches) {
      control.set(control.at === last ? 0 : last);
      return;
    }
    if (control.at === last) control.set(0);
    play.textContent = pauseWord ?? "";
    timer = setInterval(() => {
      control.set(control.at + 1);
      if (control.at === last) control.pause();
    }, pace);
  };
  for (const leap of leaps) {
    leap.onclick = () => {
      control.pause();
      control.set(control.at + Number(leap.dataset.leap));
    };
  }
  control.enables.push((able) => {
    for (const button of [play, ...leaps]) button.disabled = !able;
  });
}
