// The search behind the page, with an index that answers when the test says so.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Session } from "../www/element/session.js";

/** @import { SearchResults } from "../www/client.js" */

/**
 * @param {string} query
 * @param {number} total
 * @param {{ limit?: number, offset?: number }} options
 * @returns {SearchResults}
 */
function answer(query, total, { limit = 10, offset = 0 }) {
  const hits = Array.from({ length: Math.max(0, Math.min(limit, total - offset)) }, (_, at) => ({
    id: `${query}-${offset + at}`,
    url: "",
    title: "",
    titleHighlights: [],
    score: 0,
    exact: true,
    snippet: { text: "", highlights: [] },
    meta: {},
  }));
  return { query, total, related: 0, exact: total > 0, hits, took: 0 };
}

/** How many documents each query finds. */
const FOUND = /** @type {Record<string, number>} */ ({ 文明: 3, 文明实践: 25, mo: 1 });

/** A session over an index that opens at once, and the kinds of states it went through. */
function session(open = async () => ({ search: async (/** @type {string} */ query, options = {}) => answer(query, FOUND[query] ?? 0, options) })) {
  /** @type {string[]} */
  const states = [];
  const made = new Session(/** @type {any} */ (open), (state) => {
    states.push("query" in state ? `${state.kind} ${state.query}` : state.kind);
  });
  return { session: made, states };
}

/** @param {Session} session */
function shown({ state }) {
  assert.equal(state.kind, "results");
  return state.kind === "results" ? state : assert.fail();
}

test("loading shows once, then results at once", async () => {
  const { session: s, states } = session();
  await s.search("文明");
  await s.search("文明实践");
  await s.search("无");
  await s.search("  ");
  assert.deepEqual(states, ["loading 文明", "results 文明", "results 文明实践", "none 无", "start"]);
});

test("while an input method is at work, what is only related does not take the place of what is exact", async () => {
  /** @type {Record<string, [total: number, related: number]>} */
  const found = { 文明: [3, 0], 文明l: [0, 9], 文明library: [1, 0], l: [0, 9], li: [0, 7], 无: [0, 0] };
  const { session: s, states } = session(async () => ({
    async search(/** @type {string} */ query, options = {}) {
      const [total, related] = found[query] ?? assert.fail(query);
      return { ...answer(query, total + related, options), total, related };
    },
  }));
  /** @type {boolean[]} */
  const busy = [];
  s.onbusy = (now) => busy.push(now);
  await s.search("l", true);
  await s.search("li", true);
  await s.search("无", true);
  await s.search("文明", true);
  await s.search("文明l", true);
  assert.equal(busy.at(-1), false);
  await s.search("文明library", true);
  await s.search("文明l");
  assert.deepEqual(states, ["loading l", "results l", "results li", "results 文明", "results 文明library", "results 文明l"]);
});

test("the same query again is no new search", async () => {
  const { session: s, states } = session();
  await s.search("文明");
  const before = states.length;
  await s.search("文明");
  assert.equal(states.length, before);
  s.clear();
  await s.search("文明");
  assert.equal(states.at(-1), "results 文明");
});

test("more hits are added until there are no more", async () => {
  const { session: s } = session();
  await s.search("文明实践");
  for (const [count, more] of /** @type {[number, boolean][]} */ ([[10, true], [20, true], [25, false], [25, false]])) {
    const { results, more: left } = shown(s);
    assert.deepEqual([results.hits.length, left], [count, more]);
    assert.equal(new Set(results.hits.map((hit) => hit.id)).size, count);
    await s.more();
  }
});

test("an answer that comes late is dropped, whichever query it was for", async () => {
  /** @type {Record<string, (results: SearchResults) => void>} */
  const pending = {};
  const { session: s, states } = session(async () => ({
    search: (query) => new Promise((resolve) => (pending[query] = resolve)),
  }));
  await s.opened();
  const first = s.search("文明");
  await Promise.resolve();
  pending["文明"]?.(answer("文明", 1, {}));
  await first;
  const second = s.search("文明实践");
  await Promise.resolve();
  const third = s.search("文明");
  await Promise.resolve();
  pending["文明"]?.(answer("文明", 1, {}));
  await third;
  pending["文明实践"]?.(answer("文明实践", 1, {}));
  await second;
  assert.equal(states.at(-1), "results 文明");
});

