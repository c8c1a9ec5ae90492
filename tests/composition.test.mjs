// What an input method does to the search box, without a browser: the events of real keyboards.
import assert from "node:assert/strict";
import { test } from "node:test";
import { belongsToInputMethod, Composition, onQuery } from "../www/element/composition.js";

/** A text field as far as `onQuery` needs one, and what it was asked to search. */
function field() {
  const target = Object.assign(new EventTarget(), { value: "" });
  /** @type {string[]} */
  const searched = [];
  onQuery(/** @type {any} */ (target), (query, provisional) => {
    searched.push(provisional ? `${query}…` : query);
  });
  const fire = (/** @type {string} */ type, /** @type {object} */ properties = {}) =>
    target.dispatchEvent(Object.assign(new Event(type), properties));
  return {
    searched,
    fire,
    /** One step of a composition, in the order browsers tell it. */
    compose(/** @type {string} */ text) {
      fire("compositionupdate", { data: text });
      target.value = text;
      fire("input", { isComposing: true });
    },
    type(/** @type {string} */ text) {
      target.value = text;
      fire("input", { isComposing: false });
    },
  };
}

test("plain typing is searched as it goes", () => {
  const { searched, type } = field();
  type("m");
  type("mo");
  assert.deepEqual(searched, ["m", "mo"]);
});

test("pinyin: letters are searched provisionally, the candidate on its end", () => {
  const { searched, fire, compose } = field();
  fire("compositionstart");
  compose("wen");
  compose("wen'ming");
  compose("文明");
  assert.deepEqual(searched, ["wen…", "wen'ming…"]);
  fire("compositionend", { data: "文明" });
  assert.deepEqual(searched, ["wen…", "wen'ming…", "文明"]);
});

test("Bopomofo, kana and Han wait; Hangul does not", () => {
  for (const text of ["ㄨㄣˊ", "ㄇ", "ぶん", "ブン", "ー", "日月", "々", "𠮷"]) {
    const composition = new Composition();
    composition.update(text);
    assert.equal(composition.waiting, true, text);
  }
  for (const text of ["", "w", "wen ming", "nǐ", "문", "ㅁ", "привет"]) {
    const composition = new Composition();
    composition.update(text);
    assert.equal(composition.waiting, false, text);
  }
});

test("Gboard: English words are composed, and searched without waiting for the end", () => {
  const { searched, fire, compose } = field();
  fire("compositionstart");
  for (const text of ["m", "mo", "moj"]) compose(text);
  assert.deepEqual(searched, ["m…", "mo…", "moj…"]);
});

test("a keyboard that forgets to end its composition", () => {
  const { searched, fire, compose, type } = field();
  fire("compositionstart");
  compose("文明");
  type("文明实践");
  assert.deepEqual(searched, ["文明实践"]);
  fire("compositionstart");
  compose("网络");
  fire("blur");
  assert.deepEqual(searched, ["文明实践", "网络"]);
  fire("blur");
  assert.equal(searched.length, 2, "leaving the field is no search by itself");
});

test("Firefox tells the input after the end", () => {
  const { searched, fire, type } = field();
  fire("compositionstart");
  fire("compositionupdate", { data: "文明" });
  fire("compositionend", { data: "文明" });
  type("文明");
  assert.equal(searched.at(-1), "文明");
});

test("keys of the input method", () => {
  assert.equal(belongsToInputMethod({ isComposing: true, keyCode: 13 }), true);
  assert.equal(belongsToInputMethod({ isComposing: false, keyCode: 229 }), true);
  assert.equal(belongsToInputMethod({ isComposing: false, keyCode: 13 }), false);
});
