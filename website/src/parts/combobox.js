/** A text field with a list of options under it (ARIA 1.2 combobox, list autocomplete). */

import { byId, make } from "./dom.js";
import { say } from "./page.js";

/** @typedef {{label: string, detail?: string}} Shown */

/**
 * @template T
 * @typedef {object} Source
 * @property {(typed: string) => Promise<T[]> | T[]} find
 * @property {(item: T) => Shown} show
 * @property {(item: T | null) => void} choose null when the text was edited after a choice
 * @property {string} none what is said when nothing fits
 */

/**
 * @template T
 * @param {string} id of the input; its list is `<id>-options`, its voice `<id>-status`
 * @param {Source<T>} source
 */
export function combobox(id, source) {
  const input = byId(id, HTMLInputElement);
  const list = byId(`${id}-options`, HTMLUListElement);
  const status = byId(`${id}-status`, HTMLElement);
  /** @type {T[]} */
  let items = [];
  let current = -1;
  let turn = 0;

  function close() {
    turn += 1;
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    mark(-1);
  }

  /** @param {number} index */
  function mark(index) {
    current = index;
    [...list.children].forEach((option, at) => option.setAttribute("aria-selected", String(at === index)));
    const option = list.children[index];
    if (option) {
      input.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else input.removeAttribute("aria-activedescendant");
  }

  /** @param {number} index */
  function pick(index) {
    const item = items[index];
    if (item === undefined) return;
    input.value = source.show(item).label;
    close();
    source.choose(item);
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }

  async function open() {
    const mine = ++turn;
    const found = await source.find(input.value);
    if (mine !== turn || document.activeElement !== input) return;
    items = found;
    list.replaceChildren(...items.map((item, index) => option(item, index)));
    list.hidden = items.length === 0;
    input.setAttribute("aria-expanded", String(items.length > 0));
    mark(-1);
    tell(input.value.trim() && items.length === 0 ? source.none : "");
  }

  /**
   * Tell how many options there are; that there are none is shown as well as told.
   * @param {string} none
   */
  function tell(none) {
    status.className = none ? "hint" : "hidden-visually";
    status.textContent = none || (items.length > 0 ? say.text("js.options", { n: items.length }) : "");
  }

  /**
   * @param {T} item
   * @param {number} index
   */
  function option(item, index) {
    const { label, detail } = source.show(item);
    const element = make(
      "li",
      { class: "option", role: "option", id: `${id}-option-${index}`, "aria-selected": "false" },
      label,
    );
    if (detail) element.append(make("small", {}, detail));
    element.addEventListener("click", () => pick(index));
    return element;
  }

  /** @param {number} step */
  function move(step) {
    if (list.hidden) return void open();
    const places = items.length + 1;
    mark(((current + 1 + step + places) % places) - 1);
  }

  /** @type {Record<string, (event: KeyboardEvent) => void>} */
  const keys = {
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    Escape: () => close(),
    Tab: () => pick(current),
    Enter: () => pick(current),
  };

  list.addEventListener("mousedown", (event) => event.preventDefault());
  input.addEventListener("keydown", (event) => {
    const key = keys[event.key];
    if (!key || (event.key === "Escape" && list.hidden)) return;
    if (event.key !== "Tab" && !(event.key === "Enter" && current < 0)) event.preventDefault();
    key(event);
  });
  input.addEventListener("input", () => {
    source.choose(null);
    void open();
  });
  input.addEventListener("focus", () => void open());
  input.addEventListener("blur", close);
}
