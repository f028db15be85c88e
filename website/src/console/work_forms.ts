/** The forms of repair works: their fields in words, and the bodies that they make. */

import { localOf } from "../parts/moments.js";
import { Problem } from "../parts/api.js";
import type { Speaker } from "../parts/speech.js";
import { bodyOf } from "./actions";
import type { Field, Option } from "./fields";
import type { Work } from "./types";

export type Deed = "register" | "term" | "edit" | "close" | "answer";

/** What a form is made from: the words, the zone of the city, and the services to choose from. */
export interface Making {
  say: Speaker;
  zone: string;
  services: Option[];
}

/** The fields of a deed; those of a work that stands begin with what is told of it. */
export function fieldsOf(deed: Deed, work: Work | null, making: Making): Field[] {
  const { say } = making;
  const field = (name: string, kind: Field["kind"], more: Partial<Field> = {}): Field => ({
    name,
    kind,
    label: say.text(`field.${name}`),
    ...(say.has(`field.${name}_hint`) ? { hint: say.text(`field.${name}_hint`) } : {}),
    ...more,
  });
  if (deed === "term") return [term(work, making), field("reason", "long")];
  if (deed === "close") return [field("closing", "long", { optional: true })];
  if (deed === "answer") return [field("answer", "long")];
  return [
    field("summary", "text", { value: work?.summary ?? "" }),
    field("cause", "text", { value: work?.cause ?? "" }),
    field("consequences", "long", { value: work?.consequences ?? "" }),
    field("places", "long", { value: placesText(work) }),
    ...(work ? [] : [field("starts_at", "moment", { optional: true }), term(work, making)]),
    ...(work ? [] : [field("services", "ticks", { options: making.services, optional: true })]),
  ];
}

function term(work: Work | null, { say, zone }: Making): Field {
  const value = work ? localOf(Date.parse(work.eta_at), zone) : "";
  return { name: "eta_at", kind: "moment", label: say.text("field.eta_at"), value };
}

/** One place a line: the street, then the houses after the first comma. */
function placesText(work: Work | null): string {
  const lines = (work?.places ?? []).map(({ street, building }) => (building ? `${street}, ${building}` : street));
  return lines.join("\n");
}

function placesOf(text: string): { street: string; building: string }[] {
  const lines = text.split("\n").filter((line) => line.trim());
  return lines.map((line) => {
    const [street = "", ...houses] = line.split(",");
    return { street: street.trim(), building: houses.join(",").trim() };
  });
}

/** The body of a deed. A new term without its reason is not sent: residents read it. */
export function workBody(deed: Deed, fields: Field[], values: FormData, making: Making): Record<string, unknown> {
  const { places, closing, answer, services, ...body } = bodyOf(fields, values, making.zone);
  if (deed === "close") return { text: closing ?? "" };
  if (deed === "answer") return { text: answer ?? "" };
  if (deed === "term" && !body.reason) {
    const message = making.say.text("works.reason_needed");
    throw new Problem(422, { errors: [{ field: "reason", code: "required", message }] });
  }
  return {
    ...body,
    ...(places === undefined && deed === "term" ? {} : { places: placesOf(String(places ?? "")) }),
    ...(Array.isArray(services) && services.length > 0 ? { services } : {}),
  };
}

/** Where a deed is sent, and how. */
export function addressOf(deed: Deed, work: Work | null): { path: string; method: string } {
  if (!work) return { path: "/repair-works", method: "POST" };
  const own = `/repair-works/${work.id}`;
  if (deed === "close" || deed === "answer") return { path: `${own}/${deed}`, method: "POST" };
  return { path: own, method: "PATCH" };
}
