/** The coordinator's message to the whole city: what stands, another one, and taking it down. */

import { useEffect, useState } from "preact/hooks";
import { bodyOf } from "./actions";
import { explain, facts, useDesk } from "./desk";
import type { Field } from "./fields";
import { ActionForm } from "./form";
import { Done, Failure, Loading } from "./notices";

interface Message {
  text: { uk: string; en: string };
  until_at: string;
  put_at: string;
  put_by: string;
}

interface Standing {
  message: Message | null;
}

const PATH = "/city-message";

export function CityMessagePage() {
  const { ask, say, city } = useDesk();
  const [standing, setStanding] = useState<Standing | null>(null);
  const [done, setDone] = useState("");
  const [fault, setFault] = useState("");
  useEffect(() => {
    document.title = `${say.text("message.title")} – ${city}`;
  }, [say]);
  const load = async (method = "GET") => {
    try {
      setStanding((await ask<Standing>(PATH, method === "GET" ? {} : { method })).body);
      setFault("");
      if (method === "DELETE") setDone(say.text("message.taken_down"));
    } catch (error) {
      setFault(explain(say, error));
    }
  };
  useEffect(() => void load(), []);
  const fields = fieldsOf(say);
  const send = async (values: FormData) => {
    const body = bodyOf(fields, values, facts.timezone);
    setStanding((await ask<Standing>(PATH, { method: "PUT", body })).body);
    setDone(say.text("message.put_up"));
  };
  return (
    <>
      <h1>{say.text("message.title")}</h1>
      <p class="quiet">{say.text("message.lead")}</p>
      <Done words={done} />
      <Failure words={fault} retry={() => void load()} />
      {!standing && !fault && <Loading />}
      {standing && <Stands message={standing.message} takeDown={() => void load("DELETE")} />}
      <section class="panel">
        <h2>{say.text("message.new")}</h2>
        <ActionForm id="message" fields={fields} button={say.text("message.send")} send={send} />
      </section>
    </>
  );
}

function fieldsOf(say: ReturnType<typeof useDesk>["say"]): Field[] {
  return [
    { name: "text.uk", kind: "long", label: say.text("field.text_uk") },
    { name: "text.en", kind: "long", label: say.text("field.text_en"), optional: true },
    { name: "until_at", kind: "moment", label: say.text("field.until_at") },
  ];
}

function Stands({ message, takeDown }: { message: Message | null; takeDown: () => void }) {
  const { say } = useDesk();
  if (!message) return <p class="panel empty">{say.text("message.none")}</p>;
  return (
    <section class="note warning">
      <p lang="uk">
        <b>{message.text.uk}</b>
      </p>
      {message.text.en !== message.text.uk && <p lang="en">{message.text.en}</p>}
      <p class="small">
        {say.text("message.stands", { until: say.time(message.until_at), who: message.put_by, at: say.time(message.put_at) })}
      </p>
      <p>
        <button type="button" class="btn plain" onClick={takeDown}>
          {say.text("message.take_down")}
        </button>
      </p>
    </section>
  );
}
