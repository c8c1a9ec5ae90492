// What the search box is made of, each part alone.
import assert from "node:assert/strict";
import { test } from "node:test";
import { readState, writeState } from "../www/element/address.js";
import { federated, labelOf } from "../www/element/federated.js";
import { areDates, withFilter } from "../www/element/filters.js";
import { link, widened } from "../www/element/link.js";
import { fit } from "../www/element/popup.js";
import { recentSearches } from "../www/element/recent.js";
import { isShortcut, parseShortcuts } from "../www/element/shortcut.js";
import { locate } from "../www/element/source.js";
import { pickLanguage, stringsIn } from "../www/element/strings.js";

test("without a document the element can be imported, and defines nothing", async () => {
  const { SuoyinSearch } = await import("../www/element.js");
  assert.equal(typeof SuoyinSearch, "function");
  assert.equal("customElements" in globalThis, false);
});

test("an address holds the whole state of a page, and keeps what is not its own", () => {
  const state = {
    query: "图书馆 & 开放",
    filters: { category: ["通知", "手册"], date: { from: "2023", to: "2024-05" }, place: { from: "a" } },
    sort: "date:desc",
    page: 2,
  };
  const href = writeState("https://example.org/s?from=link&q=old&page=9&f.gone=1#top", "q", state);
  assert.deepEqual(readState(new URL(href).search, "q"), state);
  assert.equal(new URL(href).searchParams.get("from"), "link");
  assert.equal(new URL(href).hash, "#top");
  assert.equal(writeState(href, "q", { query: "", filters: state.filters, sort: "x", page: 1 }), "https://example.org/s?from=link#top");
  assert.deepEqual(readState("?q=a&page=-3", "q"), { query: "a", filters: {}, sort: null, page: 0 });
  assert.deepEqual(readState("?s=a&page=x", "s"), { query: "a", filters: {}, sort: null, page: 0 });
});

test("a filter replaces that of its field, and an empty one is none", () => {
  const filters = { category: ["通知"] };
  assert.deepEqual(withFilter(filters, "date", { from: "2023", to: "" }), { ...filters, date: { from: "2023", to: "" } });
  assert.deepEqual(withFilter(filters, "category", []), {});
  assert.deepEqual(withFilter({ date: { from: "2023" } }, "date", { from: "" }), {});
});

test("dates are recognized by their form", () => {
  const values = (/** @type {string[]} */ ...all) => all.map((value) => ({ value }));
  assert.equal(areDates(values("2023", "2023-05", "2023-05-01", "2023-05-01T10:00")), true);
  assert.equal(areDates(values("2023", "通知")), false);
  assert.equal(areDates([]), false);
});

/** @param {Partial<import("../www/element/session.js").FoundHit>} [own] */
const hit = (own) => ({
  id: "a",
  url: "guide/a.html",
  title: "",
  titleHighlights: [],
  score: 1,
  exact: true,
  snippet: { text: "城西，响应式布局。最后", highlights: /** @type {[number, number][]} */ ([[4, 6]]) },
  meta: {},
  ...own,
});
const LINKING = { base: "https://example.org/docs/", textFragment: true };

test("a link leads to the section, or else to the passage", () => {
  const to = (/** @type {any} */ section, /** @type {object} */ options = {}) => link(hit(), section, "应式", { ...LINKING, ...options });
  assert.equal(to({ anchor: "布局" }), "https://example.org/docs/guide/a.html#%E5%B8%83%E5%B1%80");
  assert.equal(to(undefined), `https://example.org/docs/guide/a.html#:~:text=${encodeURIComponent("响应式布局")}`);
  assert.equal(to(undefined, { textFragment: false }), "https://example.org/docs/guide/a.html");
  assert.equal(to(undefined, { highlightParam: "highlight" }), `https://example.org/docs/guide/a.html?highlight=${encodeURIComponent("应式")}`);
  assert.equal(to({ anchor: "b" }, { highlightParam: "h" }), `https://example.org/docs/guide/a.html?h=${encodeURIComponent("应式")}#b`);
  assert.equal(link(hit({ url: "javascript:alert(1)" }), undefined, "", LINKING), undefined);
});

