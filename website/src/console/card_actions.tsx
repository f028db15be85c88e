/** What may be done with a card now: a button an action, its form below. */

import { useState } from "preact/hooks";
import { Problem } from "../parts/api.js";
import { actionBody, fieldsOf, offersOf, pathOf, type Offer } from "./actions";
import { Background } from "./background";
import type { Loaded } from "./card";
import { facts, useDesk } from "./desk";
import { EvidenceForm } from "./evidence_form";
import { ActionForm } from "./form";
import { useLists } from "./lists";
import { Loading } from "./notices";
import { OutsideLink } from "./outside_link";
import { Recording } from "./recording";
import { SplitForm } from "./split_form";

interface Props {
  loaded: Loaded;
  send: (path: string, body: unknown, key: string) => Promise<void>;
  finished: (words: string) => Promise<void>;
  reload: () => Promise<void>;
}

const NOTES = ["comment", "contact-attempt", "duty-call", "recording", "evidence", "print", "outside-link"];
const ASIDE = ["clarify", "forward", "join", "unjoin", "split", "reclassify", "not-consider"];

/** Under which heading an action stands. */
function groupOf({ name }: Offer): string {
  if (name.startsWith("request:")) return "ask";
  if (NOTES.includes(name)) return "note";
  return ASIDE.includes(name) ? "aside" : "step";
}

const keyOf = ({ name, request }: Offer): string => `${name}${request?.id ?? ""}`;

export function Actions({ loaded, send, reload, finished }: Props) {
  const { say } = useDesk();
  const [open, setOpen] = useState("");
  const [stale, setStale] = useState(false);
  const offers = offersOf(loaded.card, say);
  const current = offers.find((offer) => keyOf(offer) === open);
  const done = async ({ name, label }: Offer) => {
    setOpen("");
    await finished(say.text("card.done", { action: label }));
    if (name === "print") window.print();
  };
  const refresh = async () => {
    await reload();
    setStale(false);
  };
  const form = { loaded, send, done, close: () => setOpen(""), onStale: () => setStale(true), reload };
  return (
    <section class="panel actions">
      <h2>{say.text("card.actions")}</h2>
      {offers.length === 0 && <p class="quiet">{say.text("card.no_actions")}</p>}
      {["step", "ask", "aside", "note"].map((group) => (
        <Group
          key={group}
          name={group}
          offers={offers.filter((offer) => groupOf(offer) === group)}
          open={open}
          onOpen={setOpen}
        />
      ))}
      {stale && <Stale refresh={refresh} />}
      <div id="action">{current && <OpenForm key={open} offer={current} {...form} />}</div>
    </section>
  );
}

interface GroupProps {
  name: string;
  offers: Offer[];
  open: string;
  onOpen: (key: string) => void;
}

function Group({ name, offers, open, onOpen }: GroupProps) {
  const { say } = useDesk();
  if (offers.length === 0) return null;
  return (
    <div class="group" role="group" aria-label={say.text(`card.group.${name}`)}>
      <span class="small quiet">{say.text(`card.group.${name}`)}</span>
      <div class="row">
        {offers.map((offer) => (
          <button
            key={keyOf(offer)}
            type="button"
            class={`btn ${open === keyOf(offer) ? "" : "plain"}`}
            aria-expanded={open === keyOf(offer)}
            aria-controls="action"
            onClick={() => onOpen(open === keyOf(offer) ? "" : keyOf(offer))}
          >
            {offer.label}
          </button>
        ))}
      </div>
    </div>
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
  offer: Offer;
  loaded: Loaded;
  send: Props["send"];
  done: (offer: Offer) => Promise<void>;
  close: () => void;
  onStale: () => void;
  reload: () => Promise<void>;
}

function OpenForm({ offer, loaded, send, done, close, onStale, reload }: OpenProps) {
  const { card } = loaded;
  const act = async (body: unknown, key: string) => {
    try {
      await send(pathOf(offer, card.number), body, key);
    } catch (error) {
      if (error instanceof Problem && error.status === 412) onStale();
      throw error;
    }
    await done(offer);
  };
  if (offer.name === "evidence") return <EvidenceForm card={card} done={() => done(offer)} close={close} />;
  if (offer.name === "outside-link") return <OutsideLink number={card.number} />;
  if (offer.name === "recording") return <Recording number={card.number} heard={reload} />;
  if (offer.name === "split") return <SplitForm card={card} act={act} close={close} />;
  return <FieldsForm offer={offer} card={card} act={act} close={close} />;
}

interface FieldsProps {
  offer: Offer;
  card: Loaded["card"];
  act: (body: unknown, key: string) => Promise<void>;
  close: () => void;
}

function FieldsForm({ offer, card, act, close }: FieldsProps) {
  const { say } = useDesk();
  const lists = useLists(offer.name, card, offer.request);
  if (!lists) return <Loading />;
  const fields = fieldsOf(offer, card, lists, say);
  const submit = (values: FormData, key: string) =>
    act(actionBody(offer, fields, values, card, facts.timezone), key);
  const asks = fields.some(({ optional }) => !optional);
  const button = asks ? say.text("desk.save") : offer.label;
  const id = `do-${offer.name.replace(":", "-")}`;
  return (
    <>
      <Background offer={offer} card={card} />
      <ActionForm id={id} fields={fields} button={button} send={submit} onCancel={close} />
    </>
  );
}
