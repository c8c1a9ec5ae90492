// How the client gets shards: with an engine that says which it lacks, and a server that fails when told to.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, beforeEach, test } from "node:test";
import { deflateRawSync } from "node:zlib";
import { opener } from "../www/client/open.js";
import { Shards } from "../www/client/shards.js";

/** @import { ServerResponse } from "node:http" */

/** Which shards a query needs, round after round. */
const NEEDS = /** @type {Record<string, string[][]>} */ ({
  文明: [["terms/1", "terms/2"], ["texts/7"]],
  文: [["terms/1"]],
  实践: [["terms/2"], ["texts/7", "texts/8"]],
});

/** An engine that wants each shard to hold its own name. */
class Searcher {
  loaded = new Set();
  documents = 3;
  freed = false;

  /** @param {Uint8Array} bytes */
  static open(bytes) {
    assert.equal(Buffer.from(bytes).toString(), "the root");
    return new Searcher();
  }

  facets = ["date"];

  /** @param {string} query */
  search(query) {
    if (query === "forever") return { missing: ["terms/1"] };
    const round = NEEDS[query]?.find((names) => names.some((name) => !this.loaded.has(name)));
    const missing = round?.filter((name) => !this.loaded.has(name));
    return /** @type {any} */ (missing ? { missing } : { query, hits: [], total: this.loaded.size });
  }

  /**
   * @param {string} name
   * @param {Uint8Array} bytes
   */
  load(name, bytes) {
    assert.ok(!this.freed, "loaded after it was freed");
    if (Buffer.from(bytes).toString() !== name) {
      throw Object.assign(new Error(`${name} is damaged`), { code: "damaged" });
    }
    this.loaded.add(name);
  }

  highlights() {
    return new Uint32Array();
  }

  free() {
    this.freed = true;
  }
}

const open = opener({
  root: new URL("http://127.0.0.1:9/suoyin.root"),
  shards: Shards,
  bindings: async () => ({ default: async () => {}, Searcher }),
  engine: async () => new WebAssembly.Module(Buffer.from("\0asm\x01\0\0\0")),
});

/** What was asked for, in order. @type {string[]} */
let asked = [];
/** How a shard is answered, unless as it should be. @type {Record<string, (response: ServerResponse) => unknown>} */
let answers = {};
/** Called with each request. */
let onRequest = (/** @type {string} */ _) => {};
/** @type {string} */
let address;

const server = createServer((request, response) => {
  const name = (request.url ?? "").replace("/site/", "");
  asked.push(name);
  onRequest(name);
  const answer = answers[name];
  if (answer) answer(response);
  else good(name)(response);
});

/** @param {string} name */
function good(name) {
  return (/** @type {ServerResponse} */ response) =>
    response.end(deflateRawSync(name === "suoyin.root" ? "the root" : name));
}

before(async () => {
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  address = `http://127.0.0.1:${/** @type {any} */ (server.address()).port}/site/suoyin.root`;
});

after(() => {
  server.close();
  server.closeAllConnections();
});

beforeEach(() => {
  asked = [];
  answers = {};
  onRequest = () => {};
});

/** Opens the index without pauses between tries. @param {number[]} [pauses] */
async function opened(pauses = [0, 0]) {
  const index = await open(address, { pauses });
  assert.deepEqual(asked, ["suoyin.root"]);
  asked = [];
  return index;
}

/** Waits until so many requests have come. @param {number} count */
function requests(count) {
  return new Promise((resolve) => {
    const check = () => asked.length >= count && resolve(undefined);
    onRequest = check;
    check();
  });
}

/** Answers a shard when the returned function is called, and how that says. @param {string} name */
function hold(name) {
  /** @type {ServerResponse[]} */
  const held = [];
  answers[name] = (response) => held.push(response);
  return (/** @type {(response: ServerResponse) => unknown} */ answer = good(name)) => held.forEach((response) => answer(response));
}

/** Fails as many times, then not. @param {string} name @param {number} times @param {(response: ServerResponse) => unknown} failure */
function fail(name, times, failure) {
  let left = times;
  answers[name] = (response) => (left-- > 0 ? failure(response) : good(name)(response));
}

test("what the engine lacks is fetched, round after round, and kept", async () => {
  const index = await opened();
  const { total } = await index.search("文明");
  assert.equal(total, 3);
  assert.deepEqual(asked.slice(0, 2).sort(), ["terms/1", "terms/2"]);
  assert.deepEqual(asked.slice(2), ["texts/7"]);
  await index.search("文明");
  await index.search("文");
  assert.equal(asked.length, 3, "nothing is fetched twice");
  assert.equal(index.documentCount, 3);
});

test("the shards of a round are fetched side by side", async () => {
  const index = await opened();
  const release = [hold("terms/1"), hold("terms/2")];
  const search = index.search("文明");
  await requests(2);
  release.forEach((release) => release());
  assert.equal((await search).total, 3);
});

test("searches that overlap share what is on its way", async () => {
  const index = await opened();
  const release = hold("terms/1");
  const searches = [index.search("文"), index.search("文明"), index.search("文")];
  await requests(2);
  release();
  await Promise.all(searches);
  assert.deepEqual(asked.sort(), ["terms/1", "terms/2", "texts/7"]);
});

