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
  asked_at: string;
  asked_by: string;
  decide_by_at: string;
  decided_by: string | null;
  decision_reason: string | null;
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
}

export interface Card extends Omit<Row, "excerpt" | "street" | "building"> {
  text: string;
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
  survey: { opened_at: string; closes_at: string; outcome: string | null } | null;
  people?: { id: string; name: string; role: string }[];
  actions: string[];
}

export interface Session {
  access_token: string;
  expires_at: string;
  role: string;
  executor: Named | string | null;
  name: string;
}
