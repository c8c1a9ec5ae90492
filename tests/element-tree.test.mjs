// What <suoyin-search> is to a screen reader: the accessibility tree in each state, held against
// files in element-tree/, and no barrier that axe knows of, in either scheme.
//
// Where the trees change on purpose: SUOYIN_BLESS=1 node --test element-tree.test.mjs
import assert from "node:assert/strict";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { test } from "node:test";
import { barriers } from "./axe.mjs";
import { pages } from "./element-pages.mjs";
import { whole } from "./site.mjs";

/** @import { Page } from "playwright-core" */

const GOLDEN = new URL("element-tree/", import.meta.url);

const site = pages();

/** @param {Page} page @param {string} query @param {string} state */
async function search(page, query, state) {
  await page.getByRole("combobox").first().fill(query);
  await page.locator(`.base[data-state=${state}]`).waitFor();
  await whole(page);
}

/**
 * Each state: the attributes of the box, and what leads there. Suggestions are all there before
 * anything is compared.
 *
 * @type {Record<string, { attributes?: string, query?: string, act?: (page: Page) => Promise<void> }>}
 */
const STATES = {
  "inline-start": {},
  "inline-loading": {
    act: async (page) => {
      await page.evaluate(() => Object.assign(/** @type {any} */ (document.querySelector("suoyin-search")), { openIndex: () => new Promise(() => {}) }));
      await search(page, "图书馆", "loading");
    },
  },
  "inline-results": {
    attributes: 'max-results="2"',
    act: async (page) => {
      await search(page, "图书馆", "results");
      await page.locator(".suggestion").first().waitFor();
      await page.keyboard.press("ArrowDown");
    },
  },
  "inline-related": {
    attributes: 'max-results="25" show-sections="0"',
    act: async (page) => {
      await search(page, "图书馆", "results");
      await page.locator(".suggestion").first().waitFor();
      await page.getByRole("group").last().scrollIntoViewIfNeeded();
    },
  },
  "inline-corrected": { attributes: 'max-results="2"', act: (page) => search(page, "tushuguan", "results") },
  "inline-none": { act: (page) => search(page, "无", "none") },
  "inline-error": {
    act: async (page) => {
      await page.evaluate(() => Object.assign(window, { broken: true }));
      await search(page, "图书馆", "error");
    },
  },
  "modal-closed": { attributes: 'variant="modal"' },
  "modal-open": {
    attributes: 'variant="modal" max-results="2"',
    act: async (page) => {
      await page.getByRole("button", { name: /搜索/ }).click();
      await search(page, "图书馆", "results");
      await page.locator(".suggestion").first().waitFor();
    },
  },
  "page-filters": {
    attributes: 'variant="page" max-results="2" paging="pages"',
    query: "?q=图书馆&f.category=手册",
    act: (page) => page.locator(".suggestion").first().waitFor(),
  },
};

for (const [name, { attributes = "", query = "", act }] of Object.entries(STATES)) {
  test(name, async () => {
    const page = await site.open(`<suoyin-search ${attributes}></suoyin-search>`, { query });
    await page.getByRole(name.startsWith("modal") ? "button" : "combobox").first().waitFor();
    await act?.(page);
    // The hit that is drawn in passing is gone: Playwright's tree has what is inert, too.
    await page.locator(".base [inert]").waitFor({ state: "detached" });
    const tree = `${await page.locator("main").ariaSnapshot()}\n`.replaceAll(site.address, "/");
    for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
      await page.emulateMedia({ colorScheme });
      assert.deepEqual(await barriers(page), [], colorScheme);
    }
    const file = new URL(`${name}.yaml`, GOLDEN);
    if (process.env["SUOYIN_BLESS"]) {
      await mkdir(GOLDEN, { recursive: true });
      await writeFile(file, tree);
    }
    assert.equal(tree, await readFile(file, "utf8"));
  });
}
