// What keyboards of many kinds do to the search box, in every browser: the events of input-methods/.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { browser, names } from "./browsers.mjs";
import { FAKE, madeUp } from "./element-pages.mjs";
import { serve } from "./site.mjs";

/** @import { Browser } from "./browsers.mjs" */

/** @typedef {{ type: string, value?: string, [property: string]: unknown }} Told */
/** @typedef {{ title: string, chosen?: string, events: Told[], searched: string[] }} Typing */

const FOLDER = new URL("input-methods/", import.meta.url);

const typings = readdirSync(FOLDER)
  .filter((name) => name.endsWith(".json"))
  .sort()
  .map((name) => /** @type {Typing} */ (JSON.parse(readFileSync(new URL(name, FOLDER), "utf8"))));

const VARIANTS = ["inline", "modal", "page"];

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

const made = new Map([
  ["made-up.js", SCRIPT],
  ...VARIANTS.map((variant) => /** @type {const} */ ([
    `${variant}.html`,
    madeUp(`<suoyin-search recent="off" suggestions="off" variant="${variant}"></suoyin-search>`),
  ])),
]);

/**
 * Runs in the page: does what an input method does.
 *
 * @param {Told[]} events
 */
function replay(events) {
  const { field, searched } = /** @type {any} */ (window);
  const chosen = () => field.getAttribute("aria-activedescendant");
  const before = chosen();
  searched.length = 0;
  const taken = [];
  let moved = false;
  for (const { type, value, ...properties } of events) {
    if (value !== undefined) field.value = value;
    if (type === "blur") {
      field.blur();
      continue;
    }
    const event = new Event(type, { bubbles: true, cancelable: type === "keydown", composed: true });
    for (const [name, property] of Object.entries(properties)) Object.defineProperty(event, name, { value: property });
    // New results drop the choice, and some browsers let them come in between.
    const choice = chosen();
    const own = field.dispatchEvent(event);
    if (properties["keyCode"] !== 229) continue;
    if (!own) taken.push(properties["key"]);
    moved ||= chosen() !== choice;
  }
  return { before, moved, taken };
}

for (const name of names) {
  describe(name, () => {
    /** @type {Browser} */
    let driven;
    /** @type {Awaited<ReturnType<typeof serve>>} */
    let site;

    before(async () => {
      [driven, site] = await Promise.all([browser(name), serve(made)]);
    });

    after(async () => {
      await driven?.close();
      site?.close();
    });

    // Every variant joins field, list and opening in its own way.
    for (const { title, chosen, events, searched } of typings) {
      for (const variant of name === "chromium" ? VARIANTS : ["inline"]) {
        test(`${title} (${variant})`, async () => {
          await driven.open(`${site.address}${variant}.html`);
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
          const { before, moved, taken } = await driven.evaluate(replay, events);
          assert.equal(before, chosen === undefined ? null : "hit-0");
          assert.ok(!moved, "no key of the input method moves the choice");
          assert.deepEqual(taken, [], "nor is one taken from it");
          const last = searched.at(-1) ?? "";
          await driven.waitFor((last) => /** @type {any} */ (window).asked.at(-1)?.query === last, last);
          const told = await driven.evaluate(() => {
            const { events, searched, box } = /** @type {any} */ (window);
            return { events, searched, open: box.shadowRoot.querySelector("dialog")?.open ?? true };
          });
          assert.deepEqual(told.searched, searched);
          assert.ok(!told.events.includes("select"), "nothing is followed");
          assert.ok(told.open, "nothing is closed");
          assert.deepEqual(await driven.problems(), []);
        });
      }
    }
  });
}
