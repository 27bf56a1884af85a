const LIMIT = 1000;
const COUNTED_BELOW = 200;

/** Where the visitor writes. Enter sends, Shift and Enter starts a line. */
export class Composer {
  #field;
  #counter;
  #problem;
  #labels;
  #changed;

  /** @param say is told what to send, `changed` every draft */
  constructor({ form, field, counter, problem }, say, changed) {
    this.#field = field;
    this.#counter = counter;
    this.#problem = problem;
    this.#changed = changed;
    field.addEventListener("input", () => this.#count());
    field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      form.requestSubmit();
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit(say);
    });
  }

  set labels(labels) {
    this.#labels = labels;
    this.#count();
  }

  set draft(text) {
    this.#field.value = text;
    this.#count();
  }

  /** What is too long stays, to be shortened, but goes out: the server looks for danger in it. */
  #submit(say) {
    const text = this.#field.value.trim();
    if (!text) return;
    say(text);
    if ([...text].length <= LIMIT) this.draft = "";
    this.#field.focus();
  }

  #count() {
    const left = LIMIT - [...this.#field.value.trim()].length;
    this.#counter.textContent = left >= 0 && left < COUNTED_BELOW ? this.#labels.left(left) : "";
    this.#problem.textContent = left < 0 ? this.#labels.tooLong(-left) : "";
    this.#field.ariaInvalid = left < 0;
    this.#changed(this.#field.value);
  }
}
