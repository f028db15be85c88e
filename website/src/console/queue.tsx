/** The queue: cards by deadline, filtered by the address, driven by keys. */

import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { cardHash, placeHash } from "./address";
import { ENDED, toneOf, Deadline } from "./deadline";
import { facts, useDesk } from "./desk";
import { Flags } from "./flags";
import { Failure, Loading } from "./notices";
import { useQueue, type Queue, type Shown } from "./queue_data";

interface Tab {
  name: string;
  filters: Record<string, string>;
}

const TABS: Tab[] = [
  { name: "all", filters: {} },
  { name: "overdue", filters: { overdue: "true" } },
  { name: "registered", filters: { status: "registered" } },
  { name: "sent", filters: { status: "sent" } },
  { name: "accepted", filters: { status: "accepted" } },
  { name: "in_work", filters: { status: "in_work" } },
  { name: "reported", filters: { status: "reported" } },
];
const REPLY_TABS: Tab[] = ["reply_submitted", "reply_signed", "handed_over"].map((status) => ({
  name: status,
  filters: { status },
}));
const LAST_OPENED = "last-opened";
const MOST_NAMED = 3;

export function QueuePage({ filters }: { filters: URLSearchParams }) {
  const { say } = useDesk();
  const queue = useQueue(filters.toString());
  const list = useRef<HTMLUListElement>(null);
  useKeys(list);
  useTitle(queue.unlooked);
  useLastOpened(queue.rows !== null);
  useStill(list, queue.rows);
  return (
    <>
      <h1>{say.text("queue.title")}</h1>
      <Tabs filters={filters} />
      <Search filters={filters} />
      <Notices queue={queue} />
      <ul class="cards" ref={list}>
        {queue.rows?.map((row) => (
          <QueueRow key={row.number} row={row} isNew={queue.came.includes(row.number)} />
        ))}
      </ul>
      {queue.rows && (
        <p class="row between quiet small">
          <span>{say.text("queue.shown", { n: queue.rows.length })}</span>
          <span class="keys">{say.text("queue.keys")}</span>
        </p>
      )}
      {queue.more && (
        <p>
          <button type="button" class="btn plain" onClick={queue.loadMore}>
            {say.text("queue.more")}
          </button>
        </p>
      )}
    </>
  );
}

function Notices({ queue }: { queue: Queue }) {
  const { say } = useDesk();
  return (
    <>
      <div role="status" class="fresh">
        <Arrived queue={queue} />
        {queue.elsewhere.slice(-MOST_NAMED).map((number) => (
          <p key={number} class="note small">
            {say.text("queue.elsewhere")} <a href={cardHash(number)}>{number}</a>
          </p>
        ))}
      </div>
      <Failure words={queue.fault} retry={queue.reload} />
      {queue.cut && <p class="note warning">{say.text("queue.cut")}</p>}
      {queue.rows === null && !queue.fault && <Loading />}
      {queue.rows?.length === 0 && <p class="panel empty">{say.text("queue.empty")}</p>}
    </>
  );
}

/** Says how many rows have come; a press leads to the first of them. */
function Arrived({ queue }: { queue: Queue }) {
  const { say } = useDesk();
  const rows = queue.rows?.filter((row) => queue.unseen.includes(row.number)) ?? [];
  const [first] = rows;
  if (!first) return null;
  const emergency = rows.some(isEmergency);
  const lead = () => {
    document.querySelector<HTMLElement>(`#row-${first.number} a.number`)?.focus();
    queue.seen();
  };
  return (
    <p class={`note ${emergency ? "danger" : ""}`}>
      {emergency && <b>{say.text("queue.new_emergency")}</b>}{" "}
      <button type="button" class="btn link" onClick={lead}>
        {say.text("queue.new", { n: rows.length })}
      </button>
    </p>
  );
}

const isEmergency = (row: Shown): boolean => row.topic?.urgency === "emergency" && !ENDED.includes(row.status);

/** The title of the tab tells how many cards have come while nobody looked at it. */
function useTitle(unlooked: number): void {
  const { say, city } = useDesk();
  useEffect(() => {
    const fresh = unlooked > 0 ? `(${unlooked}) ` : "";
    document.title = `${fresh}${say.text("queue.title")} – ${city}`;
  }, [unlooked, say]);
}

/** The row that the reader is on, or reads first, stays where it is when others come and go. */
function useStill(list: { current: HTMLUListElement | null }, rows: Shown[] | null): void {
  const still = stillOf(list.current);
  const top = still?.getBoundingClientRect().top ?? 0;
  useLayoutEffect(() => {
    if (!still?.isConnected) return;
    const moved = () => still.getBoundingClientRect().top - top;
    if (moved()) scrollBy({ top: moved(), behavior: "instant" });
    if (moved() <= 1 || !list.current) return;
    // A short page has nowhere to scroll to: it is given as much room as it lacks.
    const room = parseFloat(getComputedStyle(list.current).paddingBottom) + moved();
    list.current.style.paddingBottom = `${room}px`;
    scrollBy({ top: moved(), behavior: "instant" });
  }, [rows]);
}

