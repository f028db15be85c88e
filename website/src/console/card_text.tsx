/** The essence of a card; what shared views hide is opened on purpose, and the history tells it. */

import { useState } from "preact/hooks";
import { newKey } from "../parts/api.js";
import { explain, useDesk } from "./desk";
import { Failure } from "./notices";
import type { Card } from "./types";

interface Props {
  card: Card;
  reload: () => Promise<void>;
}

export function CardText({ card, reload }: Props) {
  const { ask, say } = useDesk();
  const [opened, setOpened] = useState<string | null>(null);
  const [fault, setFault] = useState("");
  const open = async () => {
    const path = `/cards/${card.number}/open-text`;
    try {
      setOpened((await ask<{ text: string }>(path, { method: "POST", body: {}, key: newKey() })).body.text);
      setFault("");
      await reload();
    } catch (error) {
      setFault(explain(say, error));
    }
  };
  const closed = card.text_hidden && opened === null;
  return (
    <section class="panel">
      <h2>{say.text("card.text")}</h2>
      <p class="essence">{opened ?? card.text}</p>
      {closed && <p class="small quiet">{say.text("card.text_hidden")}</p>}
      <Failure words={fault} retry={() => void open()} />
      <p role="status" class="small quiet">
        {opened !== null && say.text("card.text_noted")}
      </p>
      {closed && card.actions.includes("open-text") && (
        <p>
          <button type="button" class="btn plain" onClick={() => void open()}>
            {say.text("card.open_text")}
          </button>
        </p>
      )}
    </section>
  );
}
