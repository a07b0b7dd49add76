// The cells of this page: edited, run one after another, stopped, reset.

/** @typedef {"idle" | "waiting" | "running" | "done" | "failed" | "stopped"} State */
/** @typedef {{ at: number, source: string, code: string }} Kept  a changed cell, and of what */

const { page, storage } = window.explorablePython;

class Cell {
  /**
   * @param {HTMLElement} element
   * @param {string} key
   * @param {string} source  as the book has it
   */
  constructor(element, key, source) {
    this.element = element;
    this.key = key;
    this.source = this.code = source;
    this.block = /** @type {HTMLElement} */ (element.querySelector(".cell_input .highlight"));
    this.pre = /** @type {HTMLElement} */ (this.block.querySelector("pre"));
    this.printed = this.pre.innerHTML;
    this.bar = /** @type {HTMLElement} */ (element.querySelector(".run-bar"));
    this.said = /** @type {HTMLElement} */ (element.querySelector(".run-said"));
    this.stored = /** @type {HTMLElement | null} */ (element.querySelector(".cell_output"));
    const [run, edit] = this.bar.querySelectorAll("button");
    this.buttons = {
      run,
      stop: this.button("stop", say("Stop"), () => stop(this)),
      edit,
      reset: this.button("reset", say("Reset"), () => this.reset()),
      restart: this.button("restart", say("Restart Python"), () => restart(this)),
    };
    this.bar.prepend(...Object.values(this.buttons));
    /** @type {HTMLElement | null} */
    this.output = null;
    /** @type {CodeEditor | null} */
    this.editor = null;
    this.started = 0;
    this.text = "";
    this.show("idle");
  }

  /** @param {string} kind @param {string} name @param {() => void} action */
  button(kind, name, action) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = name;
    button.className = kind;
    button.addEventListener("click", action);
    return button;
  }

  get edited() {
    return this.code !== this.source;
  }

  /** @returns {State} */
  get state() {
    return /** @type {State} */ (this.element.dataset.run);
  }

  /** @param {State} state @param {string} sentence */
  show(state, sentence = "") {
    const busy = state === "waiting" || state === "running";
    const focused = this.bar.contains(document.activeElement);
    this.element.dataset.run = state;
    this.said.textContent = sentence;
    delete this.said.dataset.percent;
    this.buttons.run.hidden = busy;
    this.buttons.stop.hidden = !busy;
    this.buttons.edit.hidden = this.editor !== null;
    this.buttons.reset.hidden = busy || !(this.edited || this.output);
    this.buttons.restart.hidden = busy || !opened;
    if (focused && !this.bar.contains(document.activeElement)) {
      this.buttons[busy ? "stop" : "run"].focus(); // not lost with the button that went
    }
  }

  /** Put the editor in place of the printed code. */
  open() {
    if (this.editor) return;
    const frame = document.createElement("div");
    frame.className = "run-editor";
    this.block.prepend(frame);
    this.pre.hidden = true;
    this.editor = window.explorablePython.edit(frame, this.code, {
      run: () => run(this),
      leave: () => this.buttons[this.buttons.run.hidden ? "stop" : "run"].focus(),
      change: (code) => {
        if (code === this.code) return;
        this.take(code);
        keep(this);
      },
    });
    this.buttons.edit.hidden = true;
  }

  /** @param {string} code */
  take(code) {
    this.code = this.pre.textContent = code; // which is also what is copied
    this.buttons.reset.hidden = !(this.edited || this.output);
  }

  /** @param {string} code Put code into the editor. */
  use(code) {
    this.take(code);
    if (this.editor) this.editor.replace(code);
    else this.open();
  }

  /** @param {HTMLElement} note  a line below the cell's buttons */
  note(note) {
    this.element.querySelector(".cell_input")?.after(note);
  }

  /** Back to the book's code, and no output but the printed one. */
  reset() {
    this.code = this.source;
    this.editor?.replace(this.source);
    this.pre.innerHTML = this.printed;
    this.output?.remove();
    this.output = null;
    if (this.stored) this.stored.hidden = false;
    keep(this);
    this.show("idle");
    this.buttons.run.focus();
  }

  /** Make room for what the run prints. */
  begin() {
    this.started = performance.now();
    this.text = "";
    this.editor?.mark(0);
    // What the judge said of the book's own lines is not true of the reader's.
    if (this.stored) this.stored.hidden = this.edited && /^judge\(/m.test(this.source);
    this.output?.remove();
    this.output = document.createElement("div");
    this.output.className = "run-output";
    this.output.setAttribute("role", "group");
    this.output.setAttribute("aria-label", say("Output of your run"));
    this.element.append(this.output);
  }

  /**
   * What comes from Python is shown as text; it never becomes markup.
   * @param {string} kind
   * @param {string} text
   */
  print(kind, text) {
    if (!this.output) this.begin();
    const output = /** @type {HTMLElement} */ (this.output);
    this.text += text;
    let last = output.lastElementChild;
    if (last?.className !== kind) {
      last = document.createElement("pre");
      last.className = kind;
      output.append(last);
    }
    last.append(text);
  }

  /** Say how it went. */
  finish() {
    const seconds = (performance.now() - this.started) / 1000;
    const shown =
      seconds < 0.1 ? say("Done.") : say("Done in {seconds} s.", { seconds: seconds.toFixed(1) });
    const stored = [...(this.stored?.querySelectorAll("pre") ?? [])];
    const printed = stored.map((each) => each.textContent).join("").trim();
    const same = printed && printed === this.text.trim();
    if (!this.output?.hasChildNodes()) {
      this.output?.remove();
      this.output = null;
    }
    this.show("done", same ? say("{done} The output is the one printed.", { done: shown }) : shown);
  }
}

