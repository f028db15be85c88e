/** A file for a card: announced, posted to the store, then inspected. */

import { useState } from "preact/hooks";
import { Problem, upload } from "../parts/api.js";
import { useDesk } from "./desk";
import { ActionForm, type Field } from "./form";
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

/** The file goes as it is: when it was taken is part of what it proves. */
export function EvidenceForm({ card, done, close }: Props) {
  const { ask, say } = useDesk();
  const [progress, setProgress] = useState("");
  const send = async (values: FormData, key: string) => {
    const file = values.get("file");
    if (!(file instanceof File) || file.size === 0) throw missing(say.text("upload.none"));
    const body = {
      content_type: file.type || "application/octet-stream",
      size_bytes: file.size,
      kind: String(values.get("kind")),
      about: String(values.get("about")),
      caption: String(values.get("caption") ?? "").trim(),
    };
    const ticket = await ask<Ticket>(`/cards/${card.number}/evidence`, { method: "POST", body, key });
    await upload(ticket.body, file, (share) =>
      setProgress(say.text("upload.sending", { percent: say.percent(share) })),
    );
    setProgress(say.text("upload.waiting"));
    await done();
  };
  const options = (names: string[]) => names.map((value) => ({ value, label: say.text(`choice.${value}`) }));
  const fields: Field[] = [
    {
      name: "file",
      kind: "file",
      label: say.text("field.file_choose"),
      accept: "image/jpeg,image/png,image/webp,application/pdf",
    },
    {
      name: "kind",
      kind: "radio",
      label: say.text("field.kind"),
      chosen: "photo",
      options: options(["photo", "act", "document"]),
    },
    {
      name: "about",
      kind: "radio",
      label: say.text("field.about"),
      chosen: "execution",
      options: options(["execution", "review"]),
    },
    { name: "caption", kind: "text", label: say.text("field.caption"), optional: true },
  ];
  return (
    <ActionForm
      id="do-evidence"
      fields={fields}
      button={say.text("action.evidence")}
      send={send}
      onCancel={close}
    >
      <p role="status">{progress}</p>
    </ActionForm>
  );
}

function missing(words: string): Problem {
  return new Problem(422, { detail: words, errors: [{ field: "file", code: "missing", message: words }] });
}
