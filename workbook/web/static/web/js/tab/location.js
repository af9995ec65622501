// The page's location and history, as at the address that its window shows.
"use strict";
{
  // `address` tells where the page is; `go` takes it elsewhere.
  function page(address, go) {
    const at = () => new URL(address());
    const location = {
      assign: (to) => go({ to: String(to) }),
      replace: (to) => go({ to: String(to), replaces: true }),
      reload: () => go({ to: address(), replaces: true, again: true }),
      toString: address,
      ancestorOrigins: [],
    };
    for (const part of ["href", "protocol", "host", "hostname", "port", "pathname", "search", "hash", "origin"]) {
      const set = (value) => go({ to: part === "href" ? String(value) : changed(at(), part, value) });
      Object.defineProperty(location, part, { enumerable: true, get: () => at()[part], set: part === "origin" ? undefined : set });
    }
    const history = {
      length: 1,
      state: null,
      scrollRestoration: "auto",
      back: () => go({ by: -1 }),
      forward: () => go({ by: 1 }),
      go: (by = 0) => go(by ? { by } : { to: address(), replaces: true, again: true }),
      pushState: (state, _, to) => stay(state, to, false),
      replaceState: (state, _, to) => stay(state, to, true),
    };

    function stay(state, to = address(), replaces) {
      history.state = structuredClone(state);
      go({ to: String(to), replaces, stays: true });
    }

    return {
      get location() {
        return location;
      },
      set location(to) {
        location.href = to;
      },
      history,
    };
  }

  function changed(url, part, value) {
    url[part] = value;
    return url.href;
  }

  parts.page = page;
}
