/** Calls to the API of this origin. */

/** @typedef {{field: string, code: string, message: string}} Fault */

/** A refusal (RFC 9457), or no answer at all: then `status` is 0. */
export class Problem extends Error {
  /**
   * @param {number} status
   * @param {{title?: string, detail?: string, clause?: string, instance?: string, type?: string, errors?: Fault[]}} body
   * @param {number} retryAfterSeconds
   */
  constructor(status, body, retryAfterSeconds = 0) {
    super(body.detail ?? body.title ?? "");
    this.status = status;
    this.clause = body.clause;
    this.type = body.type ?? "";
    this.instance = body.instance;
    this.faults = body.errors ?? [];
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/**
 * @typedef {object} Ask
 * @property {string} language
 * @property {string} [method]
 * @property {unknown} [body]
 * @property {Record<string, string>} [headers]
 * @property {string} [key] Idempotency-Key
 */

/**
 * Ask the API; a refusal is thrown as a Problem.
 * @param {string} path under `/api`
 * @param {Ask} ask
 * @returns {Promise<{status: number, body: any, etag: string | null}>}
 */
export async function call(path, ask) {
  const response = await answered(path, ask);
  const body = await response.json().catch(() => ({}));
  return { status: response.status, body, etag: response.headers.get("etag") };
}

/**
 * Ask the API for a file; a refusal is thrown as a Problem.
 * @param {string} path under `/api`
 * @param {Ask} ask its headers say what kind of file
 */
export async function download(path, ask) {
  return (await answered(path, ask)).blob();
}

/**
 * @param {string} path
 * @param {Ask} ask
 */
async function answered(path, ask) {
  const response = await fetch(`/api${path}`, {
    method: ask.method ?? (ask.body === undefined ? "GET" : "POST"),
    headers: headersOf(ask),
    cache: "no-store",
    ...(ask.body === undefined ? {} : { body: JSON.stringify(ask.body) }),
  }).catch(() => {
    throw new Problem(0, {});
  });
  if (response.ok || response.status === 304) return response;
  const body = await response.json().catch(() => ({}));
  throw new Problem(response.status, body, Number(response.headers.get("retry-after") ?? 0));
}

/** @param {Ask} ask */
function headersOf(ask) {
  return {
    Accept: "application/json",
    "Accept-Language": ask.language,
    ...(ask.body === undefined ? {} : { "Content-Type": "application/json" }),
    ...(ask.key ? { "Idempotency-Key": ask.key } : {}),
    ...ask.headers,
  };
}

/** A fresh Idempotency-Key. */
export function newKey() {
  return crypto.randomUUID();
}

/**
 * Send a file by a presigned form.
 * @param {{url: string, fields: Record<string, string>}} ticket
 * @param {Blob} file
 * @param {(share: number) => void} progress 0 to 1
 * @returns {Promise<void>}
 */
export function upload(ticket, file, progress) {
  const form = new FormData();
  for (const [name, value] of Object.entries(ticket.fields)) form.append(name, value);
  form.append("file", file);
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", ticket.url);
    request.upload.addEventListener("progress", (event) => progress(event.loaded / event.total));
    request.addEventListener("error", () => reject(new Problem(0, {})));
    request.addEventListener("load", () => {
      if (request.status < 300) resolve();
      else reject(new Problem(request.status, {}));
    });
    request.send(form);
  });
}
