// What page.py writes into a card, and what the scripts hand to one another.
export {};

declare global {
  /** The files of states that have arrived, each under its name. */
  var explorableStates: Record<string, string> | undefined;

  /** What painted explorers need; see painting.js. */
  var explorablePainting: {
    isPicture: typeof import("../../controls/paint.js").isPicture;
    paint: typeof import("../../controls/paint.js").paint;
    withPython: typeof import("../../controls/python.js").withPython;
  };

  /** What a notebook imports. */
  var explorableLive: { render(view: { model: Model; el: HTMLElement }): () => void };

  /** An attribute of an element (-1: the group itself) of an artist (-1: the sentence). */
  type Change = [artist: number, element: number, attribute: string, value: string];
  type Put = (...change: Change) => void;

  /** What page.py tells of a card. */
  interface CardSpec {
    name: string;
    file: string;
    controls: ControlSpec[];
    words: Record<Word, string>;
    /** How the page's Python computes what is not listed; see meters.py. */
    python?: {
      call: string;
      meters: Record<string, Meter[]>;
      words: Record<string, string>;
    };
  }
  /** Which attributes of an artist show a number; without pieces, a filled template. */
  type Meter = [
    artist: number,
    parts: [element: number, attribute: string, pieces: (string | [number, number])[] | null][],
  ];
  type Word =
    | "copied"
    | "address"
    | "right"
    | "wrong"
    | "pictures"
    | "again"
    | "lost"
    | "saved"
    | "broken"
    | "old"
    | "silent"
    | "own"
    | "start"
    | "loading"
    | "first"
    | "failed";

  /** Where a control stands: an index, or what the reader made, as a link writes it. */
  type Place = number | string;

  type ControlSpec = FieldSpec | PaintSpec | PointSpec | TurnSpec;
  interface Common {
    key: string;
    start: number;
  }
  interface FieldSpec extends Common {
    kind: "slider" | "choice" | "steps";
    texts: string[];
    keys: string[];
    /** Milliseconds that a played step takes. */
    pace?: number;
  }
  interface PaintSpec extends Common {
    kind: "paint";
    panel: number;
    /** The listed pictures, as a link writes them. */
    keys: string[];
    /** What a cell is called: a template with row, column and ink. */
    cell: string;
  }
  interface TurnSpec extends Common, View {
    kind: "turn";
    texts: string[];
    keys: string[];
    panel: number;
    step: number;
  }
  interface PointSpec extends Common {
    kind: "point";
    panel: number;
    /** Which of the panel's handles. */
    nth: number;
    /** Where columns and rows lie on the panel, in percent. */
    xs: number[];
    ys: number[];
    /** What a link writes for each column and row. */
    keys: [string[], string[]];
    /** What a reader sees for each column and row, by the option of the control `by`. */
    texts: [string[], string[]][];
    by?: string;
    /** The names of the axes. */
    names: [string, string];
  }

  /** How a space is seen; see explorable.drawing.toolkit.View3D. */
  interface View {
    x: number;
    y: number;
    tilt: number;
  }

  /** Where pictures come from. */
  interface Source {
    show(places: Place[]): void;
  }
  interface ListedSource {
    show(indices: number[]): void;
    /** What is on the screen came from elsewhere. */
    forget(): void;
  }
  /** What a source may say to its card. */
  interface Told {
    put: Put;
    /** The source can show every state from now on. */
    ready(): void;
    /** A wish was fulfilled. */
    shown(): void;
    /** It can't, and why; the reader may ask again. An empty word: the trouble is over. */
    trouble(word: Word | "", again?: () => void): void;
  }

  /** The part of Jupyter's model that we use. */
  interface Model {
    get(name: "card"): string;
    on(event: "msg:custom", heard: (answer: { changes: Change[] }) => void): void;
    send(content: object, callbacks?: object): void;
  }
}
