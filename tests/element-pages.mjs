// Pages with a search box on them, over an index that is made up: all that an index may answer, and
// when the test says so.
import assert from "node:assert/strict";
import { after, afterEach, before } from "node:test";
import { browserFor, launch } from "./browsers.mjs";
import { serve } from "./site.mjs";

/** @import { Name } from "./browsers.mjs" */
/** @import { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core" */

const POLICY = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'";

/**
 * Runs on the page: an index of 25 documents with the word 图书馆, dates, categories and sections.
 * Whatever it is asked stands in `window.asked`.
 */
export const FAKE = `
  import "./element.js";
  const documents = Array.from({ length: 25 }, (_, at) => ({
    id: "d" + at, url: "docs/d" + at + ".html", title: "图书馆 " + at, titleHighlights: [[0, 3]], score: 25 - at, exact: at < 20,
    snippet: { text: "城西，图书馆" + at + "号，开放。", highlights: [[3, 6]] },
    meta: { date: (2020 + at % 5) + "-0" + (1 + at % 9) + "-01", category: at % 3 ? "通知" : "手册", ...(at === 0 && { image: "icon.svg", lang: "zh-Hans" }) },
  }));
  const count = (found, field) => Object.entries(Object.groupBy(found, (one) => one.meta[field]))
    .map(([value, all]) => ({ value, count: all.length })).sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
  const passes = (one, filters = {}) => Object.entries(filters).every(([field, filter]) => Array.isArray(filter)
    ? filter.includes(one.meta[field])
    : one.meta[field] >= (filter.from ?? "") && one.meta[field].slice(0, (filter.to ?? "9999").length) <= (filter.to ?? "9999"));
  window.asked = [];
  window.fakeIndex = {
    facets: ["category", "date"],
    async search(query, { limit, offset, filters, sort, sections, facets, signal }) {
      window.asked.push({ query, limit, offset, filters, sort, sections, facets });
      await window.gate;
      signal?.throwIfAborted();
      if (window.broken) throw Object.assign(new Error("broken on purpose"), { code: "damaged" });
      const word = query.trim() === "图书馆" || query.startsWith("图") ? documents : [];
      const found = word.filter((one) => passes(one, filters));
      if (sort === "date:desc") found.sort((a, b) => (a.meta.date < b.meta.date ? 1 : -1));
      const exact = found.filter((one) => one.exact).length;
      const hits = found.slice(offset, offset + limit).map((one, at) => ({ ...one, ...(sections && at === 0 && { sections: [
        { title: "借书", anchor: "借书", snippet: { text: "在图书馆借书。", highlights: [[1, 4]] } },
        { title: "还书", anchor: "还书", snippet: { text: "在图书馆还书。", highlights: [[1, 4]] } },
      ].slice(0, sections) }) }));
      return { query, total: exact, related: found.length - exact, exact: exact > 0, hits, took: 0.5,
        ...(query === "图书馆" && { expanded: [{ word: "图书馆", by: "圖書館" }] }),
        ...(facets && { facets: { category: count(found, "category"), date: count(found, "date") } }) };
    },
    async suggest(query) {
      if (query === "tushuguan") return [{ query: "图书馆", kind: "pinyin" }];
      return query.startsWith("图") ? [{ query: "图书馆", kind: "completion" }, { query: "图书馆开放", kind: "completion" }] : [];
    },
  };
  for (const box of document.querySelectorAll("suoyin-search")) box.openIndex = async () => {
    window.opened = (window.opened ?? 0) + 1;
    return window.fakeIndex;
  };
  window.events = [];
  for (const type of ["search", "results", "select", "error"]) addEventListener("suoyin-" + type, (event) => {
    window.events.push(type);
    if (window.cancelled) event.preventDefault();
  });
`;

/**
 * A page under a strict policy that runs `made-up.js`.
 *
 * @param {string} body
 * @param {string} html The attributes of its root.
 */
export function madeUp(body, html = 'lang="zh-Hans"') {
  return `<!doctype html><html ${html}><head><meta charset="utf-8"><title>box</title>
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta http-equiv="Content-Security-Policy" content="${POLICY}">
    <script type="module" src="made-up.js"></script></head><body><main><h1>网站</h1>${body}</main></body></html>`;
}

export const VARIANTS = ["inline", "modal", "page"];

/**
 * A page for each variant of the box, for the tests of a block, in any browser.
 *
 * @param {Name} name
 * @param {string} script What they run.
 * @param {(variant: string) => string} body
 */
export function boxes(name, script, body) {
  const driven = browserFor(name);
  /** @type {Awaited<ReturnType<typeof serve>> | undefined} */
  let site;

  before(async () => {
    const made = VARIANTS.map((variant) => /** @type {const} */ ([`${variant}.html`, madeUp(body(variant))]));
    site = await serve(new Map([["made-up.js", script], ...made]));
  });

  after(() => site?.close());

  return { driven, open: (/** @type {string} */ variant) => driven.open(`${site?.address}${variant}.html`) };
}

/**
 * Pages for the tests of a block, in a browser that is started before them and closed behind them. Behind each test its
 * pages are closed, and nothing must have gone wrong on them.
 *
 * @param {"chromium" | "firefox"} [name]
 * @param {Map<string, string>} [made] Files beside them.
 */
export function pages(name, made) {
  /** @type {Browser | undefined} */
  let browser;
  /** @type {Awaited<ReturnType<typeof serve>> | undefined} */
  let site;
  /** @type {BrowserContext[]} */
  const contexts = [];
  /** @type {string[]} */
  const problems = [];

  before(async () => {
    [browser, site] = await Promise.all([launch(name), serve(made)]);
  });

  after(async () => {
    await browser?.close();
    site?.close();
  });

  afterEach(async () => {
    for (const context of contexts.splice(0)) await context.close();
    assert.deepEqual(problems.splice(0), []);
  });

  return {
    /** What went wrong on any of them. */
    problems,
    /** Where they lie. */
    get address() {
      return site?.address ?? "";
    },
    /**
     * Opens a page with this in its body, under a strict policy.
     *
     * @param {string} body
     * @param {BrowserContextOptions & { query?: string, html?: string, script?: string }} [options]
     * @returns {Promise<Page>}
     */
    async open(body, { query = "", html = 'lang="zh-Hans"', script = FAKE, ...options } = {}) {
      const shown = { locale: "zh-CN", viewport: { width: 1000, height: 700 }, ...options };
      const context = (await browser?.newContext(shown)) ?? assert.fail("pages are opened in tests");
      contexts.push(context);
      const page = await context.newPage();
      page.on("pageerror", (error) => problems.push(String(error)));
      page.on("console", (message) => {
        if (message.type() === "error" || message.type() === "warning") problems.push(message.text());
      });
      await page.route("**/made-up.html*", (route) =>
        route.fulfill({
          contentType: "text/html; charset=utf-8",
          body: madeUp(body, html),
        }),
      );
      await page.route("**/made-up.js", (route) => route.fulfill({ contentType: "text/javascript", body: script }));
      await page.goto(`${this.address}made-up.html${query}`);
      return page;
    },
  };
}
