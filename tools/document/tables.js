// Tables: the rows and cells that a script puts in.
import * as domino from "./domino.js";
import { extend } from "./members.js";
import { page } from "./record.js";

const inserted = (parent, list, name, index) => {
  const made = page.document.createElement(name);
  const next = index === undefined || index === -1 ? null : (list[index] ?? null);
  return (next?.parentNode ?? parent).insertBefore(made, next);
};

// In a table a new row goes where the last one is, else into its body.
const rows = {
  get rows() {
    return this.querySelectorAll("tr");
  },
  insertRow(index) {
    const around = this.rows.at(-1)?.parentNode ?? this.querySelector("tbody") ?? this;
    return inserted(around, this.rows, "tr", index);
  },
  deleteRow(index) {
    this.rows.at(index).remove();
  },
};

extend(domino.HTMLTableElement.prototype, rows);
extend(domino.HTMLTableElement.prototype, {
  get tBodies() {
    return this.querySelectorAll("tbody");
  },
});
extend(domino.HTMLTableSectionElement.prototype, rows);
extend(domino.HTMLTableRowElement.prototype, {
  get cells() {
    return this.querySelectorAll("td, th");
  },
  insertCell(index) {
    return inserted(this, this.cells, "td", index);
  },
});
