/** The queue as it is loaded, kept fresh and extended. */

import { useEffect, useRef, useState } from "preact/hooks";
import { explain, useDesk } from "./desk";
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

export function useQueue(query: string): Queue {
  const { ask, say } = useDesk();
  const [rows, setRows] = useState<Row[] | null>(null);
  const [arrived, setArrived] = useState(0);
  const [page, setPage] = useState<Page<Row>>({ items: [], next_cursor: null });
  const [fault, setFault] = useState("");
  const etag = useRef<string | null>(null);

  const read = (known: string | null, cursor = "") => {
    const more = cursor ? `${query ? "&" : ""}cursor=${encodeURIComponent(cursor)}` : "";
    const headers: Record<string, string> = known ? { "If-None-Match": known } : {};
    return ask<Page<Row>>(`/cards?${query}${more}`, { headers });
  };
  const failed = (error: unknown) => setFault(explain(say, error));
  const reload = () => {
    read(null)
      .then((answer) => {
        etag.current = answer.etag;
        setPage(answer.body);
        setRows(answer.body.items);
        setArrived(0);
        setFault("");
      })
      .catch(failed);
  };
  const loadMore = () => {
    read(null, page.next_cursor ?? "")
      .then((answer) => {
        setPage(answer.body);
        setRows([...(rows ?? []), ...answer.body.items]);
      })
      .catch(failed);
  };
  const poll = () => {
    if (!rows) return;
    read(etag.current)
      .then((answer) => {
        setFault("");
        if (answer.status === 304) return;
        etag.current = answer.etag;
        setArrived(arrivals(rows, answer.body.items));
        setRows(refreshed(rows, answer.body.items));
      })
      .catch(failed);
  };
  useEffect(reload, [query]);
  usePolling(poll);
  return { rows, arrived, more: page.next_cursor !== null, cut: page.cut ?? false, fault, reload, loadMore };
}
