/**
 * The conversation, in this tab's sessionStorage. Its entries:
 * {from: "visitor", id, text, state: "waiting" | "sent" | "refused", late?, status?},
 * {from: "assistant", id, text, replies, custom, feedback?}
 */
export class Transcript {
  session = null;
  open = null;
  draft = "";
  unread = 0;
  entries = [];
  #key;

  constructor(address) {
    this.#key = `clinic-chat ${address}`;
    try {
      Object.assign(this, JSON.parse(sessionStorage.getItem(this.#key)));
    } catch {
      // Blocked: it lasts as long as the page.
    }
  }

  keep(changes) {
    Object.assign(this, changes);
    try {
      sessionStorage.setItem(this.#key, JSON.stringify(this));
    } catch {
      // Blocked or full.
    }
  }

  find(id) {
    return this.entries.find((entry) => entry.id === id);
  }

  add(entry) {
    this.keep({ entries: [...this.entries, entry] });
  }

  change(id, changes) {
    const entry = this.find(id);
    if (!entry) return undefined;
    Object.assign(entry, changes);
    this.keep();
    return entry;
  }

  get waiting() {
    return this.entries.filter((entry) => entry.state === "waiting");
  }

  /** What the assistant has said since the visitor last wrote. */
  get latest() {
    return this.entries.slice(this.entries.findLastIndex((entry) => entry.from === "visitor") + 1);
  }
}
