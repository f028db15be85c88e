/** Fields of a form as a table of names, and one form that draws and sends them. */

import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { newKey, Problem, type Fault } from "../parts/api.js";
import { explain, useDesk } from "./desk";

export interface Option {
  value: string;
  label: string;
}

export interface Field {
  name: string;
  kind: "text" | "long" | "choice" | "radio" | "tick" | "ticks" | "file" | "moment" | "suggest";
  label: string;
  hint?: string;
  options?: Option[];
  optional?: boolean;
  ticked?: boolean;
  chosen?: string;
  accept?: string;
}

interface FormProps {
  id: string;
  fields: Field[];
  button: string;
  send: (values: FormData, key: string) => Promise<void>;
  children?: ComponentChildren;
  onCancel?: () => void;
}

/** A form; every fault of the API is shown by its field and in a summary that takes the focus. */
export function ActionForm({ id, fields, button, send, children, onCancel }: FormProps) {
  const { say } = useDesk();
  const [faults, setFaults] = useState<Fault[]>([]);
  const [busy, setBusy] = useState(false);
  const key = useRef({ body: "", value: "" });
  const summary = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (faults.length > 0) summary.current?.focus();
  }, [faults]);

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

  return (
    <form id={id} class="action" noValidate onSubmit={(event) => void submit(event)}>
      {faults.length > 0 && <Summary id={id} faults={faults} fields={fields} own={summary} />}
      {fields.map((field) => (
        <FieldRow
          key={field.name}
          form={id}
          field={field}
          faults={faults.filter((fault) => fieldOf(fault) === field.name)}
        />
      ))}
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

/** The same values are sent under the same key, so sending again writes nothing twice. */
function keyFor(last: { body: string; value: string }, values: FormData): string {
  const body = JSON.stringify(
    [...values].map(([name, value]) => [name, typeof value === "string" ? value : value.name]),
  );
  if (last.body !== body) Object.assign(last, { body, value: newKey() });
  return last.value;
}

function fieldOf(fault: Fault): string {
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
  own: { current: HTMLDivElement | null };
}

function Summary({ id, faults, fields, own }: SummaryProps) {
  const { say } = useDesk();
  const go = (event: Event, name: string) => {
    event.preventDefault();
    document.querySelector<HTMLElement>(`#${id} [name="${name}"]`)?.focus();
  };
  const known = (fault: Fault) => fields.some((field) => field.name === fieldOf(fault));
  return (
    <div class="summary" role="alert" tabIndex={-1} ref={own}>
      <p>
        <b>{say.text("desk.problem")}</b>
      </p>
      <ul>
        {faults.map((fault) => (
          <li key={`${fault.field}${fault.code}`}>
            {known(fault) ? (
              <a href={`#${id}-${fieldOf(fault)}`} onClick={(event) => go(event, fieldOf(fault))}>
                {fault.message}
              </a>
            ) : (
              fault.message
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

interface RowProps {
  form: string;
  field: Field;
  faults: Fault[];
}

function FieldRow({ form, field, faults }: RowProps) {
  const { say } = useDesk();
  const id = `${form}-${field.name}`;
  const optional = field.optional && <span class="optional">({say.text("desk.optional")})</span>;
  const told = (
    <>
      {field.hint && (
        <p class="hint" id={`${id}-hint`}>
          {field.hint}
        </p>
      )}
      {faults.map((fault) => (
        <p key={fault.code} class="fault" id={`${id}-fault`}>
          {fault.message}
        </p>
      ))}
    </>
  );
  if (field.kind === "tick")
    return (
      <div class="field">
        <label class="choice">
          <input type="checkbox" name={field.name} defaultChecked={field.ticked} />
          {field.label}
        </label>
        {told}
      </div>
    );
  if (field.kind === "ticks" || field.kind === "radio") {
    const type = field.kind === "ticks" ? "checkbox" : "radio";
    return (
      <fieldset class="field">
        <legend>
          {field.label} {optional}
        </legend>
        {told}
        <div class="choices">
          {(field.options ?? []).map((option) => (
            <label key={option.value} class="choice">
              <input
                type={type}
                name={field.name}
                value={option.value}
                defaultChecked={field.ticked || field.chosen === option.value}
              />
              {option.label}
            </label>
          ))}
        </div>
      </fieldset>
    );
  }
  if (field.kind === "file") return <FilePicker id={id} field={field} told={told} />;
  return (
    <div class="field">
      <label for={id}>
        {field.label} {optional}
      </label>
      {told}
      <Control id={id} field={field} invalid={faults.length > 0} />
    </div>
  );
}

function Control({ id, field, invalid }: { id: string; field: Field; invalid: boolean }) {
  const { say } = useDesk();
  const described = [field.hint ? `${id}-hint` : "", invalid ? `${id}-fault` : ""].filter(Boolean).join(" ");
  const shared = {
    id,
    name: field.name,
    "aria-invalid": invalid || undefined,
    "aria-describedby": described || undefined,
  };
  const options = (field.options ?? []).map((option) => (
    <option key={option.value} value={option.value}>
      {option.label}
    </option>
  ));
  if (field.kind === "long") return <textarea {...shared} rows={4} />;
  if (field.kind === "choice")
    return (
      <select {...shared}>
        <option value="">{say.text("desk.choose")}</option>
        {options}
      </select>
    );
  if (field.kind === "suggest")
    return (
      <>
        <input {...shared} list={`${id}-list`} autocomplete="off" />
        <datalist id={`${id}-list`}>{options}</datalist>
      </>
    );
  if (field.kind === "moment") return <input {...shared} type="datetime-local" />;
  return <input {...shared} type="text" autocomplete="off" />;
}

/** A file control in the language of the page: the browser's own speaks the browser's. */
function FilePicker({ id, field, told }: { id: string; field: Field; told: ComponentChildren }) {
  const { say } = useDesk();
  const [chosen, setChosen] = useState("");
  const change = (event: Event) => {
    if (event.currentTarget instanceof HTMLInputElement)
      setChosen(event.currentTarget.files?.[0]?.name ?? "");
  };
  return (
    <div class="field">
      {told}
      <div class="file-picker">
        <input id={id} name={field.name} type="file" accept={field.accept} onChange={change} />
        <label class="btn plain" for={id}>
          {say.text("field.file_choose")}
        </label>
      </div>
      <p class="hint" role="status">
        {chosen}
      </p>
    </div>
  );
}
