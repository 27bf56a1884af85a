import { BASE, Connection } from "./connection.js";
import { Transcript } from "./transcript.js";

const RETRY_MILLISECONDS = 5000;
// The server screens this much of a text that is too long before it says so.
const MOST_CHARACTERS = 20000;

/** What is said and heard. `on` has said(entry), heard(entry), changed(entry), restarted(), state(). */
export class Conversation {
  on;
  state;
  transcript = new Transcript(BASE.href);
  #sending = false;
  #retry;
  #connection = new Connection(() => this.transcript.session, {
    state: (state) => this.#moved(state),
    message: (message, received) => this.#hear(message, received),
    session: (session) => {
      this.transcript.keep({ session });
      this.#send();
    },
  });

  connect() {
    this.#connection.open();
  }

  say(words) {
    const text = [...words].slice(0, MOST_CHARACTERS).join("");
    const entry = { from: "visitor", id: `${Date.now()}-${Math.random()}`, text, state: "waiting", late: this.#isLost };
    this.transcript.add(entry);
    this.on.said(entry);
    this.#send();
  }

  sayAgain({ id }) {
    this.#change(id, { state: "waiting", late: this.#isLost });
    this.#send();
  }

  /** @param value "up" or "down" */
  rate({ id, custom }, value) {
    this.transcript.change(id, { feedback: value });
    // An opinion that gets lost is not worth a visitor's attention.
    this.#ask("feedback", { message_id: id, utter_action: custom.utter_action, value }).catch(() => {});
  }

  /** Rejects when the server cannot be reached. */
  async startOver() {
    this.#restart(await this.#ask("start_over"));
  }

  /** Delete all that is known; resolves to what the server says about it. Rejects likewise. */
  async forgetMe() {
    const answer = await this.#ask("forget_me");
    if (answer.ok) this.#restart(answer);
    return answer.text ?? answer.error;
  }

  get #isLost() {
    return this.state === "reconnecting" || this.state === "offline";
  }

  #ask(event, payload) {
    return this.#connection.ask(event, { ...payload, session_id: this.transcript.session });
  }

  /** One after the other, until the server has confirmed all. */
  async #send() {
    if (this.#sending) return;
    this.#sending = true;
    clearTimeout(this.#retry);
    try {
      for (let entry; (entry = this.transcript.waiting[0]); ) {
        const { error } = await this.#ask("user_uttered", { message: entry.text, message_id: entry.id });
        this.#change(entry.id, error ? { state: "refused", problem: error } : { state: "sent" });
      }
    } catch {
      this.#retry = setTimeout(() => this.#send(), RETRY_MILLISECONDS);
    }
    this.#sending = false;
  }

  #hear({ id, text = "", quick_replies: replies, custom }, received) {
    if (!this.transcript.find(id)) {
      const entry = { from: "assistant", id, text, replies: replies ?? [], custom: custom ?? {} };
      this.transcript.add(entry);
      this.on.heard(entry);
    }
    received?.();
  }

  #restart({ session = this.transcript.session }) {
    this.transcript.keep({ session, unread: 0, entries: [] });
    this.on.restarted();
  }

  #moved(state) {
    this.state = state;
    if (this.#isLost) for (const { id } of this.transcript.waiting) this.#change(id, { late: true });
    this.on.state();
  }

  #change(id, changes) {
    const entry = this.transcript.change(id, changes);
    if (entry) this.on.changed(entry);
  }
}