test("nothing found while composing leaves what stood there", async () => {
  const { session: s, states } = session();
  await s.search("文明");
  await s.search("文明shi", true);
  assert.equal(states.at(-1), "results 文明");
  await s.search("文明shi");
  assert.equal(states.at(-1), "none 文明shi");
  await s.search("mo", true);
  assert.equal(states.at(-1), "results mo");
});

test("a failure names its query, and retrying opens again", async () => {
  let broken = true;
  let opened = 0;
  const { session: s, states } = session(async () => {
    opened += 1;
    if (broken) throw new Error("offline");
    return { search: async (query, options = {}) => answer(query, 1, options) };
  });
  await assert.rejects(s.opened(), /offline/);
  await s.search("文明");
  assert.equal(states.at(-1), "error 文明");
  await s.retry();
  assert.equal(states.at(-1), "error 文明");
  broken = false;
  await s.retry();
  assert.equal(states.at(-1), "results 文明");
  assert.equal(opened, 4);
  await s.search("文明实践");
  assert.equal(opened, 4, "an open index is opened only once");
});

test("clearing forgets an answer that is still on its way", async () => {
  const { session: s, states } = session();
  const search = s.search("文明");
  s.clear();
  await search;
  assert.deepEqual(states, ["loading 文明", "start"]);
});

test("what finds nothing is tried as what may have been meant", async () => {
  const index = {
    search: async (/** @type {string} */ query, options = {}) => answer(query, FOUND[query] ?? 0, options),
    suggest: async (/** @type {string} */ query) =>
      query === "wenming" ? [{ query: "问鸣", kind: "completion" }, { query: "文明", kind: "pinyin" }] : [],
  };
  const states = /** @type {any[]} */ ([]);
  const s = new Session(/** @type {any} */ (async () => index), (state) => states.push(state), () => ({ limit: 10, suggest: true }));
  await s.search("wenming");
  const { kind, query, corrected, results, suggestions } = states.at(-1);
  assert.deepEqual([kind, query, corrected, results.total], ["results", "wenming", "文明", 3]);
  assert.deepEqual(suggestions, [{ query: "问鸣", kind: "completion" }]);
  await s.search("wenmin");
  assert.deepEqual(states.at(-1), { kind: "none", query: "wenmin", suggestions: [], facets: undefined });
});

test("filters, order and page are asked for, and what the index lacks is not", async () => {
  /** @type {object[]} */
  const asked = [];
  const search = async (/** @type {string} */ query, /** @type {any} */ { signal, ...options }) => {
    asked.push(options);
    return answer(query, 25, options);
  };
  const settings = () => ({ limit: 10, sections: 2, facets: /** @type {const} */ (true) });
  const s = new Session(/** @type {any} */ (async () => ({ search, facets: ["date"] })), () => {}, settings);
  s.filters = { date: { from: "2023" } };
  s.sort = "date:desc";
  await s.search("文明", false, 1);
  assert.deepEqual(asked, [{ limit: 10, offset: 10, sections: 2, facets: true, filters: { date: { from: "2023" } }, sort: "date:desc" }]);
  assert.equal(s.page, 1);
  await s.search("文明", false, 1);
  assert.equal(asked.length, 1);
  s.filters = {};
  await s.search("文明", false, 1);
  assert.equal(asked.length, 2, "the same query under other filters is another search");
  const plain = new Session(/** @type {any} */ (async () => ({ search })), () => {}, settings);
  await plain.search("文明");
  assert.deepEqual(asked.at(-1), { limit: 10, offset: 0, sections: 2, facets: undefined, filters: {}, sort: null });
});
