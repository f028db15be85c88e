import assert from "node:assert/strict";
import { test } from "node:test";
import { appealOf, sendingKey } from "../../src/resident/appeal.js";

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

test("the same body keeps its key, another body gets another key", () => {
  let made = 0;
  const newKey = () => `key-${++made}`;
  const first = sendingKey({ text: "a" }, undefined, newKey);
  assert.equal(sendingKey({ text: "a" }, first, newKey), first);
  assert.notEqual(sendingKey({ text: "b" }, first, newKey).key, first.key);
});
