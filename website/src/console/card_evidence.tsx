/** Files and requests of a card. */

import { useDesk } from "./desk";
import type { Card, Evidence } from "./types";

export function EvidenceList({ card }: { card: Card }) {
  const { say } = useDesk();
  return (
    <>
      <section class="panel">
        <h2>{say.text("card.evidence")}</h2>
        {card.evidence.length === 0 && <p class="quiet">{say.text("card.no_evidence")}</p>}
        <ul class="gallery">
          {card.evidence.map((item, index) => (
            <EvidenceItem key={item.id} item={item} n={index + 1} />
          ))}
        </ul>
      </section>
      {card.requests.length > 0 && <Requests card={card} />}
    </>
  );
}

function EvidenceItem({ item, n }: { item: Evidence; n: number }) {
  const { say } = useDesk();
  const name =
    item.caption || say.text(item.kind === "photo" ? "card.evidence.photo" : "card.evidence.file", { n });
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

function Requests({ card }: { card: Card }) {
  const { say } = useDesk();
  const tones = { pending: "warning", approved: "success", refused: "danger" };
  return (
    <section class="panel">
      <h2>{say.text("card.requests")}</h2>
      <ul class="plain">
        {card.requests.map((request) => (
          <li key={request.id}>
            <p>
              <b>{request.kind_text ?? request.kind}</b>{" "}
              <span class={`tag ${tones[request.status]}`}>{say.text(`request.${request.status}`)}</span>
            </p>
            <p>{request.reason}</p>
            <p class="small quiet">
              {request.status === "pending"
                ? say.text("card.decide_by", { due: say.due(request.decide_by_at) })
                : `${request.decided_by ?? ""}: ${request.decision_reason ?? ""}`}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
