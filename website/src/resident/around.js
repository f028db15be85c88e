/** What is known at the place before sending: works there, and open appeals of the same topic. */

import { call } from "../parts/api.js";
import { byId, make } from "../parts/dom.js";
import { facts, say } from "../parts/page.js";

/**
 * @typedef {object} Near
 * @property {string} number
 * @property {string} status_text
 * @property {string} received_at
 * @property {string} due_at
 * @property {string} street
 * @property {string | null} building
 * @property {{name: string} | null} executor
 */

/** @typedef {import("./work_view.js").Work} Work */
/** @typedef {{appeals: Near[], repair_works: Work[]}} Known */
/** @typedef {{street: string, building: string, topic: string | null}} Asked */

const PAUSE_MS = 400;
const FIRST_SHOWN = 3;
/** @type {Known} */
const NOTHING = { appeals: [], repair_works: [] };

/** The offer to follow an appeal that is open already; whoever chooses nothing sends an own one. */
export class Around {
  /** @param {() => void} changed */
  constructor(changed) {
    this.changed = changed;
    this.box = byId("join", HTMLElement);
    this.input = byId("joined-to", HTMLInputElement);
    this.status = byId("around-status", HTMLElement);
    this.reminder = byId("around-reminder", HTMLElement);
    this.known = NOTHING;
    this.asked = "";
    this.different = false;
    this.all = false;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
  }

  /**
   * Look around the place, unless it was looked at already; another place is another question.
   * @param {Asked} wanted
   */
  look(wanted) {
    const asked = wanted.street ? JSON.stringify(wanted) : "";
    if (asked === this.asked) return;
    if (this.asked) this.input.value = "";
    this.asked = asked;
    this.different = this.all = false;
    clearTimeout(this.timer);
    if (asked) this.timer = setTimeout(() => void this.ask(wanted), PAUSE_MS);
    else this.show(NOTHING);
  }

  /** Forget what was asked and chosen: the appeal to be followed may have ended meanwhile. */
  forget() {
    this.input.value = this.asked = "";
    clearTimeout(this.timer);
    this.show(NOTHING);
  }

  /** @param {Asked} wanted */
  async ask({ street, building, topic }) {
    const asked = this.asked;
    const query = new URLSearchParams({ street, ...(building && { building }), ...(topic && { topic }) });
    const path = `/nearby?${query}`;
    const found = await call(path, { language: facts.language }).catch(() => ({ body: NOTHING }));
    if (asked !== this.asked) return;
    this.show({ ...found.body, appeals: topic ? found.body.appeals : [] });
  }

  /** @param {Known} known */
  show(known) {
    this.known = known;
    this.draw();
    const open = known.appeals.length > 0 && !this.input.value;
    this.status.textContent = open ? say.text("js.around.found", { n: known.appeals.length }) : "";
  }

  draw() {
    const { appeals, repair_works: works } = this.known;
    const offer = this.offer(appeals);
    const parts = [...(works.length > 0 ? [worksNote(works)] : []), ...offer];
    this.box.replaceChildren(...parts);
    this.box.hidden = parts.length === 0;
    this.reminder.hidden = appeals.length === 0 || this.different || this.input.value !== "";
  }

  /** @param {Near[]} appeals */
  offer(appeals) {
    if (this.input.value) return [this.chosen(this.input.value)];
    if (appeals.length === 0) return [];
    if (this.different) return [this.apart()];
    const shown = this.all ? appeals : appeals.slice(0, FIRST_SHOWN);
    const more = say.text("js.around.more", { n: appeals.length - shown.length });
    return [
      make("h3", {}, make("span", {}, say.text("js.around.title"))),
      make("p", { class: "hint" }, say.text("js.around.lead")),
      make("ul", { class: "near" }, ...shown.map((near) => this.row(near)), this.other()),
      ...(shown.length < appeals.length ? [this.link(more, () => void (this.all = true))] : []),
    ];
  }

  /** @param {Near} near */
  row(near) {
    const place = near.building ? `${near.street}, ${near.building}` : near.street;
    const day = say.date(new Date(near.received_at), { day: "numeric", month: "long" });
    const about = [
      say.text("js.around.since", { day }),
      say.due(near.due_at),
      near.executor?.name ?? "",
    ];
    const follow = say.text("js.around.follow");
    return make(
      "li",
      {},
      make(
        "div",
        {},
        make("b", {}, place),
        ...(near.building ? [] : [` ${say.text("js.around.beside")}`]),
        make("p", { class: "small" }, make("span", { class: "tag" }, near.status_text)),
        make("p", { class: "small quiet" }, [`№ ${near.number}`, ...about].filter(Boolean).join(" · ")),
      ),
      this.button(follow, `${follow}, № ${near.number}`, () => void (this.input.value = near.number)),
    );
  }

  /** Mine is another matter: a button like the others, in a row like theirs. */
  other() {
    const words = say.text("js.around.different");
    return make(
      "li",
      {},
      make("div", {}, make("b", {}, say.text("js.around.none"))),
      this.button(words, words, () => void (this.different = true)),
    );
  }

  /** @param {string} number */
  chosen(number) {
    return make(
      "div",
      { class: "note success", tabindex: "-1" },
      make("p", {}, make("b", {}, say.text("js.around.chosen", { number }))),
      make("p", {}, say.text("js.around.chosen_text")),
      this.link(say.text("js.around.undo"), () => void (this.input.value = "")),
    );
  }

  apart() {
    return make(
      "div",
      { class: "note", tabindex: "-1" },
      make("p", {}, say.text("js.around.apart")),
      this.link(say.text("js.around.again"), () => void (this.different = false)),
    );
  }

  /**
   * @param {string} words
   * @param {string} label
   * @param {() => void} what
   */
  button(words, label, what) {
    const act = () => this.answer(what);
    return make("button", { type: "button", class: "btn plain", "aria-label": label, click: act }, words);
  }

  /**
   * @param {string} words
   * @param {() => void} what
   */
  link(words, what) {
    return make("button", { type: "button", class: "btn link", click: () => this.answer(what) }, words);
  }

  /** @param {() => void} what */
  answer(what) {
    what();
    this.draw();
    const next = this.box.querySelector(".note[tabindex], .near button");
    if (next instanceof HTMLElement) next.focus();
    this.changed();
  }
}

/** @param {Work[]} works */
function worksNote(works) {
  const page = `/${facts.language}/works/`;
  const items = works.map((work) =>
    make(
      "li",
      {},
      make("a", { href: `${page}#${work.id}` }, work.summary),
      make("p", { class: "small" }, `${work.consequences} `, make("b", {}, say.due(work.eta_at))),
    ),
  );
  return make(
    "div",
    { class: "note warning" },
    make("h3", {}, say.text("js.around.works")),
    make("ul", {}, ...items),
    make("p", { class: "small" }, say.text("js.around.works_text")),
  );
}
