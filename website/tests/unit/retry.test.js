import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { Retry } from "../../src/parts/retry.js";

/** @type {Map<string, () => void>} */
const listening = new Map();

beforeEach(() => {
  mock.timers.enable({ apis: ["setTimeout"] });
  listening.clear();
  globalThis.addEventListener = (name, what) => listening.set(name, what);
  globalThis.removeEventListener = (name) => listening.delete(name);
});
afterEach(() => mock.timers.reset());

function counting() {
  const seen = { times: 0 };
  return { seen, retry: new Retry(() => (seen.times += 1)) };
}

test("it tries soon, then less often, and goes on", () => {
  const { seen, retry } = counting();
  for (const seconds of [3, 6, 12, 30, 30]) {
    const before = seen.times;
    retry.later();
    mock.timers.tick(seconds * 1000 - 1);
    assert.equal(seen.times, before);
    mock.timers.tick(1);
    assert.equal(seen.times, before + 1);
  }
});

test("it tries at once when the network is back, and not twice", () => {
  const { seen, retry } = counting();
  retry.later();
  listening.get("online")();
  mock.timers.tick(60_000);
  assert.equal(seen.times, 1);
  assert.equal(listening.size, 0);
});

test("what is done or given up is not tried again", () => {
  const { seen, retry } = counting();
  retry.later();
  retry.stop();
  mock.timers.tick(60_000);
  assert.equal(seen.times, 0);
  retry.later();
  mock.timers.tick(3_000);
  assert.equal(seen.times, 1);
});
