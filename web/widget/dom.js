/** An element. Strings become text, never markup; a `false` attribute is left out. */
export function el(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

export function button(attributes, ...children) {
  return el("button", { type: "button", ...attributes }, ...children);
}

/** For screen readers only. */
export function unseen(text) {
  return el("span", { class: "unseen" }, text);
}

const PATHS = {
  chat: "M4 5.5h16v11H11l-4.5 3.6v-3.6H4zM8 9.5h8M8 12.7h5",
  close: "M6 6l12 12M18 6L6 18",
  send: "M12 19V5M6 11l6-6 6 6",
  up: "M7 11v9H4v-9zl4-7.5c1.6 0 2.4 1 2.1 2.5l-.6 3.5H19c1 0 1.7.9 1.5 1.9l-1.4 7c-.2.9-.9 1.6-1.9 1.6H7",
};

export function icon(name) {
  const make = (tag) => document.createElementNS("http://www.w3.org/2000/svg", tag);
  const line = fill(make("path"), { d: PATHS[name] }, []);
  return fill(make("svg"), { viewBox: "0 0 24 24", "aria-hidden": "true" }, [line]);
}

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "onclick") element.addEventListener("click", value);
    else if (value !== false && value != null) element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}
