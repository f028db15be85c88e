/** What took a card off its usual way: a question to the applicant, another body. */

import { useDesk } from "./desk";
import { Facts } from "./facts";
import type { Card } from "./types";

export function Aside({ card }: { card: Card }) {
  const { say } = useDesk();
  const { clarification: asked, forwarding: sent } = card;
  return (
    <>
      {asked && (
        <section class={`note ${asked.answered_at ? "" : "warning"}`}>
          <p>
            <b>{say.text("card.clarification", { lack: say.text(`choice.lack_${asked.lack}`) })}</b>{" "}
            {asked.text}
          </p>
          <p class="small">
            {asked.answered_at
              ? say.text("card.clarification_answered", { time: say.time(asked.answered_at) })
              : say.text("card.clarification_waits", { due: say.due(asked.return_by_at) })}
          </p>
        </section>
      )}
      {sent && (
        <section class="panel">
          <h2>{say.text("card.forwarded")}</h2>
          <Facts
            of={[
              [say.text("field.body"), sent.body],
              [say.text("field.reason"), sent.reason],
              [say.text("card.forwarded_at"), say.time(sent.forwarded_at)],
              [say.text("card.outside_answer"), sent.answer ?? say.text("card.outside_waits")],
            ]}
          />
        </section>
      )}
    </>
  );
}
