// Keeps the site for a visit without a network, where the address allows it: not over plain HTTP.
const CALM = 5000; // milliseconds
const root = new URL("../../../", import.meta.url);
const shelf = navigator.serviceWorker;

// What begins with the page needs all that the machine and the network have; in a browser that is too old, nothing does.
async function begun() {
  if (!globalThis.machine?.begun) return;
  await new Promise((resolve) => document.addEventListener("here", resolve, { once: true }));
  await new Promise((resolve) => setTimeout(resolve, CALM));
}

async function keep() {
  await shelf.register(new URL("worker.js", root));
  const { active } = await shelf.ready;
  shelf.addEventListener("message", () => (document.documentElement.dataset.kept = "")); // all of it
  if (!navigator.connection?.saveData) active.postMessage("keep");
}

if (shelf) begun().then(keep).catch(() => {}); // storage is refused: the pages are read over the network
