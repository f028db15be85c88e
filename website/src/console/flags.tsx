/** What stands out about a card, as tags. */

import { useDesk } from "./desk";
import type { Topic } from "./types";

const TONES: Record<string, string> = { emergency: "danger", benefit: "success", answered: "success" };

interface Props {
  urgency: Topic["urgency"] | undefined;
  flags: string[];
}

export function Flags({ urgency, flags }: Props) {
  const { say } = useDesk();
  const all = [...(urgency === "emergency" ? ["emergency"] : []), ...flags];
  return (
    <>
      {all
        .filter((flag) => say.has(`queue.flag.${flag}`))
        .map((flag) => (
          <span key={flag} class={`tag ${TONES[flag] ?? "warning"}`}>
            {say.text(`queue.flag.${flag}`)}
          </span>
        ))}
    </>
  );
}
