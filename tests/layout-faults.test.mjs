// An index in shards on another origin that fails: what the page is told, and that it goes on afterwards.
import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, afterEach, before, beforeEach, describe, test } from "node:test";
import { browser, names } from "./browsers.mjs";
import { FaultyServer, isShard, whole } from "./faulty.mjs";
import { ASKED, Layouts, comparable, serve } from "./layouts.mjs";

/** @import { Browser } from "./browsers.mjs" */
/** @import { Send } from "./faulty.mjs" */
/** @import { SearchResults } from "../www/client.js" */

/** @typedef {{ answer?: any, name?: string, code?: string, message?: string }} Told */

/** What a page does when told to; it posts what came of it to its own server. */
const PAGE = `<!doctype html><title>session</title><script>
  "use strict";
  globalThis.session = { rejections: [], fetched: 0, abort: () => turn.abort(), close: () => index.close() };
  addEventListener("unhandledrejection", ({ reason }) => session.rejections.push(String(reason)));
  // Not by its own name: that would be what the client calls, too.
  const send = globalThis.fetch.bind(globalThis);
  globalThis.fetch = (...args) => {
    session.fetched += 1;
    return send(...args);
  };
  let client, index, turn;
  const actions = {
    load: async (script) => void (client = await import(script)),
    open: async (source, options) => {
      turn = new AbortController();
      index = await client.open(source, { pauses: [0, 0], signal: turn.signal });
    },
    search: (query) => {
      turn = new AbortController();
      return index.search(query, { signal: turn.signal });
    },
  };
  session.act = (name, ...args) => {
    const told = (what) => send("/told", { method: "POST", body: JSON.stringify(what) });
    actions[name](...args).then(
      (answer) => told({ answer }),
      ({ name, code, message }) => told({ name, code, message }),
    );
  };
</script>`;

/** @type {Layouts} */
let layouts;
/** @type {FaultyServer} */
let far;
/** @type {Awaited<ReturnType<typeof serve>>} */
let home;
/** Takes what the page tells. @type {(told: Told) => void} */
let take = () => {};

before(async () => {
  layouts = new Layouts();
  mkdirSync(join(layouts.folder, "pages"));
  writeFileSync(join(layouts.folder, "pages/session.html"), PAGE);
  far = new FaultyServer(join(layouts.folder, "many/shards"));
  home = await serve(layouts.folder, { told: (told) => take(told) });
  await far.start();
});

after(async () => {
  home?.close();
  await far?.stop();
  layouts?.remove();
});

/** The bytes with one of them changed. @param {Buffer} bytes */
function flipped(bytes) {
  const copy = Buffer.from(bytes);
  // Not every bit of a module's code shows; those of its version do.
  const at = copy.readUInt8(0) === 0 ? 4 : copy.length >> 1;
  copy.writeUInt8(copy.readUInt8(at) ^ 0x10, at);
  return copy;
}

/** @type {Send} */
const stopsHalfway = (response, bytes) => {
  response.setHeader("Content-Length", bytes.length);
  response.write(bytes.subarray(0, bytes.length >> 1), () => response.destroy());
};

/** What nobody says of files is not said of errors either. */
const NOT_KEPT = { "Cache-Control": "no-store" };

/** What fails, how the page is told of it, and how often it asks, if that is ours alone to say. */
const FAULTS = /** @type {{ what: string, send: Send, code: string, message: RegExp, asks?: number }[]} */ ([
  { what: "is missing", send: (response) => response.writeHead(404, NOT_KEPT).end("no"), code: "not-found", message: /answered 404$/, asks: 1 },
  { what: "meets a busy server", send: (response) => response.writeHead(503, NOT_KEPT).end(), code: "load-failed", message: /answered 503$/, asks: 3 },
  { what: "is cut short", send: (response, bytes) => response.end(bytes.subarray(0, bytes.length >> 1)), code: "damaged", message: /damaged/, asks: 2 },
  { what: "has a flipped bit", send: (response, bytes) => response.end(flipped(bytes)), code: "damaged", message: /damaged/, asks: 2 },
  { what: "is empty", send: (response) => response.end(Buffer.from([3, 0])), code: "damaged", message: /damaged/, asks: 2 },
  // Browsers try again themselves.
  { what: "stops halfway", send: stopsHalfway, code: "load-failed", message: /could not be loaded$/ },
  { what: "meets a closed connection", send: (response) => response.destroy(), code: "load-failed", message: /could not be loaded$/ },
]);

