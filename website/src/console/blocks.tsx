/** The blocks that stand: a second person lets one stand longer, or it is lifted (K-3.4). */

import { useEffect, useRef, useState } from "preact/hooks";
import { newKey } from "../parts/api.js";
import { callHash } from "../parts/intake.js";
import type { Block } from "./call_types";
import { explain, useDesk } from "./desk";
import { Facts } from "./facts";
import { ActionForm } from "./form";
import { useFresh } from "./live";
import { Done, Failure, Loading } from "./notices";
import type { Page } from "./types";

export function BlocksPage() {
  const { ask, say, city } = useDesk();
  const { items, fault, setFault, load } = useBlocks();
  const [done, setDone] = useState("");
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${say.text("blocks.title")} – ${city}`;
  }, [say]);
  const finished = async (words: string) => {
    await load();
    setDone(words);
    heading.current?.focus();
  };
  const lift = async ({ phone }: Block) => {
    try {
      await ask(`/blocks/${encodeURIComponent(phone)}`, { method: "DELETE" });
      await finished(say.text("blocks.done.lift", { phone }));
    } catch (error) {
      setFault(explain(say, error));
    }
  };
  return (
    <>
      <h1 ref={heading} tabIndex={-1}>
        {say.text("blocks.title")}
      </h1>
      <p class="lead">{say.text("blocks.lead")}</p>
      <Done words={done} />
      <Failure words={fault} retry={() => void load()} />
      {items === null && !fault && <Loading />}
      {items?.length === 0 && <p class="panel empty">{say.text("blocks.empty")}</p>}
      <ul class="cards wide">
        {items?.map((block) => (
          <BlockItem key={block.phone} block={block} lift={lift} finished={finished} />
        ))}
      </ul>
    </>
  );
}

function useBlocks() {
  const { ask, say } = useDesk();
  const [items, setItems] = useState<Block[] | null>(null);
  const [fault, setFault] = useState("");
  const load = async () => {
    try {
      setItems((await ask<Page<Block>>("/blocks")).body.items);
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
  block: Block;
  lift: (block: Block) => Promise<void>;
  finished: (words: string) => Promise<void>;
}

function BlockItem({ block, lift, finished }: ItemProps) {
  const { say, session } = useDesk();
  const { phone, confirmed_at: confirmed } = block;
  const [open, setOpen] = useState(false);
  const coordinator = session.role === "coordinator";
  return (
    <li class={`card ${confirmed ? "danger" : "warning"}`}>
      <div class="row between">
        <h2>
          <a href={callHash({ phone })}>{phone}</a>
        </h2>
        <span class={`tag ${confirmed ? "danger" : "warning"}`}>
          {say.text(confirmed ? "blocks.confirmed" : "blocks.short", { time: say.time(block.until) })}
        </span>
      </div>
      <BlockFacts block={block} />
      <p class="row">
        {coordinator && <ConfirmButton phone={phone} open={open} press={() => setOpen(!open)} />}
        {(coordinator || !confirmed) && (
          <button
            type="button"
            class="btn plain"
            aria-label={`${say.text("blocks.lift")} ${phone}`}
            onClick={() => void lift(block)}
          >
            {say.text("blocks.lift")}
          </button>
        )}
      </p>
      {open && <Confirmation block={block} finished={finished} close={() => setOpen(false)} />}
    </li>
  );
}

function ConfirmButton({ phone, open, press }: { phone: string; open: boolean; press: () => void }) {
  const { say } = useDesk();
  return (
    <button
      type="button"
      class="btn"
      aria-expanded={open}
      aria-label={`${say.text("blocks.confirm")} ${phone}`}
      onClick={press}
    >
      {say.text("blocks.confirm")}
    </button>
  );
}

interface ConfirmationProps {
  block: Block;
  finished: (words: string) => Promise<void>;
  close: () => void;
}

function Confirmation({ block: { phone }, finished, close }: ConfirmationProps) {
  const { ask, say } = useDesk();
  const send = async (values: FormData) => {
    const hours = Number(values.get("hours"));
    const path = `/blocks/${encodeURIComponent(phone)}/confirmation`;
    const { body } = await ask<Block>(path, { body: hours ? { hours } : {}, key: newKey() });
    close();
    await finished(say.text("blocks.done.confirm", { phone, time: say.time(body.until) }));
  };
  const hours = { name: "hours", kind: "number" as const, label: say.text("blocks.hours"), optional: true };
  return (
    <ActionForm
      id={`confirm-${phone.slice(1)}`}
      fields={[{ ...hours, hint: say.text("blocks.hours_hint") }]}
      button={say.text("blocks.confirm")}
      send={send}
      onCancel={close}
    />
  );
}

/** Why a phone is blocked, what proves it, and by whom. */
export function BlockFacts({ block }: { block: Block }) {
  const { say } = useDesk();
  return (
    <Facts
      of={[
        [say.text("blocks.reason"), block.reason],
        [say.text("blocks.evidence"), block.evidence],
        [say.text("blocks.placed"), `${block.placed_by}, ${say.time(block.placed_at)}`],
        [
          say.text("blocks.confirmed_by"),
          block.confirmed_at && `${block.confirmed_by}, ${say.time(block.confirmed_at)}`,
        ],
      ]}
    />
  );
}
