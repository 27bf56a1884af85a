import { BASE, Connection } from "./connection.js";
import { Transcript } from "./transcript.js";

const RETRY_MILLISECONDS = 5000;
// The server looks for danger in this much.
const MOST_CHARACTERS = 20000;

/** What is said and heard; `on`: said, heard, changed (each of an entry), restarted, state. */
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

  rate({ id, custom }, value) {
    this.transcript.change(id, { feedback: value });
    // Losing this is not worth a word.
    this.#ask("feedback", { message_id: id, utter_action: custom.utter_action, value }).catch(() => {});
  }

  /** Rejects when the server cannot be reached. */
  async startOver() {
    this.#restart(await this.#ask("start_over"));
  }

  /** Resolves to what the server says about it; rejects likewise. */
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

  /** One by one, until all are confirmed. */
  async #send() {
    if (this.#sending) return;
    this.#sending = true;
    clearTimeout(this.#retry);
    try {
      for (let entry; (entry = this.transcript.waiting[0]); ) {
        const payload = { message: entry.text, message_id: entry.id };
        const { error, status } = await this.#ask("user_uttered", payload);
        this.#change(entry.id, { state: error ? "refused" : "sent", status });
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
