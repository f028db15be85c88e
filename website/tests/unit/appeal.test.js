import assert from "node:assert/strict";
import { test } from "node:test";
import { appealOf, sendingKey, sentBody } from "../../src/resident/appeal.js";

const besides = { topic: null, language: "uk", uploads: [] };
const filled = {
  text: " Темно. ",
  "place.street": "вулиця Соборна",
  "place.building": "12",
  "place.note": "біля арки",
  "applicant.name": "Олена",
  "applicant.phone": "0501234567",
  reply_channel: "phone",
};

test("empty fields are left out, so the API can name what is missing", () => {
  assert.deepEqual(appealOf({}, besides), {
    place: {},
    applicant: {},
    reply_channel: "none",
    language: "uk",
  });
});

test("the same address is the place without its landmark", () => {
  const body = appealOf({ ...filled, same: "on" }, besides);
  assert.deepEqual(body.applicant.residence, { street: "вулиця Соборна", building: "12" });
  assert.equal(body.text, "Темно.");
});

test("a signal carries neither name nor residence", () => {
  const body = appealOf({ ...filled, same: "on", signal: "on" }, besides);
  assert.equal(body.kind, "signal");
  assert.deepEqual(body.applicant, { phone: "0501234567" });
});

test("what few people fill in is sent only when they did", () => {
  const plain = appealOf(
    { ...filled, kind: "appeal", complaint_about: "svitlo", co_applicants: " \n" },
    besides,
  );
  for (const name of ["kind", "complaint_about", "co_applicants", "benefit", "take_part"])
    assert.equal(name in plain, false, name);
  const rich = {
    kind: "complaint",
    complaint_about: "svitlo",
    co_applicants: "Іван Перший\n Ірина Друга ",
    benefit: "disability",
    take_part: "on",
    hide_identity: "on",
  };
  assert.deepEqual(
    { ...rich, co_applicants: ["Іван Перший", "Ірина Друга"], take_part: true, hide_identity: true },
    Object.fromEntries(
      Object.entries(appealOf({ ...filled, ...rich }, besides)).filter(([name]) => name in rich),
    ),
  );
});

test("the same body keeps its key, another body gets another key", () => {
  let made = 0;
  const newKey = () => `key-${++made}`;
  const first = sendingKey({ text: "a" }, undefined, newKey);
  assert.equal(sendingKey({ text: "a" }, first, newKey), first);
  assert.notEqual(sendingKey({ text: "b" }, first, newKey).key, first.key);
});

test("how long it took is kept with the key, so what is sent again is the same to the letter", () => {
  const body = appealOf(filled, besides);
  const first = sendingKey(body, undefined, () => "k1", 4200);
  const again = sendingKey(appealOf(filled, besides), first, () => "k2", 99_000);
  assert.deepEqual(sentBody(again), { ...body, filled_ms: 4200 });
  assert.equal(JSON.stringify(sentBody(first)), JSON.stringify(sentBody(again)));
  assert.deepEqual(sentBody(sendingKey(body, undefined, () => "k1")), body);
});

test("the field that people do not see is sent when something has filled it in", () => {
  assert.equal("website" in appealOf(filled, besides), false);
  assert.equal(appealOf({ ...filled, website: "x" }, besides).website, "x");
});
