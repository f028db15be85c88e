/** A file for a card: announced, posted to the store, then inspected. */

import { useState } from "preact/hooks";
import { Problem, upload } from "../parts/api.js";
import type { Speaker } from "../parts/speech.js";
import { useDesk } from "./desk";
import type { Field } from "./fields";
import { ActionForm } from "./form";
import type { Card } from "./types";

interface Ticket {
  url: string;
  fields: Record<string, string>;
}

interface Props {
  card: Card;
  done: () => Promise<void>;
  close: () => void;
}

const TYPES = "image/jpeg,image/png,image/webp,application/pdf";

/** The file goes as it is: when it was taken is part of what it proves. */
export function EvidenceForm({ card, done, close }: Props) {
  const { ask, say } = useDesk();
  const [progress, setProgress] = useState("");
  const send = async (values: FormData, key: string) => {
    const file = chosenFile(values, say);
    const body = announcement(values, file);
    const ticket = await ask<Ticket>(`/cards/${card.number}/evidence`, { method: "POST", body, key });
    await upload(ticket.body, file, (share) =>
      setProgress(say.text("upload.sending", { percent: say.percent(share) })),
    );
    setProgress(say.text("upload.waiting"));
    await done();
  };
  return (
    <ActionForm
      id="do-evidence"
      fields={fieldsOf(say)}
      button={say.text("action.evidence")}
      send={send}
      onCancel={close}
    >
      <p role="status">{progress}</p>
    </ActionForm>
  );
}

function fieldsOf(say: Speaker): Field[] {
  const options = (names: string[]) => names.map((value) => ({ value, label: say.text(`choice.${value}`) }));
  const kinds = options(["photo", "act", "document"]);
  const matters = options(["execution", "review"]);
  return [
    { name: "file", kind: "file", label: say.text("field.file_choose"), accept: TYPES },
    { name: "kind", kind: "radio", label: say.text("field.kind"), value: "photo", options: kinds },
    { name: "about", kind: "radio", label: say.text("field.about"), value: "execution", options: matters },
    { name: "caption", kind: "text", label: say.text("field.caption"), optional: true },
  ];
}

function announcement(values: FormData, file: File): Record<string, string | number> {
  return {
    content_type: file.type || "application/octet-stream",
    size_bytes: file.size,
    kind: String(values.get("kind")),
    about: String(values.get("about")),
    caption: String(values.get("caption") ?? "").trim(),
  };
}

/** The file of the form; without one a Problem as the API would answer. */
function chosenFile(values: FormData, say: Speaker): File {
  const file = values.get("file");
  if (file instanceof File && file.size > 0) return file;
  const message = say.text("upload.none");
  throw new Problem(422, { detail: message, errors: [{ field: "file", code: "missing", message }] });
}
