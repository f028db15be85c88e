/** Fields of the intake page: what stands in them is the draft's, what is wrong with them the API's. */

import { createContext, type ComponentChildren } from "preact";
import { useContext } from "preact/hooks";
import type { Fault } from "../parts/api.js";
import type { Values } from "../parts/intake.js";
import { useDesk } from "./desk";

export const FORM = "intake";

interface Filling {
  values: Values;
  patch: (values: Values) => void;
  faults: Fault[];
}

export const FillingContext = createContext<Filling>({ values: {}, patch: () => undefined, faults: [] });

interface FrameProps {
  name: string;
  label: string;
  hint?: string;
  optional?: boolean;
  size?: string;
}

interface Told {
  id: string;
  name: string;
  "aria-invalid": true | undefined;
  "aria-describedby": string | undefined;
}

/** A label, what is told about a field, and the control that is drawn with what ties them. */
export function Framed(props: FrameProps & { children: (told: Told) => ComponentChildren }) {
  const { say } = useDesk();
  const { faults } = useContext(FillingContext);
  const { name, label, hint, optional, size = "", children } = props;
  const id = `${FORM}-${name}`;
  const own = faults.filter(({ field }) => field === name || (field && `${name}.`.startsWith(`${field}.`)));
  const described = [hint && `${id}-hint`, own.length > 0 && `${id}-fault`].filter(Boolean).join(" ");
  return (
    <div class={`field ${size}`}>
      <label for={id}>
        {label} {optional && <span class="optional">({say.text("desk.optional")})</span>}
      </label>
      {hint && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {own.slice(0, 1).map(({ message }) => (
        <p key={name} class="fault" id={`${id}-fault`}>
          {message}
        </p>
      ))}
      {children({
        id,
        name,
        "aria-invalid": own.length > 0 || undefined,
        "aria-describedby": described || undefined,
      })}
    </div>
  );
}

/** A line of text. */
export function Line({ type = "text", ...frame }: FrameProps & { type?: "text" | "tel" | "email" | "datetime-local" }) {
  const { values } = useContext(FillingContext);
  return (
    <Framed {...frame}>
      {(told) => <input {...told} type={type as "text"} autocomplete="off" value={values[frame.name] ?? ""} />}
    </Framed>
  );
}

interface ChoiceProps extends FrameProps {
  /** Values; the first one is chosen where nothing was. */
  choices: string[];
  wordOf: (value: string) => string;
}

/** One of a few. */
export function Choice({ choices, wordOf, ...frame }: ChoiceProps) {
  const { values } = useContext(FillingContext);
  return (
    <Framed {...frame}>
      {(told) => (
        <select {...told}>
          {choices.map((value) => (
            <option key={value} value={value} selected={(values[frame.name] || choices[0]) === value}>
              {wordOf(value)}
            </option>
          ))}
        </select>
      )}
    </Framed>
  );
}

/** Yes or no. */
export function Tick({ name, label, ticked = false }: { name: string; label: string; ticked?: boolean }) {
  const { values } = useContext(FillingContext);
  return (
    <label class="choice">
      <input type="checkbox" name={name} checked={name in values ? values[name] === "on" : ticked} />
      {label}
    </label>
  );
}

/** A button whose shortcut stands on it. */
export function Deed(props: { name: string; keys: string; label: string; act: () => void; off?: boolean; tone?: string }) {
  const { name, keys, label, act, off = false, tone = "plain" } = props;
  return (
    <button
      type="button"
      id={`deed-${name}`}
      class={`btn ${tone}`}
      disabled={off}
      aria-keyshortcuts={keys.replace("Ctrl", "Control")}
      onClick={act}
    >
      {label} <kbd>{keys}</kbd>
    </button>
  );
}

/** Puts what is written or chosen in a form into the draft. */
export function taking(patch: (values: Values) => void) {
  return ({ target }: Event) => {
    if (target instanceof HTMLInputElement && target.type === "checkbox")
      patch({ [target.name]: target.checked ? "on" : "" });
    else if (
      (target instanceof HTMLInputElement ||
        target instanceof HTMLTextAreaElement ||
        target instanceof HTMLSelectElement) &&
      target.name
    )
      patch({ [target.name]: target.value });
  };
}
