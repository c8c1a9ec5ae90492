// What the search box in one file loads beyond itself: for a page of results and for several indexes, from a server
// and from a folder, in every browser.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { browserFor, names } from "./browsers.mjs";
import { Layouts, serve } from "./layouts.mjs";


/** @type {Layouts} */
let layouts;
/** @type {Awaited<ReturnType<typeof serve>>} */
let site;
/** The same at another origin. @type {Awaited<ReturnType<typeof serve>>} */
let other;

before(async () => {
  layouts = new Layouts();
  /** @param {string} name @param {string} folder Where the script lies. @param {string} box */
  const write = (name, folder, box) =>
    writeFileSync(join(layouts.folder, name), `<!doctype html><html lang="zh-Hans"><meta charset="utf-8"><title>box</title>
      <script src="${folder}/suoyin-search.js" defer></script>${box}`);
  for (const layout of ["module", "script"]) {
    write(`page-${layout}.html`, `docs/${layout}`, '<suoyin-search variant="page"></suoyin-search>');
  }
  write("inline.html", "docs/module", "<suoyin-search></suoyin-search>");
  write("several.html", "docs/module", '<suoyin-search src="docs/module/ many/module/"></suoyin-search>');
  mkdirSync(join(layouts.folder, "alone"));
  copyFileSync(join(layouts.folder, "docs/module/suoyin-search.js"), join(layouts.folder, "alone/suoyin-search.js"));
  write("alone.html", "alone", '<suoyin-search variant="page" src="docs/module/"></suoyin-search>');
  [site, other] = await Promise.all([serve(layouts.folder), serve(layouts.folder, { cors: true })]);
  const search = `${other.address}docs/module/`;
  const integrity = Object.fromEntries(["suoyin", "suoyin-results"].map((name) => [`${search}${name}.js`, digest(name)]));
  for (const [page, pinned] of [["pinned", "suoyin-search"], ["changed", "suoyin-results"]]) {
    writeFileSync(join(layouts.folder, `${page}.html`), `<!doctype html><html lang="zh-Hans"><meta charset="utf-8"><title>box</title>
      <script type="importmap">${JSON.stringify({ integrity })}</script>
      <script type="module" crossorigin="anonymous" src="${search}suoyin-search.js" integrity="${digest(pinned ?? "")}"></script>
      <suoyin-search variant="page" src="${search}" base-url="/"></suoyin-search>`);
  }
});

after(() => {
  site?.close();
  other?.close();
  layouts?.remove();
});

/** What a page states of a script. @param {string} name */
function digest(name) {
  const bytes = readFileSync(join(layouts.folder, `docs/module/${name}.js`));
  return `sha384-${createHash("sha384").update(bytes).digest("base64")}`;
}

/** Runs in the page: searches. @param {string} query */
function search(query) {
  const box = /** @type {any} */ (document.querySelector("suoyin-search"));
  return Promise.resolve(box.search(query)).then(() => true);
}

/** Runs in the page: whether something with this selector can be seen in the box. @param {string} selector */
function shows(selector) {
  const found = document.querySelector("suoyin-search")?.shadowRoot?.querySelector(selector);
  return found?.checkVisibility() ?? false;
}

/** Runs in the page: whether the second script was asked for. */
function loaded() {
  return performance.getEntriesByType("resource").some(({ name }) => name.includes("suoyin-results.js"));
}

for (const name of names) {
  describe(name, () => {
    const b = browserFor(name);

    test("a page of results, from a server", async () => {
      await b.open(`${site.address}page-module.html?q=${encodeURIComponent("图书馆")}`);
      await b.waitFor(shows, ".sort");
      assert.ok(await b.evaluate(shows, "#hit-0"), "what the address says is searched for");
      await b.evaluate(search, "qqqqqq");
      assert.equal(await b.evaluate(shows, ".sort"), false, "nothing has no order");
      assert.deepEqual(await b.problems(), []);
    });

    test("a page of results, from a folder", async () => {
      await b.open(`${pathToFileURL(join(layouts.folder, "page-script.html"))}?q=${encodeURIComponent("图书馆")}`);
      await b.waitFor(shows, ".sort");
      assert.deepEqual(await b.problems(), []);
    });

    test("several indexes", async () => {
      await b.open(`${site.address}several.html`);
      await b.evaluate(search, "文明");
      await b.waitFor(shows, ".heading");
      assert.ok(await b.evaluate(loaded));
      assert.deepEqual(await b.problems(), []);
    });

    test("a plain box does without", async () => {
      await b.open(`${site.address}inline.html`);
      await b.evaluate(search, "图书馆");
      await b.waitFor(shows, "#hit-0");
      assert.equal(await b.evaluate(loaded), false);
    });

    test("from another origin, each script pinned by its digest", async () => {
      await b.open(`${site.address}pinned.html?q=${encodeURIComponent("图书馆")}`);
      await b.waitFor(shows, ".sort");
      assert.ok(await b.evaluate(shows, "#hit-0"));
      assert.deepEqual(await b.problems(), []);
      await b.open(`${site.address}changed.html`);
      assert.equal(await b.evaluate(() => customElements.get("suoyin-search") === undefined), true, "another file is not run");
    });

    test("where it does not come, the page says so and offers to try again", async () => {
      rmSync(join(layouts.folder, "alone/suoyin-results.js"), { force: true });
      await b.open(`${site.address}alone.html?q=${encodeURIComponent("图书馆")}`);
      await b.waitFor(shows, ".retry");
      copyFileSync(join(layouts.folder, "docs/module/suoyin-results.js"), join(layouts.folder, "alone/suoyin-results.js"));
      await b.click(".retry");
      await b.waitFor(shows, ".sort");
      assert.ok(await b.evaluate(shows, "#hit-0"));
    });
  });
}
