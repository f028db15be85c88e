/** What a person has to see before acting: the package to sign, the request to decide. */

import { useEffect, useState } from "preact/hooks";
import type { Offer } from "./actions";
import { FileLinks } from "./card_evidence";
import { RequestFacts } from "./card_requests";
import { Deadline } from "./deadline";
import { useDesk } from "./desk";
import { DutyPhone } from "./duty_phone";
import type { Card } from "./types";

interface Props {
  offer: Offer;
  card: Card;
}

export function Background({ offer, card }: Props) {
  if (offer.request) return <RequestFacts request={offer.request} />;
  if (offer.name === "sign" || offer.name === "submit") return <Package card={card} />;
  if (offer.name === "duty-call" && card.executor?.id) {
    return (
      <p class="note background">
        <DutyPhone executor={card.executor.id} />
      </p>
    );
  }
  if (offer.name === "reply") return <Statement card={card} />;
  if (offer.name === "request:extension") return <Longest card={card} />;
  return null;
}

/** The whole package: until when, what is answered, and what proves it (KR-2.4). */
function Package({ card }: { card: Card }) {
  const { say } = useDesk();
  return (
    <div class="note background">
      <p>
        <Deadline dueAt={card.due_at} status={card.status} />
      </p>
      <p class="essence small">{card.reply?.text ?? say.text("card.reply.none")}</p>
      <Statement card={card} />
      <FileLinks card={card} />
    </div>
  );
}

/** What the reply says by itself about attempts to reach the applicant (KR-2.11). */
function Statement({ card }: { card: Card }) {
  const { say } = useDesk();
  if (!card.reply?.statement) return null;
  return (
    <p class="note">
      <b>{say.text("card.reply.statement")}</b> {card.reply.statement}
    </p>
  );
}

interface Bounds {
  extension_max_at: string | null;
  decide_extension_by_at: string | null;
  law_cap_at: string;
}

/** Until when a term may be extended, and when that has to be decided. */
function Longest({ card }: { card: Card }) {
  const { ask, say } = useDesk();
  const [bounds, setBounds] = useState<Bounds | null>(null);
  useEffect(() => {
    if (!card.topic) return;
    const query = new URLSearchParams({ topic: card.topic.code, received_at: card.received_at });
    void ask<Bounds>(`/deadlines?${query}`).then(
      ({ body }) => setBounds(body),
      () => undefined,
    );
  }, []);
  if (!bounds) return null;
  const decideBy = bounds.decide_extension_by_at;
  return (
    <p class="note small">
      {say.text("card.extension_max", { due: say.due(bounds.extension_max_at ?? bounds.law_cap_at) })}{" "}
      {decideBy && say.text("card.extension_decide_by", { time: say.time(decideBy) })}
    </p>
  );
}
