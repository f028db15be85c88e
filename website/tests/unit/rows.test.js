import assert from "node:assert/strict";
import { test } from "node:test";
import { merged } from "../../src/parts/rows.js";

const row = (number, day) => ({ number, due_at: `2026-03-${String(day).padStart(2, "0")}T22:00:00Z` });
const all = { whole: true, wasWhole: true, held: [] };
const numbers = (rows) => rows.map((each) => each.number + (each.left ? " left" : ""));

test("what came stands in its place and is named", () => {
  const { rows, came } = merged([row("a", 1), row("c", 3)], [row("a", 1), row("b", 2), row("c", 3)], all);
  assert.deepEqual(numbers(rows), ["a", "b", "c"]);
  assert.deepEqual(came, ["b"]);
});

test("fresh values replace the old ones", () => {
  const { rows, came } = merged([{ ...row("a", 1), status: "sent" }], [{ ...row("a", 1), status: "accepted" }], all);
  assert.deepEqual([rows[0].status, came], ["accepted", []]);
});

test("what left goes, unless the reader is on it", () => {
  const shown = [row("a", 1), row("b", 2), row("c", 3)];
  assert.deepEqual(numbers(merged(shown, [row("c", 3)], all).rows), ["c"]);
  const held = merged(shown, [row("c", 3)], { ...all, held: ["b"] });
  assert.deepEqual(numbers(held.rows), ["b left", "c"]);
});

test("a row that comes back is not marked as left", () => {
  const shown = [{ ...row("a", 1), left: true }];
  assert.deepEqual(numbers(merged(shown, [row("a", 1)], all).rows), ["a"]);
});

test("rows of later pages stay", () => {
  const shown = [row("a", 1), row("b", 2), row("c", 3), row("d", 4)];
  const { rows, came } = merged(shown, [row("b", 2), row("c", 3)], { ...all, whole: false });
  assert.deepEqual(numbers(rows), ["b", "c", "d"]);
  assert.deepEqual(came, []);
});

test("what only moved up from a page that was not loaded has not come", () => {
  const shown = [row("a", 1), row("b", 2)];
  const { rows, came } = merged(shown, [row("b", 2), row("z", 9)], { whole: false, wasWhole: false, held: [] });
  assert.deepEqual(numbers(rows), ["b", "z"]);
  assert.deepEqual(came, []);
});

test("into an empty list everything comes", () => {
  assert.deepEqual(merged([], [row("a", 1)], all).came, ["a"]);
  assert.deepEqual(merged([row("a", 1)], [], all).rows, []);
});
