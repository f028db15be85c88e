/** How the appeal came: by whose phone, or which letter. */

import type { Fault } from "../parts/api.js";
import { callHash, dialled, type Call } from "../parts/intake.js";
import { facts, useDesk } from "./desk";
import type { Drafting } from "./intake_draft";
import { Choice, FillingContext, Line, taking } from "./intake_fields";

const CHANNELS = ["phone", "email", "post", "in_person"];
const OFFICIAL = "official_mail";

interface Props {
  call: Call;
  drafting: Drafting;
  /** Why the phone is not known. */
  fault: string;
  faults: Fault[];
}

export function Start({ call, drafting, fault, faults }: Props) {
  const { say } = useDesk();
  const { draft, patch } = drafting;
  const channel = draft.values.channel || "phone";
  const channels = facts.features.includes(OFFICIAL) ? [...CHANNELS, OFFICIAL] : CHANNELS;
  const open = (event: SubmitEvent) => {
    event.preventDefault();
    const typed = document.querySelector<HTMLInputElement>("#caller")?.value ?? "";
    if (!dialled(typed)) return;
    const phone = dialled(typed);
    const known = { id: call.callId || phone, phone, callId: call.callId };
    drafting.moveTo(known);
    location.hash = callHash(known);
  };
  return (
    <FillingContext.Provider value={{ values: draft.values, patch, faults }}>
      <form class="start" onSubmit={open} onInput={taking(patch)}>
        <Choice name="channel" label={say.text("intake.channel")} choices={channels} wordOf={(each) => say.text(`intake.channel.${each}`)} />
        {channel === "phone" ? (
          <CallerField call={call} fault={fault} />
        ) : (
          <>
            <Line name="received_at" label={say.text("intake.received_at")} type="datetime-local" />
            <Line
              name="external_id"
              label={say.text("intake.external_id")}
              optional={channel !== OFFICIAL}
            />
          </>
        )}
      </form>
    </FillingContext.Provider>
  );
}

function CallerField({ call, fault }: Pick<Props, "call" | "fault">) {
  const { say } = useDesk();
  return (
    <div class="field">
      <label for="caller">{say.text("intake.phone")}</label>
      {fault && (
        <p class="fault" id="caller-fault" role="alert">
          {fault}
        </p>
      )}
      <div class="joined">
        <input
          id="caller"
          type="tel"
          autocomplete="off"
          defaultValue={call.phone}
          aria-invalid={Boolean(fault) || undefined}
          aria-describedby={fault ? "caller-fault" : undefined}
        />
        <button class="btn plain" type="submit">
          {say.text("intake.look_up")} <kbd>Enter</kbd>
        </button>
      </div>
    </div>
  );
}
