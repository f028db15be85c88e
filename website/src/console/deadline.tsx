/** A deadline in words and colour: late, soon, or calm. */

import { useDesk } from "./desk";

const SOON_MS = 24 * 60 * 60_000;
export const ENDED = [
  "planned",
  "closed",
  "confirmed",
  "unconfirmed",
  "returned",
  "joined",
  "forwarded",
  "withdrawn",
  "not_considered",
];

interface Props {
  dueAt: string;
  status: string;
}

export function toneOf(dueAt: string, status: string, now: number): "danger" | "warning" | "" {
  const rest = Date.parse(dueAt) - now;
  if (ENDED.includes(status) || rest > SOON_MS) return "";
  return rest < 0 ? "danger" : "warning";
}

export function Deadline({ dueAt, status }: Props) {
  const { say } = useDesk();
  const now = Date.now();
  const tone = toneOf(dueAt, status, now);
  return (
    <span class="deadline">
      {!ENDED.includes(status) && <span class={tone ? `tag ${tone}` : "left"}>{say.left(dueAt, now)}</span>}{" "}
      <span class="small">{say.due(dueAt)}</span>
    </span>
  );
}
