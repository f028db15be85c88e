/** The form of an appeal in a call: where, what, who; registered, joined, or answered at once. */

import { useState } from "preact/hooks";
import { ofTopicFirst, type Call, type Values } from "../parts/intake.js";
import type { Caller } from "./call_types";
import { useDesk } from "./desk";
import { Summary } from "./form";
import { isSpoken, useShortcuts } from "./intake";
import { useAround, useSuggested, type Filing } from "./intake_calls";
import type { Drafting } from "./intake_draft";
import { Deed, FillingContext, FORM, taking } from "./intake_fields";
import { Matter } from "./intake_matter";
import { Person } from "./intake_person";
import { AroundPanel, Where } from "./intake_place";
import type { KnownPlace } from "./street_picker";
import type { ListedTopic, Row } from "./types";

interface Props {
  call: Call;
  drafting: Drafting;
  caller: Caller | null;
  filing: Filing;
  consult: () => void;
  next: () => void;
}

export function IntakeForm({ call, drafting, caller, filing, consult, next }: Props) {
  const { say } = useDesk();
  const { draft, patch } = drafting;
  const { values } = draft;
  const [topic, setTopic] = useState<ListedTopic | null>(null);
  const near = useNear(values);
  const suggested = useSuggested(values.text ?? "");
  const choose = (chosen: ListedTopic | null) => {
    setTopic(chosen);
    patch({ topic: chosen?.code ?? "" });
  };
  const file = () => void filing.file();
  const join = (row: Row | undefined) => void (row && filing.file(row));
  useShortcuts({ file, join: () => join(near.chosen) });
  return (
    <FillingContext.Provider value={{ values, patch, faults: filing.faults }}>
      <form
        id={FORM}
        class="panel"
        noValidate
        onInput={taking(patch)}
        onChange={taking(patch)}
        onSubmit={(event) => event.preventDefault()}
      >
        {filing.faults.length > 0 && <Summary id={FORM} faults={filing.faults} fields={namesOf(say)} />}
        <Where known={placesOf(caller, say)} />
        <AroundPanel {...near} join={join} />
        <Matter topic={topic} suggested={suggested} choose={choose} />
        <Person call={call} />
      </form>
      <Deeds draft={draft} busy={filing.busy} file={file} consult={consult} next={next} />
    </FillingContext.Provider>
  );
}

/** What is open around the place, and which of it one key would join. */
function useNear(values: Values) {
  const around = useAround(values["place.street"] ?? "", values["place.building"] ?? "");
  const [marked, mark] = useState("");
  const appeals = ofTopicFirst(around?.appeals ?? [], values.topic);
  const chosen = appeals.find(({ number }) => number === marked) ?? appeals[0];
  return { around, appeals, chosen, marked: chosen?.number ?? "", mark };
}

interface DeedsProps extends Pick<Props, "consult" | "next"> {
  draft: Drafting["draft"];
  busy: boolean;
  file: () => void;
}

function Deeds({ draft, busy, file, consult, next }: DeedsProps) {
  const { say } = useDesk();
  const consulted = draft.told?.includes("consultation");
  return (
    <p class="row deeds">
      <Deed
        name="file"
        keys="Ctrl+Enter"
        label={say.text(busy ? "intake.filing" : "intake.file")}
        tone=""
        act={file}
      />
      {isSpoken(draft.values.channel) && (
        <Deed
          name="consult"
          keys="F2"
          label={say.text(consulted ? "intake.consulted" : "intake.consult")}
          off={Boolean(consulted)}
          act={consult}
        />
      )}
      <Deed name="next" keys="F9" label={say.text("intake.next")} act={next} />
    </p>
  );
}

type Say = ReturnType<typeof useDesk>["say"];

const NAMES = {
  "place.street": "intake.street",
  "place.building": "intake.building",
  text: "intake.text",
  topic: "field.topic",
  "applicant.name": "intake.name",
  "applicant.phone": "intake.phone",
  "applicant.email": "intake.email",
  "applicant.residence.street": "intake.home_street",
  received_at: "intake.received_at",
  external_id: "intake.external_id",
};

function namesOf(say: Say) {
  return Object.entries(NAMES).map(([name, key]) => ({ name, label: say.text(key) }));
}

/** Where the caller lives, and where they have written from before, each once. */
function placesOf(caller: Caller | null, say: Say): KnownPlace[] {
  const { residence, cards } = caller ?? { residence: null, cards: [] };
  const home = residence?.street
    ? [{ street: residence.street, building: residence.building ?? "", why: say.text("intake.lives_here") }]
    : [];
  const before = cards.map(({ street, building, number }) => ({ street, building, why: number }));
  const all = [...home, ...before].filter(({ street }) => street);
  return [...new Map([...all].reverse().map((place) => [`${place.street} ${place.building}`, place])).values()].reverse();
}