const [QUERY = ""] = ASKED.many;

for (const name of names) {
  describe(name, { timeout: 240_000 }, () => {
    /** @type {Browser} */
    let b;
    let visits = 0;
    /** Where the page finds the index: somewhere new each time, so that nothing is in a cache. */
    let place = "";

    before(async () => {
      b = await browser(name);
    });

    after(() => b?.close());

    beforeEach(async () => {
      far.asked = [];
      far.sending = () => whole;
      visits += 1;
      place = `${far.address}${name}-${visits}/`;
      await b.open(`${home.address}pages/session.html`);
    });

    afterEach(async () => {
      assert.deepEqual(await b.evaluate(() => /** @type {any} */ (globalThis).session.rejections), []);
    });

    /** Has the page do something, and gives what came of it. @param {"load" | "open" | "search"} action @param {unknown[]} args @returns {Promise<Told>} */
    async function act(action, ...args) {
      const told = new Promise((resolve) => {
        take = resolve;
      });
      await b.evaluate((action, args) => /** @type {any} */ (globalThis).session.act(action, ...args), action, args);
      return /** @type {Promise<Told>} */ (told);
    }

    /** Opens the index, with the script of the page's own origin. */
    async function open() {
      assert.deepEqual(await act("load", "../many/shards/suoyin.js"), {});
      assert.deepEqual(await act("open", place), {});
      far.asked = [];
    }

    /** @param {Told} told @param {string} [query] */
    function assertNative(told, query = QUERY) {
      assert.ok(told.answer, `${told.code}: ${told.message}`);
      const answer = /** @type {SearchResults} */ (told.answer);
      assert.deepEqual(comparable(answer), comparable(layouts.native("many", query, "shards")), query);
    }

    test("engine and root are asked for side by side", async () => {
      assert.deepEqual(await act("load", `${place}suoyin.js`), {});
      assert.deepEqual(far.asked, ["suoyin.js"]);
      const held = far.hold(() => true);
      const opened = act("open");
      // Neither is answered before both have come.
      await far.until(3);
      held.release();
      assert.deepEqual(await opened, {});
      assert.deepEqual(far.asked.slice(1).sort(), ["suoyin.root", "suoyin.wasm"]);
    });

    test("a query takes two rounds of requests at most", async (t) => {
      const figures = [];
      for (const query of ASKED.many) {
        visits += 1;
        place = `${far.address}${name}-${visits}/`;
        await open();
        const held = far.hold(isShard);
        const before = await b.evaluate(() => /** @type {any} */ (globalThis).session.fetched);
        let rounds = 0;
        /** @type {Told | undefined} */
        let answer;
        const answered = act("search", query).then((told) => {
          answer = told;
        });
        while ((await Promise.race([answered, far.next()]), !answer)) {
          rounds += 1;
          // A round's requests are made at once; browsers send six at a time.
          const fetched = await b.evaluate(() => /** @type {any} */ (globalThis).session.fetched);
          while (far.asked.length < fetched - before) {
            const next = far.next();
            held.release();
            await next;
          }
          held.release();
        }
        assertNative(answer, query);
        assert.ok(rounds <= 2, `${query}: ${rounds} rounds`);
        figures.push(`${query}: ${far.asked.length} in ${rounds}`);
        assert.equal(new Set(far.asked).size, far.asked.length, "nothing is asked for twice");
      }
      t.diagnostic(`requests in rounds: ${figures.join("; ")}`);
    });

    for (const { what, send, code, message, asks } of FAULTS) {
      test(`a shard that ${what}: ${code}, until it does no longer`, async () => {
        await open();
        // One shard of those that the first round needs.
        let spoilt = "";
        let times = Infinity;
        far.sending = (name) => {
          spoilt ||= name;
          return name === spoilt && times-- > 0 ? send : whole;
        };
        const told = await act("search", QUERY);
        assert.equal(told.name, "SuoyinError");
        assert.equal(told.code, code, told.message);
        assert.match(told.message ?? "", message);
        assert.ok(told.message?.startsWith(place + spoilt), told.message);
        const asked = far.asked.filter((name) => name === spoilt).length;
        if (asks) assert.equal(asked, asks);
        else assert.ok(asked >= 3, `asked for ${asked} times`);
        // Once more; what is damaged or missing is not asked for so often.
        times = code === "load-failed" ? 1 : 0;
        assertNative(await act("search", QUERY));
      });
    }

    test("a slow shard is waited for; an aborted search is not, and what it asked for is kept", async () => {
      await open();
      const held = far.hold(isShard);
      const first = act("search", QUERY);
      await far.next();
      await b.evaluate(() => /** @type {any} */ (globalThis).session.abort());
      assert.equal((await first).name, "AbortError");
      const second = act("search", QUERY);
      far.sending = () => whole;
      held.release();
      assertNative(await second);
      assert.equal(new Set(far.asked).size, far.asked.length, "nothing is asked for twice");
    });

    test("opening is aborted while it waits, and opens the next time", async () => {
      assert.deepEqual(await act("load", `${place}suoyin.js`), {});
      // The engine first: once it is here, it is not asked for again.
      for (const file of ["suoyin.wasm", "suoyin.root"]) {
        const count = far.asked.length;
        const held = far.hold((name) => name === file);
        const opening = act("open");
        while (!far.asked.slice(count).includes(file)) await far.next();
        await b.evaluate(() => /** @type {any} */ (globalThis).session.abort());
        assert.equal((await opening).name, "AbortError");
        far.sending = () => whole;
        held.release();
      }
      assert.deepEqual(await act("open"), {});
      assertNative(await act("search", QUERY));
    });

    test("closing ends a search in the middle", async () => {
      await open();
      const held = far.hold(isShard);
      const search = act("search", QUERY);
      await far.next();
      await b.evaluate(() => /** @type {any} */ (globalThis).session.close());
      assert.equal((await search).code, "closed");
      held.release();
      assert.equal((await act("search", QUERY)).code, "closed");
    });

    test("a server that goes away in the middle of a session, and comes back", async () => {
      await open();
      await far.stop();
      const told = await act("search", QUERY);
      assert.equal(told.code, "load-failed", told.message);
      await far.start();
      assertNative(await act("search", QUERY));
    });

    for (const file of ["suoyin.root", "suoyin.wasm"]) {
      /** Where it is not as with shards. @type {Record<string, string>} */
      const codes = { "is missing": "load-failed", "is empty": file === "suoyin.root" ? "not-an-index" : "damaged" };
      for (const { what, send, code } of FAULTS) {
        test(`${file} that ${what}, until it does no longer`, async () => {
          assert.deepEqual(await act("load", `${place}suoyin.js`), {});
          far.sending = (name) => (name === file ? send : whole);
          const told = await act("open");
          assert.equal(told.name, "SuoyinError");
          assert.equal(told.code, codes[what] ?? code, told.message);
          assert.match(told.message ?? "", new RegExp(file), "the file is named");
          far.sending = () => whole;
          assert.deepEqual(await act("open"), {});
          assertNative(await act("search", QUERY));
        });
      }
    }
  });
}
