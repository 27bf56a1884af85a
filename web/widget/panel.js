// Where the panel covers the page, the page is out of reach.
const COVERING = matchMedia("(max-width: 32rem), (max-height: 30rem)");
const TOUCH = matchMedia("(pointer: coarse)");

/** Opens and closes the dialog, and takes care of the focus. */
export class Panel {
  #parts;
  #moved;
  #opener;

  /** @param escape may use Escape first; `moved` is told whether the panel is open */
  constructor(parts, escape, moved) {
    this.#parts = parts;
    this.#moved = moved;
    const leave = (event) => {
      event.preventDefault();
      escape() || this.close();
    };
    // "Back" on a phone cancels; beside the page there is no Escape by itself.
    parts.dialog.addEventListener("cancel", leave);
    this.onKeydown = (event) => {
      if (event.key === "Escape" && this.isOpen && !event.defaultPrevented) leave(event);
    };
    parts.launcher.addEventListener("click", () => (this.isOpen ? this.close() : this.open()));
    parts.close.addEventListener("click", () => this.close());
    COVERING.addEventListener("change", () => this.#adapt());
  }

  get isOpen() {
    return this.#parts.dialog.open;
  }

  get isCovering() {
    return this.isOpen && COVERING.matches;
  }

  /** @param opener gets the focus back */
  open(opener) {
    this.#opener = opener;
    if (!this.isOpen) this.#show();
    this.focus();
  }

  /** After a reload; leaves the focus on a page that can be seen. */
  restore() {
    if (COVERING.matches) this.#show();
    else this.#opened((this.#parts.dialog.open = true));
  }

  close() {
    this.#parts.dialog.close();
    this.#opened(false);
    (this.#opener ?? this.#parts.launcher).focus();
  }

  /** Where one types, unless that raises a keyboard over the conversation. */
  focus() {
    (TOUCH.matches ? this.#parts.heading : this.#parts.field).focus();
  }

  #show() {
    const { dialog } = this.#parts;
    if (COVERING.matches) dialog.showModal();
    else dialog.show();
    this.#opened(true);
  }

  /** Turned or magnified while open. */
  #adapt() {
    if (!this.isOpen) return;
    const focused = this.#parts.dialog.getRootNode().activeElement;
    this.#parts.dialog.close();
    this.#show();
    focused?.focus();
  }

  #opened(isOpen) {
    this.#parts.launcher.ariaExpanded = isOpen;
    this.#moved(isOpen);
  }
}
