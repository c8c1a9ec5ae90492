// The layouts in Node: opened by path and by address, the same hits as the native command.
import assert from "node:assert/strict";
import { readFileSync, readdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { runInThisContext } from "node:vm";
import { brotliCompressSync, deflateRawSync } from "node:zlib";
import { ASKED, LAYOUTS, Layouts, SPOILT, comparable, serve } from "./layouts.mjs";

/** @import { Corpus } from "./layouts.mjs" */

/** @typedef {Pick<typeof import("../www/client.js"), "open" | "SuoyinError">} Client */

/** @type {Layouts} */
let layouts;

before(() => {
  layouts = new Layouts();
});

after(() => layouts?.remove());

let loaded = 0;

/** The module `suoyin.js`, with an engine of its own. @param {string} [folder] @returns {Promise<Client>} */
async function client(folder = "docs/module") {
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
 * The same answers as the native command's.
 *
 * @param {Awaited<ReturnType<Client["open"]>>} index
 * @param {Corpus} [corpus]
 */
async function assertAnswers(index, corpus = "docs") {
  for (const query of ASKED[corpus]) {
    const results = await index.search(query);
    assert.equal(typeof results.took, "number");
    assert.deepEqual(comparable(results), comparable(layouts.native(corpus, query)), query);
  }
  assert.equal((await index.search("文明", { limit: 3, offset: 2 })).hits.length, 3);
  assert.ok(index.documentCount > 50);
  index.close();
}

for (const corpus of /** @type {Corpus[]} */ (["docs", "many"])) {
  test(`natively, all layouts answer the same: ${corpus}`, () => {
    for (const query of ASKED[corpus]) {
      const [first, ...others] = LAYOUTS.map((layout) => layouts.native(corpus, query, layout));
      for (const other of others) assert.deepEqual(other, first, query);
    }
  });

  for (const layout of LAYOUTS) {
    test(`${corpus}, ${layout}: as native`, async () => {
      const folder = `${corpus}/${layout}`;
      const { open } = layout === "script" ? script(`${folder}/suoyin.js`) : await client(folder);
      await assertAnswers(await open(), corpus);
    });
  }
}

test("the shards of many documents come in groups, of 64 at most", () => {
  const groups = join(layouts.folder, "many/shards/suoyin.shards");
  const sizes = new Map(readdirSync(groups).map((group) => [group, readdirSync(join(groups, group)).length]));
  for (const kind of ["terms", "positions", "documents"]) {
    const ofKind = [...sizes].filter(([group]) => group.startsWith(kind)).map(([, size]) => size);
    assert.ok(ofKind.length > 1, `${kind}: ${ofKind}`);
    assert.ok(ofKind.every((size) => size <= 64), `${kind}: ${ofKind}`);
  }
});

test("shards: by address, path and folder, and over the network", async (t) => {
  const site = await serve(layouts.folder);
  t.after(() => site.close());
  const folder = join(layouts.folder, "docs/shards/");
  const path = join(folder, "suoyin.root");
  const sources = [path, pathToFileURL(path), pathToFileURL(folder).href, `${site.address}docs/shards/`, `${site.address}docs/shards/suoyin.root`];
  for (const source of sources) {
    const { open } = await client("docs/shards");
    await assertAnswers(await open(source));
  }
});

test("shards and indexes in one piece have scripts of their own, which say so", async () => {
  const own = await client("docs/module");
  for (const source of ["docs/shards/", "docs/shards/suoyin.wasm", "docs/shards/suoyin.root"]) {
    await assert.rejects(own.open(join(layouts.folder, source)), { name: "SuoyinError", code: "not-an-index" });
  }
  const other = await client("docs/shards");
  const module = join(layouts.folder, "docs/module/suoyin.wasm");
  await assert.rejects(other.open(module), { name: "SuoyinError", code: "not-an-index", message: /suoyin\.js/ });
  await assert.rejects(other.open(new Uint8Array(9)), { name: "SuoyinError", code: "bad-options", message: /address/ });
  await assertAnswers(await other.open());
});

for (const [file, bytes, code] of /** @type {[string, Buffer, string][]} */ ([
  ["cut.root", Buffer.from([3]), "damaged"],
  ["other.root", deflateRawSync("something else"), "not-an-index"],
])) {
  test(`${file}: ${code}`, async () => {
    const { open } = await client("docs/shards");
    const path = join(layouts.folder, file);
    writeFileSync(path, bytes);
    const error = await open(path).catch((error) => error);
    assert.equal(error.code, code, error.message);
    if (code === "damaged") assert.ok(error.message.startsWith(pathToFileURL(path).href), error.message);
  });
}

test("a file of a shard that is gone: not-found, until it is back", async () => {
  const { open } = await client("docs/shards");
  const index = await open();
  const groups = join(layouts.folder, "docs/shards/suoyin.shards");
  renameSync(groups, `${groups}.away`);
  await assert.rejects(index.search("文明"), { name: "SuoyinError", code: "not-found" });
  renameSync(`${groups}.away`, groups);
  await assertAnswers(index);
});

test("suoyin.js takes 5 KB at most", () => {
  for (const layout of ["module", "shards"]) {
    const bytes = readFileSync(join(layouts.folder, `docs/${layout}/suoyin.js`));
    const size = brotliCompressSync(bytes).length;
    assert.ok(size <= 5 * 1024, `${layout}: ${size} bytes`);
  }
});

test("the search box takes 12 KB at most, and what it loads for a page of results 4 KB", () => {
  for (const [name, most] of /** @type {const} */ ([["search", 12], ["results", 4]])) {
    const size = brotliCompressSync(readFileSync(join(layouts.folder, `docs/module/suoyin-${name}.js`))).length;
    assert.ok(size <= most * 1024, `suoyin-${name}.js: ${size} bytes`);
  }
});

test("module: what lies beside the script", async () => {
  const { open } = await client();
  await assertAnswers(await open());
});

test("module: by address, path, folder and bytes", async () => {
  const { open } = await client();
  const path = join(layouts.folder, "docs/module/suoyin.wasm");
  const module = new WebAssembly.Module(readFileSync(path));
  const [bytes = assert.fail()] = WebAssembly.Module.customSections(module, "suoyin.index");
  const folder = pathToFileURL(join(layouts.folder, "docs/module/"));
  for (const source of [bytes, new Uint8Array(bytes), path, pathToFileURL(path), folder, folder.href]) {
    await assertAnswers(await open(source));
  }
});

test("module: over the network", async () => {
  const site = await serve(layouts.folder);
  try {
    for (const source of ["docs/module/suoyin.wasm", "docs/module/", "plain/docs/module/suoyin.wasm"]) {
      const { open } = await client();
      await assertAnswers(await open(site.address + source));
    }
  } finally {
    site.close();
  }
});

test("script: what is inside, and any other index", async () => {
  const { open } = script("docs/script/suoyin.js");
  await assertAnswers(await open());
  await assertAnswers(await open(join(layouts.folder, "docs/module/suoyin.wasm")));
});

test("indexes stand side by side, and closing one leaves the others", async () => {
  const { open } = await client();
  const [one, two] = await Promise.all([open(), open(join(layouts.folder, "docs/module/"))]);
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
    await assertAnswers(await open());
  });
}

test("an engine that does not fit the script: version", async () => {
  const { open } = await client("spoilt");
  await assert.rejects(open(), { name: "SuoyinError", code: "version" });
  // Another one does.
  await assertAnswers(await open(join(layouts.folder, "docs/module/")));
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
  await assertAnswers(await open(undefined, { signal: new AbortController().signal }));
});
