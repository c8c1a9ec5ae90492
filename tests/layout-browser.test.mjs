// The layouts in every browser: from servers, across origins, under a policy, in workers and from a folder.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { browserFor, launch, names } from "./browsers.mjs";
import { CASES, writePages } from "./layout-pages.mjs";
import { Layouts, serve } from "./layouts.mjs";

/** @import { Places } from "./layout-pages.mjs" */

/** @type {Places} */
let places;
/** @type {Awaited<ReturnType<typeof serve>>[]} */
let sites = [];

before(async () => {
  const layouts = new Layouts();
  writePages(layouts);
  sites = await Promise.all([serve(layouts.folder), serve(layouts.folder, { cors: true })]);
  const [home, other] = sites.map(({ address }) => address);
  places = { home: home ?? "", other: other ?? "", layouts };
});

after(() => {
  for (const site of sites) site.close();
  places?.layouts.remove();
});

/**
 * Runs in the page: what it tells, once it does. To look for it again and again, drivers evaluate text
 * in the page, which the policy of some forbids.
 *
 * @returns {Promise<string>}
 */
function told() {
  const told = /** @type {HTMLElement} */ (document.querySelector("pre"));
  return new Promise((resolve) => {
    const look = () => told.textContent && resolve(told.textContent);
    new MutationObserver(look).observe(told, { childList: true });
    look();
  });
}

for (const name of names) {
  describe(name, () => {
    const b = browserFor(name);

    for (const { what, address, check } of CASES) {
      test(what, async () => {
        // Where only the fragment is another one, nothing would be loaded.
        await b.open("about:blank");
        await b.open(address(places));
        check(JSON.parse(await b.evaluate(told)), places.layouts);
      });
    }
  });
}

test("without a network: offline", async (t) => {
  if (!names.includes("chromium")) return t.skip("only Chromium can be cut off from the network here");
  const chromium = await launch();
  t.after(() => chromium.close());
  const context = await chromium.newContext();
  const page = await context.newPage();
  await page.goto(`${places.home}pages/page.html#%7B%22queries%22%3A%5B%5D%7D`);
  const load = (/** @type {string} */ layout) =>
    page.evaluate(`import("../docs/${layout}/suoyin.js").then(({ open }) => { globalThis.open${layout} = open; })`);
  const code = (/** @type {string} */ what) => page.evaluate(`${what}.then(() => "none", (error) => error.code)`);
  await load("module");
  await load("shards");
  await page.evaluate("openshards().then((index) => { globalThis.index = index; })");
  await context.setOffline(true);
  assert.equal(await code("openmodule()"), "offline");
  assert.equal(await code("index.search('文明')"), "offline");
  await context.setOffline(false);
  assert.equal(await code("openmodule()"), "none");
  assert.equal(await code("index.search('文明')"), "none");
});
