// Finds passages of the notes in a site of files, as `workbook/web/search.py` does on a server.
const TATWEEL = "\u0640";
const SPELLINGS = { أ: "ا", إ: "ا", آ: "ا", ٱ: "ا", ى: "ي", ة: "ه" };
const AROUND = 70; // letters of a snippet on each side of the first word found
const MOST = 40; // results
const LETTER = /[\p{L}\p{N}_]/u;

const known = new Map(); // letters, folded

// `indexes` has, for each language, its pages in the same order.
export function results(indexes, query, language) {
  const wanted = words(fold(query));
  if (!wanted.length) return [];
  return passages(indexes)
    .filter(({ folded }) => wanted.every((word) => folded.includes(word)))
    .map((passage) => ({ passage, weight: weight(passage, wanted, language) }))
    .sort((one, other) => compared(other.weight, one.weight))
    .slice(0, MOST)
    .map(({ passage }) => ({ ...passage, snippet: [...snippet(passage, wanted)] }));
}

function passages(indexes) {
  const languages = Object.keys(indexes);
  return indexes[languages[0]].flatMap((_, place) => languages.flatMap((language) => ofPage(indexes[language][place], language)));
}

function ofPage({ address, title, passages: found }, language) {
  return found.map((each) => ({ ...each, address, title, language, folded: fold(`${each.heading} ${each.text} ${each.code}`) }));
}

function words(text) {
  return text.split(/\s+/).filter(Boolean);
}

function fold(text) {
  return [...text].map(folded).join("");
}

// A letter without case and marks; Arabic letters that are often written for one another.
function folded(letter) {
  if (!known.has(letter)) {
    const parts = (SPELLINGS[letter] ?? letter).normalize("NFKD").replace(/\p{Mn}/gu, "").replaceAll(TATWEEL, "");
    known.set(letter, parts.toUpperCase().toLowerCase());
  }
  return known.get(letter);
}

function weight({ heading, text, language }, wanted, reader) {
  const [title, prose] = [fold(heading), fold(text)];
  return [
    reader === language || reader === "both" ? 1 : 0,
    wanted.filter((word) => title.includes(word)).length,
    wanted.reduce((sum, word) => sum + beginnings(prose, word), 0),
  ];
}

// How often a word begins with it.
function beginnings(text, word) {
  let found = 0;
  for (let place = text.indexOf(word); place >= 0; place = text.indexOf(word, place)) {
    const begins = isLetter(before(text, place)) !== isLetter(word);
    found += begins ? 1 : 0;
    place += begins ? word.length : 1;
  }
  return found;
}

function before(text, place) {
  return [...text.slice(Math.max(place - 2, 0), place)].at(-1) ?? "";
}

function isLetter(text) {
  return LETTER.test([...text][0] ?? "");
}

function compared(one, other) {
  const place = one.findIndex((value, index) => value !== other[index]);
  return place < 0 ? 0 : one[place] - other[place];
}

// The neighbourhood of the first word found, in pieces: text, and whether it was looked for.
function* snippet({ text: prose, code }, wanted) {
  const isProse = wanted.some((word) => fold(prose).includes(word));
  const text = [...(isProse || !code ? prose : code)];
  const spans = [...found(text, wanted)];
  const middle = spans[0]?.[0] ?? 0;
  let start = middle > AROUND ? lastSpace(text, middle - AROUND) + 1 : 0;
  const next = text.indexOf(" ", middle + AROUND);
  const end = next < 0 ? text.length : next;
  yield [start ? "… " : "", false];
  for (const [first, last] of spans) {
    if (start <= first && last <= end) {
      yield [text.slice(start, first).join(""), false];
      yield [text.slice(first, last).join(""), true];
      start = last;
    }
  }
  yield [text.slice(start, end).join("") + (end < text.length ? " …" : ""), false];
}

// Where the words stand, each from its first letter to behind its last one.
function* found(text, wanted) {
  const places = text.flatMap((letter, place) => [...folded(letter)].flatMap((part) => Array(part.length).fill(place)));
  const pattern = new RegExp(wanted.map((word) => word.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&")).join("|"), "g");
  for (const { index, 0: words } of fold(text.join("")).matchAll(pattern)) {
    yield [places[index], places[index + words.length - 1] + 1];
  }
}

function lastSpace(text, end) {
  return text.slice(0, end).lastIndexOf(" ");
}
