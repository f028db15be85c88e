import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { ANSWER_MS, Line, PING_MS, WELCOME_MS, waitMs } from "../../src/parts/line.js";

class FakeSocket {
  /** @type {FakeSocket[]} */
  static made = [];
  constructor(address) {
    Object.assign(this, { address, said: [], ended: false });
    FakeSocket.made.push(this);
  }
  send(text) {
    this.said.push(JSON.parse(text));
  }
  close() {
    this.ended = true;
  }
  hear(message) {
    this.onmessage({ data: JSON.stringify(message) });
  }
}

const news = { number: "2026-000123-7", executor: "svitlo", event: "registered", version: 1 };
let online = true;

beforeEach(() => {
  mock.timers.enable({ apis: ["setTimeout", "Date"] });
  FakeSocket.made = [];
  online = true;
});
afterEach(() => mock.timers.reset());

function opened() {
  const line = new Line("wss://city.example/ws", "a token", { Socket: FakeSocket, online: () => online });
  const states = [];
  const heard = [];
  line.watch((state) => states.push(state));
  line.listen((each) => heard.push(each));
  line.open();
  return { line, states, heard };
}

const latest = () => FakeSocket.made.at(-1);

function live() {
  const all = opened();
  latest().onopen();
  latest().hear({ live: true });
  return all;
}

test("the token is said first, and stands in no address", () => {
  opened();
  latest().onopen();
  assert.deepEqual(latest().said, [{ token: "a token" }]);
  assert.equal(latest().address, "wss://city.example/ws");
});

test("a welcome makes it live, and everybody looks again once", () => {
  const { line, states, heard } = live();
  assert.equal(line.state, "live");
  assert.deepEqual(states, ["live"]);
  latest().hear(news);
  latest().hear({ message: "Internal server error" });
  latest().onmessage({ data: "Internal server error" });
  assert.deepEqual(heard, [null, news]);
});

test("a line that breaks comes back by itself, later each time, and is told to look again", () => {
  const { line, states, heard } = live();
  for (const seconds of [1, 2, 4, 8, 16, 32, 60, 60]) {
    const before = FakeSocket.made.length;
    latest().onclose();
    assert.equal(line.state, "polling");
    mock.timers.tick(seconds * 500 - 1);
    assert.equal(FakeSocket.made.length, before);
    mock.timers.tick(seconds * 500 + 1);
    assert.equal(FakeSocket.made.length, before + 1);
  }
  latest().onopen();
  latest().hear({ live: true });
  assert.deepEqual(states, ["live", "polling", "live"]);
  assert.equal(heard.length, 2);
});

test("the wait is by chance between its half and the whole", () => {
  assert.equal(waitMs(3, () => 0), 4_000);
  assert.equal(waitMs(3, () => 1), 8_000);
  assert.equal(waitMs(30, () => 1), 60_000);
});

test("a server that does not answer a handshake or a ping is as good as gone", () => {
  const { line } = opened();
  mock.timers.tick(WELCOME_MS);
  assert.equal(line.state, "polling");
  mock.timers.tick(1_000);
  latest().hear({ live: true });
  mock.timers.tick(PING_MS);
  assert.deepEqual(latest().said, [{ ping: true }]);
  latest().hear({ pong: true });
  mock.timers.tick(PING_MS - 1);
  assert.equal(line.state, "live");
  mock.timers.tick(1 + ANSWER_MS);
  assert.equal(line.state, "polling");
});

test("what an old socket says late is not heard", () => {
  const { line, heard } = live();
  const old = latest();
  line.lost();
  old.hear(news);
  old.onclose();
  assert.equal(heard.length, 1);
  assert.equal(old.ended, true);
});

test("offline is said, and the network's return is enough to come back", () => {
  const { line, states } = live();
  online = false;
  line.wake();
  assert.equal(line.state, "offline");
  mock.timers.tick(600_000);
  assert.equal(FakeSocket.made.length, 1);
  online = true;
  line.wake();
  latest().hear({ live: true });
  assert.deepEqual(states, ["live", "offline", "polling", "live"]);
});

test("a server that no call reaches is offline until one does", () => {
  const { line } = live();
  latest().onclose();
  line.reached(false);
  assert.equal(line.state, "offline");
  line.reached(true);
  assert.equal(line.state, "polling");
  assert.equal(FakeSocket.made.length, 2);
});

test("after a sleep the line is tried at once", () => {
  const { line } = live();
  mock.timers.tick(14_000);
  latest().hear({ pong: true });
  line.seenAt -= 3_600_000;
  mock.timers.tick(1_000);
  assert.deepEqual(latest().said.at(-1), { ping: true });
  mock.timers.tick(ANSWER_MS);
  mock.timers.tick(1_000);
  assert.equal(FakeSocket.made.length, 2);
});

test("a socket that is not open yet is closed when it is", () => {
  const { line } = opened();
  const early = latest();
  early.readyState = 0;
  line.close();
  assert.equal(early.ended, false);
  early.onopen();
  assert.equal(early.ended, true);
  assert.deepEqual(early.said, []);
});

test("a refused token is not tried again, and the API is asked why", () => {
  const { line, heard } = live();
  latest().hear({ refused: true });
  mock.timers.tick(3_600_000);
  assert.equal(FakeSocket.made.length, 1);
  assert.equal(line.state, "polling");
  assert.deepEqual(heard, [null, null]);
});

test("who signs out hangs up for good", () => {
  const { line } = live();
  line.close();
  line.wake();
  mock.timers.tick(3_600_000);
  assert.equal(latest().ended, true);
  assert.equal(FakeSocket.made.length, 1);
});
