// What the build packed (`site/archive.py`), laid where an interpreter finds it.
const BLOCK = 512;
const PIECE = 1 << 20; // bytes
const LINK = "1";
const SIGNS = new TextDecoder();

export function lay(python, archive, place) {
  const contents = new Map();
  for (const { name, link, content } of entries(inflated(python, archive))) {
    const path = `${place}/${name}`;
    python.FS.mkdirTree(path.slice(0, path.lastIndexOf("/")));
    contents.set(name, link ? contents.get(link).slice() : content);
    python.FS.writeFile(path, contents.get(name), { canOwn: true });
  }
}

// Piece by piece: the memory of an interpreter never shrinks.
function inflated(python, archive) {
  const lzma = python.pyimport("lzma");
  const unpacking = lzma.LZMADecompressor();
  const pieces = [];
  let given = python.toPy(archive);
  while (!unpacking.eof) {
    const piece = unpacking.decompress(given, PIECE);
    pieces.push(piece.toJs());
    [piece, given].forEach((each) => each.destroy());
    given = python.toPy(new Uint8Array());
  }
  [given, unpacking, lzma].forEach((each) => each.destroy());
  return joined(pieces);
}

function joined(pieces) {
  const whole = new Uint8Array(pieces.reduce((size, { length }) => size + length, 0));
  pieces.reduce((at, piece) => (whole.set(piece, at), at + piece.length), 0);
  return whole;
}

// The files of a tar archive, or the names of those that have the same content.
function* entries(bytes) {
  for (let at = 0; bytes[at]; ) {
    const text = (from, length) => SIGNS.decode(bytes.subarray(at + from, at + from + length)).replace(/\0.*/s, "");
    const size = parseInt(text(124, 12), 8);
    const name = [text(345, 155), text(0, 100)].filter(Boolean).join("/");
    const link = text(156, 1) === LINK ? text(157, 100) : undefined;
    const begin = at + BLOCK;
    yield { name, link, content: bytes.subarray(begin, begin + size) };
    at = begin + Math.ceil(size / BLOCK) * BLOCK;
  }
}
