/** A draft per call, kept on this device until the next call, for whoever wrote it. */

import { useRef, useState } from "preact/hooks";
import { callHash, NEW, ownBook, type Book, type Call, type Draft, type Values } from "../parts/intake.js";
import { useDesk } from "./desk";
import { DRAFTS } from "./storage";


export interface Drafting {
  /** As it is now, whatever was drawn last. */
  readonly draft: Draft;
  patch(values: Values): void;
  note(facts: Partial<Draft>): void;
  /** Ends the talk: what was registered or told is forgotten, what was not is kept aside. */
  end(): void;
  /** Gives what was written so far to a call that has become known. */
  moveTo(call: Call): void;
}

/** A draft that was left for another call. */
export interface Left {
  id: string;
  draft: Draft;
  hash: string;
}

function readBook(owner: string): Book {
  try {
    return ownBook(JSON.parse(localStorage.getItem(DRAFTS) ?? "null"), owner, Date.now());
  } catch {
    return { owner, drafts: {} };
  }
}

function writeBook(book: Book): void {
  try {
    localStorage.setItem(DRAFTS, JSON.stringify(book));
  } catch {
    return; // A full or forbidden store must not stop anyone from taking a call.
  }
}

export function useDraft(call: Call): Drafting {
  const owner = useDesk().session.name;
  const [draft, setDraft] = useState(() => readBook(owner).drafts[call.id] ?? fresh(call));
  const latest = useRef(draft);
  const write = (next: Draft) => {
    const begun = { ...next, begunAt: next.begunAt || Date.now() };
    latest.current = begun;
    setDraft(begun);
    put(owner, call.id, begun);
  };
  return {
    get draft() {
      return latest.current;
    },
    patch: (values) => write({ ...latest.current, values: { ...latest.current.values, ...values } }),
    note: (facts) => write({ ...latest.current, ...facts }),
    end: () => end(owner, call, latest.current),
    moveTo: (known) => {
      if (readBook(owner).drafts[known.id] || call.id === known.id) return;
      put(owner, known.id, { ...latest.current, call: known, begunAt: latest.current.begunAt || Date.now() });
      put(owner, call.id, null);
    },
  };
}

function fresh(call: Call): Draft {
  return { call, values: {}, begunAt: call.id === NEW ? 0 : Date.now() };
}

function put(owner: string, id: string, draft: Draft | null): void {
  const book = readBook(owner);
  if (draft) book.drafts[id] = draft;
  else delete book.drafts[id];
  writeBook(book);
}

function end(owner: string, call: Call, draft: Draft): void {
  if (isOver(draft)) put(owner, call.id, null);
  else if (call.id === NEW) {
    const id = `left-${draft.begunAt}`;
    put(owner, id, { ...draft, call: { ...call, id } });
    put(owner, call.id, null);
  }
}

/** Whether nothing is left to be done: it was registered or told, or not a word was written. */
function isOver({ sent, told = [], values }: Draft): boolean {
  return sent === true || told.length > 0 || !(values.text || values["place.street"]);
}

/** The drafts of other calls that somebody may go back to, the oldest first. */
export function useLeft(here: string): { left: Left[]; drop: (id: string) => void } {
  const owner = useDesk().session.name;
  const [dropped, setDropped] = useState(0);
  const all = Object.entries(readBook(owner).drafts).filter(
    ([id, draft]) => id !== here && !isOver(draft),
  );
  const left = all.map(([id, draft]) => ({ id, draft, hash: callHash({ ...draft.call, id }) }));
  const drop = (id: string) => {
    put(owner, id, null);
    setDropped(dropped + 1);
  };
  return { left: left.sort((one, two) => one.draft.begunAt - two.draft.begunAt), drop };
}
