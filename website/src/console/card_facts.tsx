/** The facts of a card, and the applicant's contacts, masked until somebody opens them. */

import { useState } from "preact/hooks";
import { newKey } from "../parts/api.js";
import type { Speaker } from "../parts/speech.js";
import { cardHash } from "./address";
import { explain, useDesk } from "./desk";
import { Facts, type Known } from "./facts";
import { Failure } from "./notices";
import type { Applicant, Card, Residence } from "./types";

interface Props {
  card: Card;
  reload: () => Promise<void>;
}

export function CardFacts({ card, reload }: Props) {
  const { say } = useDesk();
  return (
    <>
      <section class="panel">
        <Facts of={matterOf(card, say)} />
        <Facts of={linksOf(card, say)} />
      </section>
      <Contacts card={card} reload={reload} />
    </>
  );
}

/** What it is about, until when, and who does it. */
function matterOf(card: Card, say: Speaker): Known[] {
  const label = (key: string) => say.text(`card.${key}`);
  const late = card.certain_late_at !== card.due_at && say.time(card.certain_late_at);
  return [
    [label("due"), say.due(card.due_at)],
    [label("certain_late"), late],
    [label("extensions"), extensionsOf(card, say)],
    [label("received"), say.time(card.received_at)],
    [label("topic"), card.topic?.name],
    [label("kind"), say.text(`kind.${card.kind}`)],
    [label("complaint_about"), card.complaint_about?.name],
    [label("take_part"), card.take_part && label("take_part_yes")],
    [label("executor"), card.executor?.name],
    [label("co_executors"), card.co_executors.map((one) => one?.name).join(", ")],
    [label("performer"), card.performer?.name],
    [label("place"), <Where card={card} />],
    [label("result"), card.result && say.text(`choice.${card.result}`)],
    [label("survey"), surveyOf(card, say)],
  ];
}

/** Where it came from, and the cards that belong to it. */
function linksOf(card: Card, say: Speaker): Known[] {
  const label = (key: string) => say.text(`card.${key}`);
  return [
    [label("repeat_of"), links(card.repeat_of)],
    [label("repeats"), links(...card.repeats)],
    [label("joined_to"), links(card.joined_to)],
    [label("part_of"), links(card.part_of)],
    [label("parts"), links(...card.parts)],
    [label("works"), works(card.works)],
    [label("channel"), say.text(`channel.${card.channel}`)],
    [label("external"), card.external_id],
    [label("edition"), card.edition],
  ];
}

/** What was known at the place when the appeal came; the public page tells of it. */
function works(ids: string[]) {
  return ids.map((id) => (
    <a key={id} class="another" href={`/uk/works/#${id}`}>
      {id}
    </a>
  ));
}

function extensionsOf(card: Card, say: Speaker) {
  return card.extensions.map(({ was_due_at: was, due_at: due, reason }) => (
    <span key={due} class="another">
      {say.text("card.extension", { was: was ? say.due(was) : "", due: due ? say.due(due) : "", reason })}
    </span>
  ));
}

function surveyOf({ survey }: Card, say: Speaker): string {
  if (!survey) return "";
  if (survey.outcome) return say.text(`choice.${survey.outcome}`);
  return say.text("card.survey_open", { time: say.time(survey.closes_at) });
}

const links = (...numbers: (string | null)[]) =>
  numbers.flatMap((number) => (number ? [<CardLink key={number} number={number} />] : []));

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
  const { name, phone, email, residence, co_applicants: others, benefit } = applicant;
  const flat = say.text("card.flat", { flat: residence?.flat ?? "" });
  const label = (key: string) => say.text(`card.${key}`);
  return (
    <>
      {applicant.hidden && <p class="note warning small">{label("hidden")}</p>}
      <Facts
        of={[
          [label("name"), name || label("anonymous")],
          [label("phone"), open && phone ? <a href={`tel:${phone}`}>{phone}</a> : phone],
          [label("email"), email],
          [label("residence"), residence && addressOf(residence, flat)],
          [label("co_applicants"), others?.join(", ")],
          [label("benefit"), benefit && say.text(`benefit.${benefit}`)],
          [label("reply"), card.reply_channel && say.text(`channel.${card.reply_channel}`)],
        ]}
      />
    </>
  );
}
