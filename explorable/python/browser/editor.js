// The editor of a cell: CodeMirror in the book's ink.

const { tags, EditorView, EditorState, StateEffect, StateField, Decoration, keymap } = CodeMirror;

const ink = CodeMirror.HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword], fontWeight: "600" },
  { tag: tags.comment, color: "var(--muted)", fontStyle: "italic" },
]);

const look = EditorView.theme({
  "&": { borderRadius: "inherit", background: "var(--panel)" },
  "&.cm-focused": { outline: "2px solid var(--one)" },
  ".cm-scroller": { font: "inherit", scrollbarWidth: "thin" },
  ".cm-content": { padding: "0.8rem 0", caretColor: "var(--ink)" },
  ".cm-line": { padding: "0 var(--aside) 0 calc(var(--aside) + var(--hang))" },
  ".cm-matchingBracket": { background: "var(--grid) !important" },
  ".cm-nonmatchingBracket": { textDecoration: "underline wavy" },
  ".run-wrong": { background: "var(--mark)" },
});

/** The line in which an error happened, until the code is changed. */
const wrong = StateEffect.define();
const wrongLine = StateField.define({
  create: () => Decoration.none,
  update(/** @type {any} */ marks, /** @type {any} */ change) {
    if (change.docChanged) return Decoration.none;
    const effect = change.effects.find((/** @type {any} */ one) => one.is(wrong));
    if (!effect) return marks;
    if (!(effect.value >= 1 && effect.value <= change.state.doc.lines)) return Decoration.none;
    const { from } = change.state.doc.line(effect.value);
    return Decoration.set([Decoration.line({ class: "run-wrong" }).range(from)]);
  },
  provide: (/** @type {any} */ field) => EditorView.decorations.from(field),
});

/** Each line with its indent, so that it goes on to the right of where it begins. */
const indents = EditorView.decorations.compute(["doc"], (/** @type {any} */ state) => {
  const marks = [];
  for (let number = 1; number <= state.doc.lines; number++) {
    const { from, text } = state.doc.line(number);
    const tabs = Math.floor(text.search(/\S|$/) / 4);
    marks.push(Decoration.line({ class: `in${tabs}` }).range(from));
  }
  return Decoration.set(marks);
});

/** @type {{ view: any, run: () => void } | null} */
let held = null; // the editor in hand

/** What a phone's keyboard hides or has not, in a bar above it; the style shows it to fingers. */
const bar = document.createElement("div");
bar.className = "run-keys";
bar.role = "toolbar";
bar.ariaLabel = say("Keys for code");
bar.hidden = true;

/** @param {string} label @param {string} name @param {(view: any) => void} press */
function addKey(label, name, press) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = label;
  button.ariaLabel = name;
  button.onpointerdown = (event) => event.preventDefault(); // the editor keeps the focus
  button.onclick = () => held && press(held.view);
  bar.append(button);
}

addKey(say("Run"), say("Run"), (view) => {
  held?.run();
  view.contentDOM.blur(); // the keyboard goes, and what the run prints is seen
});
addKey("⇥", say("Indent"), CodeMirror.indentWithTab.run);
for (const pair of ["()", "[]", ":", "=", "_", "*"])
  addKey(pair, pair, (view) => {
    const { from, to } = view.state.selection.main;
    const insert = pair[0] + view.state.sliceDoc(from, to) + pair.slice(1);
    const anchor = from + 1 + to - from;
    view.dispatch({ changes: { from, to, insert }, selection: { anchor }, scrollIntoView: true });
  });

/** A keyboard covers the page's foot where it does not make the page shorter. */
function stand() {
  const seen = window.visualViewport;
  if (seen) bar.style.bottom = `${Math.max(0, innerHeight - seen.height - seen.offsetTop)}px`;
}
for (const change of ["resize", "scroll"]) window.visualViewport?.addEventListener(change, stand);
document.body.append(bar);

/** @type {ExplorablePython["edit"]} */
function edit(parent, code, { run, leave, change }) {
  const keys = [
    { key: "Mod-Enter", run: () => (run(), true) },
    { key: "Ctrl-Enter", run: () => (run(), true) },
    { key: "Shift-Enter", run: () => (run(), true) },
    { key: "Escape", run: () => (leave(), true) },
  ];
  const label = say("Code of this cell. Shift+Enter runs it, Escape leaves it.");
  const view = new EditorView({
    parent,
    state: EditorState.create({
      doc: code,
      extensions: [
        keymap.of([
          ...keys,
          ...CodeMirror.closeBracketsKeymap,
          ...CodeMirror.defaultKeymap,
          ...CodeMirror.historyKeymap,
          CodeMirror.indentWithTab,
        ]),
        CodeMirror.history(),
        CodeMirror.python(),
        CodeMirror.indentUnit.of("    "),
        CodeMirror.indentOnInput(),
        CodeMirror.closeBrackets(),
        CodeMirror.bracketMatching(),
        CodeMirror.syntaxHighlighting(ink),
        wrongLine,
        indents,
        EditorView.lineWrapping,
        look,
        EditorState.tabSize.of(4),
        EditorView.contentAttributes.of({ "aria-label": label, spellcheck: "false" }),
        EditorView.updateListener.of((/** @type {any} */ update) => {
          if (update.docChanged) change(update.state.doc.toString());
          if (update.focusChanged) {
            held = update.view.hasFocus ? { view, run } : null;
            bar.hidden = !held;
            stand();
          }
        }),
        EditorView.scrollMargins.of(() => ({ bottom: bar.offsetHeight })),
      ],
    }),
  });
  return {
    focus: () => view.focus(),
    replace: (text) => {
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } });
    },
    mark: (line) => view.dispatch({ effects: wrong.of(line) }),
  };
}

Object.assign(window.explorablePython, { edit });
