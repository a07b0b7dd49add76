// What the scripts of the pages know from elsewhere, and of each other.

/** A part of the book to which a search can lead; explorable/book/site/search.py writes them. */
export interface Part {
  kind:
    | "page" | "section" | "equation" | "exercise" | "figure" | "theorem" | "fold" | "term" | "name";
  title?: string;
  number?: string;
  /** Which of the index's pages it is on. */
  page: number;
  anchor?: string;
  text?: string;
  code?: string;
  /** Words of the label by which the text refers to it. */
  label?: string;
  /** The terms that it defines. */
  defines?: string;
}

export interface Index {
  /** How the addresses of chapters begin. */
  chapters: string;
  /** Title and address of each page. */
  pages: [string, string][];
  parts: Part[];
  /** The book's word for each that a reader may ask for in its place; not in English. */
  instead?: Record<string, string>;
  typed?: Record<string, string>;
  written?: Partial<Written>;
}

/** What the search must know of the other edition's language; regular expressions in texts. */
export interface Written {
  /** A letter of those between which no spaces stand. */
  close: string;
  /** What a part with a number is called, and its kind. */
  kinds: Record<string, string>;
  /** A numbered name whose number stands elsewhere, and how it is replaced. */
  numbered: [string, string];
  /** What questions are asked with; as parts of longer words they would be in the way. */
  asked: string;
  /** Marks, as letters, at which an excerpt may begin or end. */
  breaks: string;
  /** Letters of an excerpt around the first word found. */
  around: { before: number; after: number };
}

/** What a search has found. */
export interface Found {
  title: string;
  /** The title of its page, if it is a part of one. */
  page: string;
  href: string;
  /** A piece of the text, cut where words begin and end that were asked for. */
  excerpt: { text: string; marked: boolean }[];
}

/** Finds parts of the book: the first of them, and how many there are. */
export type Search = (query: string) => { found: Found[]; count: number };

export interface Hit {
  id: number;
  terms: string[];
}

/** What the title page of the printed book says. */
export interface BookFacts {
  title: string;
  /** What stands below the title. */
  lines: string[];
}

/** A heading of the printed book, and where it leads. */
export interface BookHeading {
  level: number;
  id: string;
  text: string;
  html: string;
}

/** A part of a formula: an element, or what the build has in its place. */
export interface FormulaPart {
  localName: string;
  textContent: string | null;
  children: ArrayLike<FormulaPart> & Iterable<FormulaPart>;
  parentElement: FormulaPart | null;
}

/** What a formula's letter means; explorable/sphinx/library/symbols.py writes them. */
export interface BookSymbol {
  /** How it is written, as BookSymbols.written writes it. */
  match: string[];
  /** The ids of the places where it means this, if not everywhere. */
  in?: string[];
  /** Its names in the chapter's code. */
  code?: string[];
  html: string;
}

/** What is kept of something that was done, whose name is such as "task softmax". */
export interface Entry {
  right: boolean;
  tries: number;
  /** When it was done last, in milliseconds since 1970. */
  at: number;
  /** The page that has it, such as chapters/forward. */
  page?: string;
}

/** Where the reader stopped. */
export interface Place {
  page: string;
  /** The id of the section, or nothing. */
  id: string;
  /** Its number, such as 4.7. */
  number: string;
  at: number;
}

export interface Kept {
  version: 1;
  done: Record<string, Entry>;
  place?: Place;
  /** What stood there before and could not be read. */
  unread?: string;
}

