// Cutting a text at the ranges the engine marked.
import assert from "node:assert/strict";
import { test } from "node:test";
import { split, unwrapped } from "../www/element/ranges.js";

/** The parts as one string, marks in brackets. */
const show = (/** @type {string} */ text, /** @type {[number, number][]} */ ranges) =>
  split(text, ranges)
    .map((part) => (part.marked ? `[${part.text}]` : part.text))
    .join("|");

test("marks stand where they belong", () => {
  assert.equal(show("新时代文明实践", [[3, 7]]), "新时代|[文明实践]");
  assert.equal(show("文明实践", [[0, 4]]), "[文明实践]");
  assert.equal(show("文明，实践", [[0, 2], [3, 5]]), "[文明]|，|[实践]");
  assert.equal(show("文明实践", [[0, 2], [2, 4]]), "[文明]|[实践]");
  assert.equal(show("没有", []), "没有");
  assert.equal(show("", []), "");
});

test("offsets are UTF-16 code units", () => {
  assert.equal(show("𠮷野家的𠮷", [[0, 3]]), "[𠮷野]|家的𠮷");
  assert.equal(show("👍文明", [[2, 4]]), "👍|[文明]");
});

test("ranges that do not fit lose no character", () => {
  for (const ranges of /** @type {[number, number][][]} */ ([
    [[1, 9]],
    [[2, 1]],
    [[1, 1]],
    [[-1, 2]],
    [[1, 3], [2, 4]],
    [[3, 4], [0, 1]],
    [[NaN, NaN]],
  ])) {
    const parts = split("文明实践", ranges);
    assert.equal(parts.map((part) => part.text).join(""), "文明实践", JSON.stringify(ranges));
    assert.ok(parts.every((part) => part.text !== ""));
  }
});

test("a match that was wrapped reads as one", () => {
  assert.equal(unwrapped("文明\n\n实践"), "文明实践");
  assert.equal(unwrapped("文\r\n明 \n　实\n践"), "文明实践");
  assert.equal(unwrapped("かな\nカナ"), "かなカナ");
  for (const kept of ["build\nindex", "文明 实践", "한국\n어", "文明\nindex", "文明\n"]) {
    assert.equal(unwrapped(kept), kept);
  }
});
