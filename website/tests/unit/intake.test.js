import assert from "node:assert/strict";
import { test } from "node:test";
import {
  callBody,
  callHash,
  callOf,
  knownOf,
  meaningOf,
  ofTopicFirst,
  operatorBody,
  ownBook,
  timed,
} from "../../src/parts/intake.js";

const say = { text: (key, { number }) => `${key} ${number}` };
const call = { id: "17.1", phone: "+380501234567", callId: "17.1" };
const besides = { ...call, zone: "Europe/Kyiv", say };
const written = {
  text: "Не світить.",
  topic: "LI-01",
  "applicant.name": "Олена Перевірна",
  "place.street": "вулиця Соборна",
  "place.building": "12",
};
const press = (key, held = {}) =>
  meaningOf({ key, shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, ...held });

test("the address of a call names it, and is read back", () => {
  const hash = callHash(call);
  assert.equal(hash, "#/intake?phone=%2B380501234567&call=17.1");
  assert.deepEqual(callOf(new URLSearchParams(hash.split("?")[1])), call);
  assert.deepEqual(callOf(new URLSearchParams("")), { id: "new", phone: "", callId: "" });
  assert.equal(callHash({ id: "left-5" }), "#/intake?draft=left-5");
  assert.equal(callHash({ id: "new" }), "#/intake");
});

test("keys mean the same on any layout, and letters mean nothing", () => {
  assert.deepEqual(
    [press("F2"), press("F4"), press("F8"), press("F9"), press("F8", { shiftKey: true })],
    ["consult", "join", "warn", "next", "end"],
  );
  assert.equal(press("Enter", { ctrlKey: true }), "file");
  for (const key of ["Enter", "a", "щ", "F5"]) assert.equal(press(key), null);
  assert.equal(press("F4", { altKey: true }), null);
  assert.equal(press("F2", { shiftKey: true }), null);
});

test("a call's appeal carries the phone, the call, and the place as the home", () => {
  assert.deepEqual(operatorBody(written, besides), {
    text: "Не світить.",
    topic: "LI-01",
    place: { street: "вулиця Соборна", building: "12" },
    applicant: {
      name: "Олена Перевірна",
      phone: "+380501234567",
      residence: { street: "вулиця Соборна", building: "12" },
    },
    reply_channel: "phone",
    language: "uk",
    channel: "phone",
    call_id: "17.1",
  });
});

test("a letter has its time and its id, and no call", () => {
  const letter = { ...written, channel: "email", received_at: "2026-03-02T10:15", external_id: " m-1 " };
  const body = operatorBody(letter, besides);
  assert.equal(body.received_at, "2026-03-02T08:15:00.000Z");
  assert.deepEqual([body.channel, body.external_id, body.call_id], ["email", "m-1", undefined]);
});

test("what belongs to letters does not go with a call", () => {
  const body = operatorBody({ ...written, received_at: "2026-03-02T10:15", external_id: "m-1" }, besides);
  assert.deepEqual([body.received_at, body.external_id], [undefined, undefined]);
});

test("one key joins with the words it takes, and guesses no home of a caller without a name", () => {
  const { "applicant.name": _name, text: _text, topic: _topic, ...place } = written;
  const join = { number: "2026-000123-7", topic: "LI-01" };
  const body = operatorBody(place, { ...besides, join });
  assert.deepEqual(
    [body.join, body.topic, body.kind, body.text],
    [join.number, "LI-01", "signal", `intake.join_text ${join.number}`],
  );
  assert.deepEqual(body.applicant, { phone: "+380501234567" });
  assert.equal(operatorBody(written, { ...besides, join }).text, "Не світить.");
});

test("a consultation says what it was about, a warning only whose it is", () => {
  const of = { ...call, seconds: 95.7, values: written };
  assert.deepEqual(callBody("consultation", of), {
    event: "consultation",
    phone: call.phone,
    call_id: "17.1",
    topic: "LI-01",
    street: "вулиця Соборна",
    text: "Не світить.",
    seconds: 95,
  });
  assert.deepEqual(callBody("ended", { ...of, callId: "", reason: "abuse" }), {
    event: "ended",
    phone: call.phone,
    reason: "abuse",
    seconds: 95,
  });
});

test("what is known of a caller fills what was not written", () => {
  const caller = { name: "Олена", email: null, language: "en", residence: { street: "Соборна", building: "12" } };
  const known = knownOf({ "applicant.name": "Ол" }, caller);
  assert.deepEqual(known, {
    language: "en",
    same: "",
    "applicant.residence.street": "Соборна",
    "applicant.residence.building": "12",
  });
  assert.deepEqual(knownOf(known, { ...caller, name: null, residence: null }), {});
});

test("appeals of the topic come first, the others stay in order", () => {
  const row = (number, code) => ({ number, topic: code ? { code } : null });
  const near = [row(1, "RD-01"), row(2, "LI-01"), row(3, null), row(4, "LI-01")];
  const numbers = (topic) => ofTopicFirst(near, topic).map(({ number }) => number);
  assert.deepEqual(numbers("LI-01"), [2, 4, 1, 3]);
  assert.deepEqual(numbers(undefined), [1, 2, 3, 4]);
});

test("drafts are their writer's own and are kept half a day", () => {
  const draft = { call, values: {}, begunAt: 1000 };
  const book = { owner: "Оля", drafts: { "17.1": draft } };
  assert.deepEqual(ownBook(book, "Оля", 1000 + 11 * 3600_000), book);
  assert.deepEqual(ownBook(book, "Оля", 1000 + 12 * 3600_000).drafts, {});
  assert.deepEqual(ownBook(book, "Інна", 2000), { owner: "Інна", drafts: {} });
  assert.deepEqual(ownBook(null, "Інна", 2000), { owner: "Інна", drafts: {} });
});

test("a call is timed in minutes and seconds", () => {
  assert.deepEqual([timed(0), timed(9.9), timed(65), timed(3600), timed(-3)], ["0:00", "0:09", "1:05", "60:00", "0:00"]);
});
