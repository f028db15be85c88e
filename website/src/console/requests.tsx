/** The requests that wait for a decision, each with its form. */

import { useEffect, useState } from "preact/hooks";
import { fieldsOf } from "./actions";
import { cardHash } from "./address";
import { Deadline, toneOf } from "./deadline";
import { explain, useDesk } from "./desk";
import { ActionForm } from "./form";
import { Done, Failure, Loading } from "./notices";
import { usePolling } from "./polling";
import type { ExecutorRequest, Page } from "./types";

export function RequestsPage() {
  const { say, city } = useDesk();
  const { items, fault, load } = useRequests();
  const [done, setDone] = useState("");
  useEffect(() => {
    document.title = `${say.text("requests.title")} – ${city}`;
  }, [say]);
  const decided = async (number: string) => {
    setDone(say.text("requests.decided", { number }));
    await load();
  };
  return (
    <>
      <h1>{say.text("requests.title")}</h1>
      <Done words={done} />
      <Failure words={fault} retry={() => void load()} />
      {items === null && !fault && <Loading />}
      {items?.length === 0 && <p class="panel empty">{say.text("requests.empty")}</p>}
      <ul class="cards wide">
        {items?.map((request) => (
          <RequestItem key={request.id} request={request} decided={decided} />
        ))}
      </ul>
    </>
  );
}

function useRequests() {
  const { ask, say } = useDesk();
  const [items, setItems] = useState<ExecutorRequest[] | null>(null);
  const [fault, setFault] = useState("");
  const load = async () => {
    try {
      setItems((await ask<Page<ExecutorRequest>>("/requests?status=pending")).body.items);
      setFault("");
    } catch (error) {
      setFault(explain(say, error));
    }
  };
  useEffect(() => void load(), []);
  usePolling(() => void load());
  return { items, fault, load };
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
  const send = async (values: FormData, key: string) => {
    const body = Object.fromEntries([...values].filter(([, value]) => value !== ""));
    await ask(`/requests/${request.id}/decision`, { method: "POST", body, key });
    await decided(request.number);
  };
  return (
    <ActionForm
      id={`decide-${request.id.replaceAll(".", "-")}`}
      fields={fieldsOf("decide", null, say)}
      button={say.text("desk.save")}
      send={send}
      onCancel={close}
    />
  );
}