test("a passage is widened to what every browser takes for a boundary", () => {
  assert.equal(widened("前文。响应式布局，后文", [4, 6]), "响应式布局");
  assert.equal(widened("a well-known word, b", [7, 12]), "known");
  assert.equal(widened("the C++ language", [4, 5]), "C++", "marks are those of sentences");
  for (const [text, match] of /** @type {[string, [number, number]][]} */ ([
    ["响应式布局，后文", [1, 3]],
    ["前文。响应式布局", [4, 6]],
    ["前。文明\n实践。后", [2, 7]],
    [`前。${"长".repeat(61)}。后`, [3, 5]],
  ])) assert.equal(widened(text, match), undefined, text);
});

test("an index is opened by the script in its folder", () => {
  const base = "https://example.org/guide/";
  for (const [source, script, index] of [
    ["/search/", "https://example.org/search/suoyin.js", undefined],
    ["search/suoyin.js", "https://example.org/guide/search/suoyin.js", undefined],
    ["../search/suoyin.wasm", "https://example.org/search/suoyin.js", "https://example.org/search/suoyin.wasm"],
    ["https://cdn.example/s/suoyin.root?v=1", "https://cdn.example/s/suoyin.js", "https://cdn.example/s/suoyin.root?v=1"],
  ]) assert.deepEqual(locate(source ?? "", base), { script, index });
});

test("the panel is as wide as it can be read, and inside of the window", () => {
  const field = (/** @type {number} */ left, /** @type {number} */ width) => ({ left, width, right: left + width, bottom: 50 });
  assert.deepEqual(fit(field(100, 700), 1200, 800), { left: 100, width: 700, maxHeight: 640 });
  assert.deepEqual(fit(field(100, 200), 1200, 400), { left: 100, width: 560, maxHeight: 334 });
  assert.deepEqual(fit(field(1000, 180), 1200, 800), { left: 620, width: 560, maxHeight: 640 });
  assert.deepEqual(fit(field(90, 250), 360, 200), { left: 8, width: 344, maxHeight: 240 });
});

/** @param {string} key @param {object} [own] */
const press = (key, own) =>
  /** @type {any} */ ({
    key,
    code: "",
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    keyCode: 0,
    isComposing: false,
    composedPath: () => [{ tagName: "BODY" }],
    ...own,
  });

test("shortcuts are the platform's, and text where text is typed", () => {
  const shortcuts = parseShortcuts("mod+k /");
  const typing = { composedPath: () => [{ tagName: "TEXTAREA" }] };
  assert.equal(isShortcut(press("k", { ctrlKey: true }), shortcuts, false), true);
  assert.equal(isShortcut(press("k", { ctrlKey: true, ...typing }), shortcuts, false), true);
  assert.equal(isShortcut(press("k", { metaKey: true }), shortcuts, false), false);
  assert.equal(isShortcut(press("k", { metaKey: true }), shortcuts, true), true);
  assert.equal(isShortcut(press("л", { code: "KeyK", ctrlKey: true }), shortcuts, false), true);
  assert.equal(isShortcut(press("/"), shortcuts), true);
  assert.equal(isShortcut(press("/", typing), shortcuts), false);
  assert.equal(isShortcut(press("/", { composedPath: () => [{ tagName: "DIV", isContentEditable: true }] }), shortcuts), false);
  assert.equal(isShortcut(press("/", { isComposing: true }), shortcuts), false);
  assert.equal(isShortcut(press("/", { defaultPrevented: true }), shortcuts), false);
  assert.deepEqual(parseShortcuts("off"), []);
});

test("recent searches are distinct, the latest first, and nobody minds where storage is forbidden", () => {
  const recent = recentSearches("recent");
  recent.add("图书馆");
  assert.deepEqual(recent.list(), [], "there is no storage in this Node");
  const storage = /** @type {Record<string, string>} */ ({});
  Object.assign(globalThis, { localStorage: storage });
  try {
    for (const query of ["一", "二", " 三 ", "二", "四", "五", "六", "七"]) recent.add(query);
    assert.deepEqual(recent.list(), ["七", "六", "五", "四", "二", "三"]);
    for (const broken of ["", "{", "5", '{"length":1}', "[1,null]"]) {
      storage["recent"] = broken;
      assert.deepEqual(recent.list(), [], broken);
    }
    recent.add("八");
    recent.clear();
    assert.deepEqual(recent.list(), []);
  } finally {
    delete (/** @type {any} */ (globalThis).localStorage);
  }
});

