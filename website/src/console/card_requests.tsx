/** The executor's requests of a card: what each asks for, and what became of it. */

import { useDesk } from "./desk";
import { Facts } from "./facts";
import type { Card, ExecutorRequest } from "./types";

const TONES = { pending: "warning", approved: "success", refused: "danger" };

export function Requests({ card }: { card: Card }) {
  const { say } = useDesk();
  if (card.requests.length === 0) return null;
  return (
    <section class="panel">
      <h2>{say.text("card.requests")}</h2>
      <ul class="plain">
        {card.requests.map((request) => (
          <li key={request.id}>
            <p>
              <b class="first">{request.kind_text ?? request.kind}</b>{" "}
              <span class={`tag ${TONES[request.status]}`}>{say.text(`request.${request.status}`)}</span>
            </p>
            <RequestFacts request={request} />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What a request asks for, why, and who has known and decided. */
export function RequestFacts({ request }: { request: ExecutorRequest }) {
  const { say } = useDesk();
  const { plan, was_due_at: was, new_due_at: due } = request;
  const label = (key: string) => say.text(`request.${key}`);
  return (
    <Facts
      of={[
        [label("reason"), request.reason],
        [
          label("to_executor"),
          request.kind === "change_executor" && (request.to_executor?.name ?? label("unknown")),
        ],
        [label("co_executor"), request.kind === "co_executor" && request.to_executor?.name],
        [label("new_due"), due && say.due(due)],
        [label("was_due"), was && say.due(was)],
        [label("responsible_person"), request.responsible_person],
        [label("plan"), plan && say.text("request.plan_of", { ...plan, year: String(plan.year) })],
        [label("asked"), `${request.asked_by}, ${say.time(request.asked_at)}`],
        [
          label("knowledge"),
          request.level > 0 && knowledgeOf(request, say.text("request.not_known"), say.time.bind(say)),
        ],
        [label("decide_by"), request.status === "pending" && say.due(request.decide_by_at)],
        [label("decided"), request.decided_by && `${request.decided_by}: ${request.decision_reason ?? ""}`],
      ]}
    />
  );
}

function knowledgeOf(request: ExecutorRequest, unknown: string, time: (iso: string) => string): string {
  if (!request.acknowledged_at) return unknown;
  return `${request.acknowledged_by ?? ""}, ${time(request.acknowledged_at)}`;
}
