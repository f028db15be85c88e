/** Making a photo smaller in the browser; drawing it anew leaves its metadata behind. */

const LONGEST_SIDE_PX = 1600;
const QUALITY = 0.8;

/**
 * The size of a picture that must fit in a square.
 * @param {number} width
 * @param {number} height
 * @param {number} side
 */
export function fit(width, height, side) {
  const scale = Math.min(1, side / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/**
 * A JPEG of at most 1600 px a side, upright, without metadata.
 * @param {Blob} file
 * @returns {Promise<{blob: Blob, bitmap: ImageBitmap} | null>} null when the browser cannot read it
 */
export async function shrink(file) {
  const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" }).catch(() => null);
  if (!bitmap) return null;
  const canvas = document.createElement("canvas");
  Object.assign(canvas, fit(bitmap.width, bitmap.height, LONGEST_SIDE_PX));
  canvas.getContext("2d")?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", QUALITY));
  return blob instanceof Blob ? { blob, bitmap } : null;
}

/**
 * Draw a picture into a square canvas, cut to its middle.
 * @param {HTMLCanvasElement} canvas
 * @param {ImageBitmap} bitmap
 */
export function drawThumbnail(canvas, bitmap) {
  const side = Math.min(bitmap.width, bitmap.height);
  const left = (bitmap.width - side) / 2;
  const top = (bitmap.height - side) / 2;
  canvas.getContext("2d")?.drawImage(bitmap, left, top, side, side, 0, 0, canvas.width, canvas.height);
}
