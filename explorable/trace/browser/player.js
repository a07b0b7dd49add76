// Runs a program that explorable.trace wrote down: array operations over numbers, without Python.
// A node makes its buffer once, and anew only if the shapes of what it takes change; it is computed
// again only if what it takes was.

import { AS_LONG, entryByEntry, lanes, loops, rowByRow } from "./loops.js";
import { filled, formatted, number } from "./number.js";
import { apartIn, broadcast, copy, one, places, room, size, strides, sweep } from "./shapes.js";

/** @typedef {import("./shapes.js").Numbers} Numbers */
/** @typedef {import("./shapes.js").Value} Value */
/** @typedef {[string, number[], any?]} Code An operation, the nodes it takes, and what more. */
/**
 * A condition, what to do if it is true, and if not; or what is wanted in the end.
 * @typedef {[number, any, any] | { roots: number[], told?: any } | { raises: string }
 *   | { option: number, of: any[] }} Tree
 */
/**
 * @typedef {object} Program
 * @property {string[]} inputs A letter for each axis: 1, or n for another length.
 * @property {any[]} constants
 * @property {Code[]} nodes
 * @property {[number, number, number][]} fixed Node, axis, length.
 * @property {Tree} tree
 */
/** @typedef {Record<string, number | bigint | string>} Fields */
/** @typedef {(template: string, fields: Fields) => string} Write */
/** @typedef {Program & { programs: Program[], words: string[] }} Whole */
/**
 * @typedef {object} Place What is computed from one decision to the next.
 * @property {Step[]} steps
 * @property {number} [condition]
 * @property {number} [option]
 * @property {Place[]} next
 * @property {string} [raises]
 * @property {number[]} roots
 * @property {any} told
 */

/** @param {number} at Counted from the end if negative. @param {number} length */
function inside(at, length) {
  const found = at < 0 ? at + length : at;
  if (!(found >= 0 && found < length)) throw new Error(`no entry ${at} of ${length}`);
  return found;
}

/** @param {Float64Array} x @param {ArrayLike<number>} y As long. */
function alike(x, y) {
  return x.every((each, i) => Object.is(each, y[i]));
}

/** A node of a program in one frame: where its value stands, and how it is computed. */
class Step {
  /** @param {Frame} frame @param {number} number @param {Code} code */
  constructor(frame, number, [operation, args, more]) {
    this.frame = frame;
    this.at = frame.at;
    this.number = number;
    this.operation = operation;
    this.args = args;
    this.more = more;
    /** @type {(number[] | undefined)[]} */
    this.shapes = [];
    /** @type {(() => void) | undefined} */
    this.go = undefined;
    this.buffer = new ArrayBuffer(0);
    /** @type {Frame | undefined} */
    this.inside = undefined;
  }

  run() {
    const { at, args, shapes, frame } = this;
    let [same, known] = [this.go !== undefined, true];
    for (let k = 0; k < args.length; k++) {
      if (at[args[k]].shape !== shapes[k]) same = false;
      if (this.isNew(k)) known = false;
    }
    if (same && known) return;
    if (!same) this.prepare();
    /** @type {() => void} */ (this.go)();
    frame.when[this.number] = frame.now;
  }

  /** @param {number} k Of what it takes: whether it changed after the step was done. */
  isNew(k) {
    const { when } = this.frame;
    return when[this.args[k]] > when[this.number];
  }

  prepare() {
    const { operation, args, at, number } = this;
    this.frame.when[number] = -1;
    this.shapes = args.map((arg) => at[arg].shape);
    const make = operations[operation] ?? (operation in lanes ? lane : entrywise);
    this.go = make(this, .../** @type {number[][]} */ (this.shapes));
    this.frame.check(number);
  }

  /** @param {number[]} shape Of the result, whose buffer only grows. @returns {Numbers} */
  room(shape) {
    const n = size(shape);
    if (this.buffer.byteLength < 8 * n) this.buffer = new ArrayBuffer(8 * n);
    const values = new Float64Array(this.buffer, 0, n);
    return (this.at[this.number] = { shape: one(shape), values });
  }

  /** @param {number} program Which this step runs. */
  inner(program) {
    const { whole, write } = this.frame;
    return (this.inside ??= new Frame(whole.programs[program], whole, write));
  }
}

/** @typedef {(step: Step, ...given: number[][]) => () => void} Make */

/** @type {Make} */
function entrywise(step, ...given) {
  const out = step.room(broadcast(given));
  const walks = given.map((shape) => apartIn(shape, out.shape));
  return sweep(loops[step.operation], out, step.at, step.args, walks);
}

