import { button, el, icon } from "./dom.js";

/** Everything in the shadow root, by name; labels.js adds the words. */
export function structure() {
  const parts = {};
  const part = (name, element) => (parts[name] = element);
  const status = (attributes) => el("p", { role: "status", ...attributes });
  part("launcher", button(
    { class: "launcher", "aria-expanded": "false", "aria-controls": "panel", "aria-haspopup": "dialog" },
    icon("chat"), el("span", { "data-label": "launcher" }), part("unread", el("span", { class: "unread" })),
  ));
  part("dialog", el("dialog", { id: "panel", "aria-labelledby": "title", "aria-describedby": "notice" },
    el("div", { class: "head" },
      part("heading", el("h2", { id: "title", tabindex: "-1", "data-label": "title" })),
      el("p", { id: "notice", "data-label": "notice" }),
      part("close", button({ class: "close", "data-name": "close" }, icon("close")))),
    el("div", { class: "help", role: "group", "aria-labelledby": "help" },
      el("p", { id: "help", "data-label": "help" }), part("help", el("p", { class: "lines" }))),
    part("state", status({ class: "state" })),
    part("news", status({ class: "state" })),
    part("scroller", el("div", { class: "scroller", tabindex: "0", role: "group", "data-name": "conversation" },
      part("log", el("div", { class: "log", role: "log", "data-name": "conversation" })),
      part("typing", status({ class: "typing" })),
      part("replies", el("div", { class: "replies", role: "group", "data-name": "replies" })))),
    part("form", el("form", {},
      el("label", { for: "question", class: "unseen", "data-label": "question" }),
      part("field", el("textarea", {
        id: "question", rows: "1", autocomplete: "off", enterkeyhint: "send", "aria-describedby": "counter problem",
      })),
      el("button", { class: "send", "data-name": "send" }, icon("send")),
      part("counter", el("p", { id: "counter" })),
      part("problem", status({ id: "problem" })))),
    el("div", { class: "foot" },
      part("startOver", button({ class: "tool", "data-label": "startOver" })),
      part("forgetMe", button({ class: "tool", "data-label": "forgetMe" }))),
    part("asking", el("div",
      { class: "asking", role: "alertdialog", "aria-labelledby": "asked", "aria-describedby": "detail", hidden: "" },
      el("h3", { id: "asked", "data-label": "forgetQuestion" }),
      el("p", { id: "detail", "data-label": "forgetDetail" }),
      part("yes", button({ class: "yes", "data-label": "forget" })),
      part("no", button({ class: "no", "data-label": "keep" })))),
    part("alert", el("div", { class: "unseen", role: "alert" })),
  ));
  return parts;
}
