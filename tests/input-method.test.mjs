// Input methods on the demo page: as Chromium itself composes, and as other browsers tell of it.
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { launch, serve, visit, whole } from "./site.mjs";

/** @import { Browser, CDPSession } from "playwright-core" */
/** @import { Visit } from "./site.mjs" */

/** @type {Browser} */
let browser;
/** @type {Awaited<ReturnType<typeof serve>>} */
let site;
/** @type {Visit} */
let v;
/** @type {CDPSession} */
let devtools;

before(async () => {
  [browser, site] = await Promise.all([launch(), serve()]);
});

after(async () => {
  await browser?.close();
  site?.close();
});

beforeEach(async () => {
  v = await visit(browser, site.address);
  devtools = await v.page.context().newCDPSession(v.page);
  await v.field.focus();
});

afterEach(async () => {
  await v.page.context().close();
  assert.deepEqual(v.problems, []);
});

/** What the input method shows in the field, not yet taken. @param {string} text */
function compose(text) {
  return devtools.send("Input.imeSetComposition", {
    text,
    selectionStart: text.length,
    selectionEnd: text.length,
  });
}

/** The candidate that is taken. @param {string} text */
function commit(text) {
  return devtools.send("Input.insertText", { text });
}

/** A key that the input method keeps for itself. @param {string} key */
function keyOfInputMethod(key) {
  return devtools.send("Input.dispatchKeyEvent", { type: "rawKeyDown", key, windowsVirtualKeyCode: 229 });
}

/** The titles that are shown. */
function titles() {
  return v.page.locator(".title").allTextContents();
}

test("pinyin: the candidate is searched when it is taken, not before", async () => {
  for (const text of ["w", "wen", "wen'ming", "文明", "文明实践"]) await compose(text);
  assert.equal(await v.field.inputValue(), "文明实践");
  assert.equal(new URL(v.page.url()).search, "");
  assert.doesNotMatch((await v.marks("suoyin-search")).join(), /文/);
  await commit("文明实践");
  await v.answered("文明实践");
  assert.ok((await titles()).length > 0);
});

test("a Latin composition is searched live, as on Android", async () => {
  await compose("libr");
  await v.shows("results");
  assert.match((await v.marks(".option")).join(), /^libr/i);
  await compose("library");
  await v.page.locator("mark", { hasText: /^library$/i }).first().waitFor();
  await commit("library");
  await v.answered("library");
});

test("letters on the way to a candidate do not drive the results away", async () => {
  await v.search("文明");
  const before = await titles();
  await v.field.press("End");
  for (const text of ["s", "sh", "shi'jq", "实践"]) await compose(text);
  assert.equal(await v.field.inputValue(), "文明实践");
  await whole(v.page);
  assert.deepEqual(await titles(), before);
  await commit("实践");
  await v.answered("文明实践");
});

test("keys while composing are left to the input method", async () => {
  await v.search("文明");
  await v.field.press("ArrowDown");
  await v.field.press("ArrowDown");
  const chosen = await v.field.getAttribute("aria-activedescendant");
  assert.equal(chosen, (await v.ids())[1]);
  const address = v.page.url();
  await compose("shi");
  for (const key of ["Enter", "ArrowDown", "ArrowUp", "Escape", "/"]) await keyOfInputMethod(key);
  await v.shows("results");
  assert.equal(v.page.url(), address);
  assert.match(await v.field.inputValue(), /^文明/);
});

for (const [name, marks] of /** @type {[string, object][]} */ ([
  ["isComposing", { isComposing: true, keyCode: 13 }],
  ["keyCode 229, as Safari after the end", { isComposing: false, keyCode: 229 }],
])) {
  test(`a key press with ${name} does nothing and keeps its default`, async () => {
    await v.search("文明实践");
    await v.field.press("ArrowDown");
    const address = v.page.url();
    for (const key of ["Enter", "ArrowDown", "ArrowUp", "Escape"]) {
      const kept = await v.field.evaluate(
        (field, { key, marks }) =>
          field.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...marks })),
        { key, marks },
      );
      assert.ok(kept, key);
      assert.equal(await v.field.getAttribute("aria-activedescendant"), "hit-0", key);
    }
    await v.shows("results");
    assert.equal(v.page.url(), address);
    // The same key without the mark is the page's own.
    const kept = await v.field.evaluate((field) =>
      field.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowDown", bubbles: true, cancelable: true })),
    );
    assert.equal(kept, false);
    assert.equal(await v.field.getAttribute("aria-activedescendant"), (await v.ids())[1]);
  });
}

test("Bopomofo waits, whatever the browser tells of it", async () => {
  await v.search("文明");
  const before = await titles();
  const composeByEvents = (/** @type {string} */ data) =>
    v.field.evaluate((field, data) => {
      const input = /** @type {HTMLInputElement} */ (field);
      input.dispatchEvent(new CompositionEvent("compositionstart", { data: "" }));
      input.dispatchEvent(new CompositionEvent("compositionupdate", { data }));
      input.value = `文明${data}`;
      input.dispatchEvent(new InputEvent("input", { data, isComposing: true, inputType: "insertCompositionText" }));
    }, data);
  for (const data of ["ㄕ", "ㄕˊ", "實踐"]) {
    await composeByEvents(data);
    assert.deepEqual(await titles(), before, data);
  }
  await v.field.evaluate((field) => field.dispatchEvent(new CompositionEvent("compositionend", { data: "實踐" })));
  await v.answered("文明實踐");
  assert.match((await v.marks(".option")).join(), /文明实践/);
});

test("a keyboard that never ends its composition does not freeze the page", async () => {
  await compose("文明");
  await v.field.evaluate((field) => {
    const input = /** @type {HTMLInputElement} */ (field);
    input.value = "文明实践";
    input.dispatchEvent(new InputEvent("input", { data: "实践", isComposing: false }));
  });
  await v.answered("文明实践");
});
