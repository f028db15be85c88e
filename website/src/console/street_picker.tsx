/** A street found by any of its names; places that are known already are offered before a word is typed. */

import { useLayoutEffect, useRef } from "preact/hooks";
import { Combobox } from "../parts/combobox.js";
import { streetSource, type Street } from "../parts/streets.js";
import { ComboInput } from "./combo_input";
import { useDesk } from "./desk";

/** A place that somebody may mean: where the caller lives, or has written from before. */
export interface KnownPlace {
  street: string;
  building: string;
  why: string;
}

interface Props {
  id: string;
  name: string;
  label: string;
  value: string;
  known?: KnownPlace[];
  onKnown?: (place: KnownPlace) => void;
  "aria-invalid"?: true | undefined;
  "aria-describedby"?: string | undefined;
}

const isKnown = (item: Street | KnownPlace): item is KnownPlace => "why" in item;

export function StreetPicker({ id, name, label, value, known = [], onKnown, ...told }: Props) {
  const { say, language } = useDesk();
  const latest = useRef({ known, onKnown });
  latest.current = { known, onKnown };
  useLayoutEffect(() => {
    const registry = streetSource(say, language);
    const source = {
      find: (typed: string): Promise<(Street | KnownPlace)[]> =>
        typed.trim() ? registry.find(typed) : Promise.resolve(latest.current.known),
      show: (item: Street | KnownPlace) =>
        isKnown(item)
          ? { label: item.street, detail: [item.building, item.why].filter(Boolean).join(" · ") }
          : registry.show(item),
      choose: (item: Street | KnownPlace | null) => {
        if (item && isKnown(item)) latest.current.onKnown?.(item);
      },
      none: registry.none,
    };
    new Combobox(id, source, say);
  }, []);
  return <ComboInput id={id} name={name} label={label} value={value} {...told} />;
}
