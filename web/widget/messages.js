import { button, el, icon, unseen } from "./dom.js";
import { words } from "./words.js";

const HELP = [
  ["911", "call911", "tel:911"],
  ["988", "call988", "tel:988"],
  ["988", "text988", "sms:988"],
  ["741741", "text741741", "sms:741741"],
  ["1-800-222-1222", "callPoisonControl", "tel:+18002221222"],
];

/** Links to the lines of help that a text names. */
export function helpLines(text, labels) {
  const named = HELP.filter(([number]) => text.includes(number));
  named.sort(([one], [other]) => text.indexOf(one) - text.indexOf(other));
  return named.map(([number, label, address]) => {
    const body = address.startsWith("sms:") && labels.body[number];
    return el("a", { href: body ? `${address}?&body=${body}` : address, class: "line" }, labels[label]);
  });
}

/** Whether somebody may be in danger. */
export function isUrgent({ custom }) {
  return custom.urgent ?? custom.voice === "crisis";
}

/** An entry as an element; `actions` as in log.js. */
export function message(entry, labels, actions) {
  const { from, id, text, custom } = entry;
  const urgent = from === "assistant" && isUrgent(entry);
  const item = el("div", {
    class: `message ${from}${urgent ? " urgent" : ""}`,
    "data-id": id,
    lang: custom?.language,
    // The alert says it.
    "aria-live": urgent && "off",
  }, unseen(labels[from]));
  if (from === "visitor") {
    item.append(el("p", {}, text));
    showDelivery(item, entry, labels, actions);
    return item;
  }
  item.append(...words(text, custom, labels));
  if (urgent) item.children[1].after(el("p", { class: "lines" }, ...helpLines(text, labels)));
  if (/^(article|clinic)$/.test(custom.voice)) {
    item.append(feedback(entry, labels, (value) => actions.rate(entry, value)));
  }
  return item;
}

/** Say what has become of a message, if that needs saying. */
export function showDelivery(item, entry, labels, { again }) {
  item.querySelector(".delivery")?.remove();
  const { state, status, late } = entry;
  if (state === "waiting" && late) item.append(el("p", { class: "delivery" }, labels.late));
  // What is wrong with the text itself, the assistant says.
  if (state !== "refused" || status === 400) return;
  const retry = button({ class: "again", onclick: () => again(entry) }, labels.again);
  item.append(el("p", { class: "delivery" }, labels.refused, " ", retry));
}

function feedback(entry, labels, rate) {
  const thanks = el("span", { role: "status" });
  const thumbs = ["up", "down"].map((value) => {
    const onclick = ({ currentTarget }) => {
      for (const thumb of thumbs) thumb.ariaPressed = thumb === currentTarget;
      thanks.textContent = labels.thanks;
      rate(value);
    };
    const named = { title: labels[value], "aria-label": labels[value] };
    const pressed = { "aria-pressed": String(entry.feedback === value) };
    return button({ class: `thumb ${value}`, ...named, ...pressed, onclick }, icon("up"));
  });
  return el("div", { class: "feedback", role: "group", "aria-label": labels.feedback }, ...thumbs, thanks);
}
