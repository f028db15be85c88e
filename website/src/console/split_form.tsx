/** One message about several matters, split into linked cards. */

import { useState } from "preact/hooks";
import { bodyOf } from "./actions";
import { facts, useDesk } from "./desk";
import type { Field } from "./fields";
import { ActionForm } from "./form";
import type { Card } from "./types";

interface Props {
  card: Card;
  act: (body: unknown, key: string) => Promise<void>;
  close: () => void;
}

const LEAST = 2;
const MOST = 5;

export function SplitForm({ card, act, close }: Props) {
  const { say } = useDesk();
  const [size, setSize] = useState(LEAST);
  const fields: Field[] = Array.from({ length: size }, (_, part) => [
    {
      name: `parts.${part}.text`,
      kind: "long" as const,
      label: say.text("field.part_text", { n: part + 1 }),
      value: part === 0 ? card.text : "",
    },
    {
      name: `parts.${part}.topic`,
      kind: "topic" as const,
      label: say.text("field.part_topic", { n: part + 1 }),
    },
  ]).flat();
  const send = (values: FormData, key: string) => {
    const filled = bodyOf(fields, values, facts.timezone).parts as Record<number, unknown> | undefined;
    const parts = Array.from({ length: size }, (_, part) => filled?.[part] ?? {});
    return act({ parts }, key);
  };
  return (
    <ActionForm id="do-split" fields={fields} button={say.text("desk.save")} send={send} onCancel={close}>
      {size < MOST && (
        <p>
          <button type="button" class="btn plain" onClick={() => setSize(size + 1)}>
            {say.text("field.part_add")}
          </button>
        </p>
      )}
    </ActionForm>
  );
}
