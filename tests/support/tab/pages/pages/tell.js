const tell = (...words) => (document.querySelector("#told").textContent += `${words.join(" ")}\n`);
const nameOf = (act) => {
  try {
    act();
    return "allowed";
  } catch (error) {
    return error.name;
  }
};
