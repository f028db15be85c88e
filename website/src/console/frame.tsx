/** The frame of the console: who is signed in, until when, and the way between sections. */

import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { usePlace } from "./address";
import { facts, useDesk } from "./desk";
import { LineState, useArrivals } from "./live";
import { Credit } from "./notices";
import { TAKERS } from "./storage";

const WARN_BEFORE_MS = 5 * 60_000;
const TICK_MS = 15_000;

interface Props {
  children: ComponentChildren;
  onLanguage: () => void;
  onSignOut: () => void;
}

export function Frame({ children, onLanguage, onSignOut }: Props) {
  const { say, session, city, language } = useDesk();
  const { section } = usePlace();
  return (
    <>
      <a class="skip" href="#main" onClick={toMain}>
        {say.text("desk.skip")}
      </a>
      <header class="bar">
        <a class="place" href="#/queue">
          <b>{city}</b> <span>{say.text("desk.title")}</span>
        </a>
        <Sections here={section} role={session.role} />
        <p class="who">
          <b>{session.name}</b> <span>{say.text(`role.${session.role}`)}</span>
        </p>
        <p class="ways">
          <button type="button" class="btn link" lang={language === "uk" ? "en" : "uk"} onClick={onLanguage}>
            {say.text("desk.other_language")}
          </button>
          <button type="button" class="btn link" onClick={onSignOut}>
            {say.text("desk.sign_out")}
          </button>
        </p>
      </header>
      <main id="main" tabIndex={-1} class="desk">
        <SessionEnd />
        {children}
      </main>
      <Credit />
    </>
  );
}

/** Who is given which section, besides the queue that everybody has. */
const SECTIONS: [name: string, roles: string[], feature?: string][] = [
  ["intake", TAKERS],
  ["requests", ["coordinator", "operator", "next_head", "admin"], "requests_by_coordinator"],
  ["requests", ["head"], "requests_by_head"],
  ["quarantine", ["operator", "coordinator"], "quarantine"],
  ["letters", ["operator", "clerk"], "official_mail"],
  ["calls", ["operator"], "survey"],
  ["post", ["operator", "coordinator", "clerk"]],
  ["blocks", ["operator", "coordinator"]],
  ["works", ["responsible", "head", "coordinator"], "repair_works"],
  ["message", ["coordinator"]],
  ["directory", ["admin", "coordinator", "head"]],
  ["reports", ["admin", "coordinator", "clerk", "head"]],
];

/** The way between sections; it counts the cards that come while their reader is not at the queue. */
function Sections({ here, role }: { here: string; role: string }) {
  const { say } = useDesk();
  const arrived = useArrivals(here === "queue");
  return (
    <nav aria-label={say.text("desk.nav")}>
      {sectionsOf(role).map((name) => (
        <a key={name} href={`#/${name}`} aria-current={here === name ? "page" : undefined}>
          {say.text(`desk.${name}`)}
          {name === "queue" && arrived > 0 && (
            <span class="tag">{say.text("desk.arrived", { n: arrived })}</span>
          )}
        </a>
      ))}
    </nav>
  );
}

function sectionsOf(role: string): string[] {
  const given = SECTIONS.filter(
    ([, roles, feature]) => roles.includes(role) && (!feature || facts.features.includes(feature)),
  );
  return ["queue", ...given.map(([name]) => name)];
}

function toMain(event: Event) {
  event.preventDefault();
  document.getElementById("main")?.focus();
}

function SessionEnd() {
  const { say, session } = useDesk();
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  const time = say.time(session.expires_at);
  if (Date.parse(session.expires_at) - now > WARN_BEFORE_MS)
    return (
      <p class="small quiet until">
        <LineState /> {say.text("desk.until", { time })}
      </p>
    );
  return (
    <>
      <p class="small quiet until">
        <LineState />
      </p>
      <p class="note warning" role="alert">
        {say.text("desk.ends_soon", { time })}
      </p>
    </>
  );
}
