// Where the page is, and where it goes.
import { URL } from "./address.js";
import { HashChangeEvent, dispatch } from "./events.js";
import { nothing, provide } from "./members.js";
import { lack, page, record } from "./record.js";
import { later } from "./time.js";

const PARTS = ["href", "protocol", "host", "hostname", "port", "pathname", "search", "hash"];

class Location {
  get origin() {
    return page.address.origin;
  }
  assign(address) {
    go(address);
  }
  replace(address) {
    go(address);
  }
  reload() {
    leave(page.address.href);
  }
  toString() {
    return page.address.href;
  }
}

for (const part of PARTS) {
  Object.defineProperty(Location.prototype, part, {
    get: () => page.address[part],
    set(value) {
      const next = new URL(page.address.href);
      next[part] = part === "href" ? resolved(value).href : value;
      go(next.href);
    },
  });
}

export const location = new Location();

const history = {
  length: 1,
  state: null,
  scrollRestoration: "auto",
  pushState(state, title, address) {
    this.state = state;
    if (address !== undefined && address !== null) page.address = resolved(address);
  },
  replaceState(...all) {
    this.pushState(...all);
  },
  back: nothing,
  forward: nothing,
  go: nothing,
};

provide({
  Location,
  history,
  get location() {
    return location;
  },
  set location(address) {
    go(address);
  },
});

export const resolved = (address) => new URL(address, page.document.baseURI);

// Whether a window of this name is this one: there are no others here.
export const isHere = (target) => /^(_self|_parent|_top|)$/i.test(target) || lack("other windows");

export function go(address) {
  const next = resolved(address);
  const without = ({ href }) => href.replace(/#.*$/s, "");
  if (next.protocol === "javascript:") return;
  if (!next.hasFragment || without(next) !== without(page.address)) return leave(next.href);
  const moved = { oldURL: page.address.href, newURL: next.href };
  page.address = next;
  later(() => dispatch(globalThis, new HashChangeEvent("hashchange", moved)));
}

// The page gives way to another; nothing reaches its sockets any more.
export function leave(address, data = null) {
  record.left = { address, data };
  for (const each of record.sockets) each.state = 3;
}