function stillOf(list: HTMLUListElement | null): Element | null {
  const on = list?.querySelector(":scope > li:focus-within, :scope > li:hover");
  if (!list || on) return on ?? null;
  const read = list.getBoundingClientRect().top < 0;
  return read ? ([...list.children].find((row) => row.getBoundingClientRect().top >= 0) ?? null) : null;
}

/** Back in the queue the reader is where the last card was opened. */
function useLastOpened(loaded: boolean): void {
  useEffect(() => {
    const last = sessionStorage.getItem(LAST_OPENED);
    if (loaded && last) document.getElementById(`row-${last}`)?.scrollIntoView({ block: "center" });
  }, [loaded]);
}

/** The filters with a tab's own ones in place of another tab's. */
function withTab(filters: URLSearchParams, tab: Record<string, string>): URLSearchParams {
  const next = new URLSearchParams(filters);
  next.delete("status");
  next.delete("overdue");
  for (const [name, value] of Object.entries(tab)) next.set(name, value);
  return next;
}

function Tabs({ filters }: { filters: URLSearchParams }) {
  const { say } = useDesk();
  const tabs = facts.features.includes("signed_reply") ? [...TABS, ...REPLY_TABS] : TABS;
  return (
    <nav class="tabs" aria-label={say.text("queue.tabs")}>
      {tabs.map((tab) => {
        const next = withTab(filters, tab.filters).toString();
        const here = next === withTab(filters, Object.fromEntries(filters)).toString();
        return (
          <a
            key={tab.name}
            href={placeHash("queue", new URLSearchParams(next))}
            aria-current={here ? "page" : undefined}
          >
            {say.text(`queue.tab.${tab.name}`)}
          </a>
        );
      })}
    </nav>
  );
}

function Search({ filters }: { filters: URLSearchParams }) {
  const { say } = useDesk();
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (!(event.currentTarget instanceof HTMLFormElement)) return;
    const next = new URLSearchParams(filters);
    next.set("q", String(new FormData(event.currentTarget).get("q")).trim());
    if (!next.get("q")) next.delete("q");
    location.hash = placeHash("queue", next);
  };
  return (
    <form class="search" role="search" onSubmit={submit}>
      <label for="q">{say.text("queue.search")}</label>
      <input id="q" name="q" type="search" defaultValue={filters.get("q") ?? ""} />
      <button class="btn plain" type="submit">
        {say.text("queue.find")}
      </button>
      {filters.toString() && <a href="#/queue">{say.text("queue.clear")}</a>}
    </form>
  );
}

function classOf(row: Shown, isNew: boolean, last: boolean): string {
  const classes = {
    last,
    new: isNew,
    gone: row.left,
    emergency: isEmergency(row),
    [toneOf(row.due_at, row.status, Date.now())]: true,
  };
  const held = Object.entries(classes).filter(([, holds]) => holds);
  return ["card", ...held.map(([name]) => name)].join(" ").trim();
}

function Marks({ row, isNew }: { row: Shown; isNew: boolean }) {
  const { say } = useDesk();
  return (
    <p class="marks">
      {row.left && <span class="tag warning">{say.text("queue.gone")}</span>}
      {isNew && <span class="tag">{say.text("queue.just_now")}</span>}
      <Deadline dueAt={row.due_at} status={row.status} />
      <Flags urgency={row.topic?.urgency} flags={row.flags} />
    </p>
  );
}

function QueueRow({ row, isNew }: { row: Shown; isNew: boolean }) {
  const { say, session } = useDesk();
  const last = sessionStorage.getItem(LAST_OPENED) === row.number;
  const only = new URLSearchParams({ executor: row.executor?.id ?? "" });
  return (
    <li
      id={`row-${row.number}`}
      class={classOf(row, isNew, last)}
    >
      <div class="row between">
        <a
          class="number"
          href={cardHash(row.number)}
          onClick={() => sessionStorage.setItem(LAST_OPENED, row.number)}
        >
          {row.number}
        </a>
        <span class="tag">{row.status_text}</span>
      </div>
      <p class="what">
        <b>{row.topic?.name}</b> {row.excerpt}
      </p>
      <p class="where small">
        {row.street}
        {row.building && `, ${row.building}`}
      </p>
      <p class="small quiet">
        {!session.executor && row.executor?.id && (
          <a href={placeHash("queue", only)} aria-label={say.text("queue.only", { name: row.executor.name })}>
            {row.executor.name}
          </a>
        )}
      </p>
      <Marks row={row} isNew={isNew} />
    </li>
  );
}

/** J, K, O and / by the place of the key, so they work on the Ukrainian layout too. */
function useKeys(list: { current: HTMLUListElement | null }): void {
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      const typing = event.target instanceof HTMLElement && event.target.matches("input, textarea, select");
      if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
      const links = [...(list.current?.querySelectorAll<HTMLAnchorElement>("a.number") ?? [])];
      const at = links.findIndex((link) => link === document.activeElement);
      if (event.code === "KeyJ") links[Math.min(at + 1, links.length - 1)]?.focus();
      else if (event.code === "KeyK") links[Math.max(at - 1, 0)]?.focus();
      else if (event.code === "KeyO") links[Math.max(at, 0)]?.click();
      else if (event.code === "Slash") document.getElementById("q")?.focus();
      else return;
      event.preventDefault();
    };
    addEventListener("keydown", pressed);
    return () => removeEventListener("keydown", pressed);
  }, []);
}
