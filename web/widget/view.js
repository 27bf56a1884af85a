import { Composer } from "./composer.js";
import { labelsFor, write } from "./labels.js";
import { Log } from "./log.js";
import { helpLines, isUrgent } from "./messages.js";
import { Panel } from "./panel.js";

const ALWAYS = "988 911";
const ROOMY = matchMedia("(min-width: 64rem) and (min-height: 40rem)");

/** Shows a conversation, and passes on what the visitor does. */
export class View {
  #parts;
  #talk;
  #pageLanguage;
  #labels;
  #panel;
  #log;
  #composer;

  /** @param pageLanguage returns a language tag */
  constructor(parts, talk, pageLanguage) {
    this.#parts = parts;
    this.#talk = talk;
    this.#pageLanguage = pageLanguage;
    this.#panel = new Panel(parts, () => this.#keep(), (isOpen) => this.#moved(isOpen));
    this.onKeydown = this.#panel.onKeydown;
    this.#log = new Log(parts, {
      rate: (entry, value) => talk.rate(entry, value),
      again: (entry) => talk.sayAgain(entry),
      say: (words) => {
        // The button goes, the focus stays.
        this.#panel.focus();
        talk.say(words);
      },
    });
    this.#composer = new Composer(parts, (words) => talk.say(words), (draft) => talk.transcript.keep({ draft }));
    talk.on = {
      said: (entry) => this.#said(entry),
      heard: (entry) => this.#heard(entry),
      changed: (entry) => this.#changed(entry),
      restarted: () => this.relabel(),
      state: () => this.#showState(),
    };
    parts.field.value = talk.transcript.draft;
    this.#listen();
  }

  open(opener) {
    if (this.#parts.dialog.isConnected) this.#panel.open(opener);
  }

  /** Go on where this tab was; `isInvited` to begin open where the page has room. */
  resume(isInvited) {
    this.relabel();
    this.#showAll();
    if (this.#talk.transcript.open ?? (isInvited && ROOMY.matches)) this.#panel.restore();
  }

  /** In Spanish while page or conversation are, else in English. */
  relabel() {
    const { entries, unread } = this.#talk.transcript;
    const heard = entries.findLast(({ custom }) => custom?.language)?.custom.language;
    this.#labels = labelsFor(/^es/i.test(this.#pageLanguage()) ? "es" : heard);
    const { dialog, launcher, help, field } = this.#parts;
    write(this.#labels, dialog);
    write(this.#labels, launcher);
    help.replaceChildren(...helpLines(ALWAYS, this.#labels));
    field.placeholder = this.#labels.question;
    this.#composer.labels = this.#labels;
    this.#parts.unread.textContent = unread ? this.#labels.unread(unread) : "";
    this.#showState();
    if (!entries.length) this.#showAll();
  }

  #listen() {
    const { log, startOver, forgetMe, yes, no } = this.#parts;
    log.addEventListener("click", ({ target }) => {
      if (this.#panel.isCovering && target.closest(".passage")) this.#panel.close();
    });
    startOver.addEventListener("click", () => this.#renew(this.#talk.startOver(), "startedOver"));
    forgetMe.addEventListener("click", () => this.#ask(true));
    no.addEventListener("click", () => this.#keep());
    yes.addEventListener("click", () => {
      this.#ask(false);
      this.#renew(this.#talk.forgetMe(), "forgotten");
    });
  }

  #said(entry) {
    this.#tell("");
    this.#log.add(entry, this.#labels);
    this.#showBelow();
  }

  #heard(entry) {
    const { transcript } = this.#talk;
    this.#tell("", isUrgent(entry) ? entry.text : "");
    if (!this.#panel.isOpen) transcript.keep({ unread: transcript.unread + 1 });
    this.relabel();
    this.#log.add(entry, this.#labels);
    this.#showBelow();
  }

  #changed(entry) {
    this.#log.update(entry, this.#labels);
    if (entry.state !== "sent") this.#showBelow();
  }

  #moved(open) {
    this.#talk.transcript.keep({ open, unread: 0 });
    this.#parts.unread.textContent = "";
    if (!open) return;
    this.#log.settle();
    this.#talk.connect();
  }

  /** Say what has become of a wish for a new beginning. */
  async #renew(wish, label) {
    try {
      this.#tell((await wish) ?? this.#labels[label]);
    } catch {
      this.#tell(this.#labels.failed);
    }
    this.#panel.focus();
  }

  #ask(isAsking) {
    this.#parts.asking.hidden = !isAsking;
    if (isAsking) this.#parts.no.focus();
  }

  /** Whether there was a question to take back. */
  #keep() {
    if (this.#parts.asking.hidden) return false;
    this.#ask(false);
    this.#parts.forgetMe.focus();
    return true;
  }

  /** Fill the live regions; nobody should meet what was there before twice. */
  #tell(news, urgent = "") {
    this.#parts.news.textContent = news;
    this.#parts.alert.textContent = urgent;
  }

  #showAll() {
    const greeting = { from: "assistant", id: "greeting", text: this.#labels.greeting, custom: {} };
    this.#log.show([greeting, ...this.#talk.transcript.entries], this.#labels);
    this.#showBelow();
  }

  #showBelow() {
    const { entries, latest } = this.#talk.transcript;
    const last = entries.at(-1);
    const isTyping = last?.from === "visitor" && last.state !== "refused" && !last.late;
    const replies = last ? latest.flatMap((entry) => entry.replies) : this.#labels.starters;
    this.#log.below(isTyping, replies, this.#labels);
  }

  #showState() {
    this.#parts.state.textContent = this.#labels[this.#talk.state] ?? "";
  }
}
