/** What the API tells of executors and their people. */

export interface Person {
  id: string;
  name: string;
  post: string;
  phone: string | null;
  email: string | null;
  absent: boolean;
  substitute: string | null;
}

type Post = "responsible" | "deputy" | "head" | "next_head";

export interface Executor extends Record<Post, Person | null> {
  id: string;
  name: string;
  duty_phone: string;
  email: string;
  status: "active" | "suspended" | "nobody_responsible";
  /** Whether cards may be sent to it now. */
  receives: boolean;
  suspension: { since_at: string; by: string; reason: string } | null;
  performers: Person[];
  substitutes: {
    person: string;
    substitute: string | null;
    from_at: string;
    until_at: string;
    now: boolean;
  }[];
}
