/** What a page tells its reader: it went well, it failed, it is loading. */

import { facts, useDesk } from "./desk";

/** Says what was done; empty until something was. */
export function Done({ words }: { words: string }) {
  return (
    <p role="status" class="said">
      {words && <span class="note success">{words}</span>}
    </p>
  );
}

/** Says what failed, and offers to try again. */
export function Failure({ words, retry }: { words: string; retry: () => void }) {
  const { say } = useDesk();
  if (!words) return null;
  return (
    <p class="note danger" role="alert">
      {words}{" "}
      <button type="button" class="btn link" onClick={retry}>
        {say.text("desk.again")}
      </button>
    </p>
  );
}

export function Loading() {
  const { say } = useDesk();
  return <p>{say.text("desk.loading")}</p>;
}

/** Names the authors of demonstration texts, as their licence asks. */
export function Credit() {
  const { say } = useDesk();
  if (!facts.demonstration) return null;
  return <footer class="credit small quiet">{say.text("desk.credit")}</footer>;
}