declare global {
  /** What the event explorable:done tells of something done. */
  interface Done {
    kind: "task" | "prediction" | "drill";
    id: string;
    right: boolean;
  }

  /** Kept in explorable/vendor. */
  const MiniSearch: new (options: object) => {
    addAllAsync(documents: object[], options: { chunkSize: number }): Promise<void>;
    search(query: string, options: object): Hit[];
  };

  /** Words in the language of the page, with values in their places. */
  const say: (text: string, values?: Record<string, string | number>) => string;

  /** Make an element of the page. */
  function element<Tag extends keyof HTMLElementTagNameMap>(
    tag: Tag,
    attributes?: Record<string, string>,
    ...children: (Node | string)[]
  ): HTMLElementTagNameMap[Tag];

  /** Add a script, and wait until it has come, or has not. */
  const addScript: (src: string) => Promise<HTMLScriptElement>;

  /** Return what is chosen in an explorer, as one line of text. */
  const chosenIn: (figure: Element) => string;

  /** Add what is chosen in explorers, and a word before each answer; return what was added. */
  const sayOnPaper: (article: Element, answer: string) => HTMLElement[];

  const bring: (file: string, name: string) => Promise<any>;

  interface BookSymbols {
    /** A part of a formula as one line, by which symbols are known. */
    written(part: FormulaPart): string;
    isLetter(leaf: FormulaPart): boolean;
    /** The longest symbol around a leaf that a table knows within places with these ids. */
    find(
      leaf: FormulaPart,
      table: Map<string, BookSymbol[]>,
      ids: string[],
    ): { symbol: BookSymbol; part: FormulaPart } | undefined;
  }

  interface Window {
    /** What the scripts say, by its English; pages in English have none. */
    bookWords?: Record<string, string>;
    say: typeof say;
    element: typeof element;
    addScript: typeof addScript;
    /** What the network has of the book, for keeping it on the device. */
    bookFiles?: { edition: string; files: Record<string, number> };
    /** Let blocks of the page out of sight rest: to be skipped until near, or until they wake. */
    restOutOfSight: (visibility: "auto" | "hidden") => void;
    /** Let them wake, a few at a time, while nothing else is to be done. */
    wakeOutOfSight: () => void;
    chosenIn: typeof chosenIn;
    sayOnPaper: typeof sayOnPaper;
    /** Return the page as a chapter of an EPUB, given the file of each page and where this lies. */
    bookChapter(book: { files: Record<string, string>; folder: string; answer: string }): {
      headings: { level: number; id: string; text: string }[];
      /** XHTML. */
      content: string;
      /** What the EPUB must tell of its file. */
      uses: string;
    };
    /** Return the page's exercises as HTML, those with these labels or all: to write on, solved. */
    bookSheet(chosen: string[]): { problems: string; solutions: string; title: string };
    bookPrint: {
      /** Add title page, contents, feet, pages to references; fit what is wide; return the headings. */
      bind(facts: BookFacts): BookHeading[];
      /** Write the number of its page wherever a place is referred to. */
      number(pages: Record<string, number>): void;
      /** Whether there is a font that tells these signs apart. */
      canWrite(signs: string): boolean;
    };
    /** Return what a script hands over to the function of this name, once it has come. */
    bring: typeof bring;
    bookSymbols: BookSymbols;
    /** Put a box beside a rectangle of the page, below it where there is room. */
    putBeside(box: HTMLElement, at: DOMRect): void;
    bookIndex?: Index;
    makeSearch?: (index: Index) => Promise<Search>;
    explorablePython: ExplorablePython;
    progress: {
      /** The one name under which the browser keeps it. */
      KEY: string;
      isEntry(each: any): boolean;
      /** Where the reader stopped, if it can be from here. */
      placeOf(kept: Kept | null): Place | undefined;
      understood(each: any): boolean;
      /** What is kept, or null if nothing is. */
      read(): Kept | null;
      /** Change what is kept, beside what other tabs have kept; returns whether it was. */
      change(edit: (kept: Kept) => void): boolean;
      /** What was done, without what cannot be from here. */
      done(): Map<string, Entry>;
    };
    /** Each part of Python hands itself over, in base64. */
    pythonPart: (name: string, index: number, text: string) => void;
    /** What Python says in the language of the page hands itself over, by its English. */
    pythonWords: (words: Record<string, string>) => void;
    /** The code of a page hands itself over: all cells, with what the page does with each. */
    pythonCells: (page: string, cells: [key: string, source: string, kind: string][]) => void;
  }

  /** Python in the page, as other scripts use it. */
  interface ExplorablePython {
    /** The name of this page, if it has cells. */
    page: string;
    /** Under which key the browser keeps what was changed on it. */
    storage: string;
    /** Bring the script that brings Python; what follows is there then. */
    bring(): Promise<void>;
    /** Call a function of the library with keyword arguments; bring and start Python if need be. */
    call(name: string, args?: object): Promise<any>;
    /** Start Python, unless it runs; returns what is another one after each start. */
    start(): Promise<object>;
    /** End it, whatever it does; calls that wait are refused. */
    stop(): void;
    /** Whether Python was asked to start. */
    started(): boolean;
    /** Add a script that lies beside the one that brings Python, until it came whole. */
    load(name: string, whole: () => boolean): Promise<void>;
    /** Do what a button of a cell says. */
    press(cell: HTMLElement, name: "Run" | "Edit"): Promise<void>;
    /** Make an editor in an element. */
    edit(
      parent: HTMLElement,
      code: string,
      on: { run(): void; leave(): void; change(code: string): void },
    ): CodeEditor;
    /** Hear how far the loading is, and what is printed or shown; returns how to end that. */
    listen(listener: (message: PythonMessage) => void): () => void;
  }

  type CodeEditor = {
    focus(): void;
    replace(code: string): void;
    /** Mark a line, counted from 1; none with 0. */
    mark(line: number): void;
  };

  /** The editor's bundle: see explorable/vendor/codemirror. */
  const CodeMirror: any;

  /** Where the loading is, from 0 to 1; else what the worker says, as text. */
  type PythonMessage = { kind: "progress"; value: number } | { kind: string; text: string };

  /** What the build writes in front of the script that brings Python. */
  const PACKED: {
    parts: Record<string, string[]>;
    cells: Record<string, string>;
    /** What Python says, by the language of the page. */
    words: Record<string, string>;
    worker: string;
  };

  /** What the page sends to a new worker: Python, its library, packages to unpack, its words. */
  type PythonStart = {
    module: WebAssembly.Module;
    stdlib: Uint8Array;
    packages: Uint8Array[];
    words: string;
  };

  /** What the page sends then: a function and its keyword arguments as JSON. */
  type PythonCall = { id: number; name: string; args: string };

  // Pyodide's, in the worker.
  function loadPyodide(options: object): Promise<{
    pyimport(name: string): any;
    unpackArchive(buffer: Uint8Array, format: string): void;
  }>;

  /** Ranges of the text that `::highlight()` marks; not in every browser. */
  class Highlight {
    constructor(...ranges: Range[]);
  }

  namespace CSS {
    const highlights: Map<string, Highlight> | undefined;
  }

  interface Element {
    checkVisibility(options?: { contentVisibilityAuto?: boolean }): boolean;
  }

  class DecompressionStream {
    constructor(format: "gzip" | "deflate");
    readable: ReadableStream<Uint8Array>;
    writable: WritableStream<Uint8Array>;
  }

  interface Uint8ArrayConstructor {
    fromBase64?: (text: string) => Uint8Array;
  }
}
