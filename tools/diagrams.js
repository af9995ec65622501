// Draws a diagram and leaves of Mermaid's SVG what a page of ours can style: shapes and words whose
// colours are classes, with no style, script or font of its own.
const KEPT = ["stroke-width", "stroke-dasharray", "font-size", "text-anchor", "dominant-baseline"];

async function draw([name, source, options, roles]) {
  mermaid.initialize(options);
  document.body.innerHTML = (await mermaid.render(name, source)).svg;
  const svg = document.querySelector("svg");
  const shown = [...svg.querySelectorAll("*")].filter((element) => !element.closest("symbol, style"));
  const looks = shown.map((element) => look(element, roles));
  svg.querySelectorAll(".cluster-label").forEach((label) => label.closest(".root").append(label)); // above the arrows
  svg.querySelectorAll("style, symbol, filter").forEach((element) => element.remove());
  shown.forEach((element, index) => element.isConnected && dress(element, looks[index]));
  tidy(svg);
  const text = new XMLSerializer().serializeToString(svg);
  return text.replace(/-?\d+\.\d+/g, (number) => String(Math.round(number * 10) / 10));
}

// What an element looks like: the roles of its colours, and the rest as attributes.
function look(element, roles) {
  const style = getComputedStyle(element);
  const isShape = element.matches("rect, path, line, circle, polygon, text, tspan");
  const paints = isShape && !element.matches("text, tspan") ? ["fill", "stroke"] : [];
  const colours = paints.map((what) => roles[style[what]] && `${what}-${roles[style[what]]}`);
  const kept = isShape ? KEPT.filter((name) => needed(name, element, style)) : [];
  return { classes: colours.filter(Boolean), attributes: kept.map((name) => [name, style[name]]), style };
}

function needed(name, element, style) {
  if (name.startsWith("stroke-")) return style.stroke !== "none" && !element.matches("text, tspan");
  return element.matches("text");
}

function dress(element, { classes, attributes, style }) {
  if (element.matches(".messageText, .edgeLabel text, .cluster-label text")) classes.push("label");
  if (element.matches("text")) classes.push("fill-text");
  const fills = classes.some((name) => name.startsWith("fill"));
  const drawn = element.matches("path, rect, line, polygon");
  for (const { name } of [...element.attributes]) {
    if (/^(style|class|fill|stroke|name|data-.*|aria-.*|font-.*|alignment-baseline|role)$/.test(name)) element.removeAttribute(name);
  }
  if (classes.length) element.setAttribute("class", classes.join(" "));
  attributes.forEach(([name, value]) => /^(none|0|1, 0px)$/.test(value) || element.setAttribute(name, value.replace("px", "")));
  if (drawn && !fills) element.setAttribute("fill", "none");
  if (element.matches("text") && /[\u0621-\u064a]/.test(element.textContent)) turn(element);
  if (element.matches("rect") && !element.getAttribute("rx")) element.setAttribute("rx", 5);
}

// Arabic words run from the right, from the place where Latin ones would end.
function turn(text) {
  text.setAttribute("direction", "rtl");
  if (text.getAttribute("text-anchor") === "start") text.setAttribute("text-anchor", "end");
}

function tidy(svg) {
  svg.querySelectorAll("linearGradient, rect:not([width]), rect[width='0']").forEach((element) => element.remove());
  svg.querySelectorAll("text").forEach((text) => text.textContent.trim() || text.remove());
  const used = svg.outerHTML;
  svg.querySelectorAll("marker").forEach((marker) => used.includes(`#${marker.id})`) || marker.remove());
  svg.querySelectorAll("[id]:not(marker)").forEach((element) => element.removeAttribute("id"));
  for (let empty; (empty = svg.querySelectorAll("g:empty, defs:empty")).length; ) empty.forEach((element) => element.remove());
  const [, , width, height] = svg.getAttribute("viewBox").split(" ").map(Number);
  ["id", "style", "class", "role", "aria-roledescription"].forEach((name) => svg.removeAttribute(name));
  svg.setAttribute("width", Math.round(width));
  svg.setAttribute("height", Math.round(height));
}
