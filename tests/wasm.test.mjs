// The module in Node against the native command: the same index, the same answers.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { initSync, Searcher } from "../pkg/suoyin.js";
import { buildCommand, comparable } from "./layouts.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const documents = process.env["SUOYIN_DOCS"] ?? join(root, "docs");

/** Words, phrases, single characters, questions, other scripts and nothing at all. */
const QUERIES = [
  "文明实践",
  "文明實踐",
  "網絡",
  "图书馆",
  "図書館",
  "도서관",
  "村",
  "的",
  "借书卡丢了怎么办",
  "图书馆 开放时间",
  "“图书馆”",
  "图书馆 -预约",
  "2025-06-20",
  "build index",
  "inde",
  "ＩＮＤＥＸ",
  "𠮷",
  "1+8+N",
  "zzzz",
  "，。",
  "",
];

/** @type {WebAssembly.Memory} */
let memory;
/** @type {Searcher} */
let searcher;
/** @type {Uint8Array} */
let bytes;
/** @type {string} */
let folder;
/** @type {string} */
let command;

before(async () => {
  folder = mkdtempSync(join(tmpdir(), "suoyin-"));
  command = buildCommand();
  suoyin("build", documents, "-o", folder);
  const written = new WebAssembly.Module(readFileSync(join(folder, "suoyin.wasm")));
  const [index = assert.fail("no index was written")] = WebAssembly.Module.customSections(written, "suoyin.index");
  bytes = new Uint8Array(index);
  ({ memory } = initSync({ module: readFileSync(join(root, "pkg/suoyin_bg.wasm")) }));
  searcher = new Searcher();
});

after(() => {
  searcher?.free();
  rmSync(folder, { recursive: true, force: true });
});

/** @param {string[]} args */
function suoyin(...args) {
  return execFileSync(command, args, { cwd: root, encoding: "utf8", maxBuffer: 1 << 28, stdio: "pipe" });
}

test("the index inside the module is the one the command builds, byte for byte", () => {
  // In memory, because in the file wasm-opt leaves out runs of zeros.
  assert.ok(Buffer.from(memory.buffer).includes(Buffer.from(bytes)));
});

for (const query of QUERIES) {
  test(`as native: ${query || "nothing"}`, () => {
    for (const { limit, offset } of [{ limit: 10, offset: 0 }, { limit: 3, offset: 2 }]) {
      const native = JSON.parse(
        suoyin("search", folder, "--json", "--limit", `${limit}`, "--offset", `${offset}`, "--", query),
      );
      const results = searcher.search(query, { limit, offset });
      assert.equal(typeof results.took, "number");
      assert.deepEqual(comparable(results), comparable(native));
    }
  });
}

/** Options, and how the command takes the same. */
const CHOICES = /** @type {[import("../pkg/suoyin.js").SearchOptions, string[]][]} */ ([
  [{ sort: "date:desc" }, ["--sort", "date:desc"]],
  [{ filters: { date: { from: "2025", to: "2025-06" } } }, ["--filter", "date=2025..2025-06"]],
  [{ filters: { date: { from: "2025" }, source: undefined }, sort: "date" }, ["--filter", "date=2025..", "--sort", "date"]],
  [{ filters: { lang: ["zh-Hans", "zh-Hant-TW"] }, facets: true }, ["--filter", "lang=zh-Hans", "--filter", "lang=zh-Hant-TW", "--facets", "all"]],
  [{ filters: { lang: "zh-Hans" }, facets: ["lang", "author"] }, ["--filter", "lang=zh-Hans", "--facets", "lang,author"]],
  [{ filters: null, sort: null, facets: false, sections: 3 }, ["--sections", "3"]],
  [{ snippetWidth: 40 }, ["--snippet-width", "40"]],
  [{ ranking: { k1: 1.2, b: 0, title: 3.33 } }, ["--ranking", "k1=1.2,b=0,title=3.33"]],
  [{ ranking: { headings: 2, characters: 0 } }, ["--ranking", "headings=2,characters=0"]],
  [{ ranking: null }, []],
]);