test("the nearest language that is known is spoken", () => {
  for (const [tag = "", language] of [
    ["zh", "zh-Hans"],
    ["zh-CN", "zh-Hans"],
    ["zh-TW", "zh-Hant"],
    ["zh-Hant-HK", "zh-Hant"],
    ["zh-Hans-HK", "zh-Hans"],
    ["zh-MO", "zh-Hant"],
    ["en-GB", "en"],
    ["ja-JP", "ja"],
    ["ko", "ko"],
    ["fr", "en"],
    ["", "en"],
  ]) assert.equal(pickLanguage([tag]), language, tag);
  assert.equal(pickLanguage(["", "fr", "ja"]), "ja");
});

test("every language says everything, and puts in what it is about", () => {
  for (const language of /** @type {const} */ (["zh-Hans", "zh-Hant", "en", "ja", "ko"])) {
    const strings = stringsIn(language);
    for (const [key, value] of Object.entries(strings)) assert.ok(value, `${language} ${key}`);
    assert.match(strings.found(3, 0), /3/);
    assert.match(strings.found(0, 7), /7/);
    assert.doesNotMatch(strings.found(3, 7), /#/);
    assert.match(strings.none("$& #1"), /\$& #1/);
  }
});

test("several indexes answer together, and one that fails is named", async () => {
  /** @param {string} id @param {number} related */
  const index = (id, related) => ({
    search: async (/** @type {string} */ query) => ({ query, total: 1, related, exact: true, took: related, hits: [hit({ id })] }),
    suggest: async () => [{ query: "同", kind: /** @type {const} */ ("completion") }],
  });
  /** @type {unknown[]} */
  const reported = [];
  const broken = Promise.reject(new Error("gone"));
  broken.catch(() => {});
  const sources = [
    { label: "手册", index: Promise.resolve(index("a", 2)) },
    { label: "博客", index: broken },
    { label: "通知", index: Promise.resolve(index("b", 3)) },
  ];
  const all = await federated(sources, (error) => reported.push(String(error)));
  const found = await all.search("图", {});
  assert.deepEqual(found.hits.map(({ id, source }) => [id, source]), [["a", "手册"], ["b", "通知"]]);
  assert.deepEqual([found.total, found.related, found.took, found.failed], [2, 5, 3, ["博客"]]);
  assert.deepEqual(reported, ["Error: gone"]);
  assert.deepEqual(await all.suggest?.("图", { limit: 5 }), [{ query: "同", kind: "completion" }]);
  await assert.rejects(federated([{ label: "博客", index: broken }], () => {}), /gone/);
});

test("facets of several indexes are counted together, and filters leave out those without the field", async () => {
  /** @type {Record<string, any>} */
  const asked = {};
  /** @param {string} name @param {Record<string, { value: string, count: number }[]>} facets */
  const index = (name, facets) => ({
    facets: Object.keys(facets),
    search: async (/** @type {string} */ query, /** @type {any} */ options) => {
      asked[name] = options;
      return { query, total: 1, related: 0, exact: true, hits: [], took: 1, facets };
    },
  });
  const first = index("first", { tags: [{ value: "甲", count: 2 }, { value: "乙", count: 1 }], author: [{ value: "李", count: 1 }] });
  const second = index("second", { tags: [{ value: "乙", count: 3 }, { value: "丙", count: 2 }] });
  const sources = [first, second].map((one, at) => ({ label: `${at}`, index: Promise.resolve(one) }));
  const all = await federated(sources, () => {});
  assert.deepEqual(all.facets, ["tags", "author"]);
  const { facets } = await all.search("x", { facets: ["tags", "author"] });
  assert.deepEqual(facets?.["tags"], [{ value: "乙", count: 4 }, { value: "丙", count: 2 }, { value: "甲", count: 2 }]);
  assert.deepEqual(asked["second"].facets, ["tags"]);
  delete asked["second"];
  assert.equal((await all.search("x", { filters: { author: ["李"] } })).total, 1);
  assert.equal(asked["second"], undefined);
  assert.equal((await all.search("x", { filters: { colour: ["red"] } })).total, 0);
});

test("an index without a label is called by its folder", () => {
  const names = ["/docs/", "https://a.org/搜索/suoyin.root", "../blog/search/suoyin.js", "./"].map(labelOf);
  assert.deepEqual(names, ["docs", "a.org/搜索", "blog/search", "./"]);
});
