// Runs before the page is painted, so that no theme but the wanted one is ever seen.
const root = document.documentElement;
const darkness = matchMedia("(prefers-color-scheme: dark)");
let wanted = kept();

// The page's modules have storage.js for this, but they run later.
function kept() {
  try {
    return localStorage.getItem("theme");
  } catch {
    return null; // the browser refuses
  }
}

function keep() {
  try {
    localStorage.setItem("theme", wanted);
  } catch {
    // this page alone knows
  }
}

function isDark() {
  return (wanted ?? (darkness.matches ? "dark" : "light")) === "dark";
}

function paint() {
  root.dataset.theme = isDark() ? "dark" : "light";
  document.querySelector(".theme")?.setAttribute("aria-pressed", isDark());
}

function offer() {
  const button = document.querySelector(".theme");
  button.hidden = false;
  button.addEventListener("click", () => {
    wanted = isDark() ? "light" : "dark";
    keep();
    paint();
  });
  paint();
}

paint();
darkness.addEventListener("change", paint);
document.addEventListener("DOMContentLoaded", offer);
