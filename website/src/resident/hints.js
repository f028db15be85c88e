/** Topics that the text may be about: three buttons under it, and choosing is the person's. */

import { call } from "../parts/api.js";
import { byId, make } from "../parts/dom.js";
import { facts, say } from "../parts/page.js";
import { topicWords } from "./topic_words.js";

/** @typedef {import("../parts/topics.js").Topic} Topic */

const PAUSE_MS = 700;

export class TopicHints {
  /**
   * @param {HTMLTextAreaElement} text
   * @param {{code: () => string | null, pick: (topic: Topic) => void}} topic
   */
  constructor(text, topic) {
    this.text = text;
    this.topic = topic;
    this.box = byId("hints", HTMLElement);
    this.told = byId("hints-status", HTMLElement);
    this.asked = "";
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
  }

  /** Ask when the writer pauses; a chosen topic needs no hint. */
  look() {
    clearTimeout(this.timer);
    if (this.topic.code()) return this.show([]);
    this.told.textContent = "";
    const words = topicWords(this.text.value);
    if (!words) return this.show([]);
    if (words !== this.asked) this.timer = setTimeout(() => void this.ask(words), PAUSE_MS);
    else this.box.hidden = this.box.childElementCount === 0;
  }

  /** @param {string} words */
  async ask(words) {
    this.asked = words;
    const path = `/topics/suggestions?text=${encodeURIComponent(words)}`;
    const found = await call(path, { language: facts.language }).catch(() => null);
    if (words === this.asked && !this.topic.code()) this.show(found?.body.items ?? []);
  }

  /** @param {Topic[]} topics */
  show(topics) {
    if (topics.length === 0) this.asked = "";
    const buttons = topics.map((topic) => {
      const act = () => this.pick(topic);
      return make("button", { type: "button", class: "btn plain", click: act }, topic.name);
    });
    const words = make("p", { class: "hint", id: "hints-words" }, say.text("js.hints.title"));
    this.box.replaceChildren(...(buttons.length > 0 ? [words, ...buttons] : []));
    this.box.hidden = buttons.length === 0;
  }

  /** @param {Topic} topic */
  pick(topic) {
    this.topic.pick(topic);
    this.text.dispatchEvent(new Event("change", { bubbles: true }));
    this.told.textContent = say.text("js.hints.chosen", { name: topic.name });
    this.told.focus();
  }
}
