/** What the tab remembers: the session until it ends, and the chosen language. */

import type { Language } from "./desk";
import type { Session } from "./types";

const SESSION = "session";
const LANGUAGE = "language";

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
