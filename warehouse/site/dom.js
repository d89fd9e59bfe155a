// Elements, made so that no text of the data is ever read as HTML.
export function h(tag, attributes = {}, ...children) {
  const svg = ["svg", "g", "path", "circle", "rect", "line", "text", "title"].includes(tag) && attributes.svg !== false;
  const element = svg ? document.createElementNS("http://www.w3.org/2000/svg", tag) : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false || name === "svg") continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(3).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

export function select(label, options, current, onchange) {
  const field = h("select", { onchange: (event) => onchange(event.target.value) },
    options.map(([value, text]) => h("option", { value, selected: String(value) === String(current) }, text)));
  return h("label", { class: "field" }, h("span", {}, label), field);
}

export function table(headings, rows, caption, className = "") {
  return h("table", { class: className },
    caption ? h("caption", {}, caption) : null,
    h("thead", {}, h("tr", {}, headings.map((heading) => h("th", { scope: "col" }, heading)))),
    h("tbody", {}, rows));
}

/** A box that scrolls sideways on a narrow screen, reachable by keyboard. */
export const scrolling = (label, ...children) => h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": label }, ...children);

/** A link only to web pages: a report read from a file has a name, no address. */
export function sourceLink(uri, text) {
  return /^https?:\/\//.test(uri) ? h("a", { href: uri, rel: "noopener noreferrer", target: "_blank" }, text) : null;
}
