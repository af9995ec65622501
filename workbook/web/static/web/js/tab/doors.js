// In the server's worker: lets windows in, each by a port of its own.
// `windows` is Python's, `python` its interpreter; `turn` lets its loop go on.
export function doors(windows, python, turn) {
  function enter(name, port) {
    windows.enter(name, (record) => port.postMessage(record.toJs({ dict_converter: Object.fromEntries })));
    port.onmessage = ({ data }) => {
      const record = python.toPy(data);
      windows.take(name, record);
      record.destroy();
      turn();
    };
  }

  self.addEventListener("message", ({ data, ports: [port] }) => {
    if (data.do === "enter") enter(data.name, port);
    if (data.do === "leave") {
      windows.leave(data.name);
      turn();
    }
  });
}