test("an aborted search rejects at once, and what it asked for serves the next one", async () => {
  const index = await opened();
  const release = hold("terms/1");
  const turn = new AbortController();
  const first = index.search("文明", { signal: turn.signal });
  await requests(2);
  turn.abort();
  await assert.rejects(first, { name: "AbortError" });
  const second = index.search("文");
  release();
  await second;
  assert.deepEqual(asked.filter((name) => name === "terms/1").length, 1);
  assert.ok(!asked.includes("texts/7"), "nothing more is fetched for the aborted one");
});

for (const [what, failure] of /** @type {[string, (response: ServerResponse) => unknown][]} */ ([
  ["a server that is busy", (response) => response.writeHead(503).end()],
  ["a connection that breaks", (response) => response.destroy()],
  ["a transfer that breaks", (response) => {
    response.writeHead(200, { "Content-Length": 1000 });
    response.write("x", () => response.destroy());
  }],
])) {
  test(`${what} is asked again`, async () => {
    const index = await opened();
    fail("terms/1", 2, failure);
    await index.search("文");
    assert.deepEqual(asked, ["terms/1", "terms/1", "terms/1"]);
  });

  test(`${what} for too long is an error, and the next search tries again`, async () => {
    const index = await opened();
    fail("terms/1", 3, failure);
    await assert.rejects(index.search("文"), { name: "SuoyinError", code: "load-failed" });
    assert.equal(asked.length, 3);
    await index.search("文");
    assert.equal(asked.length, 4);
  });
}

test("a missing shard is named, and not asked for again", async () => {
  const index = await opened();
  answers["terms/1"] = (response) => response.writeHead(404).end();
  const error = await index.search("文").catch((error) => error);
  assert.equal(error.code, "not-found");
  assert.match(error.message, /\/site\/terms\/1 answered 404/);
  assert.equal(asked.length, 1);
});

for (const [what, bytes] of /** @type {[string, Uint8Array][]} */ ([
  ["that holds something else", deflateRawSync("something else")],
  ["that is not packed", Buffer.from("\xff\xff\xff", "latin1")],
  ["cut short", deflateRawSync("terms/1").subarray(0, 4)],
])) {
  test(`a shard ${what} is fetched once more, then it is damaged`, async () => {
    const index = await opened();
    fail("terms/1", 1, (response) => response.end(bytes));
    await index.search("文");
    assert.equal(asked.length, 2);

    const other = await open(address, { pauses: [0, 0] });
    asked = [];
    fail("terms/1", 9, (response) => response.end(bytes));
    await assert.rejects(other.search("文"), { name: "SuoyinError", code: "damaged" });
    assert.equal(asked.length, 2);
  });
}

test("what fails for one search is tried anew for another, which waits for it too", async () => {
  const index = await opened();
  fail("terms/1", 1, (response) => response.writeHead(404).end());
  const release = hold("terms/2");
  await assert.rejects(index.search("文明"), { code: "not-found" });
  const searches = [index.search("实践"), index.search("实践")];
  fail("terms/2", 2, (response) => response.writeHead(503).end());
  release((response) => response.writeHead(503).end());
  await Promise.all(searches);
  assert.equal(asked.filter((name) => name === "terms/2").length, 4, "three times for the one, once for the others");
});

test("without a network there is no second try", async (t) => {
  const index = await opened();
  answers["terms/1"] = (response) => response.destroy();
  const before = Object.getOwnPropertyDescriptor(globalThis, "navigator");
  Object.defineProperty(globalThis, "navigator", { value: { onLine: false }, configurable: true });
  t.after(() => {
    if (before) Object.defineProperty(globalThis, "navigator", before);
    else Reflect.deleteProperty(globalThis, "navigator");
  });
  await assert.rejects(index.search("文"), { name: "SuoyinError", code: "offline" });
  assert.equal(asked.length, 1);
});

test("closing ends what waits, for a shard or for the next try", async () => {
  for (const pauses of [[0], [1 << 30]]) {
    asked = [];
    answers = {};
    const index = await opened(pauses);
    const release = hold("terms/1");
    if (pauses[0]) answers["terms/1"] = (response) => response.writeHead(503).end();
    const search = index.search("文");
    await requests(1);
    index.close();
    release();
    await assert.rejects(search, { name: "SuoyinError", code: "closed" });
    await assert.rejects(index.search("文"), { code: "closed" });
  }
});

test("an engine that never has enough is an error", async () => {
  const index = await opened();
  await assert.rejects(index.search("forever"), { name: "SuoyinError", code: "internal" });
});

test("a root that is not there, or not a root", async () => {
  answers["suoyin.root"] = (response) => response.writeHead(404).end();
  await assert.rejects(open(address), { name: "SuoyinError", code: "load-failed" });
  answers["suoyin.root"] = (response) => response.end("\xff\xff");
  await assert.rejects(open(address), { name: "SuoyinError", code: "damaged" });
});
