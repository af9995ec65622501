// A page's connection to the walkthrough: one word goes out, records come in.
const LONGEST = 4000; // milliseconds between two attempts

export function connect(receivers, { opened, lost }, path = location.pathname) {
  const address = new URL(path, location.href.replace(/^http/, "ws")).href;
  let socket;
  let pause = 250;

  function open() {
    socket = new WebSocket(address);
    socket.addEventListener("open", () => {
      pause = 250;
      opened();
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
  return (word) => {
    if (socket.readyState === WebSocket.OPEN) socket.send(word);
    else socket.addEventListener("open", () => socket.send(word));
  };
}
