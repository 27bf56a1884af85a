const ANSWER_MILLISECONDS = 15000;
const RETRY_MILLISECONDS = 4000;

/** Where the server is: above the folder of these modules. */
export const BASE = new URL("..", import.meta.url);

/** The line to the server. */
export class Connection {
  #on;
  #session;
  #socket;
  #tries = 0;
  #isReady = false;

  /**
   * @param session returns the token of the conversation, or null
   * @param on {state(name), session(token), message(message, received)}; `received` confirms it
   */
  constructor(session, on) {
    this.#session = session;
    this.#on = on;
  }

  open() {
    if (this.#tries) return;
    this.#on.state("connecting");
    this.#load();
  }

  /** Resolves to the server's answer; rejects while it is out of reach. */
  async ask(event, payload) {
    if (!this.#isReady) throw new Error("not connected");
    return this.#socket.timeout(ANSWER_MILLISECONDS).emitWithAck(event, payload);
  }

  async #load() {
    // Browsers remember a failed import.
    const again = this.#tries++ ? `?${this.#tries}` : "";
    try {
      const { io } = await import(`./vendor/socket.io/socket.io.esm.min.js${again}`);
      this.#connect(io);
    } catch {
      this.#lost();
      setTimeout(() => this.#load(), RETRY_MILLISECONDS);
    }
  }

  #connect(io) {
    const socket = io(BASE.origin, {
      path: `${BASE.pathname}socket.io`,
      transports: ["websocket", "polling"],
      tryAllTransports: true,
      auth: (give) => give({ client: "clinic-chat", session: this.#session() }),
    });
    this.#socket = socket;
    socket.on("connect", () => socket.emit("session_request", { session_id: this.#session() }));
    socket.on("session_confirm", (token) => {
      this.#isReady = true;
      this.#on.session(token);
      this.#tell();
    });
    socket.on("bot_uttered", this.#on.message);
    socket.on("disconnect", () => this.#lost());
    socket.on("connect_error", () => this.#lost());
    addEventListener("offline", () => this.#tell());
    addEventListener("online", () => this.#tell());
  }

  #lost() {
    this.#isReady = false;
    this.#tell();
    // Refused clients do not try again by themselves.
    if (this.#socket && !this.#socket.active) {
      setTimeout(() => this.#socket.connect(), RETRY_MILLISECONDS);
    }
  }

  #tell() {
    this.#on.state(!navigator.onLine ? "offline" : this.#isReady ? "online" : "reconnecting");
  }
}
