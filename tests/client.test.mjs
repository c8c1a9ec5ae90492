// The JavaScript client in a browser, from its own origin and from another one.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, serve } from "./site.mjs";

/** @import { Browser, Page } from "playwright-core" */

/** @type {Browser} */
let browser;
/** The site with the client, and another one, which has nothing but pages. @type {Awaited<ReturnType<typeof serve>>[]} */
let sites = [];
/** @type {Page} */
let page;
/** @type {string} */
let client;

before(async () => {
  [browser, ...sites] = await Promise.all([launch(), serve(), serve()]);
  client = `${sites[0]?.address}client.js`;
  page = await browser.newPage();
  await page.goto(`${sites[1]?.address}icon.svg`);
});

after(async () => {
  await browser?.close();
  for (const site of sites) site.close();
});

/**
 * Runs code on a page of the other origin; what it throws comes back as its name, code and message.
 *
 * @param {string} body With `open`, `SuoyinError` and `client` to use, and `return`.
 * @returns {Promise<any>}
 */
function run(body) {
  return page.evaluate(`(async () => {
    const client = ${JSON.stringify(client)};
    const { open, SuoyinError } = await import(client);
    try {
      ${body}
    } catch (error) {
      const { name, code, message } = error;
      return { name, code, message, is: error instanceof SuoyinError };
    }
  })()`);
}

test("a page of another origin searches", async () => {
  const { total, hits, took, count } = await run(`
    const index = await open();
    const results = await index.search("网络", { limit: 2 });
    const count = index.documentCount;
    index.close();
    return { ...results, count };`);
  assert.ok(total > 2 && count >= total);
  assert.equal(hits.length, 2);
  assert.ok(took >= 0 && took < 1000);
});

test("several indexes are open side by side, and closing one leaves the others", async () => {
  const [first, second] = await run(`
    const [one, two] = await Promise.all([open(), open()]);
    const first = await one.search("图书馆");
    one.close();
    one.close();
    return [first, await two.search("图书馆")];`);
  assert.deepEqual({ ...first, took: 0 }, { ...second, took: 0 });
});

test("offset goes on where limit ended", async () => {
  const [all, parts] = await run(`
    const index = await open();
    const all = (await index.search("的", { limit: 12 })).hits;
    const parts = [];
    for (const offset of [0, 5, 10]) {
      parts.push(...(await index.search("的", { limit: 5, offset })).hits);
    }
    return [all.map((hit) => hit.id), parts.slice(0, 12).map((hit) => hit.id)];`);
  assert.equal(all.length, 12);
  assert.deepEqual(parts, all);
});

test("strange queries are queries", async () => {
  const totals = await run(`
    const index = await open();
    const queries = ["", " ", "\\ud800", "\\u0000", "a".repeat(100000), "文".repeat(10000), "-", '"', "“「《", 42, null];
    return Promise.all(queries.map(async (query) => typeof (await index.search(query)).total));`);
  assert.deepEqual([...new Set(totals)], ["number"]);
});

for (const [what, body, code] of /** @type {[string, string, string][]} */ ([
  ["bytes that are no index", "await open(new Uint8Array(100))", "not-an-index"],
  ["no bytes", "await open(new ArrayBuffer(0))", "not-an-index"],
  ["an address that is no index", "await open(client)", "not-an-index"],
  ["an address with nothing there", "await open(client + '/nothing')", "load-failed"],
  ["a server that is not there", "await open('http://127.0.0.1:9/')", "load-failed"],
  ["a limit that is no count", "await (await open()).search('x', { limit: -1 })", "bad-options"],
  ["an offset that is no number", "await (await open()).search('x', { offset: '1' })", "bad-options"],
  ["a closed index", "const index = await open(); index.close(); await index.search('x')", "closed"],
])) {
  test(`${what}: ${code}`, async () => {
    const error = await run(body);
    assert.equal(error.is, true);
    assert.equal(error.name, "SuoyinError");
    assert.equal(error.code, code, error.message);
    assert.ok(error.message.length > 0);
  });
}

test("an aborted search rejects with the signal's reason", async () => {
  const error = await run(`
    const index = await open();
    await index.search("x", { signal: AbortSignal.abort() });`);
  assert.equal(error.name, "AbortError");
});

test("a page of its own origin searches in a worker", async (t) => {
  const own = await browser.newPage();
  t.after(() => own.close());
  await own.goto(`${sites[0]?.address}icon.svg`);
  const started = own.waitForEvent("worker");
  const [total, here] = await own.evaluate(async (client) => {
    const { open } = await import(client);
    const indexes = await Promise.all([open(undefined, { worker: true }), open()]);
    return Promise.all(indexes.map(async (index) => (await index.search("图书馆")).total));
  }, client);
  assert.equal((await started).url(), client);
  assert.ok(total > 0);
  assert.equal(total, here);
});
