// Addresses, taken apart as a browser takes them apart.
import { provide } from "./members.js";
import { URLSearchParams } from "./pairs.js";

const PORTS = { "http:": "80", "https:": "443", "ws:": "80", "wss:": "443", "ftp:": "21" };
const IN_PATH = /[\0-\x20"<>`#?{}^|]|[^\0-\x7e]+/gu;
const IN_QUERY = /[\0-\x20"<>#']|[^\0-\x7e]+/gu;
const IN_HASH = /[\0-\x20"<>`]|[^\0-\x7e]+/gu;
const NOT_IN_A_HOST = /[\0-\x20#%<>?@[\\\]^|]/;

export class URL {
  #parts;

  constructor(address, base) {
    this.#parts = parsed(`${address}`, base === undefined ? null : new URL(base));
    if (!this.#parts) throw new TypeError(`Invalid URL: ${address}`);
  }
  static parse(address, base) {
    try {
      return new URL(address, base);
    } catch {
      return null;
    }
  }
  static canParse(address, base) {
    return URL.parse(address, base) !== null;
  }
  get href() {
    const { protocol, user, host, pathname, search, hash } = this.#parts;
    return [protocol, host === null ? "" : `//${user}${host}`, pathname, search, hash].join("");
  }
  set href(address) {
    this.#parts = new URL(address).#parts;
  }
  get origin() {
    return PORTS[this.protocol] ? `${this.protocol}//${this.host}` : "null";
  }
  get protocol() {
    return this.#parts.protocol;
  }
  set protocol(value) {
    const protocol = `${value}`.replace(/:.*$/s, "").toLowerCase() + ":";
    if (!PORTS[protocol] !== !PORTS[this.protocol]) return;
    const host = this.host.replace(RegExp(`:${PORTS[protocol]}$`), "");
    Object.assign(this.#parts, { protocol, host });
  }
  get username() {
    return this.#parts.user.replace(/[:@].*$/s, "");
  }
  get password() {
    return this.#parts.user.replace(/^[^:]*:?|@$/g, "");
  }
  get host() {
    return this.#parts.host ?? "";
  }
  set host(value) {
    this.#parts.host = URL.parse(`${this.protocol}//${value}`)?.host ?? this.host;
  }
  get hostname() {
    return this.host.replace(/:\d+$/, "");
  }
  set hostname(value) {
    this.host = this.port ? `${value}:${this.port}` : value;
  }
  get port() {
    return /:(\d+)$/.exec(this.host)?.[1] ?? "";
  }
  set port(value) {
    this.host = `${value}` ? `${this.hostname}:${value}` : this.hostname;
  }
  get pathname() {
    return this.#parts.pathname;
  }
  set pathname(value) {
    this.#parts.pathname = path(`${value}`.replace(/^(?![/\\])/, "/"), this.protocol);
  }
  get search() {
    return this.#parts.search.replace(/^\?$/, "");
  }
  set search(value) {
    this.#parts.search = `${value}` && `?${encoded(`${value}`.replace(/^\?/, ""), IN_QUERY)}`;
  }
  get hash() {
    return this.#parts.hash.replace(/^#$/, "");
  }
  set hash(value) {
    this.#parts.hash = `${value}` && `#${encoded(`${value}`.replace(/^#/, ""), IN_HASH)}`;
  }
  get hasFragment() {
    return this.#parts.hash !== "";
  }
  get searchParams() {
    return new URLSearchParams(this.search, (query) => (this.search = query));
  }
  toString() {
    return this.href;
  }
  toJSON() {
    return this.href;
  }
}

provide({ URL });

// The parts of an address, seen from another one; null if it is no address.
function parsed(address, base) {
  const clean = address.replace(/^[\0-\x20]+|[\0-\x20]+$|[\t\n\r]/g, "");
  const [, scheme, rest] = /^([a-z][a-z0-9+.-]*:)?(.*)$/is.exec(clean);
  const protocol = scheme?.toLowerCase() ?? base?.protocol;
  const [, before, query, fragment] = /^([^?#]*)(\?[^#]*)?(#.*)?$/s.exec(rest);
  const search = query === undefined ? "" : `?${encoded(query.slice(1), IN_QUERY)}`;
  const hash = fragment === undefined ? "" : `#${encoded(fragment.slice(1), IN_HASH)}`;
  if (!PORTS[protocol]) {
    return scheme ? { protocol, user: "", host: null, pathname: before, search, hash } : null;
  }
  const way = before.replace(/\\/g, "/");
  if (way.startsWith("//") || (scheme && protocol !== base?.protocol)) {
    const place = authority(way, protocol);
    return place && { protocol, ...place, search, hash };
  }
  const place = { protocol, user: "", host: base.host };
  const here = { search: query === undefined ? base.search : search, hash };
  if (!way) return { ...place, pathname: base.pathname, ...here };
  const whole = way.startsWith("/") ? way : base.pathname.replace(/[^/]*$/, "") + way;
  return { ...place, pathname: path(whole, protocol), search, hash };
}

function authority(way, protocol) {
  const shape = /^\/*([^/]*@)?(\[[^\]]*\]|[^/:]*)(?::(\d*))?(\/.*)?$/s;
  const [, user = "", host, port = "", rest = "/"] = shape.exec(way) ?? [];
  if (!host || NOT_IN_A_HOST.test(host.replace(/^\[.*\]$/, "")) || port > 65535) return null;
  const ending = port === "" || port === PORTS[protocol] ? "" : `:${Number(port)}`;
  return { user, host: host.toLowerCase() + ending, pathname: path(rest, protocol) };
}

function path(text, protocol) {
  const parts = [];
  const all = (PORTS[protocol] ? text.replace(/\\/g, "/") : text).split("/").slice(1);
  for (const [index, each] of all.entries()) {
    const dots = each.replace(/%2e/gi, ".");
    if (dots === "..") parts.pop();
    else if (dots !== ".") parts.push(encoded(each, IN_PATH));
    if ((dots === "." || dots === "..") && index === all.length - 1) parts.push("");
  }
  return `/${parts.join("/")}`;
}

const encoded = (text, signs) => text.toWellFormed().replace(signs, (each) => escaped(each));
const escaped = (each) => encodeURIComponent(each).replace(/'/g, "%27");
