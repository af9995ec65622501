// One page of the chat in a frame that reaches nothing but the tab's server and its own window.
"use strict";
{
  const { WebSocket, sockets, rewritten, page } = parts;
  delete globalThis.parts;
  const TAG = /<(?:script|link|img)\b(?:"[^"]*"|'[^']*'|[^>"'])*>/gi;
  const SCRIPT = /(<script\b(?:"[^"]*"|'[^']*'|[^>"'])*>)([\s\S]*?)(?=<\/script\b)/gi;
  const HIDDEN = { configurable: true, writable: true };
  const NO_BODY = [101, 204, 205, 304];
  const awaited = new Map(); // by number: what is to be done with an answer
  let address;
  let cookie = "";
  let count = 0;
  let window_; // the port to the window around
  let come; // the window is free for the page
  const coming = new Promise((resolve) => (come = resolve));
  let server; // the port to the tab's server; undefined while it is away

  addEventListener("message", function begin({ source, data, ports }) {
    if (source !== parent.parent || !ports.length) return;
    removeEventListener("message", begin);
    window_ = ports[0];
    window_.onmessage = ({ data: { tell }, ports: [port] }) => {
      if (tell === "come") come();
      if (tell === "away") away();
      if (tell === "back") serve(port);
    };
    address = data.address;
    serve(ports[1]);
    request(data).then(show, () => window_.postMessage({ tell: "lost", address }));
  });

  function serve(port) {
    server = port;
    server.onmessage = ({ data }) => (data.tell === "answer" ? answered(data) : sockets.hear(data));
    sockets.serve(address, say);
  }

  function say(word) {
    server.postMessage(word, word.data instanceof ArrayBuffer ? [word.data] : []);
  }

  function away() {
    server?.close();
    server = undefined;
    sockets.away();
    for (const { reject } of awaited.values()) reject(new TypeError("Failed to fetch"));
    awaited.clear();
  }

  function request({ address: to, method = "GET", headers = [], body, from = "" }) {
    const id = ++count;
    return new Promise((resolve, reject) => {
      if (!server) return reject(new TypeError("Failed to fetch"));
      awaited.set(id, { resolve, reject });
      server.postMessage({ do: "request", id, address: to, method, headers, body, page: from });
    });
  }

  function answered(answer) {
    awaited.get(answer.id)?.resolve(answer);
    awaited.delete(answer.id);
    cookie = answer.cookies;
  }

  async function show(answer) {
    if (!isHere(new URL(answer.address))) return window_.postMessage({ tell: "go", to: answer.address, from: address });
    const { hash } = new URL(address);
    address = answer.address + (answer.address.includes("#") ? "" : hash);
    sockets.serve(address, say);
    const html = await shown(answer);
    window_.postMessage({ tell: "ready" });
    await coming;
    document.open();
    equip();
    document.write(html);
    document.close();
    scrollTo_(hash);
    window_.postMessage({ tell: "shown", address, title: document.title, status: answer.status });
  }

  async function shown({ headers, body }) {
    const kind = new Map(headers).get("content-type") ?? "text/plain";
    const charset = /charset="?([^";]+)/i.exec(kind)?.[1] ?? "utf-8";
    if (kind.startsWith("image/")) return `<!DOCTYPE html><img src="${URL.createObjectURL(new Blob([body], { type: kind }))}">`;
    const text = new TextDecoder(charset).decode(body);
    return kind.startsWith("text/html") ? complete(text) : `<!DOCTYPE html><pre>${escaped(text)}</pre>`;
  }

  function escaped(text) {
    return text.replace(/[&<]/g, (sign) => `&#${sign.charCodeAt(0)};`);
  }

  // The page's HTML with its scripts rewritten, and with what it loads from the server in place.
  async function complete(html) {
    const tags = [...new Set(html.match(TAG))];
    const loaded = new Map(await Promise.all(tags.map(async (tag) => [tag, await filled(tag)])));
    return html.replace(SCRIPT, (_, tag, code) => tag + (isScript(tag) ? rewritten(code, isModule(tag)) : code)).replace(TAG, (tag) => loaded.get(tag) ?? tag);
  }

  async function filled(tag) {
    const element = elementOf(tag);
    const name = element?.localName === "link" ? "href" : "src";
    const given = element?.getAttribute(name);
    if (!given || (element.localName === "link" && element.rel !== "stylesheet") || /^(data|blob):/.test(given)) return tag;
    const url = new URL(given, address);
    const answer = isHere(url) && (await request({ address: url.href, from: address }).catch(() => undefined));
    if (!answer || answer.status !== 200) return tag;
    const type = new Map(answer.headers).get("content-type");
    const content = element.localName === "script" ? rewritten(new TextDecoder().decode(answer.body), isModule(tag)) : answer.body;
    element.setAttribute(name, URL.createObjectURL(new Blob([content], { type })));
    element.removeAttribute("integrity");
    return element.outerHTML.replace(/<\/script>$/, "");
  }

  function elementOf(tag) {
    return new DOMParser().parseFromString(tag, "text/html").querySelector("script, link, img");
  }

  function isScript(tag) {
    return ["", "module", "text/javascript", "application/javascript"].includes(elementOf(tag).type);
  }

  function isModule(tag) {
    return elementOf(tag).type === "module";
  }

  function isHere(url) {
    return url.origin === new URL(address).origin;
  }

  // What the page's scripts find: no script of it has run yet.
  function equip() {
    const stands = page(() => address, go);
    for (const [name, value] of Object.entries({ WebSocket, fetch, open: openWindow, chatPage: stands })) {
      Object.defineProperty(globalThis, name, { ...HIDDEN, value });
    }
    HTMLFormElement.prototype.submit = function () {
      submit(this);
    };
    for (const name of ["URL", "documentURI"]) Object.defineProperty(document, name, { get: () => address, configurable: true });
    Object.defineProperty(document, "cookie", { get: () => cookie, set: putCookie, configurable: true });
    addEventListener("click", clicked);
    addEventListener("auxclick", clicked);
    addEventListener("submit", submitted);
    addEventListener("DOMContentLoaded", rewriteHandlers, { capture: true, once: true });
  }

  function putCookie(text) {
    const [pair] = String(text).split(";");
    const [name] = pair.split("=");
    const kept = cookie.split("; ").filter((each) => each && each.split("=")[0] !== name.trim());
    cookie = [...kept, pair.trim()].join("; ");
    server?.postMessage({ do: "cookie", cookie: String(text) });
  }

  function rewriteHandlers() {
    for (const element of document.querySelectorAll("*")) {
      for (const { name, value } of element.attributes) {
        if (name.startsWith("on") && /location|history/.test(value)) element.setAttribute(name, handler(value));
      }
    }
  }

  // A handler in an attribute is the inside of a function.
  function handler(value) {
    const begin = "function handler(event) {";
    return rewritten(`${begin}${value}\n}`).slice(begin.length, -2);
  }

  function go({ to, ...how }) {
    if (to === undefined) return window_.postMessage({ tell: "go", ...how });
    const url = new URL(to, address);
    if (how.stays) address = url.href;
    else if (!how.again && !how.method && url.hash && url.href.split("#")[0] === address.split("#")[0]) {
      address = url.href;
      how.stays = true;
      scrollTo_(url.hash);
    }
    window_.postMessage({ tell: "go", to: url.href, from: address, ...how });
  }

  function scrollTo_(hash) {
    if (hash) document.getElementById(decodeURIComponent(hash.slice(1)))?.scrollIntoView();
  }

  function clicked(event) {
    const link = event.composedPath().find((each) => each.localName === "a" && each.hasAttribute("href"));
    if (!link || event.defaultPrevented || event.button > 1) return;
    const given = link.getAttribute("href");
    if (/^\s*(javascript|mailto|tel):/i.test(given)) return;
    event.preventDefault();
    const isNew = event.button === 1 || event.ctrlKey || event.metaKey || event.shiftKey || link.target === "_blank";
    go({ to: given, isNew });
  }

  function submitted(event) {
    if (event.defaultPrevented) return;
    event.preventDefault();
    submit(event.target, event.submitter);
  }

  async function submit(form, submitter) {
    const fields = new FormData(form, submitter);
    const given = (name) => submitter?.getAttribute(`form${name}`) ?? form.getAttribute(name) ?? "";
    const url = new URL(given("action") || address, address);
    const isNew = given("target") === "_blank";
    if (given("method").toLowerCase() !== "post") {
      url.search = new URLSearchParams(fields);
      return go({ to: url.href, isNew });
    }
    const sent = new Response(given("enctype") === "multipart/form-data" ? fields : new URLSearchParams(fields));
    const headers = [["content-type", sent.headers.get("content-type").replace(/;charset=UTF-8$/, "")]];
    go({ to: url.href, isNew, method: "POST", headers, body: await sent.arrayBuffer() });
  }

  function openWindow(to) {
    go({ to: String(to), isNew: true });
    return null;
  }

  async function fetch(input, options) {
    const asked = input instanceof Request ? new Request(input, options) : new Request(new URL(input, address), options);
    if (!isHere(new URL(asked.url))) throw new TypeError("Failed to fetch");
    const body = await asked.arrayBuffer();
    const answer = await request({ address: asked.url, method: asked.method, headers: [...asked.headers], body, from: address });
    const response = new Response(NO_BODY.includes(answer.status) ? null : answer.body, { status: answer.status, headers: answer.headers });
    Object.defineProperty(response, "url", { value: answer.address });
    return response;
  }
}