/** @type {Make} */
function lane(step, given) {
  const { operation, at, args } = step;
  const [axis, keep] = step.more;
  const [outer, n, inner] = [given.slice(0, axis), given[axis], given.slice(axis + 1)];
  const long = AS_LONG.includes(operation);
  if (!n && !["sum", "any"].includes(operation)) throw new Error(`${operation} of nothing`);
  const out = step.room([...outer, ...(long ? [n] : keep ? [1] : []), ...inner]);
  const [m, dx] = [size(outer), size(inner)];
  const f = lanes[operation];
  const apart = long ? n * dx : dx;
  return () => {
    const x = at[args[0]].values;
    for (let i = 0; i < m; i++) {
      for (let j = 0; j < dx; j++) f(out.values, i * apart + j, dx, x, i * n * dx + j, dx, n);
    }
  };
}

/** @param {Step} step @param {number[][]} given @returns {number[]} */
function wanted({ more = [] }, given) {
  return more.map((/** @type {any} */ n) => (Array.isArray(n) ? given[n[0]][n[1]] : n));
}

/** @type {Record<string, Make>} */
export const operations = {
  reshape(step, ...given) {
    const shape = wanted(step, given);
    const [total, known] = [size(given[0]), Math.abs(size(shape))];
    const whole = one(shape.map((n) => (n < 0 ? total / known : n)));
    if (size(whole) !== total) throw new Error(`shape (${given[0]}) does not fit (${shape})`);
    const out = { shape: whole, values: new Float64Array() };
    step.at[step.number] = out;
    return () => (out.values = step.at[step.args[0]].values);
  },
  broadcast(step, ...given) {
    const out = step.room(wanted(step, given));
    return copy(out, step.at, step.args[0], apartIn(given[0], out.shape));
  },
  transpose(step, given) {
    const own = strides(given);
    const out = step.room(step.more.map((/** @type {number} */ axis) => given[axis]));
    const walk = step.more.map((/** @type {number} */ axis) => own[axis]);
    return copy(out, step.at, step.args[0], walk);
  },
  slice(step, given) {
    const own = strides(given);
    const shape = /** @type {number[]} */ ([]);
    const walk = /** @type {number[]} */ ([]);
    let [axis, base] = [0, 0];
    for (const key of step.more) {
      if (key === null) {
        shape.push(1);
        walk.push(0);
      } else if (typeof key === "number") base += inside(key, given[axis]) * own[axis++];
      else {
        const n = given[axis];
        const by = key[2] ?? 1;
        const [low, high] = by > 0 ? [0, n] : [-1, n - 1];
        const end = (/** @type {number | null} */ k, /** @type {number} */ otherwise) =>
          k === null ? otherwise : Math.min(Math.max(k < 0 ? k + n : k, low), high);
        const start = end(key[0] ?? null, by > 0 ? low : high);
        const stop = end(key[1] ?? null, by > 0 ? high : low);
        shape.push(Math.max(0, Math.ceil((stop - start) / by)));
        walk.push(by * own[axis]);
        base += start * own[axis++];
      }
    }
    return copy(step.room(shape), step.at, step.args[0], walk, base);
  },
  gather(step, array, ...given) {
    const { at, args } = step;
    const [shape, rest] = [broadcast(given), array.slice(given.length)];
    const [m, n, own] = [size(shape), size(rest), strides(array)];
    const out = step.room([...shape, ...rest]);
    const walks = given.map((each) => places(shape, apartIn(each, shape)));
    return () => {
      const x = at[args[0]].values;
      for (let i = 0; i < m; i++) {
        let from = 0;
        for (let k = 0; k < walks.length; k++) {
          from += inside(at[args[k + 1]].values[walks[k][i]], array[k]) * own[k];
        }
        for (let j = 0; j < n; j++) out.values[i * n + j] = x[from + j];
      }
    };
  },
  places(step, given) {
    const { values } = step.room(given);
    for (let i = 0; i < values.length; i++) values[i] = i;
    return () => {};
  },
  put(step, given) {
    const { at, args } = step;
    const out = step.room(given);
    return () => {
      const [places, from] = [at[args[1]].values, at[args[2]].values];
      out.values.set(at[args[0]].values);
      for (let i = 0; i < places.length; i++) out.values[places[i]] = from[i];
    };
  },
  concatenate(step, ...given) {
    const { at, args, more: axis } = step;
    const shape = [...given[0]];
    shape[axis] = given.reduce((sum, each) => sum + each[axis], 0);
    const out = step.room(shape);
    const [m, inner] = [size(shape.slice(0, axis)), size(shape.slice(axis + 1))];
    return () => {
      let start = 0;
      for (let k = 0; k < args.length; k++) {
        const [x, n] = [at[args[k]].values, given[k][axis] * inner];
        for (let i = 0; i < m; i++) {
          const o = i * shape[axis] * inner + start;
          for (let j = 0; j < n; j++) out.values[o + j] = x[i * n + j];
        }
        start += n;
      }
    };
  },
  matmul(step, a, b) {
    const { at, args } = step;
    const [m, k] = a.slice(-2);
    const [inner, n] = b.slice(-2);
    if (inner !== k) throw new Error(`shapes (${a}) and (${b}) do not fit in a product`);
    const stack = broadcast([a.slice(0, -2), b.slice(0, -2)]);
    const out = step.room([...stack, m, n]);
    const count = size(stack);
    const [p, q] = [a, b].map((shape) => {
      const walk = apartIn(shape.slice(0, -2), stack);
      return places(stack, walk.map((apart) => apart * size(shape.slice(-2))));
    });
    return () => {
      const [x, y, z] = [at[args[0]].values, at[args[1]].values, out.values];
      const product = k && k < n ? rowByRow : entryByEntry;
      for (let s = 0; s < count; s++) product(z, s * m * n, x, p[s], y, q[s], m, k, n);
    };
  },
  length(step, given) {
    step.room([]).values[0] = given[step.more];
    return () => {};
  },
  call(step) {
    const { at, args } = step;
    const inner = step.inner(step.more);
    /** @type {Value[]} */
    const results = (at[step.number] = []);
    return () => {
      for (let k = 0; k < args.length; k++) if (step.isNew(k)) inner.take(k, at[args[k]]);
      const { roots } = inner.run();
      for (let k = 0; k < roots.length; k++) results[k] = inner.at[roots[k]];
    };
  },
  item(step) {
    return () => (step.at[step.number] = step.at[step.args[0]][step.more]);
  },
  repeat: (step, ...given) => loop(step, given, false),
  trajectory: (step, ...given) => loop(step, given, true),
  text(step) {
    const [word, names, whole] = step.more;
    const { frame, at, args } = step;
    /** @type {Fields} */
    const fields = {};
    return () => {
      names?.forEach((/** @type {string} */ name, /** @type {number} */ k) => {
        const value = at[args[k]];
        fields[name] = typeof value === "string" ? value : python(value, whole[k] === "d");
      });
      at[step.number] = frame.write(frame.whole.words[word], fields);
    };
  },
  number(step) {
    const [spec, whole, book] = step.more;
    return () => {
      const value = python(step.at[step.args[0]], whole);
      step.at[step.number] = book ? number(value, spec) : formatted(value, spec);
    };
  },
  join(step) {
    const { at, args, more } = step;
    return () => {
      let text = more[0];
      for (let k = 0; k < args.length; k++) text += at[args[k]] + more[k + 1];
      at[step.number] = text;
    };
  },
};

