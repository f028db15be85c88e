/** What every part of the console shares: who is signed in, the words, and the way to the API. */

import { createContext } from "preact";
import { useContext } from "preact/hooks";
import { call, Problem, type Ask } from "../parts/api.js";
import type { Line } from "../parts/line.js";
import { Speaker, type Words } from "../parts/speech.js";
import type { Page, Session } from "./types";

export interface PageFacts {
  timezone: string;
  city: Record<string, string>;
  features: string[];
  /** The words of terms and deadlines by language. */
  dates: Record<Language, Words>;
  /** Whether the city shows demonstration texts, whose authors are named. */
  demonstration: boolean;
}

export type Language = "uk" | "en";

export interface Answer<Body> {
  status: number;
  body: Body;
  etag: string | null;
}

export interface Desk {
  language: Language;
  say: Speaker;
  session: Session;
  city: string;
  /** By which news are heard at once. */
  line: Line;
  ask<Body>(path: string, ask?: Omit<Ask, "language">): Promise<Answer<Body>>;
  /** The items of a list, asked once until something is changed. */
  list<Item>(path: string): Promise<Item[]>;
}

export const facts: PageFacts = JSON.parse(document.getElementById("page")?.textContent ?? "{}");

const CATALOGUES = {
  uk: () => import("./words_uk"),
  en: () => import("./words_en"),
};
const words: Partial<Record<Language, Words>> = {};

/** Loads the words of a language, which nobody who reads the other one waits for. */
export async function loadWords(language: Language): Promise<void> {
  words[language] ??= { ...(await CATALOGUES[language]()).default, ...facts.dates[language] };
}

export const speak = (language: Language): Speaker =>
  new Speaker(language, facts.timezone, words[language] ?? {});

export const DeskContext = createContext<Desk | null>(null);

/** The desk of whoever is signed in. */
export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (!desk) throw new Error("nobody is signed in");
  return desk;
}

/** A desk: its calls carry the session, and `leave` is called when the session is over. */
export function makeDesk(language: Language, session: Session, line: Line, leave: () => void): Desk {
  const headers = { Authorization: `Bearer ${session.access_token}` };
  const lists = new Map<string, Promise<unknown[]>>();
  const desk: Desk = {
    language,
    session,
    line,
    say: speak(language),
    city: facts.city[language] ?? "",
    ask: (path, ask = {}) => {
      if (ask.body !== undefined || ask.method) lists.clear();
      return call(path, { ...ask, language, headers: { ...headers, ...ask.headers } }).then(
        (answer) => {
          line.reached(true);
          return answer;
        },
        (error: unknown) => {
          if (error instanceof Problem) line.reached(error.status !== 0);
          if (error instanceof Problem && error.status === 401) leave();
          throw error;
        },
      );
    },
    list: <Item>(path: string) => {
      const kept = lists.get(path) ?? desk.ask<Page<Item>>(path).then(({ body }) => body.items);
      lists.set(path, kept);
      kept.catch(() => lists.delete(path));
      return kept as Promise<Item[]>;
    },
  };
  return desk;
}

/** A refusal in words. */
export function explain(say: Speaker, error: unknown): string {
  if (!(error instanceof Problem)) throw error;
  if (error.status === 0) return say.text("desk.error.network");
  if (error.status === 429)
    return error.message || say.text("desk.error.busy", { seconds: error.retryAfterSeconds });
  if (error.status >= 500 || !error.message)
    return say.text("desk.error.server", { instance: error.instance ?? "–" });
  const clause = error.clause ? ` ${say.text("desk.clause", { clause: error.clause })}.` : "";
  return `${error.message}${clause}`;
}
