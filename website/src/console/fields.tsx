/** The fields of a form: a label, what is told about it, and a control of its kind. */

import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import type { Fault } from "../parts/api.js";
import { useDesk } from "./desk";
import { TopicPicker } from "./topic_picker";

export interface Option {
  value: string;
  label: string;
}

export interface Field {
  name: string;
  kind:
    | "text"
    | "long"
    | "choice"
    | "radio"
    | "tick"
    | "ticks"
    | "file"
    | "moment"
    | "day"
    | "date"
    | "number"
    | "suggest"
    | "topic";
  label: string;
  hint?: string;
  options?: Option[];
  optional?: boolean;
  ticked?: boolean;
  /** What stands in the field, or is chosen, at first. */
  value?: string;
  accept?: string;
  /** The field is shown only while another has this value. */
  when?: { name: string; value: string };
}

interface RowProps {
  form: string;
  field: Field;
  faults: Fault[];
}

/** One field of a form. */
export function FieldRow({ form, field, faults }: RowProps) {
  const id = `${form}-${field.name}`;
  const told = <Told id={id} field={field} faults={faults} />;
  if (field.kind === "tick") return <Tick field={field} told={told} />;
  if (field.kind === "ticks" || field.kind === "radio") return <Choices field={field} told={told} />;
  if (field.kind === "file") return <FilePicker id={id} field={field} told={told} />;
  return (
    <div class="field">
      <label for={id}>
        <Name field={field} />
      </label>
      {told}
      <Control id={id} field={field} invalid={faults.length > 0} />
    </div>
  );
}

function Name({ field }: { field: Field }) {
  const { say } = useDesk();
  return (
    <>
      {field.label} {field.optional && <span class="optional">({say.text("desk.optional")})</span>}
    </>
  );
}

function Told({ id, field, faults }: { id: string; field: Field; faults: Fault[] }) {
  return (
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
}

interface KindProps {
  field: Field;
  told: ComponentChildren;
}

function Tick({ field, told }: KindProps) {
  return (
    <div class="field">
      <label class="choice">
        <input type="checkbox" name={field.name} defaultChecked={field.ticked} />
        {field.label}
      </label>
      {told}
    </div>
  );
}

function Choices({ field, told }: KindProps) {
  const type = field.kind === "ticks" ? "checkbox" : "radio";
  return (
    <fieldset class="field">
      <legend>
        <Name field={field} />
      </legend>
      {told}
      <div class="choices">
        {(field.options ?? []).map(({ value, label }) => (
          <label key={value} class="choice">
            <input
              type={type}
              name={field.name}
              value={value}
              defaultChecked={field.ticked || field.value === value}
            />
            {label}
          </label>
        ))}
      </div>
    </fieldset>
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
  if (field.kind === "topic") return <TopicPicker {...shared} label={field.label} />;
  if (field.kind === "long") return <textarea {...shared} rows={4} defaultValue={field.value} />;
  if (field.kind === "choice") {
    return (
      <select {...shared}>
        <option value="">{say.text("desk.choose")}</option>
        <Options of={field} />
      </select>
    );
  }
  const plain = { ...shared, defaultValue: field.value };
  if (field.kind === "moment") return <input {...plain} type="datetime-local" />;
  if (field.kind === "day" || field.kind === "date") return <input {...plain} type="date" />;
  if (field.kind === "number") return <input {...plain} type="number" />;
  if (field.kind === "text") return <input {...plain} type="text" autocomplete="off" />;
  return (
    <>
      <input {...plain} list={`${id}-list`} autocomplete="off" />
      <datalist id={`${id}-list`}>
        <Options of={field} />
      </datalist>
    </>
  );
}

function Options({ of }: { of: Field }) {
  return (
    <>
      {(of.options ?? []).map(({ value, label }) => (
        <option key={value} value={value} selected={value === of.value}>
          {label}
        </option>
      ))}
    </>
  );
}

/** A file control in the language of the page: the browser's own speaks the browser's. */
function FilePicker({ id, field, told }: KindProps & { id: string }) {
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
          {field.label}
        </label>
      </div>
      <p class="hint" role="status">
        {chosen}
      </p>
    </div>
  );
}
