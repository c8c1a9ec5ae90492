// The package in pages: built by Vite, and as plain modules and scripts without any tool.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { browserFor, names } from "../browsers.mjs";
import { serve } from "../layouts.mjs";
import { QUERIES, Site } from "./indexes.mjs";


const STRICT = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'";

/** How a page without a bundler has the element. */
const PAGES = {
  "as modules": `<script type="module" src="package/element.js"></script>`,
  "as one script": `<script defer src="package/dist/suoyin-search.js"></script>`,
  "as one file, loaded as a module": `<script type="module" src="package/dist/suoyin-search.js"></script>`,
};

/** @type {Site} */
let site;
/** @type {Awaited<ReturnType<typeof serve>>} */
let server;

before(async () => {
  site = new Site();
  for (const [at, script] of Object.values(PAGES).entries()) {
    const head = `<!doctype html><html lang="zh-Hans"><meta charset="utf-8"><title>plain</title>`;
    site.write(`page-${at}.html`, `${head}${script}<suoyin-search src="search/"></suoyin-search></html>`);
  }
  server = await serve(site.folder);
});

after(() => {
  server?.close();
  site?.remove();
});

/**
 * Runs in the page: has the box search, and waits for what it announces.
 *
 * @param {string} query
 */
async function searched(query) {
  await customElements.whenDefined("suoyin-search");
  const box = /** @type {any} */ (document.querySelector("suoyin-search"));
  const announced = new Promise((resolve, reject) => {
    document.addEventListener("suoyin-results", (event) => resolve(/** @type {CustomEvent} */ (event).detail), { once: true });
    document.addEventListener("suoyin-error", (event) => reject(/** @type {CustomEvent} */ (event).detail.error), { once: true });
  });
  await Promise.all([box.search(query), announced]);
  const links = [...box.shadowRoot.querySelectorAll(".results [role=option]")];
  return { shown: links.length, text: links.map((link) => link.textContent).join("\n") };
}

for (const name of names) {
  describe(name, () => {
    const b = browserFor(name);

    for (const [at, what] of Object.keys(PAGES).entries()) {
      test(`the element, ${what}, under a strict policy`, async () => {
        await b.open(`${server.address}page-${at}.html?policy=${encodeURIComponent(STRICT)}`);
        const { shown, text } = await b.evaluate(searched, "文明实践");
        assert.ok(shown > 0, "no result is shown");
        const [first] = site.native("文明实践").titles;
        assert.ok(text.includes(first ?? assert.fail()), `${first} is not among:\n${text}`);
        assert.deepEqual(await b.problems(), []);
      });
    }
  });
}

// What Vite makes is the same for all; one browser is enough to see that nothing was lost on the way.
describe("a site built by Vite", { skip: !names.includes("chromium") && "SUOYIN_BROWSERS leaves Chromium out" }, () => {
  const b = browserFor("chromium");

  before(() => b.open(`${server.address}index.html?policy=${encodeURIComponent(STRICT)}`));

  for (const source of ["/search/suoyin.wasm", "/search/", "/shards/suoyin.root"]) {
    test(`the client opens ${source} with the engines of the package`, async () => {
      for (const query of QUERIES) {
        const answer = await b.evaluate((source, query) => /** @type {any} */ (window).ask(source, query), source, query);
        assert.deepEqual(answer, site.native(query), query);
      }
    });
  }

  test("the element searches", async () => {
    const { text } = await b.evaluate(searched, "文明实践");
    assert.ok(text.includes(site.native("文明实践").titles[0] ?? assert.fail()), text);
    assert.deepEqual(await b.problems(), []);
  });
});
