// The part of an address that is the same in each language, wherever the workbook stands.
const root = document.querySelector(".home").pathname;

export function within(path) {
  return path.slice(root.length - 1);
}
