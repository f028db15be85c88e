/** What forms choose from besides the card: executors, and cards near this one. */

import { useEffect, useState } from "preact/hooks";
import { NO_LISTS, type Lists } from "./actions";
import { useDesk } from "./desk";
import type { Executor } from "./directory_types";
import { draftsOf } from "./forms";
import type { Card, ExecutorRequest, Row } from "./types";

const NEAR = 20;

/** The lists that an action's form needs; null while they are on their way. */
export function useLists(name: string, card: Card | null, request?: ExecutorRequest): Lists | null {
  const { list } = useDesk();
  const sources = draftsOf(name, card, request).map(({ from }) => from);
  const needed = {
    executors: sources.includes("executors") || sources.includes("any_executor"),
    near: sources.includes("near") && Boolean(card),
  };
  const [lists, setLists] = useState<Lists | null>(needed.executors || needed.near ? null : NO_LISTS);
  useEffect(() => {
    if (lists) return;
    const street = encodeURIComponent(card?.place.street ?? "");
    void Promise.all([
      needed.executors ? list<Executor>("/executors").catch(() => []) : [],
      needed.near ? list<Row>(`/cards?limit=${NEAR}&q=${street}`).catch(() => []) : [],
    ]).then(([executors, near]) => setLists({ executors, near }));
  }, []);
  return lists;
}
