/** The files of a card. */

import type { Speaker } from "../parts/speech.js";
import { useDesk } from "./desk";
import type { Card, Evidence } from "./types";

export function EvidenceList({ card }: { card: Card }) {
  const { say } = useDesk();
  return (
    <section class="panel">
      <h2>{say.text("card.evidence")}</h2>
      {card.evidence.length === 0 && <p class="quiet">{say.text("card.no_evidence")}</p>}
      <ul class="gallery">
        {card.evidence.map((item, index) => (
          <EvidenceItem key={item.id} item={item} n={index + 1} />
        ))}
      </ul>
    </section>
  );
}

function EvidenceItem({ item, n }: { item: Evidence; n: number }) {
  const { say } = useDesk();
  const name = nameOf(item, n, say);
  const picture = item.url && item.kind === "photo";
  const tone = { pending: "warning", accepted: "success", rejected: "danger" }[item.status];
  return (
    <li>
      {picture ? (
        <a href={item.url ?? ""}>
          <img src={item.url ?? ""} alt={name} width={320} height={240} loading="lazy" />
        </a>
      ) : (
        <p>{item.url ? <a href={item.url}>{name}</a> : name}</p>
      )}
      <p class="small">
        {say.text(`card.about.${item.about}`)} ·{" "}
        <span class={`tag ${tone}`}>
          {say.text(`card.evidence.${item.status}`, { reason: item.reason ?? "" })}
        </span>
      </p>
      {item.warnings.map((warning) => (
        <p key={warning} class="note warning small">
          {say.has(`card.warning.${warning}`) ? say.text(`card.warning.${warning}`) : warning}
        </p>
      ))}
    </li>
  );
}

/** The accepted files as links: what a decision rests on. */
export function FileLinks({ card }: { card: Card }) {
  const { say } = useDesk();
  const files = card.evidence.filter(({ status }) => status === "accepted");
  if (files.length === 0) return <p class="small">{say.text("card.no_evidence")}</p>;
  return (
    <ul class="small">
      {files.map((item, index) => (
        <li key={item.id}>
          {item.url ? <a href={item.url}>{nameOf(item, index + 1, say)}</a> : nameOf(item, index + 1, say)} ·{" "}
          {say.text(`card.about.${item.about}`)}
        </li>
      ))}
    </ul>
  );
}

function nameOf(item: Evidence, n: number, say: Speaker): string {
  return (
    item.caption || say.text(item.kind === "photo" ? "card.evidence.photo" : "card.evidence.file", { n })
  );
}
