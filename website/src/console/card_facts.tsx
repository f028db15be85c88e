/** The facts of a card, and the applicant's contacts, masked until somebody opens them. */

import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { newKey } from "../parts/api.js";
import { cardHash } from "./address";
import { explain, useDesk } from "./desk";
import { Failure } from "./notices";
import type { Applicant, Card, Residence } from "./types";

interface Props {
  card: Card;
  reload: () => Promise<void>;
}

export function CardFacts({ card, reload }: Props) {
  const { say } = useDesk();
  const label = (key: string) => say.text(`card.${key}`);
  return (
    <>
      <section class="panel">
        <dl class="facts">
          <Fact name={label("due")}>{say.due(card.due_at)}</Fact>
          {card.certain_late_at !== card.due_at && (
            <Fact name={label("certain_late")}>{say.time(card.certain_late_at)}</Fact>
          )}
          <Fact name={label("received")}>{say.time(card.received_at)}</Fact>
          <Fact name={label("topic")}>{card.topic?.name}</Fact>
          <Fact name={label("executor")}>{card.executor?.name}</Fact>
          <Fact name={label("performer")}>{card.performer?.name}</Fact>
          <Fact name={label("place")}>
            <Where card={card} />
          </Fact>
          <Fact name={label("result")}>{card.result && say.text(`choice.${card.result}`)}</Fact>
          <Fact name={label("survey")}>
            {card.survey &&
              (card.survey.outcome
                ? say.text(`choice.${card.survey.outcome}`)
                : say.text("card.survey_open", { time: say.time(card.survey.closes_at) }))}
          </Fact>
          <Fact name={label("repeat_of")}>{card.repeat_of && <CardLink number={card.repeat_of} />}</Fact>
          <Fact name={label("repeats")}>
            {card.repeats.length > 0 &&
              card.repeats.map((number) => <CardLink key={number} number={number} />)}
          </Fact>
          <Fact name={label("joined_to")}>{card.joined_to && <CardLink number={card.joined_to} />}</Fact>
          <Fact name={label("channel")}>{say.text(`channel.${card.channel}`)}</Fact>
          <Fact name={label("external")}>{card.external_id}</Fact>
          <Fact name={label("edition")}>{card.edition}</Fact>
        </dl>
      </section>
      <Contacts card={card} reload={reload} />
    </>
  );
}

function Fact({ name, children }: { name: string; children?: ComponentChildren }) {
  if (!children) return null;
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

const CardLink = ({ number }: { number: string }) => (
  <a class="another" href={cardHash(number)}>
    {number}
  </a>
);

function addressOf(place: Residence, flat: string): string {
  return [place.settlement, place.street, place.building, place.flat && flat].filter(Boolean).join(", ");
}

export function Where({ card }: { card: Card }) {
  const { say } = useDesk();
  const flat = say.text("card.flat", { flat: card.place.flat });
  return (
    <>
      {addressOf(card.place, flat)}
      {card.place.note && <span class="small quiet"> ({card.place.note})</span>}
      {card.place.known === false && <span class="tag warning">{say.text("card.place_unknown")}</span>}
    </>
  );
}

function Contacts({ card, reload }: Props) {
  const { ask, say } = useDesk();
  const [opened, setOpened] = useState<Applicant | null>(null);
  const [fault, setFault] = useState("");
  const open = async () => {
    const path = `/cards/${card.number}/open-contacts`;
    try {
      setOpened((await ask<Applicant>(path, { method: "POST", body: {}, key: newKey() })).body);
      setFault("");
      await reload();
    } catch (error) {
      setFault(explain(say, error));
    }
  };
  return (
    <section class="panel">
      <h2>{say.text("card.applicant")}</h2>
      <ContactFacts card={card} applicant={opened ?? card.applicant} open={opened !== null} />
      <Failure words={fault} retry={() => void open()} />
      <p role="status" class="small quiet">
        {opened && say.text("card.contacts_noted")}
      </p>
      {!opened && card.actions.includes("open-contacts") && (
        <p>
          <button type="button" class="btn plain" onClick={() => void open()}>
            {say.text("card.open_contacts")}
          </button>
        </p>
      )}
    </section>
  );
}

function ContactFacts({ card, applicant, open }: { card: Card; applicant: Applicant; open: boolean }) {
  const { say } = useDesk();
  const { name, phone, email, residence } = applicant;
  const flat = say.text("card.flat", { flat: residence?.flat ?? "" });
  return (
    <dl class="facts">
      <Fact name={say.text("card.name")}>{name || say.text("card.anonymous")}</Fact>
      <Fact name={say.text("card.phone")}>
        {open && phone ? <a href={`tel:${phone}`}>{phone}</a> : phone}
      </Fact>
      <Fact name={say.text("card.email")}>{email}</Fact>
      <Fact name={say.text("card.residence")}>{residence && addressOf(residence, flat)}</Fact>
      <Fact name={say.text("card.reply")}>
        {card.reply_channel && say.text(`channel.${card.reply_channel}`)}
      </Fact>
    </dl>
  );
}
