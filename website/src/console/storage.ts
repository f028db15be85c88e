/** What the tab remembers: the session until it ends, and the chosen language. */

import type { Language } from "./desk";
import type { Session } from "./types";

const SESSION = "session";
const LANGUAGE = "language";
/** Where the drafts of calls are kept. */
export const DRAFTS = "intake";

export function readSession(): Session | null {
  const kept: Session | null = JSON.parse(sessionStorage.getItem(SESSION) ?? "null");
  return kept && Date.parse(kept.expires_at) > Date.now() ? kept : null;
}

export function writeSession(session: Session | null): void {
  if (session) sessionStorage.setItem(SESSION, JSON.stringify(session));
  else sessionStorage.removeItem(SESSION);
}

export function readLanguage(): Language {
  return localStorage.getItem(LANGUAGE) === "en" ? "en" : "uk";
}

export function writeLanguage(language: Language): void {
  localStorage.setItem(LANGUAGE, language);
}

/** Forgets the drafts of calls: whoever wrote them has signed out. */
export function forgetDrafts(): void {
  localStorage.removeItem(DRAFTS);
}

/** Who takes calls. */
export const TAKERS = ["operator", "coordinator", "clerk"];

const ASKS = "who is signed in?";

/**
 * The telephone exchange opens the page of a call in a tab of its own: another tab of whoever takes
 * calls lends it their session. Returns how to stop.
 */
export function lendSession(session: Session): () => void {
  const tabs = new BroadcastChannel("session");
  tabs.onmessage = ({ data }) => {
    if (data === ASKS && TAKERS.includes(session.role)) tabs.postMessage(session);
  };
  return () => tabs.close();
}

/** Asks the other tabs for their session, on the page of a call alone. Returns how to stop. */
export function borrowSession(take: (session: Session) => void): () => void {
  if (!location.hash.startsWith("#/intake?")) return () => undefined;
  const tabs = new BroadcastChannel("session");
  tabs.onmessage = ({ data }) => {
    if (data !== ASKS) take(data);
  };
  tabs.postMessage(ASKS);
  return () => tabs.close();
}
