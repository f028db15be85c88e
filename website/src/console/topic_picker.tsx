/** A topic found by words, synonyms or the wrong keyboard layout; the form carries its code. */

import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { Combobox } from "../parts/combobox.js";
import { plain, search } from "../parts/search.js";
import { useDesk } from "./desk";

interface ListedTopic {
  code: string;
  name: string;
  group: string;
  keywords: string[];
}

interface Props {
  id: string;
  name: string;
  label: string;
  "aria-invalid"?: true | undefined;
  "aria-describedby"?: string | undefined;
}

export function TopicPicker({ id, name, label, ...told }: Props) {
  const [code, setCode] = useState("");
  useTopics(id, setCode);
  return (
    <>
      <div class="combo">
        <input
          id={id}
          type="text"
          role="combobox"
          aria-expanded="false"
          aria-autocomplete="list"
          aria-controls={`${id}-options`}
          autocomplete="off"
          spellcheck={false}
          {...told}
        />
        <ul class="options" id={`${id}-options`} role="listbox" aria-label={label} hidden />
      </div>
      <p class="hidden-visually" role="status" id={`${id}-status`} />
      <input type="hidden" name={name} value={code} />
    </>
  );
}

function useTopics(id: string, choose: (code: string) => void): void {
  const { list, say } = useDesk();
  const made = useRef(false);
  useLayoutEffect(() => {
    if (made.current) return;
    made.current = true;
    const find = async (typed: string) => {
      const topics = await list<ListedTopic>("/topics").catch(() => []);
      return plain(typed) ? search(topics, typed, textsOf) : topics;
    };
    const source = {
      find,
      show: (topic: ListedTopic) => ({ label: topic.name, detail: topic.group }),
      choose: (topic: ListedTopic | null) => choose(topic?.code ?? ""),
      none: say.text("field.topic_none"),
    };
    new Combobox(id, source, say);
  }, []);
}

function textsOf({ name, group, keywords }: ListedTopic): string[] {
  return [name, ...keywords, group].map(plain);
}