/** @param {Numbers} numbers @param {boolean} whole Whether Python has a whole number. */
function python({ values }, whole) {
  return whole && Number.isInteger(values[0]) ? BigInt(values[0]) : values[0];
}

/** @param {Step} step @param {number[][]} given @param {boolean} kept Whether each state is. */
function loop(step, given, kept) {
  const { at, args, number } = step;
  const [program, n, from, to] = step.more;
  const inner = step.inner(program);
  const state = given.slice(1, n + 1).map(room);
  let all = state;
  let [changing, changed] = [false, true];
  at[number] = state;

  /** @param {number} k @param {Float64Array} values @param {number} time */
  function keep(k, values, time) {
    const own = state[k].values;
    if (values.length !== own.length) throw new Error("a step changes the shape of the state");
    if (changing) changed ||= !alike(own, values);
    if (values !== own) own.set(values);
    inner.take(k, state[k]);
    if (kept && k >= from && k < to) all[k].values.set(own, time * own.length);
  }

  return () => {
    const times = at[args[0]].values[0];
    if (kept && (all === state || all[from].shape[0] !== times + 1)) {
      all = at[number] = state.map((each, k) =>
        k >= from && k < to ? room([times + 1, ...each.shape]) : each,
      );
    }
    for (let k = 0; k < n; k++) keep(k, at[args[k + 1]].values, 0);
    for (let k = n; k < args.length - 1; k++) if (step.isNew(k + 1)) inner.take(k, at[args[k + 1]]);
    changing = times === Infinity;
    changed = true;
    for (let time = 1; time <= times && (changed || !changing); time++) {
      changed = false;
      const { roots } = inner.run();
      for (let k = 0; k < n; k++) keep(k, inner.at[roots[k]].values, time);
    }
  };
}

/** A program at one place where it is called, with its values. */
class Frame {
  /** @param {Program} program @param {Whole} whole @param {Write} write */
  constructor(program, whole, write) {
    this.program = program;
    this.whole = whole;
    this.write = write;
    /** @type {Value[]} */
    this.at = [];
    /** How many times it has run, and at which of them each value was last computed or given. */
    this.now = 0;
    /** @type {number[]} */
    this.when = [];
    /** @type {Step[]} */
    this.steps = [];
    const first = program.inputs.length;
    program.constants.forEach((each, k) => this.take(first + k, constant(each)));
    this.nodesFrom = first + program.constants.length;
    this.first = this.plan(program.tree, new Set());
    /** @type {(number[] | undefined)[]} */
    this.shapes = [];
  }

