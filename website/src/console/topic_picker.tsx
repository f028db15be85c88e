/** A topic found by words, synonyms or the wrong keyboard layout; the form carries its code. */

import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { Combobox } from "../parts/combobox.js";
import { plain, search } from "../parts/search.js";
import { ComboInput } from "./combo_input";
import { useDesk } from "./desk";
import type { ListedTopic, Page } from "./types";

const ASK_FROM_LETTERS = 3;

interface Props {
  id: string;
  name: string;
  label: string;
  /** Code of the topic that stands in the field at first. */
  value?: string;
  /** Topics that are shown first while nothing is typed: a hint, never a choice. */
  suggested?: ListedTopic[];
  onTopic?: (topic: ListedTopic | null) => void;
  "aria-invalid"?: true | undefined;
  "aria-describedby"?: string | undefined;
}

export function TopicPicker({ id, name, label, value = "", suggested = [], onTopic, ...told }: Props) {
  const [code, setCode] = useState(value);
  const choose = (topic: ListedTopic | null) => {
    setCode(topic?.code ?? "");
    onTopic?.(topic);
  };
  useTopics(id, value, suggested, choose);
  return (
    <>
      <ComboInput id={id} label={label} {...told} />
      <input type="hidden" name={name} value={code} />
    </>
  );
}

type Choose = (topic: ListedTopic | null) => void;

function useTopics(id: string, value: string, suggested: ListedTopic[], choose: Choose): void {
  const { ask, list, say } = useDesk();
  const latest = useRef({ suggested, choose });
  latest.current = { suggested, choose };
  const all = () => list<ListedTopic>("/topics").catch((): ListedTopic[] => []);
  const find = async (typed: string) => {
    const topics = await all();
    if (!plain(typed)) return [...latest.current.suggested, ...topics];
    const found = search(topics, typed, textsOf);
    if (found.length > 0 || plain(typed).length < ASK_FROM_LETTERS) return found;
    const asked = ask<Page<ListedTopic>>(`/topics?q=${encodeURIComponent(typed)}`);
    return asked.then(({ body }) => body.items).catch((): ListedTopic[] => []);
  };
  const show = (topic: ListedTopic) => {
    const hint = latest.current.suggested.includes(topic) ? say.text("field.topic_hint") : "";
    return { label: topic.name, detail: [hint, topic.group].filter(Boolean).join(" · ") };
  };
  useLayoutEffect(() => {
    const none = say.text("field.topic_none");
    const source = { find, show, choose: (topic: ListedTopic | null) => latest.current.choose(topic), none };
    const combobox = new Combobox(id, source, say);
    if (value) void all().then((topics) => put(combobox.input, topics, value));
  }, []);
}

function put(input: HTMLInputElement, topics: ListedTopic[], code: string): void {
  const found = topics.find((topic) => topic.code === code);
  if (found && !input.value) input.value = found.name;
}

function textsOf({ name, group, keywords }: ListedTopic): string[] {
  return [name, ...keywords, group].map(plain);
}
