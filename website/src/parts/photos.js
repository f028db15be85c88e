/** Up to three photos of an appeal: shrunk, uploaded at once, removable. */

import { call, Problem, upload } from "./api.js";
import { byId, make } from "./dom.js";
import { explain } from "./errors.js";
import { facts, say } from "./page.js";
import { Retry } from "./retry.js";
import { drawThumbnail, shrink } from "./shrink.js";

/** @typedef {{upload_id: string}} Kept an upload; it is kept as long as a draft is */

const MOST = 3;
const THUMBNAIL_PX = 144;

/** One photo: its row on the page, and its upload once there is one. */
class Photo {
  /** @type {Kept | null} */
  kept = null;
  failed = false;
  /** Whether only the network is missing. */
  waiting = false;
  /** @type {Blob | null} */
  blob = null;

  constructor() {
    this.canvas = make("canvas", { width: THUMBNAIL_PX, height: THUMBNAIL_PX, role: "img" });
    this.text = make("span", { class: "small" }, say.text("js.report.photo.shrinking"));
    this.bar = make("progress", { max: 1, value: 0 });
    this.button = make("button", { type: "button", class: "btn link" });
    this.row = make("li", {}, this.canvas, make("div", {}, this.text, this.bar), this.button);
  }

  /** @param {number} n place in the list, from 1 */
  number(n) {
    this.canvas.setAttribute("aria-label", say.text("js.report.photo", { n }));
    this.bar.setAttribute("aria-label", say.text("js.report.photo", { n }));
    this.button.textContent = say.text("js.report.photo.remove", { n });
  }

  /**
   * @param {Kept} kept
   * @param {string} words
   */
  keep(kept, words) {
    this.kept = kept;
    this.bar.hidden = true;
    this.text.textContent = words;
  }

  /** @param {string} words */
  fail(words) {
    this.failed = true;
    this.bar.hidden = true;
    this.text.textContent = words;
    this.text.className = "fault";
  }

  /** @param {number} share 0 to 1 */
  progress(share) {
    this.bar.value = share;
    this.text.textContent = say.text("js.report.photo.uploading", { percent: say.percent(share) });
  }

  /**
   * Shrink the file and upload it; what goes wrong is told in the row.
   * @param {File} file
   */
  async send(file) {
    const small = await shrink(file);
    if (!small) return this.fail(say.text("js.report.photo.unreadable"));
    drawThumbnail(this.canvas, small.bitmap);
    this.blob = small.blob;
    await this.upload(small.blob);
  }

  /** @param {Blob} blob */
  async upload(blob) {
    this.waiting = false;
    try {
      const body = { content_type: blob.type, size_bytes: blob.size };
      const ticket = (await call("/uploads", { language: facts.language, body })).body;
      await upload(ticket, blob, (share) => this.progress(share));
      const words = say.text("js.report.photo.ready", { size: `${Math.ceil(blob.size / 1024)} KB` });
      this.keep({ upload_id: ticket.upload_id }, words);
    } catch (error) {
      if (error instanceof Problem && error.status === 0) this.wait();
      else this.fail(`${explain(error)} ${say.text("js.report.photo.failed")}`);
    }
  }

  wait() {
    this.waiting = true;
    this.text.textContent = say.text("js.report.photo.no_network");
  }
}

/** The field of photos. */
export class PhotoField {
  /** @param {() => void} changed called when the set of uploaded photos changes */
  constructor(changed) {
    this.changed = changed;
    this.input = byId("photos", HTMLInputElement);
    this.list = byId("photos-list", HTMLUListElement);
    this.status = byId("photos-status", HTMLElement);
    /** @type {Photo[]} */
    this.photos = [];
    this.again = new Retry(() => this.retry());
    this.input.addEventListener("change", () => this.take());
  }

  /** Whether some photo is still on its way. */
  get busy() {
    return this.photos.some((photo) => !photo.kept && !photo.failed && !photo.waiting);
  }

  /** Whether some photo waits for the network. */
  get waiting() {
    return this.photos.some((photo) => photo.waiting);
  }

  /** @returns {Kept[]} */
  get kept() {
    return this.photos.flatMap((photo) => (photo.kept ? [photo.kept] : []));
  }

  /** @param {Kept[]} kept photos of a draft */
  restore(kept) {
    for (const one of kept) this.add().keep(one, say.text("js.report.photo.kept"));
  }

  clear() {
    this.again.stop();
    this.photos = [];
    this.list.replaceChildren();
    this.status.textContent = "";
  }

  /** Take the files that were chosen, as many as there is room for. */
  take() {
    const files = [...(this.input.files ?? [])];
    const room = MOST - this.photos.length;
    this.input.value = "";
    this.status.textContent = files.length > room ? say.text("js.report.photo.too_many") : "";
    for (const file of files.slice(0, room)) void this.send(file);
  }

  /** @param {File} file */
  async send(file) {
    const photo = this.add();
    await photo.send(file);
    this.told(photo);
  }

  /** What waited for the network is uploaded again. */
  retry() {
    for (const photo of this.photos)
      if (photo.waiting && photo.blob) void photo.upload(photo.blob).then(() => this.told(photo));
  }

  /** @param {Photo} photo whose upload has come to an end, good or bad */
  told(photo) {
    if (!this.photos.includes(photo)) return;
    if (this.waiting) this.again.later();
    else this.again.stop();
    const name = say.text("js.report.photo", { n: this.photos.indexOf(photo) + 1 });
    this.status.textContent = `${name}: ${photo.text.textContent}`;
    this.changed();
  }

  add() {
    const photo = new Photo();
    photo.button.addEventListener("click", () => this.remove(photo));
    this.photos.push(photo);
    this.list.append(photo.row);
    this.renumber();
    return photo;
  }

  /** @param {Photo} photo */
  remove(photo) {
    const n = this.photos.indexOf(photo) + 1;
    this.photos = this.photos.filter((other) => other !== photo);
    photo.row.remove();
    this.renumber();
    this.status.textContent = say.text("js.report.photo.removed", { n });
    this.input.focus();
    this.changed();
  }

  renumber() {
    this.photos.forEach((photo, index) => photo.number(index + 1));
  }
}
