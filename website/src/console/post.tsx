/** The letters that wait for the post: to be printed, posted, and marked. */

import { useEffect, useRef, useState } from "preact/hooks";
import { newKey } from "../parts/api.js";
import { cardHash } from "./address";
import { explain, useDesk } from "./desk";
import { useFresh } from "./live";
import { Done, Failure, Loading } from "./notices";
import type { Page, PostedLetter } from "./types";

const MOST = 50;

export function PostPage() {
  const { ask, say, city } = useDesk();
  const { items, fault, setFault, load } = useLetters();
  const [done, setDone] = useState("");
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${say.text("post.title")} – ${city}`;
  }, [say]);
  const posted = async ({ number, id }: PostedLetter) => {
    try {
      await ask(`/cards/${number}/notices/${id}/posted`, { method: "POST", body: {}, key: newKey() });
      await load();
      setDone(say.text("post.done", { number }));
      heading.current?.focus();
    } catch (error) {
      setFault(explain(say, error));
    }
  };
  return (
    <>
      <h1 ref={heading} tabIndex={-1}>
        {say.text("post.title")}
      </h1>
      <p class="lead noprint">{say.text("post.lead")}</p>
      <Done words={done} />
      <Failure words={fault} retry={() => void load()} />
      {items === null && !fault && <Loading />}
      {items?.length === 0 && <p class="panel empty">{say.text("post.empty")}</p>}
      <ul class="cards wide">
        {items?.map((letter) => (
          <LetterItem key={letter.id} letter={letter} posted={posted} />
        ))}
      </ul>
    </>
  );
}

function useLetters() {
  const { ask, say } = useDesk();
  const [items, setItems] = useState<PostedLetter[] | null>(null);
  const [fault, setFault] = useState("");
  const load = async () => {
    try {
      setItems((await ask<Page<PostedLetter>>(`/post-list?limit=${MOST}`)).body.items);
      setFault("");
    } catch (error) {
      setFault(explain(say, error));
    }
  };
  useEffect(() => void load(), []);
  useFresh(() => void load(), { slower: 2 });
  return { items, fault, setFault, load };
}

interface ItemProps {
  letter: PostedLetter;
  posted: (letter: PostedLetter) => Promise<void>;
}

function LetterItem({ letter, posted }: ItemProps) {
  const { say } = useDesk();
  const item = useRef<HTMLLIElement>(null);
  const [busy, setBusy] = useState(false);
  const print = () => {
    item.current?.classList.add("printed");
    item.current?.querySelector("details")?.setAttribute("open", "");
    window.print();
    item.current?.classList.remove("printed");
  };
  const mark = () => {
    setBusy(true);
    void posted(letter).finally(() => setBusy(false));
  };
  return (
    <li class="card" ref={item}>
      <h2>{letter.subject}</h2>
      <Address of={letter.address} />
      <p class="noprint">
        <a href={cardHash(letter.number)}>{say.text("requests.open", { number: letter.number })}</a>
      </p>
      <details class="linked">
        <summary class="noprint">{say.text("post.letter")}</summary>
        <p class="essence">{letter.text}</p>
      </details>
      <Buttons number={letter.number} busy={busy} print={print} mark={mark} />
    </li>
  );
}

function Address({ of }: { of: PostedLetter["address"] }) {
  const { say } = useDesk();
  const { name, settlement, street, building, flat } = of;
  const flatWords = flat && say.text("card.flat", { flat });
  return (
    <address>
      <b>{name}</b>
      <br />
      {[street, building, flatWords].filter(Boolean).join(", ")}
      {settlement && (
        <>
          <br />
          {settlement}
        </>
      )}
    </address>
  );
}

interface ButtonsProps {
  number: string;
  busy: boolean;
  print: () => void;
  mark: () => void;
}

function Buttons({ number, busy, print, mark }: ButtonsProps) {
  const { say } = useDesk();
  const named = (words: string) => `${words} ${number}`;
  return (
    <p class="row noprint">
      <button
        type="button"
        class="btn plain"
        aria-label={named(say.text("post.print"))}
        onClick={print}
      >
        {say.text("post.print")}
      </button>
      <button
        type="button"
        class="btn"
        disabled={busy}
        aria-label={named(say.text("post.posted"))}
        onClick={mark}
      >
        {say.text("post.posted")}
      </button>
    </p>
  );
}
