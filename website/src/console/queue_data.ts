/** The queue as it is loaded, kept fresh and extended. */

import { useEffect, useRef, useState } from "preact/hooks";
import { Problem } from "../parts/api.js";
import type { News } from "../parts/line.js";
import { merged } from "../parts/rows.js";
import { explain, useDesk, type Answer } from "./desk";
import { isArrival, useFresh } from "./live";
import type { Page, Row } from "./types";

/** A row on the screen; `left` while its reader is on it, though it is in the queue no more. */
export type Shown = Row & { left?: boolean };

export interface Queue {
  rows: Shown[] | null;
  /** Numbers of rows that have come since the queue was opened. */
  came: string[];
  /** Those of them whose coming the reader has not answered. */
  unseen: string[];
  /** Numbers of cards that have come, but not among the rows that are loaded. */
  elsewhere: string[];
  /** How many have come while the tab was hidden. */
  unlooked: number;
  more: boolean;
  cut: boolean;
  fault: string;
  reload: () => void;
  loadMore: () => void;
  seen: () => void;
}

/** What is known of the queue; `etag` is that of its first page. */
interface Known extends Pick<Queue, "came" | "unseen" | "elsewhere" | "cut"> {
  rows: Shown[];
  next: string | null;
  etag: string | null;
}

type Take = (known: Known | null, answer: Answer<Page<Row>>) => Known | null;

const firstPage: Take = (_, { body, etag }) => ({
  rows: body.items,
  came: [],
  unseen: [],
  elsewhere: [],
  next: body.next_cursor,
  cut: body.cut ?? false,
  etag,
});

const nextPage: Take = (known, { body }) =>
  known && {
    ...known,
    rows: [...known.rows, ...body.items],
    next: body.next_cursor,
    cut: body.cut ?? false,
  };

/** The first page asked again, and the numbers of which news has told. */
const freshPage =
  (told: () => string[]): Take =>
  (known, { status, body, etag }) => {
    if (!known) return known;
    const whole = body.next_cursor === null;
    const how = { whole, wasWhole: known.next === null, held: held() };
    const { rows, came } = status === 304 ? { rows: known.rows, came: [] } : merged(known.rows, body.items, how);
    const beside = (number: string) => !rows.some((row) => row.number === number);
    return {
      ...known,
      rows,
      etag: etag ?? known.etag,
      next: whole && status !== 304 ? null : known.next,
      came: [...known.came, ...came],
      unseen: [...known.unseen, ...came],
      elsewhere: [...new Set([...known.elsewhere, ...told()])].filter(beside),
    };
  };

/** Numbers of the rows that the reader is on. */
function held(): string[] {
  const rows = document.querySelectorAll(".cards > li:focus-within, .cards > li:hover");
  return [...rows].map((row) => row.id.replace("row-", ""));
}

export function useQueue(query: string): Queue {
  const [known, setKnown] = useState<Known | null>(null);
  const { fault, read } = useReading(query, setKnown);
  const told = useTold(query);
  const unlooked = useUnlooked(known?.came.length ?? 0);
  const reload = () => void read(null, null, firstPage);
  useEffect(reload, [query]);
  useFresh(() => {
    if (known) void read(null, known.etag, freshPage(told), true);
    else reload();
  });
  return {
    rows: known?.rows ?? null,
    came: known?.came ?? [],
    unseen: known?.unseen ?? [],
    elsewhere: known?.elsewhere ?? [],
    unlooked,
    more: Boolean(known?.next),
    cut: known?.cut ?? false,
    fault,
    reload,
    loadMore: () => known && void read(known.next, null, nextPage),
    seen: () => setKnown((now) => now && { ...now, unseen: [] }),
  };
}

/** Reads pages of a queue; an answer that was overtaken by a later one is left out. */
function useReading(query: string, setKnown: (taken: (known: Known | null) => Known | null) => void) {
  const { ask, say } = useDesk();
  const [fault, setFault] = useState("");
  const turns = useRef({ asked: 0, answered: 0 });
  const read = async (cursor: string | null, etag: string | null, take: Take, quiet = false) => {
    const turn = ++turns.current.asked;
    const parameters = new URLSearchParams(query);
    if (cursor) parameters.set("cursor", cursor);
    try {
      const headers: Record<string, string> = etag ? { "If-None-Match": etag } : {};
      const answer = await ask<Page<Row>>(`/cards?${parameters}`, { headers });
      if (turn < turns.current.answered) return;
      turns.current.answered = turn;
      setKnown((known) => take(known, answer));
      setFault("");
    } catch (error) {
      const unreachable = error instanceof Problem && error.status === 0;
      if (!quiet || !unreachable) setFault(explain(say, error));
    }
  };
  return { fault, read };
}

/** Keeps the numbers of cards that came by news; asking for them empties it. */
function useTold(query: string): () => string[] {
  const { line } = useDesk();
  const numbers = useRef<string[]>([]);
  useEffect(() => {
    numbers.current = [];
    const filters = new URLSearchParams(query);
    const [words, executor] = [filters.get("q"), filters.get("executor")];
    if (words) return;
    return line.listen((news: News | null) => {
      if (news && isArrival(news) && (!executor || executor === news.executor))
        numbers.current.push(news.number);
    });
  }, [line, query]);
  return () => numbers.current.splice(0);
}

/** How many of `came` are newer than the last look at the tab. */
function useUnlooked(came: number): number {
  const [looked, setLooked] = useState(0);
  useEffect(() => {
    const look = () => document.hidden || setLooked(came);
    look();
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, [came]);
  return Math.max(0, came - looked);
}
