document.addEventListener("DOMContentLoaded", () => {
  document.querySelector("button").click();
  tell(location, "in a file");
});
