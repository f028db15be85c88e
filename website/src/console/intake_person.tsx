/** Who asks, where they live, and how they are answered. */

import { useContext, useEffect, useState } from "preact/hooks";
import type { Call } from "../parts/intake.js";
import { useDesk } from "./desk";
import type { Executor } from "./directory_types";
import { Choice, FillingContext, Framed, Line, Tick } from "./intake_fields";
import { StreetPicker } from "./street_picker";

const REPLIES = ["phone", "sms", "email", "post", "none"];
const LANGUAGES = ["uk", "en"];
const KINDS = ["appeal", "complaint", "proposal"];

export function Person({ call }: { call: Call }) {
  const { say } = useDesk();
  const { values } = useContext(FillingContext);
  const written = (values.channel || "phone") !== "phone";
  const byMail = values.reply_channel === "email" || values.channel === "email";
  const replyWord = (reply: string) => say.text(`intake.reply.${reply}`);
  const home = (values.same ?? "on") !== "on" && !values.signal;
  return (
    <>
      <div class="person">
        {!values.signal && <Line name="applicant.name" label={say.text("intake.name")} />}
        {(written || !call.phone) && (
          <Line name="applicant.phone" label={say.text("intake.contact_phone")} type="tel" />
        )}
        {(byMail || values["applicant.email"]) && (
          <Line name="applicant.email" label={say.text("intake.email")} type="email" />
        )}
        <Choice name="reply_channel" label={say.text("intake.reply")} choices={REPLIES} wordOf={replyWord} />
      </div>
      <div class="ticks">
        {!values.signal && <Tick name="same" label={say.text("intake.same")} ticked />}
        <Tick name="signal" label={say.text("intake.signal")} />
      </div>
      {home && <Home />}
      <More />
    </>
  );
}

function Home() {
  const { say } = useDesk();
  const { values } = useContext(FillingContext);
  const street = "applicant.residence.street";
  const label = say.text("intake.home_street");
  return (
    <div class="where home">
      <Framed name={street} label={label}>
        {(told) => <StreetPicker {...told} label={label} value={values[street] ?? ""} />}
      </Framed>
      <Line name="applicant.residence.building" label={say.text("intake.building")} />
      <Line name="applicant.residence.flat" label={say.text("intake.flat")} />
    </div>
  );
}

/** What few appeals need. */
function More() {
  const { say } = useDesk();
  const { values } = useContext(FillingContext);
  return (
    <details class="linked">
      <summary>{say.text("intake.more")}</summary>
      <div class="person">
        <Choice name="kind" label={say.text("intake.kind")} choices={KINDS} wordOf={(kind) => say.text(`intake.kind.${kind}`)} />
        {values.kind === "complaint" && <About />}
        <Choice name="language" label={say.text("intake.language")} choices={LANGUAGES} wordOf={(language) => say.text(`intake.language.${language}`)} />
        <Line name="place.note" label={say.text("intake.note")} />
      </div>
      <Tick name="hide_identity" label={say.text("intake.hide")} />
    </details>
  );
}

/** Whom a complaint is about: it is not sent to them (LAW-7). */
function About() {
  const { list, say } = useDesk();
  const { values } = useContext(FillingContext);
  const [executors, setExecutors] = useState<Executor[]>([]);
  useEffect(() => void list<Executor>("/executors").then(setExecutors, () => undefined), []);
  return (
    <Framed name="complaint_about" label={say.text("intake.about")} optional>
      {(told) => (
        <select {...told}>
          <option value="">{say.text("desk.choose")}</option>
          {executors.map(({ id, name }) => (
            <option key={id} value={id} selected={values.complaint_about === id}>
              {name}
            </option>
          ))}
        </select>
      )}
    </Framed>
  );
}