  /**
   * @param {Tree} tree
   * @param {Set<number>} before What is computed on the way to it.
   * @returns {Place}
   */
  plan(tree, before) {
    /** @type {Place} */
    const place = { steps: [], next: [], roots: [], told: undefined };
    /** @type {any[]} */
    let next = [];
    if (Array.isArray(tree)) [place.condition, ...next] = tree;
    else Object.assign(place, tree);
    if ("of" in tree) next = tree.of;
    const done = new Set(before);
    for (const number of Array.isArray(tree) ? [tree[0]] : place.roots) done.add(number);
    for (let k = this.program.nodes.length - 1; k >= 0; k--) {
      const number = k + this.nodesFrom;
      if (done.has(number) && !before.has(number)) {
        place.steps.unshift(this.step(number));
        for (const arg of this.code(number)[1]) done.add(arg);
      }
    }
    place.next = next.map((each) => this.plan(each, done));
    return place;
  }

  /** @param {number} number @returns {Code} */
  code(number) {
    const [operation, args, more] = this.program.nodes[number - this.nodesFrom];
    return [operation, args.map((each) => (each < 0 ? number + each : each)), more];
  }

  /** @param {number} number @param {Value} value Which is new, or has changed. */
  take(number, value) {
    this.at[number] = value;
    this.when[number] = this.now + 1;
  }

  /** @param {number} number @returns {Step} */
  step(number) {
    return (this.steps[number] ??= new Step(this, number, this.code(number)));
  }

  /** @param {number} number Of a node whose lengths may have to be those of the examples. */
  check(number) {
    for (const [node, axis, length] of this.program.fixed) {
      if (node === number && this.at[node].shape[axis] !== length) {
        throw new Error(`a length must be ${length}, but is ${this.at[node].shape[axis]}`);
      }
    }
  }

  /** @param {number[]} [options] @returns {Place} The leaf that was reached. */
  run(options = []) {
    const { at, shapes, program } = this;
    this.now++;
    for (let k = 0; k < program.inputs.length; k++) {
      const { shape } = at[k];
      if (shape === shapes[k]) continue;
      const pattern = shape?.map((/** @type {number} */ n) => (n === 1 ? "1" : "n")).join("") ?? "";
      if (pattern !== program.inputs[k]) {
        throw new Error(`input ${k} must not have shape (${shape})`);
      }
      shapes[k] = shape;
      this.check(k);
    }
    let place = this.first;
    for (;;) {
      for (let k = 0; k < place.steps.length; k++) place.steps[k].run();
      if (place.raises !== undefined) throw new Error(place.raises);
      if (place.option !== undefined) place = place.next[options[place.option]];
      else if (place.condition !== undefined) {
        place = place.next[at[place.condition].values[0] !== 0 ? 0 : 1];
      } else return place;
    }
  }
}

/** @param {any} written @returns {Numbers} */
function constant(written) {
  if (!Array.isArray(written)) return { shape: one([]), values: Float64Array.of(Number(written)) };
  const [shape, first, last] = written;
  const made = room(shape);
  const n = made.values.length;
  if (last === undefined) {
    for (let i = 0; i < n; i++) made.values[i] = Number(first[i % first.length]);
  } else {
    const by = (last - first) / (n - 1);
    for (let i = 0; i < n; i++) made.values[i] = i === n - 1 ? last : i * by + first;
  }
  return made;
}

/**
 * @param {Whole} program
 * @param {Write} [write] Fills a template; its language is that of `program.words`.
 * @returns {(inputs: (number | { shape: number[], values: ArrayLike<number> })[],
 *   options?: number[]) => { told: any, roots: (Numbers | string)[] }} What is returned is written
 *   over by the next call.
 */
export function compile(program, write = filled) {
  const frame = new Frame(program, program, write);
  for (let k = 0; k < program.inputs.length; k++) frame.take(k, room([]));
  /** @type {(Numbers | string)[]} */
  const roots = [];
  return (inputs, options) => {
    inputs.forEach((given, k) => {
      const { shape, values } = typeof given === "number" ? { shape: [], values: [given] } : given;
      let own = frame.at[k];
      if (own.shape !== shape && own.shape !== one(shape)) own = room(shape);
      else if (alike(own.values, values)) return;
      own.values.set(values);
      frame.take(k, own);
    });
    const leaf = frame.run(options);
    roots.length = leaf.roots.length;
    for (let k = 0; k < roots.length; k++) roots[k] = frame.at[leaf.roots[k]];
    return { told: leaf.told, roots };
  };
}
