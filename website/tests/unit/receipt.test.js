import assert from "node:assert/strict";
import { test } from "node:test";
import { pauseMs } from "../../src/resident/receipt_pace.js";

test("what is decided is not looked at again", () => {
  for (const status of ["registered", "refused"]) assert.equal(pauseMs(status, 0), null);
});

test("what waits for the database is looked at soon, then less often, and never stops", () => {
  const pauses = [0, 5, 6, 7, 9, 500].map((tries) => pauseMs("queued", tries));
  assert.deepEqual(pauses, [5000, 5000, 15_000, 30_000, 60_000, 60_000]);
  assert.equal(pauseMs("away", 500), 60_000);
});

test("people read in minutes, so their decision is asked for once a minute", () => {
  assert.equal(pauseMs("quarantined", 0), 60_000);
});
