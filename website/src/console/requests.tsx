/** The requests that wait for a decision, each with its form. */

import { useEffect, useState } from "preact/hooks";
import { cardHash } from "./address";
import { Deadline, toneOf } from "./deadline";
import { explain, useDesk } from "./desk";
import { ActionForm, type Field } from "./form";
import { usePolling } from "./polling";
import type { ExecutorRequest, Page } from "./types";

export function RequestsPage() {
  const { ask, say, city } = useDesk();
  const [items, setItems] = useState<ExecutorRequest[] | null>(null);
  const [fault, setFault] = useState("");
  const [done, setDone] = useState("");
  const load = async () => {
    try {
      setItems((await ask<Page<ExecutorRequest>>("/requests?status=pending")).body.items);
      setFault("");
    } catch (error) {
      setFault(explain(say, error));
    }
  };
  useEffect(() => {
    document.title = `${say.text("requests.title")} – ${city}`;
    void load();
  }, []);
  usePolling(() => void load());
  const decided = async (number: string) => {
    setDone(say.text("requests.decided", { number }));
    await load();
  };
  return (
    <>
      <h1>{say.text("requests.title")}</h1>
      <p role="status" class="said">
        {done && <span class="note success">{done}</span>}
      </p>
      {fault && (
        <p class="note danger" role="alert">
          {fault}
        </p>
      )}
      {items === null && !fault && <p>{say.text("desk.loading")}</p>}
      {items?.length === 0 && <p class="panel empty">{say.text("requests.empty")}</p>}
      <ul class="cards wide">
        {items?.map((request) => (
          <RequestItem key={request.id} request={request} decided={decided} />
        ))}
      </ul>
    </>
  );
}

interface ItemProps {
  request: ExecutorRequest;
  decided: (number: string) => Promise<void>;
}

function RequestItem({ request, decided }: ItemProps) {
  const { say, session } = useDesk();
  const [deciding, setDeciding] = useState(false);
  return (
    <li class={`card ${toneOf(request.decide_by_at, request.status, Date.now())}`}>
      <div class="row between">
        <h2>{request.kind_text ?? request.kind}</h2>
        <Deadline dueAt={request.decide_by_at} status="pending" />
      </div>
      <p class="what">{request.reason}</p>
      <p class="small quiet">
        {request.executor?.name} ·{" "}
        {say.text("requests.asked", { who: request.asked_by, when: say.time(request.asked_at) })}
      </p>
      <p>
        <a href={cardHash(request.number)}>{say.text("requests.open", { number: request.number })}</a>
      </p>
      {session.role === "coordinator" && !deciding && (
        <p>
          <button
            type="button"
            class="btn"
            aria-label={`${say.text("requests.decide")} ${request.number}`}
            onClick={() => setDeciding(true)}
          >
            {say.text("requests.decide")}
          </button>
        </p>
      )}
      {deciding && <Decision request={request} decided={decided} close={() => setDeciding(false)} />}
    </li>
  );
}

function Decision({ request, decided, close }: ItemProps & { close: () => void }) {
  const { ask, say } = useDesk();
  const fields: Field[] = [
    {
      name: "decision",
      kind: "radio",
      label: say.text("field.decision"),
      options: ["approve", "refuse"].map((value) => ({ value, label: say.text(`choice.${value}`) })),
    },
    { name: "reason", kind: "long", label: say.text("field.reason") },
  ];
  const send = async (values: FormData, key: string) => {
    const body = Object.fromEntries([...values].filter(([, value]) => value !== ""));
    await ask(`/requests/${request.id}/decision`, { method: "POST", body, key });
    await decided(request.number);
  };
  return (
    <ActionForm
      id={`decide-${request.id.replaceAll(".", "-")}`}
      fields={fields}
      button={say.text("desk.save")}
      send={send}
      onCancel={close}
    />
  );
}
