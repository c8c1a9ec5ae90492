// What every browser must do for the page: load the module, search as one types, open files.
import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { setImmediate as nextEvents } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { deflateRawSync } from "node:zlib";
import { browserFor, names } from "./browsers.mjs";
import { serve } from "./site.mjs";


/** @type {Awaited<ReturnType<typeof serve>>} */
let site;

before(async () => {
  site = await serve();
});

after(() => site?.close());

for (const name of names) {
  describe(name, () => {
    const b = browserFor(name);

    before(() => console.log(`${name} ${b.version}`));

    /** Waits for the answer to a query, until its last hit is drawn. @param {string} query */
    const answered = (query, state = "results") =>
      b.waitFor(
        (query, state) => {
          const base = document.querySelector("suoyin-search")?.shadowRoot?.querySelector("div");
          const list = /** @type {HTMLElement | null | undefined} */ (base?.querySelector("[role=listbox]"));
          // Room is kept for those that follow.
          const follow = parseFloat(list?.style.paddingBlockEnd ?? "") > 0;
          return base?.dataset["query"] === query && base.dataset["state"] === state && !follow;
        },
        query,
        state,
      );

    /** The texts of the elements in the search box that a selector names. @param {string} selector */
    const texts = (selector) =>
      b.evaluate(
        (selector) =>
          [...(document.querySelector("suoyin-search")?.shadowRoot?.querySelectorAll(selector) ?? [])].map(
            ({ textContent }) => textContent ?? "",
          ),
        selector,
      );

    /** An attribute of the first of them. @param {string} selector @param {string} name */
    const attribute = (selector, name) =>
      b.evaluate(
        (selector, name) => document.querySelector("suoyin-search")?.shadowRoot?.querySelector(selector)?.getAttribute(name),
        selector,
        name,
      );

    /** Where the first hit leads, without the passage that is looked for there. */
    const target = async () => ((await attribute("#hit-0", "href")) ?? "").replace(/#.*$/, "");

    /** Waits until the page is another one. @param {string} target */
    const arrived = (target) => b.waitFor((target) => location.href.replace(/#.*$/, "") === target, target);

    /** What is marked in the hits, without glosses and white space. */
    const marks = async () =>
      (await texts("[role=group] mark")).map((mark) => mark.replace(/\s+|[(（].*?[)）]/gu, ""));

    test("the page answers what is typed, and marks it in both scripts", async () => {
      await b.open(site.address);
      await b.type("[role=combobox]", "文明实践");
      await answered("文明实践");
      const found = await marks();
      assert.ok(found.length > 0);
      for (const mark of found) assert.match(mark, /^文明(实践|實踐)$/);
      assert.ok(found.includes("文明實踐"));
      assert.deepEqual(await b.problems(), []);
    });

    test("keys walk through the hits, and a click follows one", async () => {
      await b.open(`${site.address}?q=${encodeURIComponent("文明实践")}`);
      await answered("文明实践");
      await b.click("[role=combobox]");
      const active = () => attribute("input", "aria-activedescendant");
      await b.press("ArrowDown");
      await b.press("ArrowDown");
      assert.equal(await active(), await attribute(".option + .option", "id"));
      await b.press("Backspace");
      await answered("文明实");
      assert.equal(await active(), null);
      const address = await target();
      await b.click("#hit-0 .title");
      await arrived(address);
      assert.deepEqual(await b.problems(), []);
    });

    test("either script finds the same documents", async () => {
      const titles = () => texts(".title");
      await b.open(`${site.address}?q=${encodeURIComponent("网络")}`);
      await answered("网络");
      const simplified = await titles();
      assert.match((await marks()).join(), /網/);
      await b.open(`${site.address}?q=${encodeURIComponent("網絡")}`);
      await answered("網絡");
      assert.ok(simplified.length > 0);
      assert.deepEqual((await titles()).sort(), simplified.sort());
    });

    test("Escape closes the results and then clears; Enter follows a hit", async () => {
      const state = () => attribute("div", "data-state");
      const field = () => b.evaluate(() => /** @type {import("../www/element.js").SuoyinSearch} */ (document.querySelector("suoyin-search")).value);
      await b.open(site.address);
      await b.type("[role=combobox]", "文明实践");
      await answered("文明实践");
      await b.press("Escape");
      assert.equal(await state(), "start");
      assert.equal(await field(), "文明实践");
      await b.press("Escape");
      assert.equal(await field(), "");
      await b.type("[role=combobox]", "文明实践");
      await answered("文明实践");
      await b.press("ArrowDown");
      const address = await target();
      await b.press("Enter");
      await arrived(address);
      assert.deepEqual(await b.problems(), []);
    });

    test("markup in a query stays text, and nothing found is said", async () => {
      await b.open(`${site.address}?q=${encodeURIComponent("<img src=x onerror=alert(1)>")}`);
      await answered("<img src=x onerror=alert(1)>");
      assert.deepEqual(await texts("img"), []);
      await b.open(site.address);
      await b.type("[role=combobox]", "龘䶛");
      await answered("龘䶛", "none");
      const [status = ""] = await texts("[role=status]");
      assert.ok(status.includes("龘䶛"), status);
      assert.deepEqual(await b.problems(), []);
    });

    test("a key with a modifier is one press", async () => {
      await b.open(site.address);
      await b.type("[role=combobox]", "library");
      await answered("library");
      await b.press("Control+a");
      await b.press("Backspace");
      await b.type("[role=combobox]", "图");
      await answered("图");
      assert.deepEqual(await b.problems(), []);
    });

    test("a page from a folder runs a classic script, which unpacks and runs a module", async () => {
      const folder = await mkdtemp(join(tmpdir(), "suoyin-文件-"));
      try {
        // The empty module, deflated, as a script that brings its own engine would have it.
        const packed = deflateRawSync(Buffer.from("\0asm\x01\0\0\0", "latin1")).toString("base64");
        await writeFile(join(folder, "page.html"), '<!doctype html><meta charset="utf-8"><script src="页.js"></script>\n');
        await writeFile(
          join(folder, "页.js"),
          `const packed = Uint8Array.from(atob("${packed}"), (c) => c.charCodeAt(0));
           const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
           new Response(stream).arrayBuffer().then(WebAssembly.instantiate).then(
             ({ instance }) => (document.title = \`\${location.protocol} \${instance}\`),
             (error) => console.error(String(error)));\n`,
        );
        await b.open(pathToFileURL(join(folder, "page.html")).href);
        await b.waitFor(() => document.title !== "");
        assert.equal(await b.evaluate(() => document.title), "file: [object WebAssembly.Instance]");
        assert.deepEqual(await b.problems(), []);
      } finally {
        await rm(folder, { recursive: true });
      }
    });

    test("a picture shows the page", async () => {
      await b.open(site.address);
      const picture = await b.screenshot();
      assert.equal(picture.subarray(1, 4).toString(), "PNG");
      assert.ok(picture.readUInt32BE(16) >= 800, "it is as wide as a desktop");
      assert.deepEqual(await b.problems(), []);
    });

    test("what goes wrong on the page is noticed", { timeout: 20_000 }, async () => {
      await b.open(site.address);
      await b.evaluate(() => {
        console.error("an error on purpose");
        console.warn("a warning on purpose");
        document.body.append(Object.assign(document.createElement("script"), { textContent: "1" }));
        setTimeout(() => {
          throw new Error("thrown on purpose");
        });
      });
      const expected = [/an error on/, /a warning on/, /thrown on purpose/, /Content[- ]Security[- ]Policy/i];
      // The browsers tell of it in an order of their own, and when they come to it.
      /** @type {string[]} */
      let problems = [];
      while (problems.length < expected.length) {
        await nextEvents();
        problems = await b.problems();
      }
      for (const one of expected) assert.match(problems.join("\n"), one);
    });
  });
}
