/** A form drawn from a table of fields; what the API refuses is shown beside the fields. */

import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { newKey, Problem, type Fault } from "../parts/api.js";
import { explain, useDesk } from "./desk";
import { FieldRow, type Field } from "./fields";

interface FormProps {
  id: string;
  fields: Field[];
  button: string;
  send: (values: FormData, key: string) => Promise<void>;
  children?: ComponentChildren;
  onCancel?: () => void;
}

/** A form; its summary of faults takes the focus. */
export function ActionForm({ id, fields, button, send, children, onCancel }: FormProps) {
  const { say } = useDesk();
  const { faults, busy, submit } = useSending(send);
  return (
    <form id={id} class="action" noValidate onSubmit={(event) => void submit(event)}>
      {faults.length > 0 && <Summary id={id} faults={faults} fields={fields} />}
      {fields.map((field) => {
        const own = faults.filter((fault) => nameOf(fault) === field.name);
        return <FieldRow key={field.name} form={id} field={field} faults={own} />;
      })}
      {children}
      <p class="row">
        <button class="btn" type="submit" aria-disabled={busy}>
          {button}
        </button>
        {onCancel && (
          <button class="btn link" type="button" onClick={onCancel}>
            {say.text("desk.cancel")}
          </button>
        )}
      </p>
    </form>
  );
}

/** Sending a form once at a time, and what was refused. */
function useSending(send: FormProps["send"]) {
  const { say } = useDesk();
  const [faults, setFaults] = useState<Fault[]>([]);
  const [busy, setBusy] = useState(false);
  const key = useRef({ body: "", value: "" });
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    if (busy || !(event.currentTarget instanceof HTMLFormElement)) return;
    const values = new FormData(event.currentTarget);
    setBusy(true);
    setFaults([]);
    try {
      await send(values, keyFor(key.current, values));
    } catch (error) {
      setFaults(faultsOf(error, explain(say, error)));
    }
    setBusy(false);
  };
  return { faults, busy, submit };
}

/** The same values are sent under the same key, so sending again writes nothing twice. */
function keyFor(last: { body: string; value: string }, values: FormData): string {
  const plain = [...values].map(([name, value]) => [name, typeof value === "string" ? value : value.name]);
  const body = JSON.stringify(plain);
  if (last.body !== body) Object.assign(last, { body, value: newKey() });
  return last.value;
}

function nameOf(fault: Fault): string {
  return fault.field.split(/[.[]/)[0] ?? "";
}

function faultsOf(error: unknown, words: string): Fault[] {
  const faults = error instanceof Problem ? error.faults : [];
  return faults.length > 0 ? faults : [{ field: "", code: "", message: words }];
}

interface SummaryProps {
  id: string;
  faults: Fault[];
  fields: Field[];
}

function Summary({ id, faults, fields }: SummaryProps) {
  const { say } = useDesk();
  const own = useRef<HTMLDivElement>(null);
  useEffect(() => own.current?.focus(), [faults]);
  const go = (event: Event, name: string) => {
    event.preventDefault();
    document.querySelector<HTMLElement>(`#${id} [name="${name}"]`)?.focus();
  };
  const link = (fault: Fault) => {
    const name = nameOf(fault);
    const field = fields.find((one) => one.name === name);
    if (!field) return fault.message;
    return (
      <a href={`#${id}-${name}`} onClick={(event) => go(event, name)}>
        {field.label}: {fault.message}
      </a>
    );
  };
  return (
    <div class="summary" role="alert" tabIndex={-1} ref={own}>
      <p>
        <b>{say.text("desk.problem")}</b>
      </p>
      <ul>
        {faults.map((fault) => (
          <li key={`${fault.field}${fault.code}`}>{link(fault)}</li>
        ))}
      </ul>
    </div>
  );
}
