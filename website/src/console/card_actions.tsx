/** What may be done with a card now: a button an action, its form below. */

import { useState } from "preact/hooks";
import { Problem } from "../parts/api.js";
import { actionOf, bodyOf, isOffered } from "./actions";
import type { Loaded } from "./card";
import { useDesk } from "./desk";
import { EvidenceForm } from "./evidence_form";
import { ActionForm } from "./form";

interface Props {
  loaded: Loaded;
  send: (path: string, body: unknown, key: string) => Promise<void>;
  reload: () => Promise<void>;
  finished: (words: string) => Promise<void>;
}

export function Actions({ loaded, send, reload, finished }: Props) {
  const { say } = useDesk();
  const [open, setOpen] = useState("");
  const [stale, setStale] = useState(false);
  const names = loaded.card.actions.filter((name) => isOffered(name, say));
  const done = async (name: string) => {
    setOpen("");
    await finished(say.text("card.done", { action: say.text(`action.${name}`) }));
  };
  const refresh = async () => {
    await reload();
    setStale(false);
  };
  const form = { name: open, loaded, send, done, close: () => setOpen(""), onStale: () => setStale(true) };
  return (
    <section class="panel actions">
      <h2>{say.text("card.actions")}</h2>
      {names.length === 0 && <p class="quiet">{say.text("card.no_actions")}</p>}
      <Buttons names={names} open={open} onOpen={setOpen} />
      {stale && <Stale refresh={refresh} />}
      <div id="action">{names.includes(open) && <OpenForm key={open} {...form} />}</div>
    </section>
  );
}

interface ButtonsProps {
  names: string[];
  open: string;
  onOpen: (name: string) => void;
}

function Buttons({ names, open, onOpen }: ButtonsProps) {
  const { say } = useDesk();
  return (
    <p class="row">
      {names.map((name) => (
        <button
          key={name}
          type="button"
          class={`btn ${open === name ? "" : "plain"}`}
          aria-expanded={open === name}
          aria-controls="action"
          onClick={() => onOpen(open === name ? "" : name)}
        >
          {say.text(`action.${name}`)}
        </button>
      ))}
    </p>
  );
}

function Stale({ refresh }: { refresh: () => Promise<void> }) {
  const { say } = useDesk();
  return (
    <p class="note warning" role="alert">
      {say.text("card.changed")}{" "}
      <button type="button" class="btn plain" onClick={() => void refresh()}>
        {say.text("card.reload")}
      </button>
    </p>
  );
}

interface OpenProps {
  name: string;
  loaded: Loaded;
  send: Props["send"];
  done: (name: string) => Promise<void>;
  close: () => void;
  onStale: () => void;
}

function OpenForm({ name, loaded, send, done, close, onStale }: OpenProps) {
  const { say } = useDesk();
  const { card } = loaded;
  if (name === "evidence") return <EvidenceForm card={card} done={() => done(name)} close={close} />;
  const action = actionOf(name, card, say);
  const submit = async (values: FormData, key: string) => {
    try {
      await send(action.path, bodyOf(action, values, card.people), key);
    } catch (error) {
      if (error instanceof Problem && error.status === 412) onStale();
      throw error;
    }
    await done(name);
  };
  const button = say.text(action.fields.length > 0 ? "desk.save" : `action.${name}`);
  const id = `do-${name.replace(":", "-")}`;
  return <ActionForm id={id} fields={action.fields} button={button} send={submit} onCancel={close} />;
}
