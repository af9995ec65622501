// A server shows this page at any address: it looks for the site, folder by folder upwards.
const MARK = "static/web/icon.svg";
const folders = location.pathname.split("/").slice(0, -1);

for (let depth = folders.length; depth > 0; depth -= 1) {
  const root = `${folders.slice(0, depth).join("/")}/`;
  if (await isThere(root + MARK)) {
    lead(root);
    break;
  }
}

async function isThere(address) {
  try {
    return (await fetch(address, { method: "HEAD" })).ok;
  } catch {
    return false; // without a network nothing is known of it
  }
}

function lead(root) {
  for (const link of document.querySelectorAll("[data-leads]")) {
    link.href = root + link.dataset.leads;
    link.hidden = false;
  }
}