/** @type {Cell[]} */
let cells = [];
/** @type {[key: string, source: string, kind: string][]} */
let sources = [];
/** @type {Cell[]} */
let queue = [];
let working = false;
/** @type {object | null} */
let opened = null; // the worker that knows the cells, or is just being told them
/** @type {Promise<unknown>} */
let told = Promise.resolve();

/** @type {Set<Cell>} */
const unkept = new Set(); // changed here since the page was last kept
/** @type {Set<string>} */
const settled = new Set(); // versions that were offered, and taken or discarded
const warning = document.createElement("p");
warning.className = "run-note";
warning.setAttribute("role", "status");

/**
 * What is kept of this page; what cannot have come from here is passed over.
 * @param {string | null} [text]
 * @returns {Kept[]}
 */
function read(text) {
  try {
    return JSON.parse((text ?? localStorage.getItem(storage)) || "[]")
      .filter(
        (/** @type {any} */ each) =>
          each?.at >= 0 && typeof each.source === "string" && typeof each.code === "string",
      )
      .map((/** @type {Kept} */ { at, source, code }) => ({ at: Math.trunc(at), source, code }));
  } catch (error) {
    return [];
  }
}

/** @param {Kept} kept */
function cellOf({ at, source }) {
  return [cells[at], ...cells].find((cell) => cell?.source === source);
}

/** Keep what changed here, beside what is kept of other cells, of other tabs and versions. */
function save() {
  const others = read().filter((kept) => {
    const cell = cellOf(kept);
    return !settled.has(JSON.stringify(kept)) && !(cell && unkept.has(cell));
  });
  const own = [...unkept]
    .filter((cell) => cell.edited)
    .map((cell) => ({ at: cells.indexOf(cell), source: cell.source, code: cell.code }));
  const all = [...others, ...own].sort((one, other) => one.at - other.at);
  try {
    if (all.length) localStorage.setItem(storage, JSON.stringify(all));
    else localStorage.removeItem(storage);
  } catch (error) {
    return own.length === 0; // storage is full, or forbidden
  }
  unkept.clear();
  return true;
}

/** @param {Cell} cell */
function keep(cell) {
  unkept.add(cell);
  if (save()) {
    warning.remove();
  } else if (cell.edited && !cell.element.contains(warning)) {
    cell.note(warning);
    warning.textContent = say(
      "This browser does not keep what you write here: its storage is full or switched off. " +
        "Copy your code before you leave the page.",
    );
  }
}

/** Put back what the reader had changed; where the book has changed as well, only offer it. */
function restore() {
  for (const kept of read()) {
    const cell = cellOf(kept);
    if (!cell) {
      offer(kept);
      continue;
    }
    cell.use(kept.code);
    cell.show("idle", say("Your version of this cell."));
  }
}

/** @param {Kept} kept  of a cell that the book no longer has */
function offer(kept) {
  const cell = cells[Math.min(kept.at, cells.length - 1)];
  if (!cell) return;
  const note = document.createElement("p");
  note.className = "run-note";
  function settle() {
    settled.add(JSON.stringify(kept));
    note.remove();
  }
  const use = cell.button("offer", say("Show your version"), () => {
    settle();
    cell.use(kept.code);
    keep(cell);
  });
  const discard = cell.button("offer", say("Discard it"), () => {
    settle();
    save();
  });
  note.append(say("The book has changed this cell since you did."), " ", use, discard);
  cell.note(note);
}

// What is changed in another tab is changed here.
addEventListener("storage", ({ key, oldValue, newValue }) => {
  if (key !== storage) return;
  const before = new Set(read(oldValue ?? "").map((kept) => JSON.stringify(kept)));
  for (const kept of read(newValue ?? "")) {
    const cell = cellOf(kept);
    if (!cell || before.has(JSON.stringify(kept)) || unkept.has(cell)) continue;
    if (kept.code !== cell.code) cell.use(kept.code);
  }
});

