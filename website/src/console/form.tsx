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
  const { shown, changed } = useShown(fields);
  return (
    <form id={id} class="action" noValidate onSubmit={(event) => void submit(event)} onChange={changed}>
      {faults.length > 0 && <Summary id={id} faults={faults} fields={shown} />}
      {shown.map((field) => {
        const own = faults.filter((fault) => fieldOf(fault, shown) === field);
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

/** The fields that are shown now: some depend on what is chosen in another. */
function useShown(fields: Field[]) {
  const [chosen, setChosen] = useState<Record<string, FormDataEntryValue>>({});
  const shown = fields.filter(({ when }) => !when || chosen[when.name] === when.value);
  const changed = (event: Event) => {
    if (event.currentTarget instanceof HTMLFormElement)
      setChosen(Object.fromEntries(new FormData(event.currentTarget)));
  };
  return { shown, changed: fields.some(({ when }) => when) ? changed : undefined };
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

/** The field that a fault is about: the fault names the field, a part of it, or the whole it is part of. */
export function fieldOf<F extends Shown>({ field: named }: Fault, fields: F[]): F | undefined {
  const covers = (whole: string, part: string) => whole !== "" && `${part}.`.startsWith(`${whole}.`);
  return fields.find(({ name }) => covers(name, named)) ?? fields.find(({ name }) => covers(named, name));
}

export function faultsOf(error: unknown, words: string): Fault[] {
  const faults = error instanceof Problem ? error.faults : [];
  return faults.length > 0 ? faults : [{ field: "", code: "", message: words }];
}

/** A field as the summary of faults names it. */
type Shown = Pick<Field, "name" | "label">;

interface SummaryProps {
  id: string;
  faults: Fault[];
  fields: Shown[];
}

/** What is wrong in a form, with the way to each field; it takes the focus. */
export function Summary({ id, faults, fields }: SummaryProps) {
  const { say } = useDesk();
  const own = useRef<HTMLDivElement>(null);
  useEffect(() => own.current?.focus(), [faults]);
  const go = (event: Event, name: string) => {
    event.preventDefault();
    const named = document.querySelector<HTMLElement>(`#${id} [name="${name}"]:not([type=hidden])`);
    (named ?? document.getElementById(`${id}-${name}`))?.focus();
  };
  const link = (fault: Fault) => {
    const field = fieldOf(fault, fields);
    if (!field) return fault.message;
    return (
      <a href={`#${id}-${field.name}`} onClick={(event) => go(event, field.name)}>
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
