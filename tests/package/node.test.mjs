// The package in Node: importing it touches no page, and its client opens indexes by path.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { copyFileSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { QUERIES, Site, unpacked } from "./indexes.mjs";

/** @typedef {Pick<typeof import("../../www/client.js"), "open" | "SuoyinError">} Client */

/** @type {Site} */
let site;
/** @type {Client} */
let client;

before(async () => {
  site = new Site();
  client = await import(pathToFileURL(join(unpacked, "client.js")).href);
});

after(() => site?.remove());

for (const path of ["search/suoyin.wasm", "search/", "shards/suoyin.root", "shards/"]) {
  test(`${path} answers as the command does`, async () => {
    const index = await client.open(join(site.folder, path));
    for (const query of QUERIES) {
      const { total, hits } = await index.search(query);
      assert.deepEqual({ total, titles: hits.map((hit) => hit.title) }, site.native(query), query);
    }
    index.close();
  });
}

test("both kinds of index are open at once", async () => {
  const [whole, shards] = await Promise.all([
    client.open(join(site.folder, "search/suoyin.wasm")),
    client.open(join(site.folder, "shards/suoyin.root")),
  ]);
  assert.equal((await whole.search("图书馆")).total, (await shards.search("图书馆")).total);
  whole.close();
  shards.close();
});

test("an index of another release is opened by the engine of the package", async () => {
  // One function that the engine around the index takes from its script has another name.
  const module = readFileSync(join(site.folder, "search/suoyin.wasm"));
  const imported = /__wbg_/.exec(module.toString("latin1"));
  module.write("__wbX", imported?.index ?? assert.fail("no import to rename"));
  const other = join(site.folder, "other.wasm");
  writeFileSync(other, module);
  const index = await client.open(other);
  assert.equal((await index.search("文明实践")).total, site.native("文明实践").total);
  index.close();
});

test("an engine without an index, and nothing at all, are told", async () => {
  const engine = join(site.folder, "engine.wasm");
  copyFileSync(join(unpacked, "engine/suoyin.wasm"), engine);
  /** @param {unknown} source @param {string} code */
  const fails = (source, code) =>
    assert.rejects(client.open(/** @type {string} */ (source)), (error) => {
      assert.ok(error instanceof client.SuoyinError, String(error));
      assert.equal(error.code, code);
      return true;
    });
  await fails(engine, "not-an-index");
  await fails(undefined, "bad-options");
  await fails(join(site.folder, "missing/suoyin.root"), "load-failed");
  await fails(join(site.folder, "missing/"), "load-failed");
});

test("each entry can be imported where there is no page", () => {
  const { exports } = JSON.parse(readFileSync(join(unpacked, "package.json"), "utf8"));
  const entries = Object.entries(exports).filter(([, target]) => target.default?.endsWith(".js"));
  assert.ok(entries.length >= 5);
  // By its name, as an application that has it installed; and nothing may come to stand in global scope.
  const script = `
    const before = new Set(Reflect.ownKeys(globalThis));
    const main = await import("suoyin");
    const { SuoyinSearch } = await import("suoyin/element");
    for (const name of ${JSON.stringify(entries.map(([name]) => `suoyin${name.slice(1)}`))}) await import(name);
    const added = Reflect.ownKeys(globalThis).filter((key) => !before.has(key)).map(String);
    console.log(JSON.stringify([typeof main.open, typeof SuoyinSearch, added]));
  `;
  const cwd = fileURLToPath(new URL("../../target/package-site", import.meta.url));
  const printed = execFileSync(process.execPath, ["--input-type=module", "--eval", script], { cwd, encoding: "utf8" });
  assert.deepEqual(JSON.parse(printed), ["function", "function", []]);
});

test("bundlers leave alone what is imported from where the index lies", () => {
  for (const file of readdirSync(unpacked, { recursive: true, encoding: "utf8" })) {
    if (!/^(?!dist).*\.js$/.test(file)) continue;
    // webpack takes an address that is computed for a module of its own, unless a comment says otherwise.
    const [found] = readFileSync(join(unpacked, file), "utf8").match(/\bimport\((?!["/]).*/) ?? [];
    assert.equal(found, undefined, `${file}: write import(/* webpackIgnore: true */ …)`);
  }
});

test("the description of the element names what the package has", () => {
  const manifest = JSON.parse(readFileSync(join(unpacked, "custom-elements.json"), "utf8"));
  const [module] = manifest.modules.filter((/** @type {any} */ { declarations }) =>
    declarations.some((/** @type {any} */ { tagName }) => tagName === "suoyin-search"),
  );
  assert.equal(module.path, "element.js");
  const exported = module.exports.map((/** @type {any} */ { kind, name }) => `${kind} ${name}`);
  assert.ok(exported.includes("custom-element-definition suoyin-search"), exported.join());
});
