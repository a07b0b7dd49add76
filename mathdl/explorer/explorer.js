// The explorers of the book, in the static page and, through live.py, in a notebook.
//
// A card (see page.py) holds a picture whose moving artists are groups marked data-m, native
// controls, a sentence, and a specification in JSON. Moving a control changes attributes of the
// artists' elements. Where they come from is the only difference between page and notebook: the
// page loads a table of all states, the notebook asks its kernel.
(() => {
  "use strict";

  const base = document.currentScript ? document.currentScript.src : location.href;
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const waiting = {};

  // A file of states calls this; scripts may be loaded from file://, where fetch may not.
  globalThis.mathdlStates = (file, packed) => waiting[file](packed);

  async function load(file) {
    const packed = await new Promise((resolve, reject) => {
      waiting[file] = resolve;
      const script = document.createElement("script");
      script.src = new URL(file, base);
      script.onerror = () => reject(new Error(`explorer: ${file} did not load`));
      document.head.append(script);
    });
    const bytes = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
    return unpack(await new Response(stream).arrayBuffer());
  }

  // Undoes packing.py: a header in JSON, then the points of the slots whose values are lines.
  function unpack(buffer) {
    const size = new DataView(buffer).getUint32(0, true);
    const states = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, size)));
    let at = 4 + size;
    for (const slot of states.slots) {
      const about = slot[5];
      if (!about.lengths) {
        slot.value = (id) => about[id];
        continue;
      }
      const lengths = about.lengths.map((length) => (length.at ? length : [length]));
      const total = lengths.flat().reduce((sum, length) => sum + length, 0);
      const columns = [];
      for (let column = 0; column < (about.space ? 3 : 2); column++) {
        columns.push(numbers(new Uint8Array(buffer, at, 3 * total), total, lengths, about));
        at += 3 * total;
      }
      const starts = [];
      let start = 0;
      for (const parts of lengths) {
        starts.push(start);
        for (const length of parts) start += length;
      }
      slot.value = (id) => path(columns, starts[id], lengths[id], about.dots);
    }
    return states;
  }

  function numbers(bytes, total, lengths, { order, grain }) {
    const values = new Int32Array(total);
    let at = 0;
    let start = 0;
    for (const length of lengths.flat()) {
      let value = start;
      let step = 0;
      for (let k = 0; k < length; k++, at++) {
        const folded = bytes[at] | (bytes[total + at] << 8) | (bytes[2 * total + at] << 16);
        const change = folded & 1 ? -(folded + 1) / 2 : folded / 2;
        if (order === 2 && k) value += step += change;
        else value += change;
        if (!k) start = value;
        values[at] = value * grain;
      }
    }
    return values;
  }

  function path(columns, at, lengths, dots) {
    let data = "";
    for (const length of lengths) {
      for (let k = 0; k < length; k++, at++) {
        data += k && !dots ? " " : "M";
        data += columns.map((column) => column[at]).join(" ");
        if (dots) data += "h0";
      }
    }
    return data;
  }

  // Draws what lies in space as it is seen from the side that the reader turned to.
  function project(part, { x, y, tilt, angle }) {
    const [sine, cosine] = [Math.sin(angle), Math.cos(angle)];
    const pieces = part.dataset.xyz.split("M").slice(1);
    const seen = pieces.map((piece) => {
      const places = piece.split(" ").map(Number);
      const points = [];
      for (let k = 0; k < places.length; k += 3) {
        const [across, deep, up] = places.slice(k, k + 3);
        points.push(Math.round(x + across * cosine - deep * sine));
        points.push(Math.round(y - up - (across * sine + deep * cosine) * tilt));
      }
      return points;
    });
    if (part.tagName === "text") {
      part.setAttribute("x", seen[0][0]);
      part.setAttribute("y", seen[0][1]);
    } else part.setAttribute("d", seen.map((points) => `M${points.join(" ")}`).join(""));
  }

  function turn(panel) {
    if (!panel.view) return;
    for (const part of panel.querySelectorAll("[data-xyz]")) project(part, panel.view);
  }

  // Returns a function that changes one thing: put(artist, element, attribute, value).
  function painter(root) {
    const groups = [];
    for (const group of root.querySelectorAll("[data-m]")) {
      groups[group.dataset.m] = group;
    }
    const sentence = root.querySelector(".explorer-say p");
    return (artist, element, attribute, value) => {
      if (artist < 0) {
        sentence.textContent = value;
        return;
      }
      const group = groups[artist];
      const panel = group.closest(".explorer-panel");
      if (attribute === "<") {
        group.innerHTML = value;
        group.parts = null;
        turn(panel);
        return;
      }
      group.parts ||= [...group.getElementsByTagName("*")];
      const target = element < 0 ? group : group.parts[element];
      if (attribute === "#") target.textContent = value;
      else target.setAttribute(attribute, value);
      if (attribute === "data-xyz") project(target, panel.view);
    };
  }

  // Where states come from in the static page. Returns show(indices).
  function fromFile(root, put, file) {
    let states, wanted, loading;
    const show = (indices) => {
      wanted = indices;
      if (!states) {
        fetchStates();
        return;
      }
      for (const slot of states.slots) {
        const [artist, element, attribute, axes, index] = slot;
        let at = 0;
        for (const axis of axes) at = at * states.counts[axis] + indices[axis];
        const id = index ? index[at] : at;
        if (id === slot.shown) continue;
        slot.shown = id;
        put(artist, element, attribute, slot.value(id));
      }
    };
    const fetchStates = () => {
      loading ||= load(file).then((loaded) => {
        states = loaded;
        root.dataset.ready = "";
        if (wanted) show(wanted);
      });
    };
    new IntersectionObserver(
      (entries, observer) => {
        if (!entries.some((entry) => entry.isIntersecting)) return;
        observer.disconnect();
        fetchStates();
      },
      { rootMargin: "800px" },
    ).observe(root);
    return show;
  }

  // Gives life to a card and returns a function that stops what plays in it.
  // source(put, spec) returns show(indices).
  function start(root, source) {
    const spec = JSON.parse(root.querySelector("script").textContent);
    const show = source(painter(root), spec);
    const sentence = root.querySelector(".explorer-say p");
    const controls = spec.controls.map((about) => {
      const box = root.querySelector(`[data-key="${about.key}"]`);
      const control = { ...about, at: about.start, box, output: box.querySelector("output") };
      control.set = (index) => {
        const next = Math.max(0, Math.min(control.texts.length - 1, index));
        if (next === control.at) return;
        control.at = next;
        reflect(control);
        if (!control.seen) changed();
      };
      return control;
    });

    let quiet;
    const moving = controls.filter((control) => control.kind !== "turn");
    function changed() {
      show(moving.map((control) => control.at));
      // Speak when the hand rests, not while it drags.
      sentence.setAttribute("aria-live", "off");
      clearTimeout(quiet);
      quiet = setTimeout(() => {
        sentence.setAttribute("aria-live", "polite");
        const words = sentence.textContent;
        sentence.textContent = "";
        sentence.textContent = words;
      }, 500);
    }

    function reflect(control) {
      const text = control.texts[control.at];
      if (control.output) control.output.textContent = text;
      control.reflect(text);
      if (control.seen) control.seen();
    }

    const panels = root.querySelectorAll(".explorer-panel");
    for (const control of controls) {
      if (control.kind === "turn") view(panels[control.panel], control);
      if (control.kind === "point") point(panels[control.panel], control);
      else input(control);
      if (control.kind === "steps") player(control);
    }

    function stop() {
      for (const control of controls) if (control.pause) control.pause();
    }

    function moveTo(indices) {
      stop();
      controls.forEach((control, position) => {
        control.at = indices[position];
        reflect(control);
      });
      changed();
    }

    const forget = prediction(root, spec.words);
    root.querySelector(".explorer-reset").onclick = () => {
      moveTo(spec.controls.map((control) => control.start));
      forget();
    };
    links(root, spec, controls, moveTo);
    for (const disabled of root.querySelectorAll(":disabled")) disabled.disabled = false;
    root.dataset.alive = "";
    return stop;
  }

  function input(control) {
    const field = control.box.querySelector("input,select");
    const select = field.tagName === "SELECT";
    field.addEventListener("input", () => {
      if (control.pause) control.pause();
      control.set(select ? field.selectedIndex : Number(field.value));
    });
    control.reflect = (text) => {
      if (select) {
        field.selectedIndex = control.at;
        return;
      }
      field.value = control.at;
      field.setAttribute("aria-valuetext", text);
      field.style.setProperty("--at", control.at / (control.texts.length - 1 || 1));
    };
    control.reflect(control.texts[control.at]);
  }

  function player(control) {
    const play = control.box.querySelector(".explorer-play");
    const last = control.texts.length - 1;
    const [playWord, pauseWord] = [play.textContent, play.dataset.pause];
    let timer;
    control.pause = () => {
      clearInterval(timer);
      timer = undefined;
      play.textContent = playWord;
    };
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
      play.textContent = pauseWord;
      timer = setInterval(() => {
        control.set(control.at + 1);
        if (control.at === last) control.pause();
      }, control.pace);
    };
    for (const leap of control.box.querySelectorAll("[data-leap]")) {
      leap.onclick = () => {
        control.pause();
        control.set(control.at + Number(leap.dataset.leap));
      };
    }
  }

  // A space turns with its slider, or when it is dragged sideways.
  function view(panel, control) {
    panel.view = control;
    control.seen = () => {
      control.angle = (control.at * control.step * Math.PI) / 180;
      turn(panel);
    };
    control.seen();
    panel.classList.add("explorer-turns");
    let from;
    panel.addEventListener("pointerdown", (event) => {
      from = { x: event.clientX, at: control.at };
      panel.setPointerCapture(event.pointerId);
    });
    panel.addEventListener("pointermove", (event) => {
      if (!from) return;
      const count = control.texts.length;
      const far = Math.round((event.clientX - from.x) / 3);
      control.set((from.at + far + 10 * count) % count);
    });
    for (const end of ["pointerup", "pointercancel"]) {
      panel.addEventListener(end, () => (from = undefined));
    }
  }

  function point(panel, control) {
    const { xs, ys } = control;
    const handle = panel.querySelectorAll(".explorer-handle")[control.nth];
    control.reflect = (text) => {
      handle.style.left = `${xs[control.at % xs.length]}%`;
      handle.style.top = `${ys[Math.floor(control.at / xs.length)]}%`;
      handle.setAttribute("aria-valuenow", control.at);
      handle.setAttribute("aria-valuetext", text);
    };
    const nearest = (places, wanted) =>
      places.reduce((best, place, index) => {
        return Math.abs(place - wanted) < Math.abs(places[best] - wanted) ? index : best;
      }, 0);
    const where = (event) => {
      const box = panel.getBoundingClientRect();
      return [
        ((event.clientX - box.left) / box.width) * 100,
        ((event.clientY - box.top) / box.height) * 100,
      ];
    };
    const pick = (event) => {
      const [x, y] = where(event);
      control.set(nearest(ys, y) * xs.length + nearest(xs, x));
    };
    const inside = (event) => {
      const [x, y] = where(event);
      const near = (places, at) =>
        at > Math.min(...places) - 4 && at < Math.max(...places) + 4;
      return near(xs, x) && near(ys, y);
    };
    // Of several handles on one panel, the nearest follows the pointer.
    const mine = (event) => {
      let best = handle;
      let least = Infinity;
      for (const other of panel.querySelectorAll(".explorer-handle")) {
        const box = other.getBoundingClientRect();
        const far = Math.hypot(
          event.clientX - box.left - box.width / 2,
          event.clientY - box.top - box.height / 2,
        );
        if (far < least) [best, least] = [other, far];
      }
      return best === handle;
    };
    let dragging = false;
    panel.addEventListener("pointerdown", (event) => {
      const onHandle = event.target === handle;
      // A finger that lands beside the handle may want to scroll; a tap picks below.
      if (event.button || (!onHandle && (event.pointerType === "touch" || !inside(event)))) return;
      if (!onHandle && !mine(event)) return;
      dragging = true;
      panel.setPointerCapture(event.pointerId);
      if (!onHandle) pick(event);
      handle.focus({ preventScroll: true });
      event.preventDefault();
    });
    panel.addEventListener("pointermove", (event) => dragging && pick(event));
    for (const end of ["pointerup", "pointercancel"]) {
      panel.addEventListener(end, () => (dragging = false));
    }
    panel.addEventListener("click", (event) => {
      if (event.pointerType === "touch" && inside(event) && mine(event)) pick(event);
    });
    handle.addEventListener("keydown", (event) => {
      const step = {
        ArrowLeft: [-1, 0],
        ArrowRight: [1, 0],
        ArrowUp: [0, 1],
        ArrowDown: [0, -1],
        Home: [-xs.length, 0],
        End: [xs.length, 0],
        PageUp: [0, ys.length],
        PageDown: [0, -ys.length],
      }[event.key];
      if (!step || event.altKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      const clamp = (value, count) => Math.max(0, Math.min(count - 1, value));
      const column = clamp((control.at % xs.length) + step[0], xs.length);
      const row = clamp(Math.floor(control.at / xs.length) + step[1], ys.length);
      control.set(row * xs.length + column);
    });
  }

  function prediction(root, words) {
    const field = root.querySelector(".explorer-predict");
    if (!field) return () => {};
    const verdict = field.querySelector(".explorer-verdict");
    const why = verdict.querySelector("span");
    const radios = [...field.querySelectorAll("input")];
    // Arrows only walk through the options: an answer takes Space, or a pointer.
    field.querySelector(".explorer-options").addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
      if (!step || event.altKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      radios.at((radios.indexOf(event.target) + step) % radios.length).focus();
    });
    field.addEventListener("change", (event) => {
      const right = event.target.value === field.dataset.answer;
      field.dataset.verdict = right ? "right" : "wrong";
      verdict.querySelector("b").textContent = right ? words.right : words.wrong;
      why.hidden = false;
      verdict.focus(); // the options are hidden now
    });
    return () => {
      delete field.dataset.verdict;
      verdict.querySelector("b").textContent = "";
      why.hidden = true;
      for (const radio of radios) radio.checked = false;
    };
  }

  // Links of the form #explorer=descent&rate=0.05&rule=adam
  function links(root, spec, controls, moveTo) {
    const button = root.querySelector(".explorer-link");
    if (!button) return;
    const follow = () => {
      const link = new URLSearchParams(location.hash.slice(1));
      if (link.get("explorer") !== spec.name) return;
      moveTo(
        controls.map(({ key, keys, start }) => {
          const index = keys.indexOf(link.get(key));
          return index < 0 ? start : index;
        }),
      );
      root.scrollIntoView({ block: "nearest" });
    };
    const word = button.textContent;
    button.onclick = async () => {
      const link = new URLSearchParams({ explorer: spec.name });
      for (const { key, keys, at } of controls) link.set(key, keys[at]);
      history.replaceState(null, "", `#${link}`);
      try {
        await navigator.clipboard.writeText(location.href);
        button.textContent = spec.words.copied;
      } catch {
        button.textContent = spec.words.address;
      }
      setTimeout(() => (button.textContent = word), 2000);
    };
    addEventListener("hashchange", follow);
    follow();
  }

  // In a notebook: the kernel answers with what changed. Only the newest wish is sent.
  globalThis.mathdlLive = {
    render({ model, el }) {
      el.innerHTML = model.get("card");
      // Jupyter's shortcuts would take arrows, Space and letters away from the controls; those
      // with Ctrl stay. JupyterLab and VS Code hear keys on their way up from a control, Notebook
      // on their way down to it: there only the window, which hears them first, can mark them.
      const keep = (event) => !event.ctrlKey && !event.metaKey;
      const mark = (event) => {
        const { target } = event;
        if (el.contains(target)) target.toggleAttribute("data-lm-suppress-shortcuts", keep(event));
      };
      addEventListener("keydown", mark, true);
      el.addEventListener("keydown", (event) => keep(event) && event.stopPropagation());
      const stop = start(el.firstElementChild, (put) => {
        let busy = false;
        let next;
        // Jupyter's server holds the answer back until the message "busy", which runs ahead of
        // it, is acknowledged (Nagle); alone, that takes 40 ms. Any message carries it at once.
        const nudge = ({ content }) => {
          if (content.execution_state === "busy") model.send({});
        };
        const send = (indices) => {
          next = indices;
          if (busy) return;
          busy = true;
          model.send({ indices: next }, { iopub: { status: nudge } });
          next = undefined;
        };
        model.on("msg:custom", (answer) => {
          for (const change of answer.changes) put(...change);
          busy = false;
          if (next) send(next);
        });
        return send;
      });
      return () => {
        removeEventListener("keydown", mark, true);
        stop();
      };
    },
  };

  const begin = () => {
    for (const root of document.querySelectorAll(".explorer:not([data-alive])")) {
      start(root, (put, spec) => fromFile(root, put, spec.file));
    }
  };
  if (document.currentScript) {
    if (document.readyState === "loading") addEventListener("DOMContentLoaded", begin);
    else begin();
  }
})();
