/** Asking again while the tab is looked at; the server answers 304 when nothing changed. */

import { useEffect, useRef } from "preact/hooks";

const VISIBLE_MS = 15_000;
const HIDDEN_MS = 120_000;

/** Call `ask` now and then, and at once when the tab comes to the front. */
export function usePolling(ask: () => void): void {
  const latest = useRef(ask);
  latest.current = ask;
  useEffect(() => {
    let timer = 0;
    const next = () => {
      clearTimeout(timer);
      timer = setTimeout(turn, document.hidden ? HIDDEN_MS : VISIBLE_MS);
    };
    const turn = () => {
      latest.current();
      next();
    };
    const shown = () => {
      if (!document.hidden) turn();
    };
    next();
    document.addEventListener("visibilitychange", shown);
    return () => {
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", shown);
    };
  }, []);
}
