/** The places that trouble comes back to: a house and a topic with many cards (LAW-19). */

import { useEffect, useState } from "preact/hooks";
import { dayOf } from "../parts/moments.js";
import { cardHash } from "./address";
import { facts, useDesk } from "./desk";
import type { Field } from "./fields";
import { ActionForm } from "./form";
import { Download, ReportTabs } from "./report_parts";
import type { Named, Topic } from "./types";

interface Place {
  street: string;
  building: string;
  topic: Topic | null;
  executor: Named | null;
  cards: number;
  open: number;
  repeats: number;
  last_at: string;
  numbers: string[];
}

interface Report {
  from: string;
  to: string;
  least: number;
  places: Place[];
}

const YEAR_MS = 365 * 24 * 60 * 60_000;
const NUMBERS_SHOWN = 5;
const COUNTS = ["cards", "open", "repeats"] as const;

export function PlacesPage() {
  const { ask, say, city } = useDesk();
  const [report, setReport] = useState<Report | null>(null);
  useEffect(() => {
    document.title = `${say.text("places.title")} – ${city}`;
  }, [say]);
  const send = async (values: FormData) => {
    const asked = ["from", "to", "least"].map((name) => [name, String(values.get(name) ?? "")]);
    const query = new URLSearchParams(asked.filter(([, value]) => value));
    setReport((await ask<Report>(`/reports/places?${query}`)).body);
  };
  return (
    <>
      <h1>{say.text("places.title")}</h1>
      <ReportTabs here="places" />
      <p class="quiet">{say.text("places.lead")}</p>
      <ActionForm id="period" fields={asked(say)} button={say.text("reports.show")} send={send} />
      {report && <Found report={report} />}
    </>
  );
}

function asked(say: ReturnType<typeof useDesk>["say"]): Field[] {
  const now = Date.now();
  return [
    {
      name: "from",
      kind: "date",
      label: say.text("field.from"),
      value: dayOf(now - YEAR_MS, facts.timezone),
    },
    { name: "to", kind: "date", label: say.text("field.to_day"), value: dayOf(now, facts.timezone) },
    {
      name: "least",
      kind: "number",
      label: say.text("field.least"),
      hint: say.text("field.least_hint"),
      optional: true,
    },
  ];
}

function Found({ report }: { report: Report }) {
  const { say } = useDesk();
  const { from, to, least, places } = report;
  const query = new URLSearchParams({ from, to, least: String(least) });
  return (
    <section class="panel">
      <h2>{say.text("places.found", { n: places.length })}</h2>
      {places.length === 0 ? (
        <p class="quiet">{say.text("places.empty", { n: least })}</p>
      ) : (
        <>
          <PlacesTable places={places} />
          <Download path={`/reports/places?${query}`} file={`places-${from}-${to}.csv`} />
        </>
      )}
    </section>
  );
}

function PlacesTable({ places }: { places: Place[] }) {
  const { say } = useDesk();
  const columns = ["topic", ...COUNTS, "last", "numbers"];
  return (
    <div class="scroll" role="region" tabIndex={0} aria-label={say.text("places.title")}>
      <table class="even">
        <thead>
          <tr>
            <th scope="col">{say.text("places.place")}</th>
            {columns.map((name) => (
              <th key={name} scope="col" class={isWords(name) ? "words" : ""}>
                {say.text(`places.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {places.map((place) => (
            <PlaceRow key={`${place.street}|${place.building}|${place.topic?.code}`} place={place} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

const isWords = (name: string) => name === "topic" || name === "numbers";

function PlaceRow({ place }: { place: Place }) {
  const { say } = useDesk();
  return (
    <tr>
      <th scope="row">{[place.street, place.building].filter(Boolean).join(", ")}</th>
      <td class="words">
        {place.topic?.name ?? say.text("calls.no_topic")}
        <span class="small quiet another">{place.executor?.name}</span>
      </td>
      {COUNTS.map((name) => (
        <td key={name}>{place[name]}</td>
      ))}
      <td>{say.time(place.last_at)}</td>
      <td class="words">
        {place.numbers.slice(0, NUMBERS_SHOWN).map((number) => (
          <a key={number} class="another" href={cardHash(number)}>
            {number}
          </a>
        ))}
      </td>
    </tr>
  );
}
