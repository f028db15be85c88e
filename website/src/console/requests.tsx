/** The requests that wait for a decision, each with its form. */

import { useEffect, useState } from "preact/hooks";
import { actionBody, fieldsOf, pathOf, waitsFor, type Offer } from "./actions";
import { cardHash } from "./address";
import { RequestFacts } from "./card_requests";
import { Deadline, toneOf } from "./deadline";
import { explain, facts, useDesk } from "./desk";
import { ActionForm } from "./form";
import { useLists } from "./lists";
import { useFresh } from "./live";
import { Done, Failure, Loading } from "./notices";
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

/** What happens to requests. */
const EVENTS = /^(request_|acknowledged|escalated|rerouted)/;

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
  useFresh(() => void load(), { wants: ({ event }) => EVENTS.test(event) });
  return { items, fault, load };
}

interface ItemProps {
  request: ExecutorRequest;
  decided: (number: string) => Promise<void>;
}

/** Who may only read what waits for others. */
const READERS = ["operator"];

function RequestItem({ request, decided }: ItemProps) {
  const { say, session } = useDesk();
  const [deciding, setDeciding] = useState(false);
  const name = waitsFor("acknowledge", request) ? "acknowledge" : "decide";
  const offer: Offer = { name, request, label: say.text(`action.${name}`) };
  return (
    <li class={`card ${toneOf(request.decide_by_at, request.status, Date.now())}`}>
      <div class="row between">
        <h2>{request.kind_text ?? request.kind}</h2>
        <Deadline dueAt={request.decide_by_at} status="pending" />
      </div>
      <p class="small quiet">{request.executor?.name}</p>
      <RequestFacts request={request} />
      <p>
        <a href={cardHash(request.number)}>{say.text("requests.open", { number: request.number })}</a>
      </p>
      {!READERS.includes(session.role) && !deciding && (
        <p>
          <button
            type="button"
            class="btn"
            aria-label={`${say.text(`requests.${name}`)} ${request.number}`}
            onClick={() => setDeciding(true)}
          >
            {say.text(`requests.${name}`)}
          </button>
        </p>
      )}
      {deciding && <Decision offer={offer} decided={decided} close={() => setDeciding(false)} />}
    </li>
  );
}

interface DecisionProps {
  offer: Offer;
  decided: ItemProps["decided"];
  close: () => void;
}

function Decision({ offer, decided, close }: DecisionProps) {
  const { ask, say } = useDesk();
  const lists = useLists(offer.name, null, offer.request);
  const { number = "", id = "" } = offer.request ?? {};
  if (!lists) return <Loading />;
  const fields = fieldsOf(offer, null, lists, say);
  const send = async (values: FormData, key: string) => {
    const body = actionBody(offer, fields, values, null, facts.timezone);
    await ask(pathOf(offer, number), { method: "POST", body, key });
    await decided(number);
  };
  return (
    <ActionForm
      id={`decide-${id.replaceAll(".", "-")}`}
      fields={fields}
      button={say.text(offer.name === "decide" ? "desk.save" : "requests.acknowledge_now")}
      send={send}
      onCancel={close}
    >
      {offer.name === "acknowledge" && <p>{say.text("requests.acknowledge_text")}</p>}
    </ActionForm>
  );
}
