import assert from "node:assert/strict";
import { test } from "node:test";
import { topicWords } from "../../src/resident/topic_words.js";

test("one word is too few to tell a topic", () => {
  assert.equal(topicWords(" Яма! "), "");
  assert.equal(topicWords("Велика яма"), "Велика яма");
});

test("phones, flats and addresses of mailboxes stay with their writer", () => {
  const text = "У під’їзді темно, кв. 12, тел. 050-123-45-67, olena@example.org, буд. 7а";
  const words = topicWords(text);
  assert.match(words, /під’їзді темно/);
  assert.doesNotMatch(words, /\d|@|olena|example/);
});

test("a long text is cut", () => {
  assert.equal(topicWords("темно ".repeat(200)).length, 300);
});
