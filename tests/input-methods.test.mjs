// What keyboards of many kinds do to the search box: as Chromium itself composes, and in every other browser by the
// events that this gave. SUOYIN_BLESS=1 SUOYIN_BROWSERS=chromium records these anew.
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, describe, test } from "node:test";
import { names } from "./browsers.mjs";
import { boxes, FAKE, VARIANTS } from "./element-pages.mjs";
import { perform, typings, write } from "./input-methods.mjs";
import { launch, serve, visit, whole } from "./site.mjs";

/** @import { Browser } from "playwright-core" */
/** @import { Visit } from "./site.mjs" */
/** @import { Step, Told } from "./input-methods.mjs" */

/** Writes down every query that is searched, and keeps hits from being followed. */
const SCRIPT = `${FAKE}
  window.searched = [];
  window.cancelled = true;
  addEventListener("suoyin-search", ({ detail: { query } }) => {
    if (window.searched.at(-1) !== query) window.searched.push(query);
  });
  window.box = document.querySelector("suoyin-search");
  // The box is built anew for its index, in a moment.
  Object.defineProperty(window, "field", { get: () => window.box.shadowRoot.querySelector("[role=combobox]") });
`;

/** Runs in the page: writes down what the field is told, and what becomes of the input method's keys. */
function listen() {
  const { field } = /** @type {any} */ (window);
  /** @type {Told[]} */
  const told = [];
  const keys = { taken: /** @type {string[]} */ ([]), moved: false };
  const chosen = () => field.getAttribute("aria-activedescendant");
  let [text, choice] = [field.value, chosen()];
  const before = choice;
  for (const type of ["keydown", "keyup", "compositionstart", "compositionupdate", "input", "compositionend", "blur"]) {
    field.addEventListener(type, (/** @type {any} */ event) => {
      const { key, code, keyCode, inputType, data, isComposing } = event;
      const all = Object.entries({ key, code, keyCode, inputType, data, isComposing });
      // What is empty is so unless an event says otherwise.
      const said = all.filter(([name, value]) => value || (name === "data" && value !== undefined));
      told.push({ type, ...Object.fromEntries(said), ...(field.value !== text && { value: field.value }) });
      text = field.value;
      choice = chosen();
    }, { capture: true });
  }
  addEventListener("keydown", ({ key, keyCode, defaultPrevented }) => {
    if (keyCode !== 229) return;
    if (defaultPrevented) keys.taken.push(key);
    // New results drop the choice, and some browsers let them come in between.
    keys.moved ||= chosen() !== choice;
  });
  /** @type {any} */ (window).searched.length = 0;
  Object.assign(window, { told, keys });
  return before;
}

/**
 * Runs in the page: tells the field what an input method does.
 *
 * @param {Told[]} events
 */
function replay(events) {
  const { field } = /** @type {any} */ (window);
  for (const { type, value, ...properties } of events) {
    if (value !== undefined) field.value = value;
    if (type === "blur") {
      field.blur();
      continue;
    }
    const event = new Event(type, { bubbles: true, cancelable: type === "keydown", composed: true });
    for (const [name, property] of Object.entries(properties)) Object.defineProperty(event, name, { value: property });
    field.dispatchEvent(event);
  }
}

for (const name of names) {
  describe(name, () => {
    const { driven, open } = boxes(name, SCRIPT, (variant) =>
      `<suoyin-search recent="off" suggestions="off" variant="${variant}"></suoyin-search>`);

    // Every variant joins field, list and opening in its own way.
    for (const typing of typings) {
      const { title, chosen, steps, events, searched } = typing;
      for (const variant of name === "chromium" ? VARIANTS : ["inline"]) {
        test(`${title} (${variant})`, async () => {
          await open(variant);
          // A page of results loads its second script first, which says everything anew.
          await driven.waitFor((variant) => {
            const { box, field } = /** @type {any} */ (window);
            return field && (variant !== "page" || box.shadowRoot.querySelector(".filter-switch"));
          }, variant);
          await driven.evaluate(() => {
            const { box, field } = /** @type {any} */ (window);
            box.open();
            field.focus();
          });
          if (chosen !== undefined) {
            await driven.evaluate((chosen) => /** @type {any} */ (window).box.search(chosen), chosen);
            await driven.press("ArrowDown");
          }
          assert.equal(await driven.evaluate(listen), chosen === undefined ? null : "hit-0");
          if (steps && name === "chromium") {
            const devtools = await driven.devtools();
            for (const step of steps) await perform(devtools, step);
            const told = await driven.evaluate(() => /** @type {any} */ (window).told);
            if (process.env["SUOYIN_BLESS"]) write(typing, told);
            else assert.deepEqual(told, events, "SUOYIN_BLESS=1 records what this browser tells");
          } else {
            await driven.evaluate(replay, events);
          }
          const last = searched.at(-1) ?? "";
          await driven.waitFor((last) => /** @type {any} */ (window).asked.at(-1)?.query === last, last);
          const seen = await driven.evaluate(() => {
            const { events, searched, keys, box } = /** @type {any} */ (window);
            return { events, searched, keys, open: box.shadowRoot.querySelector("dialog")?.open ?? true };
          });
          assert.deepEqual(seen.searched, searched);
          assert.deepEqual(seen.keys, { taken: [], moved: false }, "the input method's keys are its own");
          assert.ok(!seen.events.includes("select"), "nothing is followed");
          assert.ok(seen.open, "nothing is closed");
          assert.deepEqual(await driven.problems(), []);
        });
      }
    }
  });
}

