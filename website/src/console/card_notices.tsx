/** Who was told of what, by which way, and how it went; what has arrived nowhere can be sent again. */

import { useState } from "preact/hooks";
import { newKey } from "../parts/api.js";
import { explain, useDesk } from "./desk";
import { Failure } from "./notices";
import type { Card, Notice } from "./types";

interface Props {
  card: Card;
  finished: (words: string) => Promise<void>;
}

const TONE: Partial<Record<Notice["state"], string>> = {
  sent: "success",
  posted: "success",
  failed: "danger",
  to_post: "warning",
};

export function CardNotices({ card, finished }: Props) {
  const { ask, say } = useDesk();
  const [fault, setFault] = useState("");
  const again = async (notice: Notice) => {
    const path = `/cards/${card.number}/notices/${notice.id}/again`;
    try {
      await ask(path, { method: "POST", body: {}, key: newKey() });
      setFault("");
      await finished(say.text("card.notice_again_done"));
    } catch (error) {
      setFault(explain(say, error));
    }
  };
  return (
    <details class="panel linked">
      <summary>
        <h2>{say.text("card.notices")}</h2> <span class="tag">{card.notices.length}</span>
      </summary>
      {fault && <Failure words={fault} retry={() => setFault("")} />}
      {card.notices.length === 0 && <p class="quiet">{say.text("card.no_notices")}</p>}
      <ul class="told">
        {[...card.notices].reverse().map((notice) => (
          <NoticeItem key={notice.id} notice={notice} again={again} />
        ))}
      </ul>
    </details>
  );
}

function NoticeItem({ notice, again }: { notice: Notice; again: (notice: Notice) => Promise<void> }) {
  const { say } = useDesk();
  const { audience_text: audience, to, medium_text: medium, sent_at: sentAt, send_after: after } = notice;
  return (
    <li>
      <p>
        <b>{to ? say.text("card.notice_to", { audience, to }) : audience}</b>{" "}
        <span class={`tag ${TONE[notice.state] ?? ""}`}>
          {say.text("card.notice_at", { medium, state: notice.state_text })}
        </span>{" "}
        <span class="small quiet">
          {sentAt && <time dateTime={sentAt}>{say.time(sentAt)}</time>}
          {after && say.text("card.notice_after", { time: say.time(after) })}
        </span>
      </p>
      <p class="small quiet">{notice.event_text}</p>
      {notice.reason_text && <p class="small">{notice.reason_text}</p>}
      {notice.again && (
        <p>
          <button
            type="button"
            class="btn link"
            aria-label={`${say.text("card.notice_again")}: ${audience} ${to}, ${medium}`}
            onClick={() => void again(notice)}
          >
            {say.text("card.notice_again")}
          </button>
        </p>
      )}
    </li>
  );
}
