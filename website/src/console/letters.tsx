/** Letters to the official address that did not become cards by themselves (KR-2.1). */

import { useEffect, useRef, useState } from "preact/hooks";
import { cardHash } from "./address";
import { explain, useDesk } from "./desk";
import { Facts } from "./facts";
import { ActionForm } from "./form";
import { useFresh } from "./live";
import { Done, Failure, Loading } from "./notices";
import type { Page } from "./types";

interface Letter {
  id: string;
  arrived_at: string;
  reason: string;
  reason_text: string;
  sender: string;
  subject: string;
  /** Of the card that it became in part. */
  number: string | null;
}

export function LettersPage() {
  const { say, city } = useDesk();
  const { items, fault, load } = useLetters();
  const [done, setDone] = useState("");
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${say.text("letters.title")} – ${city}`;
  }, [say]);
  const settled = async (letter: Letter) => {
    await load();
    setDone(say.text("letters.done", { subject: letter.subject || say.text("letters.no_subject") }));
    heading.current?.focus();
  };
  return (
    <>
      <h1 ref={heading} tabIndex={-1}>
        {say.text("letters.title")}
      </h1>
      <p class="lead">{say.text("letters.lead")}</p>
      <Done words={done} />
      <Failure words={fault} retry={() => void load()} />
      {items === null && !fault && <Loading />}
      {items?.length === 0 && <p class="panel empty">{say.text("letters.empty")}</p>}
      <ul class="cards wide">
        {items?.map((letter) => (
          <LetterItem key={letter.id} letter={letter} settled={settled} />
        ))}
      </ul>
    </>
  );
}

function useLetters() {
  const { ask, say } = useDesk();
  const [items, setItems] = useState<Letter[] | null>(null);
  const [fault, setFault] = useState("");
  const load = async () => {
    try {
      setItems((await ask<Page<Letter>>("/letters")).body.items);
      setFault("");
    } catch (error) {
      setFault(explain(say, error));
    }
  };
  useEffect(() => void load(), []);
  useFresh(() => void load(), { slower: 2 });
  return { items, fault, load };
}

interface ItemProps {
  letter: Letter;
  settled: (letter: Letter) => Promise<void>;
}

function LetterItem({ letter, settled }: ItemProps) {
  const { say } = useDesk();
  const [open, setOpen] = useState(false);
  const subject = letter.subject || say.text("letters.no_subject");
  return (
    <li class={`card ${letter.reason === "suspected" ? "danger" : "warning"}`}>
      <div class="row between">
        <h2>{subject}</h2>
        <span class="tag warning">{letter.reason_text}</span>
      </div>
      <Facts
        of={[
          [say.text("letters.sender"), letter.sender],
          [say.text("letters.arrived"), say.time(letter.arrived_at)],
          [say.text("letters.card"), letter.number && <a href={cardHash(letter.number)}>{letter.number}</a>],
        ]}
      />
      <div class="row">
        <SaveFile letter={letter} subject={subject} />
        <button
          type="button"
          class="btn"
          aria-expanded={open}
          aria-label={`${say.text("letters.settle")}: ${subject}`}
          onClick={() => setOpen(!open)}
        >
          {say.text("letters.settle")}
        </button>
      </div>
      {open && <Settle letter={letter} settled={settled} close={() => setOpen(false)} />}
    </li>
  );
}

/** A letter from outside is saved, never shown in the page; its address works for two minutes. */
function SaveFile({ letter, subject }: { letter: Letter; subject: string }) {
  const { ask, say } = useDesk();
  const [fault, setFault] = useState("");
  const save = async () => {
    try {
      const { url } = (await ask<{ url: string }>(`/letters/${letter.id}/file`)).body;
      const link = document.createElement("a");
      link.href = url;
      link.rel = "noopener noreferrer";
      link.click();
      setFault("");
    } catch (error) {
      setFault(explain(say, error));
    }
  };
  return (
    <>
      <button
        type="button"
        class="btn plain"
        aria-label={`${say.text("letters.save")}: ${subject}`}
        onClick={() => void save()}
      >
        {say.text("letters.save")}
      </button>
      <Failure words={fault} retry={() => void save()} />
    </>
  );
}

function Settle({ letter, settled, close }: ItemProps & { close: () => void }) {
  const { ask, say } = useDesk();
  const send = async (values: FormData, key: string) => {
    const body = { text: String(values.get("text") ?? "").trim() };
    await ask(`/letters/${letter.id}/settlement`, { method: "POST", body, key });
    close();
    await settled(letter);
  };
  const hint = say.text("letters.outcome_hint");
  return (
    <ActionForm
      id={`settle-${letter.id.replace(/\W/g, "-")}`}
      fields={[{ name: "text", kind: "text", label: say.text("letters.outcome"), hint }]}
      button={say.text("desk.save")}
      send={send}
      onCancel={close}
    />
  );
}
