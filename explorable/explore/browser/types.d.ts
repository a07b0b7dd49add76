// What page.py writes into a card, and what the scripts hand to one another.
export {};

declare global {
  /** The files of states that have arrived, each under its name. */
  var explorableStates: Record<string, string> | undefined;

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
    /** The states that decide its prediction: where every control stands. */
    show?: Place[][];
    /** The panel that decides it. */
    panel?: number;
    /** Whether the page computes it. */
    computed?: true;
  }
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
    | "silent";

  /** Where a control stands: an index, or what the reader made, as a link writes it. */
  type Place = number | string;

  type Controls = import("../../controls/browser/control.js").Control<any>[];
  /** What a script is told of every control; its own file says what else. */
  interface ControlSpec {
    key: string;
    kind: string;
    start: number;
    panel?: number;
    /** The listed values, as a link writes them. */
    keys: string[];
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