for (const [options, flags] of CHOICES) {
  test(`as native: ${flags.join(" ")}`, () => {
    for (const query of ["图书馆", "村", ""]) {
      const native = JSON.parse(suoyin("search", folder, "--json", ...flags, "--", query));
      assert.deepEqual(comparable(searcher.search(query, options)), comparable(native), query);
    }
  });
}

test("fields to filter by are known", () => {
  assert.deepEqual(searcher.facets, ["author", "date", "lang", "source"]);
});

test("options that make no sense are refused", () => {
  const thrower = {
    get filters() {
      throw new Error("not today");
    },
  };
  const inside = {
    get date() {
      throw new Error("not today");
    },
  };
  const wrong = [
    { filters: 3 }, { filters: "date" }, { filters: { date: 3 } }, { filters: { date: [3] } },
    { filters: { date: { since: "2025" } } }, { filters: { date: { from: 2025 } } }, { filters: { day: "1" } },
    thrower, { filters: inside }, { sort: 1 }, { sort: "day:desc" }, { facets: "date" }, { facets: [1] },
    { facets: ["day"] }, { sections: -1 }, { sections: "3" }, { snippetWidth: "40" }, { ranking: 1 },
    { ranking: { k1: 0 } }, { ranking: { b: 1.1 } }, { ranking: { title: NaN } }, { ranking: { weight: 1 } },
  ];
  for (const options of wrong) {
    const refused = { name: "SuoyinError", code: "bad-options" };
    assert.throws(() => searcher.search("村", /** @type {any} */ (options)), refused, Object.keys(options).join());
  }
  assert.throws(() => searcher.search("村", { sort: "day" }), /"day".*author date lang source/);
  assert.ok(searcher.search("村").total > 0, "it goes on after that");
});

test("any index opens from its bytes", () => {
  const other = Searcher.open(bytes);
  assert.equal(other.documents, searcher.documents);
  assert.equal(other.formatVersion, searcher.formatVersion);
  assert.deepEqual(comparable(other.search("图书馆")), comparable(searcher.search("图书馆")));
  other.free();
});

test("highlights cut the text where the match is", () => {
  const { hits } = searcher.search("图书馆", { limit: 100 });
  assert.ok(hits.length > 0);
  for (const { exact, title, titleHighlights, snippet } of hits) {
    if (!exact) continue;
    const marked = [...cut(title, titleHighlights), ...cut(snippet.text, snippet.highlights)];
    assert.ok(marked.length > 0, title);
    for (const mark of marked) {
      assert.match(mark.replace(/\s+|[(（].*?[)）]/gu, ""), /^[图圖図][书書][馆館]$/);
    }
  }
});

/**
 * @param {string} text
 * @param {[number, number][]} ranges
 */
function cut(text, ranges) {
  return ranges.map(([start, end]) => text.slice(start, end));
}

test("the answer is made of plain objects", () => {
  const results = searcher.search("图书馆");
  assert.deepEqual(structuredClone(results), results);
  assert.equal(Object.getPrototypeOf(results.hits[0]?.meta), Object.prototype);
});

test("damaged bytes throw a SuoyinError, whichever they are", () => {
  const codes = new Set();
  const step = Math.max(1, Math.floor(bytes.length / 200));
  for (let at = 0; at < bytes.length; at += step) {
    const damaged = Buffer.from(bytes);
    damaged[at] = (damaged[at] ?? 0) ^ 0x55;
    assert.throws(
      () => Searcher.open(damaged),
      (error) => {
        assert.ok(error instanceof Error && error.name === "SuoyinError", String(error));
        codes.add(/** @type {any} */ (error).code);
        return true;
      },
      `byte ${at}`,
    );
  }
  for (let length = 0; length < bytes.length; length += step) {
    assert.throws(() => Searcher.open(bytes.subarray(0, length)), { name: "SuoyinError" }, `${length} bytes`);
  }
  assert.ok(codes.has("damaged") && codes.has("not-an-index"), [...codes].join());
});
