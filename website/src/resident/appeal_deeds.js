/** What applicants do with their own appeal: add words and photos, withdraw, dispute the result. */

import { call, newKey, Problem } from "../parts/api.js";
import { byId, make } from "../parts/dom.js";
import { clearErrors, explain, showErrors } from "../parts/errors.js";
import { facts, say } from "../parts/page.js";
import { PhotoField } from "../parts/photos.js";
import { sendingKey } from "./appeal.js";

/** @typedef {{path: string, field: string, photos: boolean, from: string[]}} Deed */

const BEFORE_RESULT = ["registered", "sent", "accepted", "in_work", "clarification", "joined"];
const WITH_RESULT = ["reported", "reply_submitted", "reply_signed", "handed_over", "planned", "closed"];

/** @type {Record<string, Deed>} */
const DEEDS = {
  message: { path: "messages", field: "text", photos: true, from: [...BEFORE_RESULT, ...WITH_RESULT] },
  dispute: { path: "dispute", field: "reason", photos: true, from: ["unconfirmed"] },
  withdrawal: { path: "withdrawal", field: "reason", photos: false, from: BEFORE_RESULT },
};

/**
 * @typedef {object} Own
 * @property {string} number
 * @property {string} code
 * @property {string} status
 * @property {(words: string, repeat: string | null) => void} done
 */

/** The one form of all deeds. */
export class DeedForm {
  constructor() {
    this.form = byId("deed", HTMLFormElement);
    this.words = byId("words", HTMLTextAreaElement);
    this.photos = new PhotoField(() => undefined);
    this.name = "message";
    /** @type {Own | null} */
    this.own = null;
    /** @type {import("./appeal.js").Sending | undefined} */
    this.sending = undefined;
    this.busy = false;
    byId("deed-cancel", HTMLButtonElement).addEventListener("click", () => this.close());
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.send();
    });
  }

  /**
   * The buttons of what may be done now, and the form that they open.
   * @param {Own} own
   * @returns {HTMLElement[]}
   */
  offer(own) {
    this.own = own;
    this.close();
    const names = Object.keys(DEEDS).filter((name) => DEEDS[name]?.from.includes(own.status));
    if (names.length === 0) return [];
    const buttons = names.map((name) => {
      const style = name === "withdrawal" ? "btn link" : "btn plain";
      const button = make("button", { type: "button", class: style }, say.text(`js.deed.${name}`));
      button.addEventListener("click", () => this.open(name));
      return button;
    });
    return [make("p", { class: "row noprint" }, ...buttons), this.form];
  }

  /** @param {string} name */
  open(name) {
    this.name = name;
    this.form.hidden = false;
    byId("deed-title", HTMLElement).textContent = say.text(`js.deed.${name}`);
    byId("words-label", HTMLElement).textContent = say.text(`js.deed.${name}.label`);
    byId("words-hint", HTMLElement).textContent = say.text(`js.deed.${name}.hint`);
    byId("deed-send", HTMLButtonElement).textContent = say.text(`js.deed.${name}.send`);
    byId("uploads", HTMLElement).hidden = !DEEDS[name]?.photos;
    this.words.focus();
  }

  close() {
    this.form.hidden = true;
    this.form.reset();
    this.photos.clear();
  }

  async send() {
    const deed = DEEDS[this.name];
    if (this.busy || !this.own || !deed) return;
    this.form.before(byId("summary", HTMLElement));
    clearErrors(this.form);
    if (this.photos.busy)
      return showErrors(this.form, [{ field: "uploads", message: say.text("js.report.waiting_photos") }]);
    this.busy = true;
    try {
      await this.post(deed, this.own);
    } catch (error) {
      this.refuse(error);
    }
    this.busy = false;
  }

  /**
   * @param {Deed} deed
   * @param {Own} own
   */
  async post(deed, own) {
    const uploads = deed.photos ? this.photos.kept.map((photo) => photo.upload_id) : [];
    const body = { [deed.field]: this.words.value.trim(), ...(uploads.length > 0 ? { uploads } : {}) };
    this.sending = sendingKey(body, this.sending, newKey);
    const answer = await call(`/appeals/${own.number}/${deed.path}`, {
      language: facts.language,
      headers: { "X-Access-Code": own.code },
      body,
      key: this.sending.key,
    });
    own.done(say.text(`js.deed.${this.name}.done`), answer.body.repeat_number);
  }

  /** @param {unknown} error */
  refuse(error) {
    const faults = error instanceof Problem ? error.faults : [];
    const own = faults.map(({ field, message }) => ({
      field: ["text", "reason"].includes(field) ? "words" : field,
      message,
    }));
    showErrors(this.form, own.length > 0 ? own : [{ field: "", message: explain(error) }]);
  }
}
