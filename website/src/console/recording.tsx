/** The recording of the call that a card came of: whoever asks for it stands in the history (K-3.5(5)). */

import { useState } from "preact/hooks";
import { newKey } from "../parts/api.js";
import { explain, useDesk } from "./desk";

interface Props {
  number: string;
  heard: () => Promise<void>;
}

interface Link {
  url: string;
  expires_at: string;
}

export function Recording({ number, heard }: Props) {
  const { ask, say } = useDesk();
  const [link, setLink] = useState<Link | null>(null);
  const [fault, setFault] = useState("");
  const listen = async () => {
    try {
      setLink((await ask<Link>(`/cards/${number}/recording`, { method: "POST", key: newKey() })).body);
      setFault("");
      await heard();
    } catch (error) {
      setFault(explain(say, error));
    }
  };
  return (
    <div class="action">
      <p class="hint">{say.text("card.recording_hint")}</p>
      {fault && (
        <p class="note danger" role="alert">
          {fault}
        </p>
      )}
      <p class="row" role="status">
        <button type="button" class="btn" onClick={() => void listen()}>
          {say.text("card.recording_open")}
        </button>
        {link && (
          <a href={link.url} target="_blank" rel="noreferrer">
            {say.text("card.recording_link", { time: say.time(link.expires_at) })}
          </a>
        )}
      </p>
    </div>
  );
}
