import assert from "node:assert/strict";
import { test } from "node:test";
import { dayOf, endOfDay, instantOf } from "../../src/parts/moments.js";

const KYIV = "Europe/Kyiv";

test("what the city's clock shows is an instant, in winter and in summer", () => {
  assert.equal(instantOf("2026-01-15T10:15", KYIV), "2026-01-15T08:15:00.000Z");
  assert.equal(instantOf("2026-07-15T10:15:30", KYIV), "2026-07-15T07:15:30.000Z");
});

test("a day ends at the next midnight, also when clocks change that day", () => {
  assert.equal(endOfDay("2026-03-28", KYIV), "2026-03-28T22:00:00.000Z");
  assert.equal(endOfDay("2026-03-29", KYIV), "2026-03-29T21:00:00.000Z");
  assert.equal(endOfDay("2026-10-25", KYIV), "2026-10-25T22:00:00.000Z");
});

test("the day of an instant is the city's", () => {
  assert.equal(dayOf(Date.parse("2026-03-01T22:30:00Z"), KYIV), "2026-03-02");
});

test("what is no time gives nothing, so the API can name what is missing", () => {
  assert.equal(instantOf("", KYIV), "");
  assert.equal(endOfDay("soon", KYIV), "");
});
