// Runs before the page is painted, so that no theme but the wanted one is ever seen.
const root = document.documentElement;
const darkness = matchMedia("(prefers-color-scheme: dark)");

function isDark() {
  return (localStorage.getItem("theme") ?? (darkness.matches ? "dark" : "light")) === "dark";
}

function paint() {
  root.dataset.theme = isDark() ? "dark" : "light";
  document.querySelector(".theme")?.setAttribute("aria-pressed", isDark());
}

function offer() {
  const button = document.querySelector(".theme");
  button.hidden = false;
  button.addEventListener("click", () => {
    localStorage.setItem("theme", isDark() ? "light" : "dark");
    paint();
  });
  paint();
}

paint();
darkness.addEventListener("change", paint);
document.addEventListener("DOMContentLoaded", offer);
