/** The queue as it is loaded, kept fresh and extended. */

import { useEffect, useState } from "preact/hooks";
import { explain, useDesk, type Answer } from "./desk";
import { usePolling } from "./polling";
import type { Page, Row } from "./types";

export interface Queue {
  rows: Row[] | null;
  arrived: number;
  more: boolean;
  cut: boolean;
  fault: string;
  reload: () => void;
  loadMore: () => void;
}

/** The rows on the screen with fresh values, in their places; rows that left stay until a reload. */
export function refreshed(shown: Row[], fresh: Row[]): Row[] {
  const byNumber = new Map(fresh.map((row) => [row.number, row]));
  return shown.map((row) => byNumber.get(row.number) ?? row);
}

/** How many fresh rows are not on the screen. */
export function arrivals(shown: Row[], fresh: Row[]): number {
  const known = new Set(shown.map((row) => row.number));
  return fresh.filter((row) => !known.has(row.number)).length;
}

/** What is known of the queue; `etag` is that of its first page. */
interface Known {
  rows: Row[];
  arrived: number;
  next: string | null;
  cut: boolean;
  etag: string | null;
}

function firstPage({ body, etag }: Answer<Page<Row>>): Known {
  return { rows: body.items, arrived: 0, next: body.next_cursor, cut: body.cut ?? false, etag };
}

function nextPage(known: Known, { body }: Answer<Page<Row>>): Known {
  return { ...known, rows: [...known.rows, ...body.items], next: body.next_cursor, cut: body.cut ?? false };
}

function freshPage(known: Known, { status, body, etag }: Answer<Page<Row>>): Known {
  if (status === 304) return known;
  const arrived = arrivals(known.rows, body.items);
  return { ...known, rows: refreshed(known.rows, body.items), arrived, etag };
}

export function useQueue(query: string): Queue {
  const { ask, say } = useDesk();
  const [known, setKnown] = useState<Known | null>(null);
  const [fault, setFault] = useState("");
  const read = async (
    cursor: string | null,
    etag: string | null,
    taken: (answer: Answer<Page<Row>>) => Known,
  ) => {
    const parameters = new URLSearchParams(query);
    if (cursor) parameters.set("cursor", cursor);
    try {
      const headers: Record<string, string> = etag ? { "If-None-Match": etag } : {};
      setKnown(taken(await ask<Page<Row>>(`/cards?${parameters}`, { headers })));
      setFault("");
    } catch (error) {
      setFault(explain(say, error));
    }
  };
  const reload = () => void read(null, null, firstPage);
  const loadMore = () => known && void read(known.next, null, (answer) => nextPage(known, answer));
  useEffect(reload, [query]);
  usePolling(() => known && void read(null, known.etag, (answer) => freshPage(known, answer)));
  return {
    rows: known?.rows ?? null,
    arrived: known?.arrived ?? 0,
    more: Boolean(known?.next),
    cut: known?.cut ?? false,
    fault,
    reload,
    loadMore,
  };
}
