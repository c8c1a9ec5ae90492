// The layouts in Node: opened by path and by address, the same hits as the native command.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { runInThisContext } from "node:vm";
import { Layouts, QUERIES, SPOILT, comparable, serve } from "./layouts.mjs";

/** @typedef {Pick<typeof import("../www/client.js"), "open" | "SuoyinError">} Client */

/** @type {Layouts} */
let layouts;

before(() => {
  layouts = new Layouts();
});

after(() => layouts?.remove());

let loaded = 0;

/** The module `suoyin.js`, with an engine of its own. @param {string} [folder] @returns {Promise<Client>} */
async function client(folder = "module") {
  const url = pathToFileURL(join(layouts.folder, folder, "suoyin.js"));
  loaded += 1;
  return import(`${url.href}?${loaded}`);
}

/** Runs a script as a page would. @param {string} path @returns {Client} */
function script(path) {
  Reflect.deleteProperty(globalThis, "Suoyin");
  runInThisContext(readFileSync(join(layouts.folder, path), "utf8"));
  return Reflect.get(globalThis, "Suoyin");
}

/**
 * @param {Awaited<ReturnType<Client["open"]>>} index
 * @param {string} layout
 */
async function assertAnswers(index, layout) {
  for (const query of QUERIES) {
    const results = await index.search(query);
    assert.equal(typeof results.took, "number");
    assert.deepEqual(comparable(results), comparable(layouts.native(layout, query)), query);
  }
  assert.equal((await index.search("的", { limit: 3, offset: 2 })).hits.length, 3);
  assert.ok(index.documentCount > 50);
  index.close();
}

test("module: what lies beside the script", async () => {
  const { open } = await client();
  await assertAnswers(await open(), "module");
});

test("module: by address, path, folder and bytes", async () => {
  const { open } = await client();
  const path = join(layouts.folder, "module/suoyin.wasm");
  const module = new WebAssembly.Module(readFileSync(path));
  const [bytes = assert.fail()] = WebAssembly.Module.customSections(module, "suoyin.index");
  const folder = pathToFileURL(join(layouts.folder, "module/"));
  for (const source of [bytes, new Uint8Array(bytes), path, pathToFileURL(path), folder, folder.href]) {
    await assertAnswers(await open(source), "module");
  }
});

test("module: over the network", async () => {
  const site = await serve(layouts.folder);
  try {
    for (const source of ["module/suoyin.wasm", "module/", "plain/module/suoyin.wasm"]) {
      const { open } = await client();
      await assertAnswers(await open(site.address + source), "module");
    }
  } finally {
    site.close();
  }
});

test("script: what is inside, and any other index", async () => {
  const { open } = script("script/suoyin.js");
  await assertAnswers(await open(), "script");
  await assertAnswers(await open(join(layouts.folder, "module/suoyin.wasm")), "module");
});

test("indexes stand side by side, and closing one leaves the others", async () => {
  const { open } = await client();
  const [one, two] = await Promise.all([open(), open(join(layouts.folder, "module/"))]);
  one.close();
  one.close();
  await assert.rejects(one.search("文明"), { code: "closed" });
  assert.ok((await two.search("文明")).total > 0);
});

for (const [file, code] of SPOILT) {
  test(`${file}: ${code}`, async () => {
    const { open, SuoyinError } = await client();
    for (const place of [join(layouts.folder, "spoilt", file), pathToFileURL(join(layouts.folder, "spoilt", file))]) {
      const error = await open(place).catch((error) => error);
      assert.ok(error instanceof SuoyinError, String(error));
      assert.equal(error.code, code, error.message);
      assert.ok(error.message.length > 10);
    }
    await assertAnswers(await open(), "module");
  });
}

test("an engine that does not fit the script: version", async () => {
  const { open } = await client("spoilt");
  await assert.rejects(open(), { name: "SuoyinError", code: "version" });
  // Another one does.
  await assertAnswers(await open(join(layouts.folder, "module/")), "module");
});

test("a damaged script: damaged", async () => {
  const { open } = script("spoilt/script.js");
  await assert.rejects(open(), { name: "SuoyinError", code: "damaged" });
});

test("what is no address: bad-options", async () => {
  const { open } = await client();
  await assert.rejects(open("http://["), { name: "SuoyinError", code: "bad-options" });
});

test("opening can be aborted, before and while it waits", async () => {
  const { open } = await client();
  await assert.rejects(open(undefined, { signal: AbortSignal.abort() }), { name: "AbortError" });
  const turn = new AbortController();
  const opening = open(undefined, { signal: turn.signal });
  turn.abort(new Error("never mind"));
  await assert.rejects(opening, /never mind/);
  await assertAnswers(await open(undefined, { signal: new AbortController().signal }), "module");
});
