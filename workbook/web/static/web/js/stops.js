// Where a class stops on its way through a page: at each block, list item or hunk.

const SEEN = ["pre", "table", "svg", "img", "details"];

// A stop is what is shown at once: `own` is what it is about, `lead` what leads to it, `earlier` the
// items above it in its list, and `later` those below, whose place is kept free; `beside` is the
// listing or drawing that it explains, or is. The short way has only what is seen or asked: listings, tables,
// pictures and questions. What is for the teacher has no stop.
export function findStops() {
  const found = [];
  let [title, lead, beside] = ["", [], null];
  for (const row of document.querySelectorAll("main:not(.work) .note > .row:not(.of-teacher), .hunk, .source")) {
    title = titled(row) ?? title;
    beside = explained(row, beside);
    if (!row.matches(".heading")) {
      found.push(...parts(row).map((part) => ({ title, lead, beside, earlier: [], later: [], isShort: isSeen(row), ...part })));
    }
    lead = leading(row, lead);
  }
  return found;
}

// What is said behind a listing or a drawing explains it, but for what announces the next one.
function explained(row, above) {
  if (row.matches(".fence")) return row.querySelector(".listing:not(.sh, .text), .diagram") && row;
  const announces = row.nextElementSibling?.matches(".fence");
  return row.matches(".paragraph, .bullet_list, .ordered_list") && !announces ? above : null;
}

function isSeen(row) {
  return row.matches(".hunk, .source") || SEEN.some((name) => row.querySelector(name));
}

function titled(row) {
  if (row.matches(".heading")) return row.querySelector("h1, h2, h3, h4").textContent;
  if (row.matches(".source")) return row.querySelector("figcaption").textContent;
  if (row.matches(".hunk")) return row.parentElement.querySelector("h2").textContent;
}

// Headings and the paragraph below them lead to the next row, and so does a listing by itself.
function leading(row, above) {
  if (row.matches(".fence")) return [row];
  if (!row.matches(".heading, .paragraph")) return [];
  return above.every((each) => each.matches(".heading")) ? [...above, row] : [row];
}

// A list is built up item by item; what unfolds is first shown as it is.
function parts(row) {
  const lists = [...row.querySelectorAll(":scope > div > :is(ul, ol)")].map((list) => [...list.children]);
  if (lists.length) {
    const items = lists[0].map((_, index) => lists.map((list) => list[index]).filter(Boolean));
    return items.map((own, index) => ({ own, earlier: items.slice(0, index).flat(), later: items.slice(index + 1).flat() }));
  }
  const folds = [...row.querySelectorAll("details")];
  return folds.length ? [false, true].map((open) => ({ own: [row], folds, open })) : [{ own: [row] }];
}
