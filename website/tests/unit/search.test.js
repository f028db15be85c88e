import assert from "node:assert/strict";
import { test } from "node:test";
import { findIn, otherLayout, plain, rank, search, streetWords } from "../../src/parts/search.js";

test("apostrophes, ґ and spaces do not matter", () => {
  assert.equal(plain("  Під’їзд  Ґанок "), "підїзд ганок");
  assert.equal(plain("під'їзд"), plain("підʼїзд"));
});

test("words typed on the Latin layout are read as Ukrainian, others stay", () => {
  assert.equal(otherLayout("cj,jhyf"), "соборна");
  assert.equal(otherLayout("вул. cj,jhyf 12"), "вул. соборна 12");
});

test("a street is compared without its kind and house number", () => {
  assert.equal(streetWords("вул. Соборна, 12а"), "соборна");
  assert.equal(streetWords("проспект Миру 5/2"), "миру");
  assert.equal(streetWords("8 Березня"), "8 березня");
});

test("the beginning of a text ranks before the beginning of a word, and that before its middle", () => {
  assert.deepEqual(
    [rank("яма на дорозі", "яма"), rank("велика яма", "яма"), rank("ямами", "мами")],
    [0, 1, 2],
  );
  assert.equal(rank("яма", "люк"), null);
});

test("what is found by name stands before what is found by a synonym", () => {
  const topics = [["освітлення двору", "ліхтар"], ["ліхтар впав"]];
  assert.deepEqual(
    findIn(topics, "ліхтар", (texts) => texts),
    [topics[1], topics[0]],
  );
});

test("the other layout is tried only when nothing else fits", () => {
  const names = ["соборна", "mira"];
  const textsOf = (name) => [name];
  assert.deepEqual(search(names, "mira", textsOf), ["mira"]);
  assert.deepEqual(search(names, "cj,jh", textsOf), ["соборна"]);
  assert.deepEqual(search(names, "zzz", textsOf), []);
});
