/** A text field with a list of options under it (ARIA 1.2 combobox, list autocomplete). */

import { byId, make } from "./dom.js";
import { say as sayOfPage } from "./page.js";

/** @typedef {{label: string, detail?: string}} Shown */

/**
 * @template T
 * @typedef {object} Source
 * @property {(typed: string) => Promise<T[]> | T[]} find
 * @property {(item: T) => Shown} show
 * @property {(item: T | null) => void} choose null when the text was edited after a choice
 * @property {string} none what is said when nothing fits
 */

/** @template T */
export class Combobox {
  /**
   * @param {string} id of the input; its list is `<id>-options`, its voice `<id>-status`
   * @param {Source<T>} source
   * @param {import("./speech.js").Speaker} say
   */
  constructor(id, source, say = sayOfPage) {
    this.id = id;
    this.say = say;
    this.source = source;
    this.input = byId(id, HTMLInputElement);
    this.list = byId(`${id}-options`, HTMLUListElement);
    this.status = byId(`${id}-status`, HTMLElement);
    /** @type {T[]} */
    this.items = [];
    this.current = -1;
    this.turn = 0;
    this.listen();
  }

  listen() {
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.input.addEventListener("keydown", (event) => this.pressed(event));
    this.input.addEventListener("focus", () => void this.open());
    this.input.addEventListener("blur", () => this.close());
    this.input.addEventListener("input", () => {
      this.source.choose(null);
      void this.open();
    });
  }

  /** @param {KeyboardEvent} event */
  pressed(event) {
    const closed = this.list.hidden;
    if (event.key === "ArrowDown") this.move(1);
    else if (event.key === "ArrowUp") this.move(-1);
    else if (event.key === "Escape" && !closed) this.close();
    else if (event.key === "Enter" && this.current >= 0) this.pick(this.current);
    else if (event.key === "Tab") return this.pick(this.current);
    else return;
    event.preventDefault();
  }

  /** Show what fits the text, unless the field was left or edited meanwhile. */
  async open() {
    const mine = ++this.turn;
    const found = await this.source.find(this.input.value);
    if (mine !== this.turn || document.activeElement !== this.input) return;
    this.items = found;
    this.list.replaceChildren(...found.map((item, index) => this.option(item, index)));
    this.list.hidden = found.length === 0;
    this.input.setAttribute("aria-expanded", String(found.length > 0));
    this.mark(-1);
    this.tell(this.input.value.trim() && found.length === 0 ? this.source.none : "");
  }

  close() {
    this.turn += 1;
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.mark(-1);
  }

  /**
   * Move the mark; before the first and after the last option stands the text itself.
   * @param {number} step
   */
  move(step) {
    if (this.list.hidden) return void this.open();
    const places = this.items.length + 1;
    this.mark(((this.current + 1 + step + places) % places) - 1);
  }

  /** @param {number} index -1 for none */
  mark(index) {
    this.current = index;
    const options = [...this.list.children];
    options.forEach((option, at) => option.setAttribute("aria-selected", String(at === index)));
    const option = options[index];
    if (!option) return this.input.removeAttribute("aria-activedescendant");
    this.input.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  /** @param {number} index */
  pick(index) {
    const item = this.items[index];
    if (item === undefined) return;
    this.input.value = this.source.show(item).label;
    this.close();
    this.source.choose(item);
    this.input.dispatchEvent(new Event("change", { bubbles: true }));
  }

  /**
   * Tell how many options there are; that there are none is shown as well as told.
   * @param {string} none
   */
  tell(none) {
    const many = this.items.length > 0 ? this.say.text("js.options", { n: this.items.length }) : "";
    this.status.className = none ? "hint" : "hidden-visually";
    this.status.textContent = none || many;
  }

  /**
   * @param {T} item
   * @param {number} index
   */
  option(item, index) {
    const { label, detail } = this.source.show(item);
    const facts = {
      class: "option",
      role: "option",
      id: `${this.id}-option-${index}`,
      "aria-selected": "false",
    };
    const element = make("li", facts, label);
    if (detail) element.append(make("small", {}, detail));
    element.addEventListener("click", () => this.pick(index));
    return element;
  }
}
