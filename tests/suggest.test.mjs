// Suggestions in each layout: the same as the native command's, in Node, from servers and from a folder.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { browser, names } from "./browsers.mjs";
import { LAYOUTS, buildCommand, serve } from "./layouts.mjs";

/** @import { Browser } from "./browsers.mjs" */
/** @import { Layout } from "./layouts.mjs" */

/** Pinyin, a composed phrase, initials, a beginning, a misspelling, zhuyin, nothing. */
const TYPED = ["wenmingshijian", "tushuguanshijian", "wmsj", "图书", "文明时间", "ㄊㄨˊㄕㄨ", "qqqq", ""];

const PAGE = `<!doctype html><meta charset="utf-8"><title>suggestions</title><pre></pre><script src="ask.js"></script>`;
const SCRIPT_PAGE = PAGE.replace("<script", `<script src="../script/suoyin.js"></script><script`);
const ASK = `"use strict";
const { layout, typed } = JSON.parse(decodeURIComponent(location.hash.slice(1)));
const tell = (what) => { document.querySelector("pre").textContent = JSON.stringify(what); };
(async () => {
  const { open } = layout === "script" ? globalThis.Suoyin : await import(\`../\${layout}/suoyin.js\`);
  const index = await open();
  await index.search("图书");
  const requests = () => performance.getEntriesByType("resource").filter(({ name }) => name.includes("suggest"));
  const before = requests().length;
  const answers = [];
  for (const query of typed) answers.push(await index.suggest(query));
  return { answers, before, after: requests().length };
})().then(tell, (error) => tell({ error: String(error) }));
`;

const folder = mkdtempSync(join(tmpdir(), "suoyin-"));
/** @type {string} */
let command;
/** @type {Awaited<ReturnType<typeof serve>>} */
let site;

/** @param {string[]} args */
const suoyin = (...args) => execFileSync(command, args, { encoding: "utf8", stdio: "pipe" });
/** What the native command suggests in a layout for all that is typed: asked beforehand, as nothing is served meanwhile. */
const native = /** @type {Record<Layout, unknown[]>} */ ({});

before(async () => {
  command = buildCommand();
  const docs = fileURLToPath(new URL("../docs", import.meta.url));
  for (const layout of LAYOUTS) suoyin("build", docs, "-o", join(folder, layout), "--layout", layout);
  suoyin("build", docs, "-o", join(folder, "without"), "--suggest", "false");
  for (const layout of LAYOUTS) {
    native[layout] = TYPED.map((typed) => JSON.parse(suoyin("suggest", join(folder, layout), "--json", "--", typed)));
  }
  mkdirSync(join(folder, "pages"));
  writeFileSync(join(folder, "pages/page.html"), PAGE);
  writeFileSync(join(folder, "pages/script.html"), SCRIPT_PAGE);
  writeFileSync(join(folder, "pages/ask.js"), ASK);
  site = await serve(folder);
});

after(() => {
  site?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** @param {string} layout @returns {Promise<typeof import("../www/client.js")>} */
const client = (layout) => import(pathToFileURL(join(folder, layout, "suoyin.js")).href);

for (const layout of /** @type {Layout[]} */ (["module", "shards"])) {
  test(`in Node, as the native command: ${layout}`, async () => {
    const index = await (await client(layout)).open();
    for (const [at, typed] of TYPED.entries()) assert.deepEqual(await index.suggest(typed), native[layout][at], typed);
    assert.equal((await index.suggest("图书", { limit: 1 })).length, 1);
    assert.deepEqual(await index.suggest("图书", { limit: 0 }), []);
    index.close();
    await assert.rejects(index.suggest("图书"), { code: "closed" });
  });
}

test("an index of another folder brings its own", async () => {
  const { open } = await client("without");
  assert.deepEqual(await (await open()).suggest("wmsj"), []);
  const other = await open(pathToFileURL(join(folder, "module/")));
  assert.deepEqual(await other.suggest("wmsj"), native.module[TYPED.indexOf("wmsj")]);
  const bytes = readFileSync(join(folder, "module/suoyin.wasm"));
  const start = bytes.lastIndexOf(Buffer.from("\x89SUOYIN\n", "latin1"));
  assert.deepEqual(await (await open(new Uint8Array(bytes.subarray(start)))).suggest("wmsj"), []);
});

test("who no longer waits is told at once", async () => {
  const index = await (await client("module")).open();
  const controller = new AbortController();
  const suggesting = index.suggest("wmsj", { signal: controller.signal });
  controller.abort(new Error("enough"));
  await assert.rejects(suggesting, { message: "enough" });
  assert.deepEqual(await index.suggest("wmsj"), native.module[TYPED.indexOf("wmsj")]);
});

/**
 * Runs in the page: what it tells, once it does.
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
    /** @type {Browser} */
    let b;

    before(async () => {
      b = await browser(name);
    });

    after(() => b?.close());

    const file = () => pathToFileURL(join(folder, "pages/")).href;
    const http = () => `${site.address}pages/`;
    const cases = /** @type {[string, Layout, string, () => string][]} */ ([
      ["beside a module", "module", "page.html", http],
      ["beside shards", "shards", "page.html", http],
      ["beside a script", "script", "script.html", http],
      ["beside a script, from a folder", "script", "script.html", file],
    ]);
    for (const [what, layout, page, base] of cases) {
      test(what, async () => {
        await b.open("about:blank");
        await b.open(`${base()}${page}#${encodeURIComponent(JSON.stringify({ layout, typed: TYPED }))}`);
        const { answers, before, after, error } = JSON.parse(await b.evaluate(told));
        assert.equal(error, undefined);
        assert.deepEqual(answers, native[layout]);
        // Nothing is loaded before it is asked for.
        if (base === http) assert.ok(before === 0 && after > 0, `${before}, ${after}`);
      });
    }
  });
}
