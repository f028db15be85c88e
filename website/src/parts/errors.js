/** The summary of errors above a form, and each error beside its field. */

import { byId, make } from "./dom.js";
import { facts, say } from "./page.js";
import { Problem } from "./api.js";

/** @typedef {import("./api.js").Fault} Fault */

const title = document.title;

/**
 * The control or group that a field of the API is filled in with.
 * @param {HTMLFormElement} form
 * @param {string} field dotted name
 * @returns {HTMLElement | null}
 */
function elementOf(form, field) {
  const parts = field.split(/[.[\]]+/).filter(Boolean);
  for (let size = parts.length; size > 0; size -= 1) {
    const id = parts.slice(0, size).join("-");
    const found = form.querySelector(`#${CSS.escape(id)}`);
    if (found instanceof HTMLElement) return found;
  }
  return null;
}

/**
 * The control that takes the focus for an element.
 * @param {HTMLElement} element
 * @returns {HTMLElement}
 */
function controlOf(element) {
  if (element.matches("input, textarea, select")) return element;
  const control = element.querySelector("input, textarea, select");
  return control instanceof HTMLElement ? control : element;
}

/**
 * What the page calls a field, before what is wrong with it.
 * @param {HTMLElement} element
 */
function nameOf(element) {
  const label = document.querySelector(`label[for="${element.id}"]`) ?? element.querySelector("legend, span");
  const words = label?.firstChild?.textContent?.trim();
  return words ? `${words}: ` : "";
}

/** @param {HTMLFormElement} form */
export function clearErrors(form) {
  const summary = byId("summary", HTMLElement);
  summary.hidden = true;
  summary.replaceChildren();
  document.title = title;
  for (const message of form.querySelectorAll(".fault")) message.remove();
  for (const control of form.querySelectorAll("[aria-invalid]")) {
    control.removeAttribute("aria-invalid");
    const kept = (control.getAttribute("aria-describedby") ?? "")
      .split(" ")
      .filter((id) => !id.endsWith("-fault"));
    control.setAttribute("aria-describedby", kept.join(" ").trim());
  }
}

/**
 * Show the first fault of every field, in the words of the API, and focus their summary.
 * @param {HTMLFormElement} form
 * @param {Pick<Fault, "field" | "message">[]} faults
 */
export function showErrors(form, faults) {
  clearErrors(form);
  const summary = byId("summary", HTMLElement);
  const list = make("ul");
  const first = new Map([...faults].reverse().map((fault) => [fault.field, fault]));
  for (const fault of faults)
    if (first.get(fault.field) === fault) list.append(make("li", {}, showFault(form, fault)));
  summary.replaceChildren(make("h2", {}, say.text("js.problem")), list);
  summary.hidden = false;
  document.title = say.text("js.problem_title", { title });
  summary.focus();
}

/**
 * @param {HTMLFormElement} form
 * @param {Pick<Fault, "field" | "message">} fault
 * @returns {Node | string} what stands in the summary
 */
function showFault(form, fault) {
  const element = elementOf(form, fault.field);
  if (!element) return fault.message;
  const control = controlOf(element);
  const id = `${element.id}-fault`;
  if (!document.getElementById(id)) {
    const message = make("p", { class: "fault", id }, fault.message);
    if (element === control) (control.closest(".combo") ?? control).before(message);
    else element.querySelector("legend, span")?.after(message);
  }
  element.closest("details")?.setAttribute("open", "");
  control.setAttribute("aria-invalid", "true");
  control.setAttribute("aria-describedby", `${control.getAttribute("aria-describedby") ?? ""} ${id}`.trim());
  const link = make("a", { href: `#${control.id || element.id}` }, nameOf(element), fault.message);
  link.addEventListener("click", (event) => {
    event.preventDefault();
    control.focus();
    element.scrollIntoView({ block: "center" });
  });
  return link;
}

/**
 * Say a refusal that is not about a field in words.
 * @param {unknown} error
 * @returns {string}
 */
export function explain(error) {
  if (!(error instanceof Problem)) throw error;
  if (error.status === 0) return say.text("js.error.network");
  if (error.status === 429) return say.text("js.error.busy", { seconds: error.retryAfterSeconds || 60 });
  if (error.status >= 500 || !error.message) return say.text("js.error.server", { phone: facts.phone });
  return error.message;
}

/**
 * Show a refusal: its faults, or its words as the one fault.
 * @param {HTMLFormElement} form
 * @param {unknown} error
 */
export function showProblem(form, error) {
  const faults =
    error instanceof Problem && error.faults.length > 0
      ? error.faults
      : [{ field: "", message: explain(error) }];
  showErrors(form, faults);
}
