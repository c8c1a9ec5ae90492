// The pages of the demo, as `cargo xtask demo` lays them out and serves them: each finds something, in
// every browser, and nothing goes wrong on it.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { createServer } from "node:http";
import { dirname, extname, join, normalize } from "node:path";
import { createInterface } from "node:readline";
import { after, before, describe, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { browserFor, names } from "./browsers.mjs";
import { listen } from "./listen.mjs";

/** @import { ChildProcess } from "node:child_process" */
/** @import { SuoyinSearch } from "../www/element.js" */

/** @type {ChildProcess} */
let demo;
/** Where it is served, where for other origins, and the page that is opened from its folder. */
let site = "", other = "", file = "";

before(async () => {
  const root = fileURLToPath(new URL("..", import.meta.url));
  const args = ["run", "--quiet", "--package", "xtask", "--", "demo", "--keep-module", "--port", "0"];
  demo = spawn("cargo", args, { cwd: root, stdio: ["ignore", "pipe", "inherit"] });
  for await (const line of createInterface(/** @type {any} */ (demo.stdout))) {
    site ||= /^the demo is at (\S+)/.exec(line)?.[1] ?? "";
    other ||= /^another origin is at (\S+)/.exec(line)?.[1] ?? "";
    file ||= /^a page to open from its folder is (.+)/.exec(line)?.[1] ?? "";
    if (file) break;
  }
  assert.ok(site && other && file, "the demo has started");
});

after(() => demo?.kill());

const TYPES = /** @type {Record<string, string>} */ ({
  ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".wasm": "application/wasm",
});

/** A server of the same folder that can be taken away. */
function serveFolder() {
  const folder = dirname(dirname(file));
  return listen(createServer(async (request, response) => {
    const path = join(folder, normalize(decodeURIComponent(new URL(request.url ?? "/", "http://localhost").pathname)));
    const found = await stat(path).catch(() => undefined);
    if (!found?.isFile()) response.writeHead(404).end();
    else {
      response.setHeader("Content-Type", TYPES[extname(path)] ?? "text/plain");
      createReadStream(path).pipe(response);
    }
  }));
}

for (const name of names) {
  describe(name, () => {
    const b = browserFor(name);

    /**
     * Searches in a box and gives the addresses of what is found.
     *
     * @param {string} query
     * @param {string} [selector]
     */
    async function find(query, selector = "suoyin-search") {
      await b.waitFor((selector) => document.querySelector(selector)?.shadowRoot?.querySelector(".base"), selector);
      await b.evaluate((selector, query) => {
        const box = /** @type {SuoyinSearch} */ (document.querySelector(selector));
        box.open();
        box.search(query);
      }, selector, query);
      return found(query, selector);
    }

    /** @param {string} query @param {string} [selector] */
    async function found(query, selector = "suoyin-search") {
      await b.waitFor((selector, query) => {
        const base = document.querySelector(selector)?.shadowRoot?.querySelector(".base");
        const { state, query: answered } = /** @type {HTMLElement} */ (base)?.dataset ?? {};
        const list = /** @type {HTMLElement | null | undefined} */ (base?.querySelector(".results"));
        // Room is kept for hits that are not drawn yet.
        const follow = parseFloat(list?.style.paddingBlockEnd ?? "") > 0;
        return answered === query && state !== "loading" && !follow;
      }, selector, query);
      const links = await inside(selector, ".results a[role=option]", "href");
      assert.ok(links.length > 0, `${query} is found`);
      return links;
    }

    /** What elements in the box have as this property. @param {string} selector @param {string} part @param {string} property */
    const inside = (selector, part, property) =>
      b.evaluate((selector, part, property) => {
        const root = document.querySelector(selector)?.shadowRoot;
        return [...(root?.querySelectorAll(part) ?? [])].map((one) => String(Reflect.get(one, property)));
      }, selector, part, property);

    let known = 0;
    /** That nothing went wrong since it was last asked. */
    async function noProblems() {
      const problems = await b.problems();
      const fresh = problems.slice(known);
      known = name === "webkit" ? 0 : problems.length;
      assert.deepEqual(fresh, []);
    }

    for (const page of ["inline", "modal", "theming", "rtl", "hant", "offline", "origin"]) {
      test(`${page}.html finds, and shows the lines that make it`, async () => {
        await b.open(`${site}${page}.html`);
        const links = await find("图书馆");
        for (const link of links) assert.ok(link.startsWith(`${site}site/`), link);
        const shown = await b.evaluate(() => document.querySelector(".code code")?.textContent ?? "");
        const src = await b.evaluate(() => document.querySelector("suoyin-search")?.getAttribute("src"));
        assert.ok(shown.includes("<suoyin-search") && shown.includes(`src="${src}"`), shown);
        await noProblems();
      });
    }

    test("the start page leads to all others, which are there", async () => {
      await b.open(site);
      await find("文明实践");
      const pages = await b.evaluate(async () => {
        const links = [...document.querySelectorAll("nav a")].map((link) => /** @type {HTMLAnchorElement} */ (link).href);
        return Promise.all(links.map(async (link) => [link, (await fetch(link)).status]));
      });
      assert.ok(pages.length > 10);
      for (const [link, status] of pages) assert.equal(status, 200, String(link));
      await noProblems();
    });

    test("a shortcut opens the dialog", async () => {
      await b.open(`${site}modal.html`);
      await b.waitFor(() => document.querySelector("suoyin-search")?.shadowRoot?.querySelector("dialog"));
      await b.press("Control+k");
      await b.waitFor(() => document.querySelector("suoyin-search")?.shadowRoot?.querySelector("dialog[open]"));
      await noProblems();
    });

    test("the page of results has its state in the address, and filters", async () => {
      await b.open(`${site}results.html?q=${encodeURIComponent("老人")}`);
      const all = await found("老人");
      const choose = () =>
        b.evaluate(() => {
          const root = document.querySelector("suoyin-search")?.shadowRoot;
          /** @type {HTMLInputElement | null | undefined} */ (root?.querySelector(".filters input[type=checkbox]"))?.click();
        });
      await choose();
      await b.waitFor(() => new URLSearchParams(location.search).has("f.category"));
      const category = await b.evaluate(() => new URLSearchParams(location.search).get("f.category"));
      assert.ok(category);
      await b.waitFor((all) => {
        const root = document.querySelector("suoyin-search")?.shadowRoot;
        return [...(root?.querySelectorAll(".results a[role=option]") ?? [])].map((one) => one.getAttribute("href")).join() !== all;
      }, all.join());
      await noProblems();
    });

    test("one box asks several indexes, others one each", async () => {
      await b.open(`${site}several.html`);
      const all = await find("老人", "#all");
      for (const part of ["notices", "handbooks"]) {
        assert.ok(all.some((link) => link.startsWith(`${site}several/${part}/`)), part);
        const own = `suoyin-search[src*=${part}]`;
        const links = await find("老人", own);
        for (const link of links) assert.ok(link.startsWith(`${site}several/${part}/`), link);
      }
      await noProblems();
    });

    test("the page's colours are the box's, those of the nearest scheme too", async () => {
      await b.open(`${site}theming.html`);
      await find("图书馆", ".night suoyin-search");
      const brightness = (/** @type {string} */ selector) =>
        b.evaluate((selector) => {
          const field = document.querySelector(selector)?.shadowRoot?.querySelector(".panel");
          const [red = 0, green = 0, blue = 0] = getComputedStyle(/** @type {Element} */ (field)).backgroundColor.match(/\d+/g) ?? [];
          return (Number(red) + Number(green) + Number(blue)) / 3;
        }, selector);
      assert.ok((await brightness(".night suoyin-search")) < 60);
      assert.ok((await brightness(".vermilion")) > 200);
      await b.click("#theme");
      assert.ok((await brightness(".vermilion")) < 60);
      await b.click("#theme");
      await noProblems();
    });

    test("the box takes direction and language from the page", async () => {
      await b.open(`${site}rtl.html`);
      await find("图书馆");
      assert.equal(await b.evaluate(() => {
        const base = document.querySelector("suoyin-search")?.shadowRoot?.querySelector(".base");
        return base && getComputedStyle(base).direction;
      }), "rtl");
      assert.match((await inside("suoyin-search", "[role=status]", "textContent")).join(), /المطابق/);
      await b.open(`${site}hant.html`);
      await find("圖書館");
      assert.match((await inside("suoyin-search", "[role=status]", "textContent")).join(), /篇完全相符/);
      await noProblems();
    });

    test("a document has marks where it was found, in the other script", async () => {
      await b.open(`${site}inline.html`);
      const links = await find("圖書館開放時間");
      const link = links.find((link) => link.includes("notices/library-hours"));
      assert.ok(link?.includes("highlight="), links.join());
      await b.open(String(link));
      await b.waitFor(() => {
        const ranges = [...(CSS.highlights?.get("suoyin") ?? [])];
        const marked = ranges.length ? ranges : [...document.querySelectorAll("mark.suoyin")];
        return marked.some((one) => String(one instanceof Element ? one.textContent : one).includes("图书馆"));
      });
      await noProblems();
    });

    test("without a server the page searches on", async () => {
      const server = await serveFolder();
      try {
        await b.open(`${server.address}offline.html`);
        await b.waitFor(() => document.querySelector("#kept[data-ready]"));
      } finally {
        server.close();
      }
      await b.open(`${server.address}offline.html`);
      await find("图书馆");
      await noProblems();
    });

    test("a page from a folder finds, and leads to documents in it", async () => {
      await b.open(pathToFileURL(file).href);
      const [first = ""] = await find("图书馆");
      assert.ok(first.startsWith(pathToFileURL(dirname(file)).href), first);
      assert.ok((await stat(fileURLToPath(first.replace(/[?#].*/, "")))).isFile());
      await noProblems();
    });

    test("everything comes from the other origin", async () => {
      await b.open(`${site}origin.html`);
      await find("图书馆");
      const from = await b.evaluate(() =>
        performance.getEntriesByType("resource").map(({ name }) => name).filter((name) => /element|suoyin\./.test(name)),
      );
      assert.ok(from.length > 2, from.join());
      for (const address of from) assert.ok(address.startsWith(other), address);
      await noProblems();
    });
  });
}
