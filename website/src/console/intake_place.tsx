/** Where: the address comes first, and what is known there stands under it. */

import { useContext } from "preact/hooks";
import type { Around } from "./call_types";
import { cardHash } from "./address";
import { Deadline } from "./deadline";
import { useDesk } from "./desk";
import { FillingContext, Framed, Line } from "./intake_fields";
import { StreetPicker, type KnownPlace } from "./street_picker";
import type { Row, Work } from "./types";

export function Where({ known }: { known: KnownPlace[] }) {
  const { say } = useDesk();
  const { values, patch } = useContext(FillingContext);
  const label = say.text("intake.street");
  const take = ({ building }: KnownPlace) => patch({ "place.building": building });
  return (
    <div class="where">
      <Framed name="place.street" label={label}>
        {(told) => (
          <StreetPicker
            {...told}
            label={label}
            value={values["place.street"] ?? ""}
            known={known}
            onKnown={take}
          />
        )}
      </Framed>
      <Line name="place.building" label={say.text("intake.building")} />
      <Line name="place.flat" label={say.text("intake.flat")} />
    </div>
  );
}

interface AroundProps {
  around: Around | null;
  appeals: Row[];
  marked: string;
  mark: (number: string) => void;
  join: (row: Row) => void;
}

/** Repair works and open appeals at and around the place; one key joins the marked appeal. */
export function AroundPanel({ around, appeals, marked, mark, join }: AroundProps) {
  const { say } = useDesk();
  if (!around) return <div role="status" class="around" />;
  const nothing = around.repair_works.length === 0 && appeals.length === 0;
  return (
    <div role="status" class="around">
      {!around.known && <p class="hint">{say.text("intake.unknown_street")}</p>}
      {nothing && <p class="hint">{say.text("intake.nothing_near")}</p>}
      {around.repair_works.map((work) => (
        <WorkNote key={work.id} work={work} />
      ))}
      {appeals.length > 0 && <h2>{say.text("intake.open_near", { n: appeals.length })}</h2>}
      <ul class="near">
        {appeals.map((row) => (
          <Near key={row.number} row={row} marked={row.number === marked} mark={mark} join={join} />
        ))}
      </ul>
    </div>
  );
}

export function WorkNote({ work }: { work: Work }) {
  const { say } = useDesk();
  return (
    <section class="note warning">
      <p>
        <b>{work.summary}</b> <span class="tag warning">{work.status_text}</span>
      </p>
      <p class="small">
        {[work.cause, work.consequences, say.text("intake.work_until", { time: say.time(work.eta_at) })].join(" · ")}
      </p>
    </section>
  );
}

interface NearProps {
  row: Row;
  marked: boolean;
  mark: (number: string) => void;
  join: (row: Row) => void;
}

function Near({ row, marked, mark, join }: NearProps) {
  const { say } = useDesk();
  const { number, topic, street, building, excerpt } = row;
  return (
    <li class={marked ? "marked" : ""}>
      <div>
        <p>
          <b>{topic?.name ?? say.text("calls.no_topic")}</b> <span class="tag">{row.status_text}</span>
        </p>
        <p class="small">{excerpt}</p>
        <p class="small quiet">
          <a href={cardHash(number)}>{number}</a> · {street}, {building} ·{" "}
          <Deadline dueAt={row.due_at} status={row.status} />
        </p>
      </div>
      <button
        type="button"
        class="btn plain"
        aria-label={`${say.text("intake.join")} ${marked ? "F4 " : ""}${number}`}
        aria-keyshortcuts={marked ? "F4" : undefined}
        onFocus={() => mark(number)}
        onClick={() => join(row)}
      >
        {say.text("intake.join")} {marked && <kbd>F4</kbd>}
      </button>
    </li>
  );
}
