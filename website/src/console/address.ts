/** The place in the console, kept in the address after `#`, so it can be shared and gone back to. */

import { useEffect, useState } from "preact/hooks";

export interface Place {
  section: string;
  id: string;
  filters: URLSearchParams;
}

export function readPlace(hash: string): Place {
  const [path = "", query = ""] = hash.replace(/^#\/?/, "").split("?");
  const [section = "", id = ""] = path.split("/");
  return { section: section || "queue", id, filters: new URLSearchParams(query) };
}

export function placeHash(section: string, filters: URLSearchParams): string {
  const query = filters.toString();
  return query ? `#/${section}?${query}` : `#/${section}`;
}

export const cardHash = (number: string): string => `#/cards/${number}`;

/** The current place; the caller is drawn anew when it changes. */
export function usePlace(): Place {
  const [hash, setHash] = useState(location.hash);
  useEffect(() => {
    const changed = () => setHash(location.hash);
    addEventListener("hashchange", changed);
    return () => removeEventListener("hashchange", changed);
  }, []);
  return readPlace(hash);
}
