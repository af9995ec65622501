// What is chosen has an address of its own in a site of files: nobody there reads a question mark.
const form = document.querySelector(".options");
const USUAL = "none"; // which the address does not name

function way(chosen) {
  const asked = [...new Map(chosen)].filter(isOffered).filter(([, value]) => value !== USUAL);
  const folders = asked.sort().map(([name, value]) => `${name}-${value}/`);
  return new URL(folders.join(""), new URL(form.dataset.address, location.href));
}

function isOffered([name, value]) {
  return [...form.elements].some((each) => each.name === name && each.value === value);
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  location.assign(way(new FormData(form)));
});

// The form was sent before this script was there, or the address is one of the walkthrough's.
if (location.search) location.replace(way(new URLSearchParams(location.search)));
