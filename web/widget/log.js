import { button, el, unseen } from "./dom.js";
import { message, showDelivery } from "./messages.js";

const NEAR_END_PIXELS = 80;
// Then the indicator would be a false promise.
const TYPING_MILLISECONDS = 45000;
const MOST_REPLIES = 8;

/** The messages, in a live region that is there before them, and what is below. */
export class Log {
  #parts;
  #actions;
  #isFollowing = true;
  #end;

  /** @param actions {rate(entry, value), again(entry), say(words)} */
  constructor(parts, actions) {
    this.#parts = parts;
    this.#actions = actions;
  }

  show(entries, labels) {
    this.#parts.log.replaceChildren(...entries.map((entry) => message(entry, labels, this.#actions)));
    this.#isFollowing = true;
  }

  add(entry, labels) {
    const { scrollHeight, scrollTop, clientHeight } = this.#parts.scroller;
    const isNear = scrollHeight - scrollTop - clientHeight < NEAR_END_PIXELS;
    this.#isFollowing = entry.from === "visitor" || isNear;
    this.#parts.log.append(message(entry, labels, this.#actions));
  }

  /** Show an entry's delivery, without announcing the entry again. */
  update(entry, labels) {
    const item = this.#parts.log.querySelector(`[data-id="${entry.id}"]`);
    if (item) showDelivery(item, entry, labels, this.#actions);
  }

  /** @param replies [{title, payload}] */
  below(isTyping, replies, labels) {
    clearTimeout(this.#end);
    const { typing, replies: group } = this.#parts;
    typing.replaceChildren();
    if (isTyping) {
      typing.append(el("i"), el("i"), el("i"), unseen(labels.typing));
      this.#end = setTimeout(() => typing.replaceChildren(), TYPING_MILLISECONDS);
    }
    const titles = new Map(replies.map(({ payload, title }) => [payload, title]));
    group.replaceChildren(...[...titles].slice(-MOST_REPLIES).map(([payload, title]) =>
      button({ class: "reply", onclick: () => this.#actions.say(payload) }, title)));
    group.hidden = !titles.size;
    this.settle();
  }

  /** Scroll to the last question, unless the visitor reads elsewhere. */
  settle() {
    if (!this.#isFollowing) return;
    const question = [...this.#parts.log.querySelectorAll(".visitor")].at(-1);
    this.#parts.scroller.scrollTop = question ? question.offsetTop - 12 : 0;
  }
}
