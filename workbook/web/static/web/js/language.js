// The language that was read last is the one to which the entrance leads the next time.
import { forGood } from "./storage.js";

const KEPT = "language";
const links = [...document.querySelectorAll(".languages a")];

if (document.querySelector(".entrance")) location.replace(wanted().href);
else forGood.set(KEPT, links.find((link) => link.matches("[aria-current]")).dataset.language);

function wanted() {
  const asked = [forGood.get(KEPT), ...navigator.languages.map((tag) => tag.slice(0, 2).toLowerCase())];
  const known = asked.map((language) => links.find((link) => link.dataset.language === language));
  return known.find(Boolean) ?? links[0];
}
