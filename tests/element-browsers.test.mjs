// The keys of <suoyin-search> in every browser, WebKit too: field, dialog and page, over an index that is made up; and
// of what else may happen to a box, that for which a driver needs no more than one page.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { names } from "./browsers.mjs";
import { boxes, FAKE } from "./element-pages.mjs";

/** Hits are told of, not followed. */
const SCRIPT = `${FAKE}
  window.cancelled = true;
  window.box = document.querySelector("suoyin-search");
`;

/** What can be seen of the box. */
function seen() {
  const { box, events } = /** @type {any} */ (window);
  const { shadowRoot } = box;
  const field = shadowRoot.querySelector("[role=combobox]");
  const id = field.getAttribute("aria-activedescendant");
  return {
    focused: document.activeElement === box ? shadowRoot.activeElement?.className : document.activeElement?.id,
    value: field.value,
    chosen: id,
    selected: [...shadowRoot.querySelectorAll("[aria-selected=true]")].map((one) => one.id).join() || null,
    expanded: field.getAttribute("aria-expanded"),
    open: shadowRoot.querySelector("dialog")?.open,
    followed: events.filter((/** @type {string} */ type) => type === "select").length,
  };
}

for (const name of names) {
  describe(name, () => {
    const { driven, ...pages } = boxes(name, SCRIPT, (variant) =>
      `<button id="other">…</button><suoyin-search recent="off" variant="${variant}"></suoyin-search>`);

    /** @param {string} variant */
    async function open(variant) {
      await pages.open(variant);
      await driven.waitFor(() => /** @type {any} */ (window).box?.shadowRoot.querySelector("[role=combobox]"));
      await driven.evaluate(() => document.getElementById("other")?.focus());
    }

    /** Waits for the box to look like this. @param {Partial<ReturnType<typeof seen>>} expected */
    async function looks(expected) {
      const fits = `() => {
        const now = (${seen})();
        return Object.entries(${JSON.stringify(expected)}).every(([name, value]) => now[name] === value);
      }`;
      // Where it never does, the comparison says how it looks instead.
      await driven.waitFor(/** @type {() => boolean} */ (/** @type {unknown} */ (fits))).catch(() => {});
      const now = await driven.evaluate(seen);
      assert.deepEqual({ ...now, ...expected }, now);
    }

    async function ask() {
      await driven.evaluate(() => /** @type {any} */ (window).box.search("图书馆"));
      await driven.waitFor(() => /** @type {any} */ (window).box.shadowRoot.querySelector("#hit-9"));
    }

    test("a field: / leads to it, arrows go round, Enter follows, Escape closes and then clears", async () => {
      await open("inline");
      await driven.press("/");
      await looks({ focused: "input", value: "" });
      await ask();
      await looks({ expanded: "true", chosen: null, selected: null });
      await driven.press("ArrowDown");
      await looks({ chosen: "hit-0", selected: "hit-0" });
      await driven.press("ArrowUp");
      await looks({ chosen: null, selected: null });
      await driven.press("ArrowUp");
      await looks({ chosen: "hit-9", selected: "hit-9" });
      await driven.press("Enter");
      await looks({ followed: 1, focused: "input" });
      await driven.press("Escape");
      await looks({ expanded: "false", chosen: null, value: "图书馆" });
      await driven.press("Escape");
      await looks({ value: "", focused: "input" });
      assert.deepEqual(await driven.problems(), []);
    });

    test("a dialog: Ctrl+K opens it, Escape closes it, and the focus is where it was", async () => {
      await open("modal");
      await driven.press("Control+k");
      await looks({ open: true, focused: "input" });
      await ask();
      await driven.press("ArrowDown");
      await driven.press("ArrowDown");
      await looks({ chosen: "hit-0-0", selected: "hit-0-0" });
      await driven.press("Enter");
      await looks({ followed: 1 });
      await driven.press("Escape");
      await looks({ open: false, focused: "other" });
      await driven.press("Control+k");
      await looks({ open: true, focused: "input", value: "图书馆" });
      await driven.press("Control+k");
      await looks({ open: false, focused: "other" });
      assert.deepEqual(await driven.problems(), []);
    });

    /** Runs in the page: how many elements of the box fit, of those that can be seen. @param {string} selector */
    const count = (selector) => {
      const { shadowRoot } = /** @type {any} */ (window).box;
      return [...shadowRoot.querySelectorAll(selector)].filter((one) => one.checkVisibility()).length;
    };

    test("a failure is said, Retry mends it, and the focus stays in the box", async () => {
      await open("inline");
      await driven.press("/");
      await driven.evaluate(() => {
        Object.assign(window, { broken: true });
        return /** @type {any} */ (window).box.search("图书馆");
      });
      await driven.waitFor(count, "[role=alert] .retry");
      await driven.evaluate(() => {
        Object.assign(window, { broken: false });
        /** @type {any} */ (window).box.shadowRoot.querySelector(".retry").focus();
      });
      await driven.press("Enter");
      await driven.waitFor(count, "#hit-9");
      await looks({ focused: "input", value: "图书馆" });
      assert.deepEqual(await driven.problems(), []);
    });

    test("an answer that takes long is seen to be waited for", async () => {
      await open("inline");
      await ask();
      await driven.evaluate(() => {
        Object.assign(window, { gate: new Promise((release) => Object.assign(window, { release })) });
        /** @type {any} */ (window).box.search("图");
      });
      await driven.waitFor(count, "[aria-busy=true]");
      await driven.evaluate(() => /** @type {any} */ (window).release());
      await driven.waitFor(count, "[data-query=图] [aria-busy=false]");
      assert.deepEqual(await driven.problems(), []);
    });

    test("markup in documents is text, and addresses that are no links make none", async () => {
      await open("inline");
      const markup = '<img src=x onerror="window.hurt=1"><b>bold</b>';
      await driven.evaluate((markup) => {
        const snippet = { text: markup, highlights: [[1, 4]] };
        const hits = ["javascript:window.hurt=1", "//elsewhere.example/", "data:text/html,x"].map((url, at) => ({
          id: `d${at}`, url, title: markup, titleHighlights: [[1, 4]], score: 1, exact: true, snippet, meta: { date: markup, lang: markup, image: url },
        }));
        const { fakeIndex, box } = /** @type {any} */ (window);
        fakeIndex.search = async (/** @type {string} */ query) => ({ query, total: 3, related: 0, exact: true, took: 0, hits });
        return box.search("x");
      }, markup);
      await driven.waitFor(count, "#hit-2");
      for (const made of [".results [role=option][href]", ".panel img", ".panel b", "[onerror]"]) assert.equal(await driven.evaluate(count, made), 0, made);
      const shown = await driven.evaluate(() => [/** @type {any} */ (window).box.shadowRoot.querySelector(".title").textContent, "hurt" in window]);
      assert.deepEqual(shown, [markup, false]);
      assert.deepEqual(await driven.problems(), []);
    });

    test("a box that is taken out and put in again works, and gives the page back meanwhile", async () => {
      await open("modal");
      await driven.press("Control+k");
      await looks({ open: true });
      await driven.evaluate(() => /** @type {any} */ (window).box.remove());
      await driven.waitFor(() => getComputedStyle(document.documentElement).overflow === "visible");
      await driven.press("Control+k");
      await looks({ open: false });
      await driven.evaluate(() => document.body.append(/** @type {any} */ (window).box));
      await driven.press("Control+k");
      await looks({ open: true, focused: "input" });
      await ask();
      await looks({ expanded: "true" });
      assert.deepEqual(await driven.problems(), []);
    });

    test("a page: arrows walk while the field keeps the focus, Escape leaves no hit and the words", async () => {
      await open("page");
      await driven.press("/");
      await looks({ focused: "input" });
      await ask();
      await driven.press("ArrowDown");
      await looks({ chosen: "hit-0", focused: "input" });
      await driven.press("Escape");
      await looks({ chosen: null, expanded: "false", value: "图书馆" });
      await driven.press("Escape");
      await looks({ value: "" });
      assert.deepEqual(await driven.problems(), []);
    });
  });
}
