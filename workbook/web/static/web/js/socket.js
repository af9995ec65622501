// A page's connection to the walkthrough: one word goes out, records come in.
const LONGEST = 4000; // milliseconds between two attempts

// A word that is said while nobody answers waits if `waits` says so; what wants an answer does not.
export function connect(receivers, { opened, lost, waits = false }, path = location.pathname) {
  let socket;
  let pause = 250;
  const waiting = new Set();

  async function open() {
    socket = await opening(path);
    socket.addEventListener("open", () => {
      pause = 250;
      opened();
      waiting.forEach((word) => socket.send(word));
      waiting.clear();
    });
    socket.addEventListener("message", (event) => {
      const record = JSON.parse(event.data);
      receivers[record.kind](record);
    });
    socket.addEventListener("close", () => {
      lost();
      setTimeout(open, pause);
      pause = Math.min(2 * pause, LONGEST);
    });
  }

  const begun = open();
  const send = (word) => {
    if (socket?.readyState === WebSocket.OPEN) socket.send(word);
    else if (waits) waiting.add(word);
    else if (!socket) begun.then(() => send(word));
    else if (socket.readyState === WebSocket.CONNECTING) socket.addEventListener("open", () => socket.send(word));
    else lost(); // between two attempts nobody answers
  };
  send.renew = () => socket.close();
  return send;
}

// To the walkthrough on its machine or, where the page has none, to the office in this tab.
async function opening(path) {
  const address = new URL(path, location.href);
  if (document.documentElement.dataset.engine !== "tab") return new WebSocket(address.href.replace(/^http/, "ws"));
  const { TabSocket } = await import("./tab/socket.js");
  return new TabSocket(address);
}
