/** What: the words, the topic found by typing, and what the chosen topic means. */

import { useContext } from "preact/hooks";
import { useDesk } from "./desk";
import { DutyPhone } from "./duty_phone";
import { FillingContext, Framed } from "./intake_fields";
import { TopicPicker } from "./topic_picker";
import type { ListedTopic } from "./types";

interface Props {
  topic: ListedTopic | null;
  suggested: ListedTopic[];
  choose: (topic: ListedTopic | null) => void;
}

export function Matter({ topic, suggested, choose }: Props) {
  const { say } = useDesk();
  const { values } = useContext(FillingContext);
  const label = say.text("field.topic");
  const names = suggested.map(({ name }) => name).join("; ");
  const hint = names ? { hint: say.text("intake.suggested", { names }) } : {};
  return (
    <>
      <Framed name="text" label={say.text("intake.text")}>
        {(told) => <textarea {...told} rows={3} value={values.text ?? ""} />}
      </Framed>
      <Framed name="topic" label={label} {...hint}>
        {(told) => (
          <TopicPicker
            {...told}
            label={label}
            value={values.topic ?? ""}
            suggested={suggested}
            onTopic={choose}
          />
        )}
      </Framed>
      <TopicFacts topic={topic} />
    </>
  );
}

function TopicFacts({ topic }: { topic: ListedTopic | null }) {
  const { say } = useDesk();
  if (!topic) return <div role="status" />;
  const { urgency, term, executor, safety_redirect: danger } = topic;
  const words = term && say.text(`js.report.term.${term.unit}`, { n: term.value });
  return (
    <div role="status" class="meaning">
      {danger && <p class="note danger">{danger}</p>}
      <p class="small">
        <span class={`tag ${urgency === "emergency" ? "danger" : ""}`}>
          {say.text(`js.report.urgency.${urgency}`)}
        </span>{" "}
        {[words && say.text("js.report.term", { term: words }), executor?.name].filter(Boolean).join(" · ")}
        {executor?.id && (
          <>
            {" · "}
            <DutyPhone executor={executor.id} />
          </>
        )}
      </p>
    </div>
  );
}
