// What the build packed (`site/archive.py`), inflated, and laid where an interpreter finds it.
import { XzReadableStream } from "../../vendor/xz.js";

const BLOCK = 512;
const LINK = "1";
const SIGNS = new TextDecoder();

export function inflated(packed) {
  return new Response(new XzReadableStream(packed.stream())).blob();
}

// Where the files of a tar archive are in it: names, with the first byte and the one after the last.
export function index(bytes) {
  const found = new Map();
  for (let at = 0; bytes[at]; ) {
    const text = (from, length) => SIGNS.decode(bytes.subarray(at + from, at + from + length)).replace(/\0.*/s, "");
    const size = parseInt(text(124, 12), 8);
    const name = [text(345, 155), text(0, 100)].filter(Boolean).join("/");
    const begin = at + BLOCK;
    found.set(name, text(156, 1) === LINK ? found.get(text(157, 100)) : [begin, begin + size]);
    at = begin + Math.ceil(size / BLOCK) * BLOCK;
  }
  return found;
}

// A folder of it, as files that can be written.
export function unpack({ FS }, bytes, files, top) {
  for (const [name, [begin, end]] of within(files, top)) {
    FS.mkdirTree(`/${name.slice(0, name.lastIndexOf("/"))}`);
    FS.writeFile(`/${name}`, bytes.slice(begin, end), { canOwn: true });
  }
}

// A folder of it, as files that are read from the blob when they are asked for: they take no memory here.
export function mount({ FS }, blob, files, top) {
  const blobs = within(files, top).map(([name, [begin, end]]) => ({
    name: name.slice(top.length + 1),
    data: new Part(blob, begin, end),
  }));
  FS.mkdir(`/${top}`);
  FS.mount(FS.filesystems.WORKERFS, { blobs }, `/${top}`);
}

function within(files, top) {
  return [...files].filter(([name]) => name.startsWith(`${top}/`));
}

// What WORKERFS needs of a blob; thousands of real ones take their time to be made.
class Part {
  constructor(blob, begin, end) {
    Object.assign(this, { blob, begin, end, size: end - begin });
  }

  slice(begin, end) {
    return this.blob.slice(this.begin + begin, Math.min(this.begin + end, this.end));
  }
}
