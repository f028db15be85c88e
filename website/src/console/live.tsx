/** The live line of whoever is signed in: who hears by it, how it stands, and what stands in for it. */

import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { Line, type News, type State } from "../parts/line.js";
import { useDesk } from "./desk";
import type { Session } from "./types";

const POLLING_MS = 15_000;
const RESTING_MS = 120_000;
const BURST_MS = 500;

/** Events by which a card comes into a queue. */
const ARRIVALS = ["registered", "sent", "rerouted", "repeat_registered", "co_executor_added"];

export const isArrival = (news: News): boolean => ARRIVALS.includes(news.event);

/** The line of a session; it hangs up when the session ends. */
export function useLine(session: Session | null): Line | null {
  const token = session?.access_token;
  const line = useMemo(
    () => (token ? new Line(`${location.origin.replace(/^http/, "ws")}/ws`, token) : null),
    [token],
  );
  useEffect(() => {
    if (!line) return;
    const wake = () => document.hidden || line.wake();
    const events = ["online", "offline", "pageshow", "focus"];
    line.open();
    for (const event of events) addEventListener(event, wake);
    document.addEventListener("visibilitychange", wake);
    return () => {
      line.close();
      for (const event of events) removeEventListener(event, wake);
      document.removeEventListener("visibilitychange", wake);
    };
  }, [line]);
  return line;
}

export function useLineState(): State {
  const { line } = useDesk();
  const [state, setState] = useState(line.state);
  useEffect(() => {
    setState(line.state);
    return line.watch(setState);
  }, [line]);
  return state;
}

interface Pace {
  /** Which news are a reason to look. */
  wants?: (news: News) => boolean;
  /** How many times as seldom as usual to look where nothing is heard. */
  slower?: number;
  /** How long to wait for what else belongs to the news. */
  settleMs?: number;
}

/**
 * Look again when there is news, when the line is back, when the tab comes to the front, and now
 * and then: often while the line is broken, seldom while it is live or the tab is hidden.
 */
export function useFresh(look: () => void, { wants, slower = 1, settleMs = 0 }: Pace = {}): void {
  const { line } = useDesk();
  const latest = useRef({ look, wants });
  latest.current = { look, wants };
  useEffect(() => {
    let timer = 0;
    let lookedAt = Date.now();
    const after = (ms: number) => {
      clearTimeout(timer);
      timer = setTimeout(turn, ms);
    };
    const rest = () =>
      after((document.hidden || line.state === "live" ? RESTING_MS : POLLING_MS) * slower);
    const turn = () => {
      lookedAt = Date.now();
      latest.current.look();
      rest();
    };
    const heard = (news: News | null) => {
      if (news && latest.current.wants?.(news) === false) return;
      after(Math.max(settleMs, lookedAt + BURST_MS - Date.now()));
    };
    const shown = () => document.hidden || turn();
    const unheard = line.listen(heard);
    const unwatched = line.watch(rest);
    document.addEventListener("visibilitychange", shown);
    rest();
    return () => {
      clearTimeout(timer);
      unheard();
      unwatched();
      document.removeEventListener("visibilitychange", shown);
    };
  }, [line]);
}

/** How many cards have come while their reader was elsewhere in the console. */
export function useArrivals(atQueue: boolean): number {
  const { line } = useDesk();
  const [numbers, setNumbers] = useState<string[]>([]);
  useEffect(() => {
    setNumbers([]);
    if (atQueue) return;
    return line.listen((news) => {
      if (news && isArrival(news))
        setNumbers((known) => (known.includes(news.number) ? known : [...known, news.number]));
    });
  }, [line, atQueue]);
  return numbers.length;
}

/** How fresh what stands on the screen is, in words; changes for the worse and back are spoken. */
export function LineState() {
  const { say, line } = useDesk();
  const state = useLineState();
  const broken = useRef(false);
  if (state === "polling" || state === "offline") broken.current = true;
  const time = say.time(new Date(line.answeredAt).toISOString());
  return (
    <span class={`line ${state}`} role={broken.current ? "status" : undefined}>
      {say.text(`line.${state}`, { time })}
    </span>
  );
}
