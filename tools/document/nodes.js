// Nodes: what domino leaves out of them.
import * as domino from "./domino.js";
import { isMissing } from "./lacking.js";
import { extend, resort } from "./members.js";
import { lack, page } from "./record.js";
import { dataset, style } from "./values.js";

const { DOMTokenList, Document, DocumentFragment, Element, HTMLElement, Node, NodeList } = domino;

const parent = {
  append(...nodes) {
    this.appendChild(fragment(nodes));
  },
  prepend(...nodes) {
    this.insertBefore(fragment(nodes), this.firstChild);
  },
  replaceChildren(...nodes) {
    const all = fragment(nodes);
    while (this.firstChild) this.removeChild(this.firstChild);
    this.appendChild(all);
  },
  get children() {
    return NodeList.from(this.childNodes).filter((each) => each.nodeType === 1);
  },
  get childElementCount() {
    return this.children.length;
  },
  // domino goes from element to element by these, so that they may make no list.
  get firstElementChild() {
    return elementFrom(this.firstChild, "nextSibling");
  },
  get lastElementChild() {
    return elementFrom(this.lastChild, "previousSibling");
  },
};

function elementFrom(node, next) {
  while (node && node.nodeType !== Node.ELEMENT_NODE) node = node[next];
  return node ?? null;
}

function fragment(nodes) {
  const all = page.document.createDocumentFragment();
  const text = (each) => page.document.createTextNode(`${each}`);
  for (const each of nodes) all.appendChild(each instanceof Node ? each : text(each));
  return all;
}

for (const { prototype } of [Document, DocumentFragment, Element]) {
  const { querySelector, querySelectorAll } = prototype;
  extend(prototype, parent);
  extend(prototype, {
    querySelector(selector) {
      return querySelector.call(this, selector) ?? null;
    },
    // domino may give a list that changes with the document
    querySelectorAll(selector) {
      return NodeList.from(querySelectorAll.call(this, selector));
    },
  });
}

extend(DocumentFragment.prototype, {
  getElementById(id) {
    return this.querySelectorAll("[id]").find((each) => each.id === id) ?? null;
  },
});

extend(Node.prototype, {
  get isConnected() {
    return this.getRootNode() === page.document;
  },
  get baseURI() {
    return page.document.baseURI;
  },
  getRootNode() {
    let root = this;
    while (root.parentNode) root = root.parentNode;
    return root;
  },
});

const namedItem = {
  namedItem(name) {
    return named([...this], `${name}`);
  },
};
function elementOf(elements, name) {
  const element = elements.namedItem(name) ?? undefined;
  if (element?.type === "radio") lack("RadioNodeList");
  if (!element && isMissing(elements, name)) lack(name);
  return element;
}

const list = {
  *[Symbol.iterator]() {
    for (let index = 0; index < this.length; index++) yield this.item(index);
  },
};

const { item } = domino.FilteredElementList.prototype;
extend(domino.FilteredElementList.prototype, {
  ...list,
  item(index) {
    return item.call(this, index) ?? null;
  },
});
extend(domino.FilteredElementList.prototype, namedItem);
extend(NodeList.prototype, namedItem);
// So that only what is no method of an array is taken for the name of an element in the list.
for (const name of Object.getOwnPropertyNames(Array.prototype)) {
  if (!/^(constructor|length)$/.test(name)) extend(NodeList.prototype, { [name]: [][name] });
}
resort(NodeList.prototype, elementOf);
resort(domino.FilteredElementList.prototype, elementOf);
extend(DOMTokenList.prototype, {
  ...list,
  forEach(callback, self) {
    [...this].forEach((each, index) => callback.call(self, each, index, this));
  },
  values() {
    return [...this].values();
  },
  supports: () => true,
});

// The one of these elements that has this id, or this name.
export const named = (elements, name) =>
  elements.find((each) => each.id === name || each.getAttribute?.("name") === name) ?? null;

// A form or a picture with a name is a property of the document and of the window too.
export const WITH_NAMES = ["embed", "form", "img", "object"].map((each) => `${each}[name]`).join();
export const namedIn = (document, name) =>
  document.querySelectorAll(WITH_NAMES).find((each) => each.getAttribute("name") === name);

// Scripts that are written into the page as HTML, when it stands already, never run.
export const inert = new WeakSet();

for (const [prototype, name] of [
  [HTMLElement.prototype, "innerHTML"],
  [Element.prototype, "outerHTML"],
]) {
  const { get, set } = Object.getOwnPropertyDescriptor(prototype, name);
  const write = function (html) {
    const around = name === "outerHTML" ? this.parentNode : this;
    set.call(this, html);
    leaveOut(around);
  };
  Object.defineProperty(prototype, name, { configurable: true, get, set: write });
}

const { insertAdjacentHTML } = Element.prototype;

function leaveOut(root) {
  for (const each of root?.getElementsByTagName("script") ?? []) inert.add(each);
}

extend(HTMLElement.prototype, {
  get dataset() {
    return dataset(this);
  },
  get style() {
    return style(this);
  },
  set style(text) {
    this.setAttribute("style", text);
  },
  get contentEditable() {
    return this.getAttribute("contenteditable") ?? "inherit";
  },
  set contentEditable(value) {
    this.setAttribute("contenteditable", value);
  },
  get isContentEditable() {
    const around = this.closest("[contenteditable]");
    return !!around && !/^false$/i.test(around.getAttribute("contenteditable"));
  },
  insertAdjacentHTML(position, html) {
    insertAdjacentHTML.call(this, position, html);
    leaveOut(this.parentNode ?? this);
  },
});

const FLAGS = ["autofocus", "inert", "spellcheck", "translate"];
const WORDS = [
  ..."enterKeyHint inputMode autocapitalize nonce popover role slot".split(" "),
  ..."Atomic Busy Checked Disabled Expanded Hidden Label Live Pressed Selected"
    .split(" ")
    .map((each) => `aria${each}`),
];

for (const name of FLAGS) {
  Object.defineProperty(HTMLElement.prototype, name, {
    configurable: true,
    get() {
      return this.hasAttribute(name);
    },
    set(value) {
      this.toggleAttribute(name, !!value);
    },
  });
}

for (const name of WORDS) {
  const attribute = name.replace(/^aria/, "aria-").toLowerCase();
  Object.defineProperty(HTMLElement.prototype, name, {
    configurable: true,
    get() {
      return this.getAttribute(attribute);
    },
    set(value) {
      this.setAttribute(attribute, value);
    },
  });
}
