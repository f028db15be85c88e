/** Executive discipline of a period: facts by executor and by card, and the same as a file. */

import { useEffect, useState } from "preact/hooks";
import { dayOf } from "../parts/moments.js";
import { cardHash } from "./address";
import { facts, useDesk } from "./desk";
import type { Field } from "./fields";
import { ActionForm } from "./form";
import { Download, ReportTabs } from "./report_parts";
import type { Named } from "./types";

interface Finding {
  fact: string;
  text: string;
  clause: string;
  at: string;
  band_text: string | null;
  over_days: number | null;
  times: number | null;
}

interface Line {
  executor: Named | null;
  opening: number;
  received: number;
  closed: number;
  closing: number;
  disputable: number;
  certain_late: number;
  facts: Record<string, number>;
}

interface Report {
  from: string;
  to: string;
  total: Line;
  executors: Line[];
  cards: { number: string; executor: Named | null; findings: Finding[] }[];
}

const COUNTS = ["opening", "received", "closed", "closing", "disputable", "certain_late"] as const;

export function ReportsPage() {
  const { ask, say, city } = useDesk();
  const [report, setReport] = useState<Report | null>(null);
  useEffect(() => {
    document.title = `${say.text("reports.title")} – ${city}`;
  }, [say]);
  const send = async (values: FormData) => {
    const query = new URLSearchParams({ from: String(values.get("from")), to: String(values.get("to")) });
    setReport((await ask<Report>(`/reports/discipline?${query}`)).body);
  };
  return (
    <>
      <h1>{say.text("reports.title")}</h1>
      <ReportTabs here="discipline" />
      <p class="quiet">{say.text("reports.lead")}</p>
      <ActionForm id="period" fields={period(say)} button={say.text("reports.show")} send={send} />
      {report && <Tables report={report} />}
    </>
  );
}

function period(say: ReturnType<typeof useDesk>["say"]): Field[] {
  const today = dayOf(Date.now(), facts.timezone);
  return [
    { name: "from", kind: "date", label: say.text("field.from"), value: `${today.slice(0, 8)}01` },
    { name: "to", kind: "date", label: say.text("field.to_day"), value: today },
  ];
}

function Tables({ report }: { report: Report }) {
  const { say } = useDesk();
  const title = say.text("reports.by_executor");
  const query = new URLSearchParams({ from: report.from, to: report.to });
  return (
    <>
      <section class="panel">
        <h2>{title}</h2>
        <div class="scroll" role="region" tabIndex={0} aria-label={title}>
          <table>
            <Head />
            <tbody>
              {report.executors.map((line) => (
                <Counts key={line.executor?.id} line={line} report={report} nobody="reports.nobody" />
              ))}
              <Counts line={report.total} report={report} nobody="reports.total" />
            </tbody>
          </table>
        </div>
        <Download
          path={`/reports/discipline?${query}`}
          file={`discipline-${report.from}-${report.to}.csv`}
        />
      </section>
      <Findings report={report} />
    </>
  );
}

function Head() {
  const { say } = useDesk();
  return (
    <thead>
      <tr>
        <th scope="col">{say.text("card.executor")}</th>
        {COUNTS.map((name) => (
          <th key={name} scope="col">
            {say.text(`reports.${name}`)}
          </th>
        ))}
        <th scope="col" class="words">
          {say.text("reports.facts")}
        </th>
      </tr>
    </thead>
  );
}

interface CountsProps {
  line: Line;
  report: Report;
  /** Words for a line without an executor. */
  nobody: string;
}

/** A line of the table; what each fact is called is told with the cards. */
function Counts({ line, report, nobody }: CountsProps) {
  const { say } = useDesk();
  const told = report.cards.flatMap(({ findings }) => findings);
  const found = Object.entries(line.facts).map(
    ([name, count]) => `${told.find(({ fact }) => fact === name)?.text ?? name}: ${count}`,
  );
  return (
    <tr>
      <th scope="row">{line.executor?.name ?? say.text(nobody)}</th>
      {COUNTS.map((name) => (
        <td key={name}>{line[name]}</td>
      ))}
      <td class="words">{found.join("; ")}</td>
    </tr>
  );
}

function Findings({ report }: { report: Report }) {
  const { say } = useDesk();
  return (
    <section class="panel">
      <h2>{say.text("reports.by_card")}</h2>
      {report.cards.length === 0 && <p class="quiet">{say.text("reports.none")}</p>}
      <ul class="plain">
        {report.cards.map(({ number, executor, findings }) => (
          <li key={number}>
            <p>
              <a href={cardHash(number)}>{number}</a> <span class="small quiet">{executor?.name}</span>
            </p>
            {findings.map((finding) => (
              <p key={finding.fact + finding.at} class="small">
                {finding.text} · {say.text("desk.clause", { clause: finding.clause })} ·{" "}
                {say.time(finding.at)}{" "}
                {finding.band_text && <span class="tag warning">{finding.band_text}</span>}
              </p>
            ))}
          </li>
        ))}
      </ul>
    </section>
  );
}
