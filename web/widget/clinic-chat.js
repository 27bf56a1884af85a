// Defines <clinic-chat>, and puts one on a page that has none.
import { Conversation } from "./conversation.js";
import { structure } from "./structure.js";
import { View } from "./view.js";

const NAME = "clinic-chat";
const sheet = new CSSStyleSheet();
const styled = fetch(new URL("clinic-chat.css", import.meta.url))
  .then((answer) => answer.text())
  .then((text) => sheet.replace(text))
  // Plain, then.
  .catch(() => sheet);

/** A button, and behind it the assistant. A link to its id opens it, too; with `open` it begins so. */
class ClinicChat extends HTMLElement {
  static observedAttributes = ["lang"];
  #view;

  connectedCallback() {
    this.#view ?? this.#build();
    document.addEventListener("keydown", this.#view.onKeydown);
    document.addEventListener("click", this.#onClick);
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this.#view.onKeydown);
    document.removeEventListener("click", this.#onClick);
  }

  attributeChangedCallback() {
    this.#view?.relabel();
  }

  async #build() {
    const root = this.attachShadow({ mode: "open" });
    const parts = structure();
    const language = () => this.getAttribute("lang") || document.documentElement.lang;
    this.#view = new View(parts, new Conversation(), language);
    root.adoptedStyleSheets = [sheet];
    await styled;
    root.append(parts.launcher, parts.dialog);
    this.#view.resume(this.hasAttribute("open"));
  }

  #onClick = (event) => {
    const opener = this.id && event.target.closest?.(`a[href="#${this.id}"]`);
    if (!opener) return;
    event.preventDefault();
    this.#view.open(opener);
  };
}

if (!customElements.get(NAME)) customElements.define(NAME, ClinicChat);
if (!document.querySelector(NAME)) document.body.append(document.createElement(NAME));
