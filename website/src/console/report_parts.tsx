/** What the reports have in common: the way between them, a period, and the same as a file. */

import { useState } from "preact/hooks";
import { download } from "../parts/api.js";
import { explain, useDesk } from "./desk";
import { Failure } from "./notices";

/** Each report and where it stands. */
const REPORTS = [
  ["discipline", "#/reports"],
  ["places", "#/reports/places"],
] as const;

export function ReportTabs({ here }: { here: (typeof REPORTS)[number][0] }) {
  const { say } = useDesk();
  return (
    <nav class="tabs" aria-label={say.text("reports.nav")}>
      {REPORTS.map(([name, address]) => (
        <a key={name} href={address} aria-current={here === name ? "page" : undefined}>
          {say.text(`reports.tab.${name}`)}
        </a>
      ))}
    </nav>
  );
}

interface DownloadProps {
  path: string;
  file: string;
}

/** The file goes through the same sign-in as the page, so it is fetched and then handed over. */
export function Download({ path, file }: DownloadProps) {
  const { say, session, language } = useDesk();
  const [fault, setFault] = useState("");
  const save = async () => {
    const headers = { Authorization: `Bearer ${session.access_token}`, Accept: "text/csv" };
    try {
      handOver(await download(path, { language, headers }), file);
      setFault("");
    } catch (error) {
      setFault(explain(say, error));
    }
  };
  return (
    <div>
      <button type="button" class="btn plain" onClick={() => void save()}>
        {say.text("reports.csv")}
      </button>
      <Failure words={fault} retry={() => void save()} />
    </div>
  );
}

function handOver(file: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
