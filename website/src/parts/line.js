/**
 * The line by which the console hears news at once: opens, says who it is, pings, comes back.
 *
 * The token is the first message, never a part of the address. News are hints to look again, so
 * a break of the line loses nothing: whoever listens looks again when it is back.
 */

/** @typedef {"connecting" | "live" | "polling" | "offline"} State */
/** @typedef {{number: string, executor: string | null, event: string, version: number}} News */
/** @typedef {(news: News | null) => void} Listener told null when anything may have changed */

export const PING_MS = 120_000;
export const ANSWER_MS = 8_000;
/** A first call wakes two functions up. */
export const WELCOME_MS = 20_000;
const CONNECTING = 0;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 60_000;
const TICK_MS = 15_000;
const ASLEEP_MS = 45_000;

/** How long to wait before trying for the `attempt`-th time; half of it is by chance. */
export function waitMs(/** @type {number} */ attempt, random = Math.random) {
  const longest = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** attempt);
  return longest / 2 + (longest / 2) * random();
}

/** What was said; the gateway's own words about a failure say nothing to us. */
function read(/** @type {string} */ text) {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

export class Line {
  /**
   * @param {string} address `wss://…/ws`
   * @param {string} token
   * @param {{Socket?: typeof WebSocket, online?: () => boolean}} [world] other ones for tests
   */
  constructor(address, token, { Socket = WebSocket, online = () => navigator.onLine } = {}) {
    this.address = address;
    this.token = token;
    this.Socket = Socket;
    this.online = online;
    /** @type {Set<Listener>} */
    this.listeners = new Set();
    /** @type {Set<(state: State) => void>} */
    this.watchers = new Set();
    /** @type {WebSocket | null} */
    this.socket = null;
    this.attempt = 0;
    this.welcome = false;
    this.reachable = true;
    this.closed = true;
    /** @type {State} */
    this.state = "connecting";
    /** @type {Record<string, ReturnType<typeof setTimeout>>} */
    this.timers = {};
    this.seenAt = Date.now();
    this.answeredAt = Date.now();
  }

  open() {
    this.closed = false;
    this.seenAt = Date.now();
    this.connect();
    this.tick();
  }

  /** Hang up for good: signed out, or the token is refused. */
  close() {
    this.closed = true;
    for (const name of Object.keys(this.timers)) this.stop(name);
    this.drop();
  }

  /** @param {Listener} listener */
  listen(listener) {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** @param {(state: State) => void} watcher */
  watch(watcher) {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  }

  /** What any call to the API has found: whether the server answers. */
  reached(/** @type {boolean} */ answered) {
    if (answered) this.answeredAt = Date.now();
    if (answered === this.reachable) return;
    this.reachable = answered;
    if (answered) this.wake();
    else this.judge();
  }

  /** The page is looked at again, or the network is back, or the computer has slept: is anybody there? */
  wake() {
    if (this.closed) return;
    this.seenAt = Date.now();
    if (!this.online()) {
      this.drop();
      this.judge();
    } else if (this.welcome) this.ping();
    else {
      this.attempt = 0;
      this.connect();
    }
  }

  connect() {
    if (this.closed || !this.online()) return this.judge();
    this.drop();
    this.judge();
    const socket = new this.Socket(this.address);
    this.socket = socket;
    socket.onopen = () => socket.send(JSON.stringify({ token: this.token }));
    socket.onmessage = (message) => this.socket === socket && this.hear(message.data);
    socket.onclose = () => this.socket === socket && this.lost();
    this.later("answer", WELCOME_MS, () => this.lost());
  }

  /** @param {string} text */
  hear(text) {
    const said = read(text);
    if (said.live) this.welcomed();
    else if (said.pong) this.stop("answer");
    else if (said.refused) this.refused();
    else if (said.number) this.tell(said);
  }

  welcomed() {
    this.stop("answer");
    this.attempt = 0;
    this.welcome = true;
    this.reachable = true;
    this.judge();
    this.tell(null);
    this.later("ping", PING_MS, () => this.ping());
  }

  ping() {
    this.socket?.send(JSON.stringify({ ping: true }));
    this.later("answer", ANSWER_MS, () => this.lost());
    this.later("ping", PING_MS, () => this.ping());
  }

  /** The token counts no more: the next call to the API says so, and this line stays silent. */
  refused() {
    this.close();
    this.judge();
    this.tell(null);
  }

  lost() {
    this.drop();
    if (this.closed) return;
    this.later("again", waitMs(this.attempt), () => this.connect());
    this.attempt += 1;
    this.judge();
  }

  drop() {
    for (const name of ["answer", "ping", "again"]) this.stop(name);
    const socket = this.socket;
    this.socket = null;
    this.welcome = false;
    // A socket that is closed before it is open makes the browser complain.
    if (socket?.readyState === CONNECTING) socket.onopen = () => socket.close();
    else socket?.close();
  }

  /** Timers stand still while a computer sleeps: a gap between two ticks is how that is known. */
  tick() {
    if (Date.now() - this.seenAt > ASLEEP_MS) this.wake();
    this.seenAt = Date.now();
    this.later("tick", TICK_MS, () => this.tick());
  }

  judge() {
    const before = this.state;
    if (!this.online() || !this.reachable) this.state = "offline";
    else if (this.welcome) this.state = "live";
    else if (before !== "connecting" || this.attempt > 0 || this.closed) this.state = "polling";
    if (this.state !== before) for (const watcher of this.watchers) watcher(this.state);
  }

  /** @param {News | null} news */
  tell(news) {
    for (const listener of this.listeners) listener(news);
  }

  /**
   * @param {string} name
   * @param {number} ms
   * @param {() => void} what
   */
  later(name, ms, what) {
    this.stop(name);
    this.timers[name] = setTimeout(what, ms);
  }

  /** @param {string} name */
  stop(name) {
    clearTimeout(this.timers[name]);
    delete this.timers[name];
  }
}
