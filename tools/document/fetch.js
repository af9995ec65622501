// Asking the page's own server for more.
import { resolved } from "./location.js";
import { provide } from "./members.js";
import { asked, lack, page, part } from "./record.js";

provide({ fetch });

function fetch(address, { method = "GET" } = {}) {
  const { href, origin } = resolved(address?.url ?? address);
  if (origin !== page.address.origin || !/^get$/i.test(method)) {
    lack(`fetch("${href}")`);
    return Promise.reject(new TypeError("Failed to fetch"));
  }
  return new Promise((resolve) =>
    asked.push(function* () {
      resolve(responseOf(href, yield { get: href }));
    }),
  );
}

function responseOf(url, { status, body }) {
  const reads = { text: async () => body, json: async () => JSON.parse(body) };
  const headers = part("headers", new Map());
  return part("response", { url, status, ok: status < 400, headers, ...reads });
}
