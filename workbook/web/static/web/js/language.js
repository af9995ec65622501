// The language that was read last is the one to which the entrance leads the next time.
const KEPT = "language";
const links = [...document.querySelectorAll(".languages a")];

if (document.querySelector(".entrance")) location.replace(wanted().href);
else remember(links.find((link) => link.matches("[aria-current]")).dataset.language);

function wanted() {
  const asked = [recalled(), ...navigator.languages.map((tag) => tag.slice(0, 2).toLowerCase())];
  const known = asked.map((language) => links.find((link) => link.dataset.language === language));
  return known.find(Boolean) ?? links[0];
}

function recalled() {
  try {
    return localStorage.getItem(KEPT);
  } catch {
    return null; // storage is refused: the browser's language decides
  }
}

function remember(language) {
  try {
    localStorage.setItem(KEPT, language);
  } catch {
    // as above
  }
}
