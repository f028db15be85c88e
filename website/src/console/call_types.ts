/** What the API tells of callers, calls and blocks, and of what is known around a place. */

import type { Named, Row, Topic, Work } from "./types";

export interface CallEvent {
  at: string;
  event: string;
  event_text: string;
  by: string;
  text: string;
}

/** A kept event; `may_end` when the warnings are enough to end the talk for abuse. */
export interface Noted extends CallEvent {
  id: string;
  warnings: number;
  may_end: boolean;
}

export interface Block {
  phone: string;
  reason: string;
  evidence: string;
  placed_at: string;
  placed_by: string;
  until: string;
  stands: boolean;
  confirmed_at: string | null;
  confirmed_by: string | null;
  complain: string;
}

/** What is open at and around a place. */
export interface Around {
  street: string;
  known: boolean;
  appeals: Row[];
  repair_works: Work[];
}

export interface Caller {
  phone: string;
  blocked: boolean;
  blocked_until: string | null;
  block: Block | null;
  warnings: number;
  name: string | null;
  email: string | null;
  residence: Record<string, string> | null;
  language: string;
  cards: Row[];
  calls: CallEvent[];
  at_address: Around;
}

/** What was registered; what waits has a receipt only. */
export interface Filed {
  number?: string;
  access_code?: string;
  receipt?: string;
  status: string;
  status_text?: string;
  topic: Topic | null;
  executor: Named | null;
  due_at: string;
  explanation: { clause: string; text: string }[];
  known_works: Work[];
}
