// A page's connection to the walkthrough: one word goes out, records come in.
const LONGEST = 4000; // milliseconds between two attempts

// A word that is said while nobody answers waits if `waits` says so; what wants an answer does not.
export function connect(receivers, { opened, lost, waits = false }, path = location.pathname) {
  const address = new URL(path, location.href.replace(/^http/, "ws")).href;
  let socket;
  let pause = 250;
  const waiting = new Set();

  function open() {
    socket = new WebSocket(address);
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

  open();
  const send = (word) => {
    if (socket.readyState === WebSocket.OPEN) socket.send(word);
    else if (waits) waiting.add(word);
    else if (socket.readyState === WebSocket.CONNECTING) socket.addEventListener("open", () => socket.send(word));
    else lost(); // between two attempts nobody answers
  };
  send.renew = () => socket.close();
  return send;
}
