/** What the API tells staff. */

export interface Named {
  id: string | null;
  name: string;
}

export interface Topic {
  code: string;
  name: string;
  urgency: "emergency" | "normal" | "medium";
}

/** A topic as the classifier lists it. */
export interface ListedTopic extends Topic {
  group: string;
  keywords: string[];
  term: { value: number; unit: string } | null;
  executor: Named | null;
  safety_redirect: string | null;
}

export interface Row {
  number: string;
  status: string;
  status_text: string;
  topic: Topic | null;
  executor: Named | null;
  received_at: string;
  due_at: string;
  overdue: boolean;
  street: string;
  building: string;
  excerpt: string;
  flags: string[];
  version: number;
}

export interface Page<Item> {
  items: Item[];
  next_cursor: string | null;
  cut?: boolean;
}

export interface HistoryEvent {
  seq: number;
  at: string;
  event: string;
  by: string;
  text: string;
  public: boolean;
}

export interface Evidence {
  id: string;
  kind: "photo" | "act" | "document";
  about: "appeal" | "review" | "execution";
  status: "pending" | "accepted" | "rejected";
  url: string | null;
  reason: string | null;
  caption: string;
  by?: string;
  uploaded_at?: string;
  warnings: string[];
}

export interface ExecutorRequest {
  id: string;
  number: string;
  kind: string;
  kind_text?: string;
  status: "pending" | "approved" | "refused";
  reason: string;
  executor: Named | null;
  to_executor: Named | null;
  was_due_at: string | null;
  new_due_at: string | null;
  responsible_person: string | null;
  plan: { name: string; year: number; programme: string; funding: string } | null;
  /** Whose knowledge is needed first: 0 nobody's, 1 the next-level head's, and up. */
  level: number;
  acknowledged_at: string | null;
  acknowledged_by: string | null;
  asked_at: string;
  asked_by: string;
  decide_by_at: string;
  decided_by: string | null;
  decision_reason: string | null;
}

export interface Extension {
  was_due_at: string | null;
  due_at: string | null;
  reason: string;
  decided_at: string | null;
}

/** The written reply and how far it has come. */
export interface Reply {
  text: string;
  statement: string;
  without_evidence_reason: string;
  drafted_at: string;
  drafted_by: string;
  signatory: Named | null;
  submitted_at: string | null;
  submitted_by: string | null;
  signed_at: string | null;
  signed_by: string | null;
  file: string | null;
  handed_over_at: string | null;
  published_at: string | null;
}

export interface Clarification {
  lack: string;
  text: string;
  asked_at: string;
  return_by_at: string;
  answered_at: string | null;
}

export interface Forwarding {
  body: string;
  reason: string;
  forwarded_at: string;
  answered_at: string | null;
  answer: string | null;
}

export interface Residence {
  settlement?: string;
  street: string;
  building?: string;
  flat?: string;
}

export interface Applicant {
  name: string;
  phone: string | null;
  email: string | null;
  residence: Residence | null;
  hidden?: boolean;
  co_applicants?: string[];
  benefit?: string | null;
}

/** One thing that somebody was, or is to be, told of. */
export interface Notice {
  id: string;
  event: string;
  event_text: string;
  audience: string;
  audience_text: string;
  to: string;
  medium: string;
  medium_text: string;
  state: "waiting" | "sending" | "sent" | "failed" | "dropped" | "to_post" | "posted";
  state_text: string;
  at: string;
  send_after: string | null;
  sent_at: string | null;
  reason: string;
  reason_text: string;
  /** Whether this person may send it again now. */
  again: boolean;
}

/** A letter that waits for the post. */
export interface PostedLetter {
  id: string;
  number: string;
  at: string;
  address: { name: string; settlement: string; street: string; building: string; flat: string };
  subject: string;
  text: string;
}

export interface Card extends Omit<Row, "excerpt" | "street" | "building"> {
  text: string;
  text_hidden: boolean;
  place: { street: string; building: string; flat: string; note: string; known?: boolean };
  applicant: Applicant & { masked?: boolean };
  performer: Named | null;
  kind: string;
  channel: string;
  reply_channel?: string;
  edition: string;
  external_id?: string | null;
  registered_at: string;
  certain_late_at: string;
  result?: string | null;
  history: HistoryEvent[];
  requests: ExecutorRequest[];
  evidence: Evidence[];
  repeat_of: string | null;
  repeats: string[];
  joined_to: string | null;
  part_of: string | null;
  parts: string[];
  works: string[];
  extensions: Extension[];
  co_executors: (Named | null)[];
  complaint_about: Named | null;
  take_part: boolean;
  clarification: Clarification | null;
  forwarding: Forwarding | null;
  reply: Reply | null;
  notices: Notice[];
  survey: { opened_at: string; closes_at: string; outcome: string | null } | null;
  people?: { id: string; name: string; role: string }[];
  actions: string[];
}

/** A repair work in public words. */
export interface Work {
  id: string;
  status: "planned" | "active" | "overdue" | "closed";
  status_text: string;
  summary: string;
  cause: string;
  consequences: string;
  starts_at: string;
  eta_at: string;
  closed_at: string | null;
  result: string;
  places: { street: string; building: string; known: boolean }[];
  executor: Named | null;
  version: number;
}

/** An appeal that was told of a work. */
export interface LinkedCard {
  number: string;
  status_text: string;
  topic: Topic | null;
  street: string;
  building: string;
  answered: boolean;
}

/** An applicant to be phoned for a survey; `due` says whether it is time. */
export interface SurveyCall {
  number: string;
  topic: Topic | null;
  executor: Named | null;
  street: string;
  building: string;
  excerpt: string;
  result: string | null;
  result_text: string;
  closed_at: string | null;
  closes_at: string | null;
  call_at: string | null;
  due: boolean;
  attempts: number;
  attempts_max: number;
}

/** What a survey call came to. */
export interface Heard {
  status: string;
  repeat_number: string | null;
  attempts: number;
  call_at: string | null;
}

export interface Session {
  access_token: string;
  expires_at: string;
  role: string;
  executor: Named | string | null;
  name: string;
}
