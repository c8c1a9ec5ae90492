// The client in a worker of its own: what is like on the page's thread, and what must be better.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { browser, names } from "./browsers.mjs";
import { ASKED, Layouts, comparable, serve } from "./layouts.mjs";

/** @import { Browser } from "./browsers.mjs" */

/** @type {Layouts} */
let layouts;
/** @type {Awaited<ReturnType<typeof serve>>} */
let site;

before(async () => {
  layouts = new Layouts();
  writeFileSync(join(layouts.folder, "empty.html"), "<!doctype html><meta charset=utf-8><title>empty</title>");
  site = await serve(layouts.folder);
});

after(() => {
  site?.close();
  layouts?.remove();
});

/**
 * Runs in a page: opens an index, twice, and runs a script with both; what it throws comes back as its
 * name, code and message.
 *
 * @param {string} script Address of a `suoyin.js`.
 * @param {string} body With `open`, `SuoyinError`, `here`, `index` (in a worker) and `workers`, those
 *   that were started.
 */
async function run(script, body) {
  const { open, SuoyinError } = await import(script);
  /** @type {Worker[]} */
  const workers = [];
  const { Worker } = globalThis;
  globalThis.Worker = class extends Worker {
    /** @param {string | URL} url @param {WorkerOptions} [options] */
    constructor(url, options) {
      super(url, options);
      workers.push(this);
    }
  };
  try {
    const [here, index] = await Promise.all([open(), open(undefined, { worker: true })]);
    const names = ["open", "SuoyinError", "here", "index", "workers"];
    const AsyncFunction = /** @type {any} */ ((async () => {}).constructor);
    return await new AsyncFunction(...names, body)(open, SuoyinError, here, index, workers);
  } catch (error) {
    const { name, code, message } = /** @type {any} */ (error);
    return { name, code, message, is: error instanceof SuoyinError };
  } finally {
    globalThis.Worker = Worker;
  }
}

for (const name of names) {
  describe(name, () => {
    /** @type {Browser} */
    let b;

    before(async () => {
      b = await browser(name);
    });

    after(() => b?.close());

    /** @param {string} body @param {string} [folder] @returns {Promise<any>} */
    async function runs(body, folder = "docs/module") {
      await b.open("about:blank");
      await b.open(`${site.address}empty.html`);
      return b.evaluate(run, `${site.address}${folder}/suoyin.js`, body);
    }

    for (const layout of ["module", "shards"]) {
      test(`${layout}: the same answers, errors and highlights as on the page's thread`, async () => {
        const [answers, counts, same] = await runs(
          `const queries = ${JSON.stringify(ASKED.many)};
          const answers = await Promise.all(queries.map((query) => index.search(query)));
          const counts = [index.documentCount, here.documentCount, workers.length];
          const same = [];
          for (const call of [
            (index) => index.highlights("文明实践", "講<文明\\n實踐>，𠮷文明"),
            (index) => index.highlights("文明实践", "𠮷文明"),
            (index) => index.highlights("文明实践", "𠮷文明", { whole: true }),
            (index) => index.search("x", { limit: -1 }),
            (index) => index.search("x", { offset: "1" }),
            (index) => index.search("\\ud800"),
            (index) => index.search(null, { limit: 3, offset: 1 }),
            (index) => index.search("x", { signal: AbortSignal.abort() }),
            (index) => (index.close(), index.search("x")),
          ]) {
            const told = await Promise.all([here, index].map((index) => call(index).then(
              (answer) => ({ ...answer, took: undefined }),
              (error) => [error.constructor.name, error.name, error.code, error.message],
            )));
            same.push(told.map((told) => JSON.stringify(told)));
          }
          return [answers, counts, same];`,
          `many/${layout}`,
        );
        for (const [at, query] of ASKED.many.entries()) {
          assert.deepEqual(comparable(answers[at]), comparable(layouts.native("many", query)), query);
        }
        assert.deepEqual(counts, [1600, 1600, 1]);
        for (const [here, inWorker] of same) assert.equal(inWorker, here);
assert.equal(same[0][0], `{"0":[2,7]}`);
      });
    }

    test("an aborted search rejects at once, and is not done if it has not begun", async () => {
      const { name, order } = await runs(
        `const order = [];
        const turn = new AbortController();
        const busy = index.highlights("文明", "文".repeat(3e6));
        const searches = [
          index.search("文明", { signal: turn.signal }).catch((error) => order.push(error.name)),
          index.search("实践").then(() => order.push("second")),
        ];
        const [worker] = workers;
        worker.addEventListener("message", ({ data }) => order.push(data.error ? "dropped" : "answered"));
        turn.abort();
        await busy;
        await Promise.all(searches);
        return { order };`,
      );
      assert.equal(name, undefined);
      assert.deepEqual(order, ["AbortError", "answered", "dropped", "second"]);
    });

    test("closing ends the worker, and rejects what is under way", async () => {
      const error = await runs(
        `const search = index.search("文明");
        index.close();
        index.close();
        await search;`,
      );
      assert.equal(error.is, true, JSON.stringify(error));
      assert.equal(error.code, "closed");
    });

    test("opening can be aborted, which ends the worker", async () => {
      const told = await runs(
        `const turn = new AbortController();
        const opening = open(undefined, { worker: true, signal: turn.signal });
        turn.abort(new Error("never mind"));
        const { message } = await opening.catch((error) => error);
        const again = await open(undefined, { worker: true });
        const { total } = await again.search("文明");
        return [message, total > 0, workers.length];`,
      );
      assert.deepEqual(told, ["never mind", true, 3]);
    });

    test("bytes are searched in a worker, and stay the caller's", async () => {
      const told = await runs(
        `const module = await WebAssembly.compileStreaming(fetch("docs/module/suoyin.wasm"));
        const [bytes] = WebAssembly.Module.customSections(module, "suoyin.index");
        const other = await open(bytes, { worker: true });
        return [(await other.search("文明")).total, (await index.search("文明")).total, bytes.byteLength > 0, workers.length];`,
      );
      assert.ok(told[0] > 0);
      assert.deepEqual(told, [told[0], told[0], true, 2]);
    });

    test("a script that does not come a second time: on the page's thread", async () => {
      const told = await runs(
        `const { Worker } = globalThis;
        globalThis.Worker = class extends Worker {
          constructor(url, options) {
            super(new URL("nowhere.js", url), options);
          }
        };
        const other = await open(undefined, { worker: true });
        return [(await other.search("文明")).total, (await index.search("文明")).total];`,
      );
      assert.ok(told[0] > 0);
      assert.equal(told[0], told[1]);
    });

    test("options that cannot be sent: bad-options", async () => {
      const error = await runs(`await index.search("x", { limit: () => 3 });`);
      assert.equal(error.is, true, JSON.stringify(error));
      assert.equal(error.code, "bad-options");
    });
  });
}
