// What is chosen has an address of its own in a site of files: nobody there reads a question mark.
const form = document.querySelector(".options");
const USUAL = "none"; // which the address does not name

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const chosen = [...new FormData(form)].filter(([, value]) => value !== USUAL).sort();
  const folders = chosen.map(([name, value]) => `${name}-${value}/`).join("");
  location.assign(new URL(folders, new URL(form.dataset.address, location.href)));
});
