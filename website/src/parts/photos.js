/** Up to three photos of an appeal: shrunk, uploaded at once, removable. */

import { call, upload } from "./api.js";
import { byId, make } from "./dom.js";
import { explain } from "./errors.js";
import { facts, say } from "./page.js";
import { drawThumbnail, shrink } from "./shrink.js";

const MOST = 3;
const THUMBNAIL_PX = 144;

/** @typedef {{upload_id: string}} Kept */
/** @typedef {{kept: Kept | null, failed: boolean, row: HTMLLIElement, text: HTMLElement, bar: HTMLProgressElement, canvas: HTMLCanvasElement}} Photo */

/** @param {() => void} changed called when the set of uploaded photos changes */
export function photoField(changed) {
  const input = byId("photos", HTMLInputElement);
  const list = byId("photos-list", HTMLUListElement);
  const status = byId("photos-status", HTMLElement);
  /** @type {Photo[]} */
  let photos = [];

  function renumber() {
    photos.forEach((photo, index) => {
      const n = index + 1;
      photo.canvas.setAttribute("aria-label", say.text("js.report.photo", { n }));
      photo.bar.setAttribute("aria-label", say.text("js.report.photo", { n }));
      const button = photo.row.querySelector("button");
      if (button) button.textContent = say.text("js.report.photo.remove", { n });
    });
  }

  /** @param {Photo} photo */
  function remove(photo) {
    const n = photos.indexOf(photo) + 1;
    photos = photos.filter((other) => other !== photo);
    photo.row.remove();
    renumber();
    status.textContent = say.text("js.report.photo.removed", { n });
    input.focus();
    changed();
  }

  /** @param {Kept | null} kept */
  function add(kept) {
    const canvas = make("canvas", { width: THUMBNAIL_PX, height: THUMBNAIL_PX, role: "img" });
    const text = make(
      "span",
      { class: "small" },
      kept ? say.text("js.report.photo.kept") : say.text("js.report.photo.shrinking"),
    );
    const bar = make("progress", { max: 1, value: kept ? 1 : 0, ...(kept ? { hidden: true } : {}) });
    const button = make("button", { type: "button", class: "btn link" });
    const row = make("li", {}, canvas, make("div", {}, text, bar), button);
    /** @type {Photo} */
    const photo = { kept, failed: false, row, text, bar, canvas };
    button.addEventListener("click", () => remove(photo));
    photos.push(photo);
    list.append(row);
    renumber();
    return photo;
  }

  /**
   * @param {Photo} photo
   * @param {string} words
   */
  function fail(photo, words) {
    photo.failed = true;
    photo.bar.hidden = true;
    photo.text.textContent = words;
    photo.text.className = "fault";
    status.textContent = words;
  }

  /**
   * @param {Photo} photo
   * @param {File} file
   */
  async function send(photo, file) {
    const small = await shrink(file);
    if (!small) return fail(photo, say.text("js.report.photo.unreadable"));
    drawThumbnail(photo.canvas, small.bitmap);
    try {
      const asked = { content_type: "image/jpeg", size_bytes: small.blob.size };
      const { body } = await call("/uploads", { language: facts.language, body: asked });
      await upload(body, small.blob, (share) => {
        photo.bar.value = share;
        photo.text.textContent = say.text("js.report.photo.uploading", { percent: say.percent(share) });
      });
      photo.kept = { upload_id: body.upload_id };
    } catch (error) {
      const words = explain(error);
      return fail(photo, words || say.text("js.report.photo.failed"));
    }
    photo.bar.hidden = true;
    const size = `${Math.max(1, Math.round(small.blob.size / 1024))} KB`;
    photo.text.textContent = say.text("js.report.photo.ready", { size });
    status.textContent = `${say.text("js.report.photo", { n: photos.indexOf(photo) + 1 })}: ${photo.text.textContent}`;
    changed();
  }

  input.addEventListener("change", () => {
    const files = [...(input.files ?? [])];
    input.value = "";
    status.textContent = files.length > MOST - photos.length ? say.text("js.report.photo.too_many") : "";
    for (const file of files.slice(0, MOST - photos.length)) void send(add(null), file);
  });

  return {
    /** Whether some photo is still on its way. */
    busy: () => photos.some((photo) => !photo.kept && !photo.failed),
    /** @returns {Kept[]} */
    kept: () => photos.flatMap((photo) => (photo.kept ? [photo.kept] : [])),
    /** @param {Kept[]} kept photos of a draft; an upload is kept as long as a draft is */
    restore(kept) {
      for (const one of kept) add(one);
    },
    clear() {
      photos = [];
      list.replaceChildren();
      status.textContent = "";
    },
  };
}
