/** Deciding about a text: one person registers it, two refuse it. */

import { useState } from "preact/hooks";
import { useDesk } from "./desk";
import { ActionForm } from "./form";
import type { Held } from "./quarantine";

interface Props {
  held: Held;
  judged: (held: Held) => Promise<void>;
}

type Decision = "register" | "refuse";

export function Judging({ held, judged }: Props) {
  const { say } = useDesk();
  const [open, setOpen] = useState<Decision | null>(null);
  const offered: Decision[] = held.needs_another_person ? ["register"] : ["register", "refuse"];
  const wordsOf = (decision: Decision) =>
    say.text(decision === "refuse" && held.refusal ? "quarantine.agree" : `quarantine.${decision}`);
  return (
    <>
      <p class="row">
        {offered.map((decision) => (
          <button
            key={decision}
            type="button"
            class={`btn ${decision === "refuse" ? "danger" : "plain"}`}
            aria-expanded={open === decision}
            onClick={() => setOpen(open === decision ? null : decision)}
          >
            {wordsOf(decision)}
          </button>
        ))}
      </p>
      {open && (
        <Reason
          key={open}
          held={held}
          decision={open}
          button={wordsOf(open)}
          judged={judged}
          close={() => setOpen(null)}
        />
      )}
    </>
  );
}

interface ReasonProps extends Props {
  decision: Decision;
  button: string;
  close: () => void;
}

function Reason({ held, decision, button, judged, close }: ReasonProps) {
  const { ask, say } = useDesk();
  const hint = say.text(`quarantine.reason_hint.${decision}`);
  const send = async (values: FormData, key: string) => {
    const body = { decision, reason: String(values.get("reason") ?? "").trim() };
    const path = `/quarantine/${encodeURIComponent(held.receipt)}/decision`;
    const answer = await ask<Held>(path, { method: "POST", body, key });
    close();
    await judged(answer.body);
  };
  return (
    <ActionForm
      id={`judge-${held.receipt.split(".")[1] ?? ""}`}
      fields={[{ name: "reason", kind: "long", label: say.text("field.reason"), hint }]}
      button={button}
      send={send}
      onCancel={close}
    />
  );
}
