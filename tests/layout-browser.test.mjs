// The layouts in Chromium: from servers, across origins, under a policy, in workers and from a folder.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { CASES, writePages } from "./layout-pages.mjs";
import { Layouts, serve } from "./layouts.mjs";
import { launch } from "./site.mjs";

/** @import { Browser } from "playwright-core" */
/** @import { Outcome, Places } from "./layout-pages.mjs" */

/** @type {Browser} */
let browser;
/** @type {Places} */
let places;
/** @type {Awaited<ReturnType<typeof serve>>[]} */
let sites = [];

before(async () => {
  const layouts = new Layouts();
  writePages(layouts);
  [browser, ...sites] = await Promise.all([
    launch(),
    serve(layouts.folder),
    serve(layouts.folder, { cors: true }),
  ]);
  const [home, other] = sites.map(({ address }) => address);
  places = { home: home ?? "", other: other ?? "", layouts };
});

after(async () => {
  await browser?.close();
  for (const site of sites) site.close();
  places?.layouts.remove();
});

/** What came of a page. @param {string} address @returns {Promise<Outcome>} */
async function outcome(address) {
  const page = await browser.newPage();
  try {
    await page.goto(address);
    // Not by a function in the page: the policy of some does not let one be made.
    return JSON.parse((await page.locator("pre:not(:empty)").textContent()) ?? "");
  } finally {
    await page.close();
  }
}

for (const { what, address, check } of CASES) {
  test(what, async () => check(await outcome(address(places)), places.layouts));
}

test("without a network: offline", async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${places.home}pages/page.html#%7B%22queries%22%3A%5B%5D%7D`);
  await page.evaluate("import('../module/suoyin.js').then((client) => { globalThis.client = client; })");
  await context.setOffline(true);
  const code = await page.evaluate("client.open().catch((error) => error.code)");
  assert.equal(code, "offline");
  await context.setOffline(false);
  assert.ok(await page.evaluate("client.open().then((index) => index.documentCount)"));
  await context.close();
});
