// A line of the desk in the editor of the workbench.
const editor = ".papers .text";

export async function seek(path, line, says) {
  await opened(path);
  const [text] = says;
  if (text) document.dispatchEvent(new CustomEvent("blamed", { detail: { path, line, texts: [[text]] } }));
  show(line);
}

// The list of the files opens it, and marks it once it is there.
function opened(path) {
  const files = document.querySelector(".papers .files");
  const entry = () => [...files.querySelectorAll("li button")].find(({ textContent }) => textContent === path);
  const isOpen = () => entry()?.ariaCurrent === "true";
  return new Promise((resolve) => {
    if (isOpen()) return resolve();
    const observer = new MutationObserver(() => {
      if (!isOpen()) return;
      observer.disconnect();
      resolve();
    });
    observer.observe(files, { attributes: true, childList: true, subtree: true });
    entry()?.click();
  });
}

async function show(line) {
  const { EditorView } = await import("../vendor/codemirror.js");
  const view = EditorView.findFromDOM(document.querySelector(editor).shadowRoot.querySelector(".cm-editor"));
  const { from } = view.state.doc.line(Math.min(line, view.state.doc.lines));
  view.dispatch({ selection: { anchor: from }, effects: EditorView.scrollIntoView(from, { y: "center" }) });
  view.focus();
}
