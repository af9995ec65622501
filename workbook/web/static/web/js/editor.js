// A file's text in CodeMirror. It stands in a shadow tree: only there may it bring styles of its own.
import * as cm from "../vendor/codemirror.js";
import { say } from "./elements.js";

// As in the listings of the notes.
const COLOURS = cm.HighlightStyle.define([
  { tag: cm.tags.comment, color: "var(--quiet)" },
  { tag: [cm.tags.keyword, cm.tags.operatorKeyword, cm.tags.tagName], color: "var(--blue)" },
  { tag: [cm.tags.string, cm.tags.attributeValue], color: "var(--green)" },
  { tag: [cm.tags.number, cm.tags.bool, cm.tags.null, cm.tags.self], color: "var(--amber)" },
  { tag: [cm.tags.className, cm.tags.attributeName], color: "var(--plum)" },
  { tag: cm.tags.function(cm.tags.definition(cm.tags.variableName)), color: "var(--plum)" },
]);

const LOOKS = cm.EditorView.theme({
  "&": { height: "100%", color: "var(--text)", backgroundColor: "var(--background)" },
  "&.cm-focused": { outline: "2px solid var(--link)", outlineOffset: "-2px" },
  ".cm-scroller": { fontFamily: "var(--mono)", fontSize: "0.875rem", lineHeight: "1.6" },
  ".cm-content": { caretColor: "var(--text)" },
  ".cm-cursor": { borderInlineStartColor: "var(--text)", borderInlineStartWidth: "2px" },
  ".cm-gutters": { color: "var(--quiet)", backgroundColor: "var(--surface)", border: "none" },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "var(--chosen)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground":
    { backgroundColor: "var(--straw)" },
  ".cm-tooltip, .cm-panels": { color: "var(--text)", backgroundColor: "var(--surface)", border: "1px solid var(--border)" },
  ".cm-blamed": { backgroundColor: "var(--blush)" },
});

const PHRASES = cm.EditorState.phrases.of(JSON.parse(document.querySelector("#editor").textContent));
const LANGUAGES = { py: cm.python, html: cm.html };

export class Editor {
  // `changed` is called after each change that a person makes, `saved` when Ctrl-S is pressed.
  constructor(host, { changed, saved }) {
    this.changed = changed;
    this.saved = saved;
    this.states = new Map(); // of the files that were open: cursor and what can be undone
    host.dir = "ltr";
    const root = host.attachShadow({ mode: "open" });
    this.view = new cm.EditorView({ root, parent: root, state: this.made("", "", true) });
    root.addEventListener("keydown", (event) => this.leaveDialog(event));
  }

  // CodeMirror looks for the focus in the document, where a shadow tree's is not seen.
  leaveDialog({ target, key }) {
    if (target.closest(".cm-dialog") && ["Enter", "Escape"].includes(key)) this.view.focus();
  }

  made(path, text, isReadOnly) {
    const language = LANGUAGES[path.split(".").pop()];
    return cm.EditorState.create({
      doc: text,
      extensions: [
        PHRASES,
        cm.lineNumbers(),
        cm.highlightSpecialChars(),
        cm.history(),
        cm.drawSelection(),
        cm.indentOnInput(),
        cm.indentUnit.of("    "),
        cm.bracketMatching(),
        cm.highlightActiveLine(),
        cm.highlightActiveLineGutter(),
        cm.search({ top: true }),
        cm.lintGutter(),
        cm.syntaxHighlighting(COLOURS),
        LOOKS,
        language ? language() : [],
        cm.EditorState.readOnly.of(isReadOnly),
        cm.EditorView.editable.of(!isReadOnly),
        cm.EditorView.contentAttributes.of({ "aria-label": path || say.files, tabindex: "0", dir: "ltr" }),
        cm.EditorView.updateListener.of((update) => {
          if (update.docChanged && !this.isReplacing) this.changed();
        }),
        cm.keymap.of([
          { key: "Mod-s", run: () => (this.saved(), true) },
          ...cm.searchKeymap,
          ...cm.historyKeymap,
          cm.indentWithTab,
          ...cm.defaultKeymap,
        ]),
      ],
    });
  }

  get text() {
    return this.view.state.doc.toString();
  }

  open(path, text, isReadOnly) {
    if (this.path) this.states.set(this.path, this.view.state);
    const before = this.states.get(path);
    this.path = path;
    this.view.setState(before && before.readOnly === isReadOnly ? before : this.made(path, text, isReadOnly));
    this.replace(text);
  }

  // What was changed elsewhere comes in; the cursor stays where it was in what is the same.
  replace(text) {
    const old = this.text;
    if (old === text) return;
    let from = 0;
    while (from < Math.min(old.length, text.length) && old[from] === text[from]) from += 1;
    let same = 0;
    while (same < Math.min(old.length, text.length) - from && old.at(-1 - same) === text.at(-1 - same)) same += 1;
    this.isReplacing = true; // which nobody typed
    this.view.dispatch({ changes: { from, to: old.length - same, insert: text.slice(from, text.length - same) } });
    this.isReplacing = false;
  }

  forget(path) {
    this.states.delete(path);
    if (this.path === path) this.path = undefined;
  }

  // A mark in the gutter and on the line, with what is said of it.
  blame(line, message, severity) {
    const lines = this.view.state.doc.lines;
    const marks = [];
    if (line >= 1 && line <= lines) {
      const { from, to } = this.view.state.doc.line(line);
      marks.push({ from, to, severity, message });
    }
    this.view.dispatch(cm.setDiagnostics(this.view.state, marks));
  }
}

// The difference between two versions of a text, in which nothing can be written.
export function compared(host, ours, theirs) {
  const root = host.shadowRoot ?? host.attachShadow({ mode: "open" });
  root.replaceChildren();
  return new cm.EditorView({
    root,
    parent: root,
    doc: ours,
    extensions: [
      PHRASES,
      cm.lineNumbers(),
      LOOKS,
      cm.EditorState.readOnly.of(true),
      cm.EditorView.editable.of(false),
      cm.EditorView.contentAttributes.of({ "aria-label": say.changed_elsewhere, tabindex: "0" }),
      cm.unifiedMergeView({ original: theirs, mergeControls: false }),
    ],
  });
}
