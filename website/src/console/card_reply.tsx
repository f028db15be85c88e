/** The written reply of a card and how far it has come: drafted, submitted, signed, sent, published. */

import { useDesk } from "./desk";
import { Facts } from "./facts";
import type { Card } from "./types";

export function ReplyPanel({ card }: { card: Card }) {
  const { say } = useDesk();
  const { reply } = card;
  if (!reply) return null;
  const label = (key: string) => say.text(`card.reply.${key}`);
  const step = (who: string | null, at: string | null) =>
    at && [who, say.time(at)].filter(Boolean).join(", ");
  const file = card.evidence.find((item) => item.id === reply.file);
  return (
    <section class="panel" id="reply-panel">
      <h2>{label("title")}</h2>
      <p class="essence">{reply.text}</p>
      {reply.statement && (
        <p class="note">
          <b>{label("statement")}</b> {reply.statement}
        </p>
      )}
      <Facts
        of={[
          [label("drafted"), step(reply.drafted_by, reply.drafted_at)],
          [label("submitted"), step(reply.submitted_by, reply.submitted_at)],
          [label("without_evidence"), reply.without_evidence_reason],
          [label("signatory"), !reply.signed_at && reply.signatory?.name],
          [label("signed"), step(reply.signed_by, reply.signed_at)],
          [
            label("file"),
            reply.file &&
              (file?.url ? <a href={file.url}>{file.caption || label("file")}</a> : label("file_kept")),
          ],
          [label("handed_over"), step("", reply.handed_over_at)],
          [label("published"), step("", reply.published_at)],
        ]}
      />
    </section>
  );
}
