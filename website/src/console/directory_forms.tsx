/** The forms of the directory: appoint, enter an absence, dismiss, suspend. */

import { bodyOf } from "./actions";
import { facts, useDesk } from "./desk";
import { peopleOf } from "./directory";
import type { Field } from "./fields";
import { ActionForm } from "./form";
import type { Speaker } from "../parts/speech.js";
import type { Executor, Person } from "./directory_types";

/** What is done, and to whom. */
export interface Deed {
  name: "appoint" | "absence" | "dismiss" | "suspend";
  person?: Person;
}

interface Props {
  deed: Deed;
  executor: Executor;
  done: () => Promise<void>;
  close: () => void;
}

const POSTS = ["responsible", "deputy", "head", "next_head", "performer"];

export function DeedForm({ deed, executor, done, close }: Props) {
  const { ask, say } = useDesk();
  const fields = fieldsOf(deed, executor, say);
  const send = async (values: FormData, key: string) => {
    const body = bodyOf(fields, values, facts.timezone);
    const { method, path } = addressOf(deed, executor, String(body.role ?? ""), key);
    await ask(path, { method, body, key });
    await done();
  };
  return (
    <section>
      <h2>
        {say.text(`directory.${deed.name}`)}
        {deed.person && `: ${deed.person.name}`}
      </h2>
      <ActionForm
        id={`deed-${executor.id}`}
        fields={fields}
        button={say.text("desk.save")}
        send={send}
        onCancel={close}
      />
    </section>
  );
}

/** Where it is sent; a new person gets an id of the executor, the post and the key of the form. */
function addressOf(deed: Deed, executor: Executor, post: string, key: string) {
  const person = deed.person?.id ?? `${executor.id}-${post.replaceAll("_", "-")}-${key.slice(0, 8)}`;
  const people = `/executors/${executor.id}/people/${person}`;
  const ways = {
    appoint: { method: "PUT", path: people },
    absence: { method: "PUT", path: `/people/${person}/absence` },
    dismiss: { method: "POST", path: `${people}/dismissal` },
    suspend: { method: "POST", path: `/executors/${executor.id}/suspension` },
  };
  return ways[deed.name];
}

function fieldsOf(deed: Deed, executor: Executor, say: Speaker): Field[] {
  const label = (key: string) => say.text(`field.${key}`);
  const reason: Field = { name: "reason", kind: "long", label: label("reason") };
  const told = { label: label("username"), hint: label("username_hint") };
  const account: Field = { name: "username", kind: "text", optional: true, ...told };
  const days = (optional: boolean): Field[] => [
    { name: "from", kind: "date", label: label("from"), optional },
    { name: "until", kind: "date", label: label("until"), optional },
  ];
  const posts = POSTS.map((value) => ({ value, label: say.text(`role.${value}`) }));
  const others = peopleOf(executor).filter(({ id }) => id !== deed.person?.id);
  const substitutes = others.map(({ id, name }) => ({ value: id, label: name }));
  const found: Record<Deed["name"], Field[]> = {
    appoint: [
      { name: "role", kind: "choice", label: label("post"), options: posts },
      { name: "name", kind: "text", label: label("person_name") },
      { name: "phone", kind: "text", label: label("person_phone"), optional: true },
      { name: "email", kind: "text", label: label("person_email"), optional: true },
      account,
      ...days(true),
    ],
    absence: [
      ...days(false),
      {
        name: "substitute",
        kind: "choice",
        label: label("substitute"),
        options: substitutes,
        optional: true,
      },
      reason,
    ],
    dismiss: [reason],
    suspend: [reason],
  };
  return found[deed.name];
}