/** @param {Cell} cell */
function run(cell) {
  if (queue.includes(cell)) return;
  cell.open();
  const loading = say("Bringing Python to this page: once, 13 MB, and it stays here.");
  cell.show("waiting", opened ? "" : loading);
  queue.push(cell);
  if (!working) work();
}

/** Run what waits, one cell after another. */
async function work() {
  working = true;
  while (queue.length) {
    const [cell] = queue;
    try {
      await open();
      const edits = Object.fromEntries(
        cells.filter((each) => each.edited).map((each) => [each.key, each.code]),
      );
      if (queue[0] !== cell) continue; // stopped meanwhile
      await window.explorablePython.call("explorable.python.run_cell", { key: cell.key, edits });
    } catch (error) {
      if (queue[0] === cell) cell.show("failed", /** @type {Error} */ (error).message);
    }
    if (queue[0] === cell) queue.shift();
  }
  working = false;
}

/** Start Python, and tell it the cells of this page. */
async function open() {
  const worker = await window.explorablePython.start();
  if (worker !== opened) {
    opened = worker;
    told = window.explorablePython.call("explorable.python.open_page", { cells: sources });
  }
  await told;
}

/** @param {Cell} cell */
function stop(cell) {
  // A cell that runs because another needs it stops that one, too.
  const target = cell.state === "running" ? queue[0] : cell;
  const running = queue[0] === target;
  queue = queue.filter((other) => other !== target);
  for (const other of cells) {
    if (other === target || other.state === "running") other.show("stopped", say("Stopped."));
  }
  if (!running) return;
  window.explorablePython.stop();
  open().catch(() => {}); // so that Python stands ready again
}

/**
 * Start Python anew: what was written stays, and what ran has not run.
 * @param {Cell} cell  whose button was pressed
 */
function restart(cell) {
  queue = [];
  window.explorablePython.stop();
  open().catch(() => {}); // so that it stands ready
  for (const other of cells) if (other.state !== "idle") other.show("idle");
  cell.show("idle", say("Python was started anew. What you wrote is kept."));
}

/** @param {PythonMessage} message */
function hear(message) {
  const target = queue[0];
  if (message.kind === "progress" && "value" in message && target) {
    target.bar.style.setProperty("--loaded", `${100 * message.value}%`);
    target.said.dataset.percent = `${Math.floor(100 * message.value)} %`;
  } else if (message.kind === "cell" && "text" in message) {
    const [key, kind, text] = JSON.parse(message.text);
    hearOfCell(target, key, kind, text);
  }
}

/**
 * @param {Cell | undefined} target  the cell that the reader runs
 * @param {string} key  the cell that it is about: this one, or one that it needs
 * @param {string} kind
 * @param {string} text
 */
function hearOfCell(target, key, kind, text) {
  const cell = cells.find((each) => each.key === key);
  const shown = cell ?? target; // a hidden cell is heard of only when it fails
  if (kind === "running") {
    if (cell && (cell === target || cell.edited)) cell.begin();
    cell?.show("running");
    if (target && cell !== target) {
      target.said.textContent = say("Running what it needs from above.");
    }
  } else if (kind === "done") {
    if (cell === target) cell?.finish();
    else cell?.show("done");
  } else if (kind === "failed") {
    cell?.editor?.mark(Number(text));
    const above = say("A cell above that this one needs failed.");
    if (cell !== target) target?.print("error", `${above}\n`);
    cell?.show("failed");
  } else if (kind === "judged") {
    if (!cell?.edited) return; // the book's own solution
    const [id, right] = JSON.parse(text);
    const detail = { kind: "task", id, right };
    document.dispatchEvent(new CustomEvent("explorable:done", { detail }));
  } else if (cell === target || kind === "error" || cell?.edited) {
    shown?.print(kind, text);
  }
}

window.explorablePython.listen(hear);
window.pythonCells = (_, all) => {
  if (learned) return;
  learned = true;
  sources = all;
  const elements = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".computes"));
  const computing = all.filter(([, , kind]) => kind === "computes");
  cells = computing.map(([key, source], index) => new Cell(elements[index], key, source));
  restore();
};
let learned = false;
/** @type {Promise<void> | null} */
let learning = null;

/** Learn the code of this page's cells. */
function learn() {
  learning ??= window.explorablePython
    .load(PACKED.cells[page], () => learned)
    .catch((error) => {
      learning = null; // the next press tries again
      throw error;
    });
  return learning;
}

Object.assign(window.explorablePython, {
  /** @type {ExplorablePython["press"]} */
  async press(element, name) {
    await learn();
    const cell = cells.find((each) => each.element === element);
    if (name === "Run" && cell) run(cell);
    cell?.open();
    if (name === "Edit") cell?.editor?.focus();
  },
});
if (page) learn().catch(() => {}); // a press will say why
