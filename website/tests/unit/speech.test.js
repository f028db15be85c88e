import assert from "node:assert/strict";
import { test } from "node:test";
import { fit } from "../../src/parts/shrink.js";
import { Speaker } from "../../src/parts/speech.js";

const words = {
  "js.due.day": "до {day} включно",
  "js.due.time": "до {time}",
  "js.left.day": { one: "{n} день", few: "{n} дні", many: "{n} днів", other: "{n} дня" },
  "js.left.hour": { one: "{n} година", few: "{n} години", many: "{n} годин", other: "{n} години" },
  "js.late.minute": { one: "{n} хвилина", few: "{n} хвилини", many: "{n} хвилин", other: "{n} хвилини" },
};
const say = new Speaker("uk", "Europe/Kyiv", words);

test("a midnight is told as the last day, in the city's time", () => {
  assert.equal(say.due("2030-03-07T00:00:00+02:00"), "до 6 березня 2030 р. включно");
  assert.equal(say.due("2030-03-06T22:00:00Z"), "до 6 березня 2030 р. включно");
  assert.match(say.due("2030-03-06T10:15:00+02:00"), /^до 6 березня 2030 р\. о 10:15$/);
});

test("terms are counted as Ukrainian counts", () => {
  const now = Date.parse("2030-03-01T00:00:00Z");
  assert.equal(say.left("2030-03-03T00:00:00Z", now), "2 дні");
  assert.equal(say.left("2030-03-22T00:00:00Z", now), "21 день");
  assert.equal(say.left("2030-03-01T11:30:00Z", now), "11 годин");
  assert.equal(say.left("2030-02-28T23:57:00Z", now), "3 хвилини");
});

test("an unknown key is shown as it is", () => {
  assert.equal(say.text("no.such"), "no.such");
});

test("a picture is only ever made smaller", () => {
  assert.deepEqual(fit(3000, 2250, 1600), { width: 1600, height: 1200 });
  assert.deepEqual(fit(300, 200, 1600), { width: 300, height: 200 });
});