describe("the demo page", { skip: !names.includes("chromium") && "only Chromium composes when it is told to" }, () => {
  /** @type {Browser} */
  let chromium;
  /** @type {Awaited<ReturnType<typeof serve>>} */
  let site;
  /** @type {Visit} */
  let v;
  /** Does what an input method does. @type {(step: Step) => Promise<void>} */
  let act;

  before(async () => {
    [chromium, site] = await Promise.all([launch(), serve()]);
  });

  after(async () => {
    await chromium?.close();
    site?.close();
  });

  beforeEach(async () => {
    v = await visit(chromium, site.address);
    const devtools = await v.page.context().newCDPSession(v.page);
    act = (step) => perform(devtools, step);
    await v.field.focus();
  });

  afterEach(async () => {
    await v.page.context().close();
    assert.deepEqual(v.problems, []);
  });

  /** The titles that are shown. */
  const titles = () => v.page.locator(".title").allTextContents();

  test("pinyin: the candidate is searched when it is taken, not before", async () => {
    for (const compose of ["w", "wen", "wen'ming", "文明", "文明实践"]) await act({ compose });
    assert.equal(await v.field.inputValue(), "文明实践");
    assert.equal(new URL(v.page.url()).search, "");
    assert.doesNotMatch((await v.marks("suoyin-search")).join(), /文/);
    await act({ commit: "文明实践" });
    await v.answered("文明实践");
    assert.ok((await titles()).length > 0);
  });

  test("pinyin before all is loaded: the letters do not come into the address", async () => {
    /** @type {() => void} */
    let release = () => {};
    const gate = new Promise((resolve) => (release = () => resolve(undefined)));
    await v.page.route("**/element/results.js", async (route) => (await gate, route.continue()));
    await v.page.reload();
    await v.field.focus();
    await act({ compose: "w" });
    release();
    await v.page.locator(".filter-switch").waitFor({ state: "attached" });
    assert.equal(new URL(v.page.url()).search, "");
    await act({ commit: "文明" });
    await v.answered("文明");
    assert.equal(new URL(v.page.url()).searchParams.get("q"), "文明");
  });

  test("a Latin composition is searched live, as on Android", async () => {
    await act({ compose: "libr" });
    await v.shows("results");
    assert.match((await v.marks(".option")).join(), /^libr/i);
    await act({ compose: "library" });
    await v.page.locator("mark", { hasText: /^library$/i }).first().waitFor();
    await act({ commit: "library" });
    await v.answered("library");
  });

  test("letters and signs on the way to a candidate do not drive the results away", async () => {
    for (const [way, taken] of /** @type {const} */ ([
      [["s", "sh", "shi'jq", "实践"], "实践"],
      [["ㄕ", "ㄕˊ", "實ㄐ", "實踐"], "實踐"],
    ])) {
      await v.search("文明");
      const before = await titles();
      await v.field.press("End");
      for (const compose of way) {
        await act({ compose });
        await whole(v.page);
        assert.deepEqual(await titles(), before, compose);
      }
      await act({ commit: taken });
      await v.answered(`文明${taken}`);
      assert.match((await v.marks(".option")).join(), /文明实践/);
    }
  });

  test("keys while composing are left to the input method", async () => {
    await v.search("文明");
    await v.field.press("ArrowDown");
    await v.field.press("ArrowDown");
    const chosen = await v.field.getAttribute("aria-activedescendant");
    assert.equal(chosen, (await v.ids())[1]);
    const address = v.page.url();
    await act({ compose: "shi" });
    for (const key of ["Enter", "ArrowDown", "ArrowUp", "Escape", "/"]) await act({ key });
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

  test("a keyboard that never ends its composition does not freeze the page", async () => {
    await act({ compose: "文明" });
    await v.field.evaluate((field) => {
      const input = /** @type {HTMLInputElement} */ (field);
      input.value = "文明实践";
      input.dispatchEvent(new InputEvent("input", { data: "实践", isComposing: false }));
    });
    await v.answered("文明实践");
  });
});
