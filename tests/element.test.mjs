// <suoyin-search> in a browser: each variant, over an index that is made up.
import assert from "node:assert/strict";
import { test } from "node:test";
import { barriers } from "./axe.mjs";
import { pages } from "./element-pages.mjs";
import { answered, whole } from "./site.mjs";

/** @import { Page } from "playwright-core" */

const site = pages();

/** What the page's script left there. @param {Page} page @param {string} name @returns {Promise<any>} */
const left = (page, name) => page.evaluate((name) => /** @type {any} */ (globalThis)[name], name);

/** @param {Page} page @param {string} query */
async function search(page, query) {
  await page.getByRole("combobox").fill(query);
  await answered(page, query);
}

test("inline: nothing is loaded before it is needed, and the panel opens under the field", async () => {
  const page = await site.open("<suoyin-search></suoyin-search><p><a href='#x'>正文</a></p>");
  const field = page.getByRole("combobox", { name: "搜索" });
  await field.waitFor();
  assert.equal(await left(page, "opened"), undefined);
  await field.focus();
  assert.equal(await left(page, "opened"), 1);
  assert.equal(await page.locator(".panel").isVisible(), false, "there is nothing to show yet");
  await search(page, "图书馆");
  assert.equal(await field.getAttribute("aria-expanded"), "true");
  assert.equal(await page.getByRole("status").textContent(), "20 篇完全匹配，另有 5 篇相关");
  assert.match(await page.locator(".note").innerText(), /圖書館/);
  assert.deepEqual(await barriers(page), []);
  await page.getByRole("link", { name: "正文" }).focus();
  assert.equal(await page.locator(".panel").isVisible(), false, "the focus has gone elsewhere");
  assert.equal(await field.getAttribute("aria-expanded"), "false");
  await field.focus();
  assert.equal(await page.locator(".panel").isVisible(), true);
  await page.locator("h1").click();
  assert.equal(await page.locator(".panel").isVisible(), false, "a click beside it closes it");
});

test("inline: sections are results of their own, and lead to their anchors", async () => {
  const page = await site.open('<suoyin-search base-url="/site/" highlight-param="h" link-target="_blank" max-results="5"></suoyin-search>');
  await page.route("**/site/icon.svg", (route) => route.fulfill({ contentType: "image/svg+xml", body: '<svg xmlns="http://www.w3.org/2000/svg"/>' }));
  await search(page, "图书馆");
  const options = page.getByRole("listbox").getByRole("option");
  assert.equal(await options.count(), 7);
  const href = (/** @type {string} */ id) => page.locator(id).getAttribute("href");
  const word = encodeURIComponent("图书馆");
  assert.equal(await href("#hit-0"), `${site.address}site/docs/d0.html?h=${word}`);
  assert.equal(await href("#hit-0-1"), `${site.address}site/docs/d0.html?h=${word}#${encodeURIComponent("还书")}`);
  assert.equal(await page.locator("#hit-0").getAttribute("target"), "_blank");
  assert.equal(await page.locator("#hit-0").getAttribute("rel"), "noopener");
  assert.deepEqual(await page.locator("#hit-0 img").evaluate((img) => [img.getAttribute("loading"), img.clientWidth, img.clientHeight]), ["lazy", 72, 72]);
  for (const id of ["hit-0", "hit-0-0", "hit-0-1", "hit-1"]) {
    await page.keyboard.press("ArrowDown");
    assert.equal(await page.getByRole("combobox").getAttribute("aria-activedescendant"), id);
  }
});

test("inline: a chosen hit is told of, and may be kept from being followed", async () => {
  const page = await site.open("<suoyin-search></suoyin-search>");
  await search(page, "图书馆");
  await page.evaluate(() => {
    Object.assign(globalThis, { cancelled: true });
    addEventListener("suoyin-select", (event) => Object.assign(globalThis, { detail: /** @type {CustomEvent} */ (event).detail }));
  });
  const before = page.url();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Control+Enter");
  const { query, rank, url, hit } = await left(page, "detail");
  assert.deepEqual([query, rank, hit.id], ["图书馆", 0, "d0"]);
  assert.ok(url.startsWith(`${site.address}docs/d0.html#:~:text=`), url);
  assert.equal(page.url(), before);
  assert.equal(page.context().pages().length, 1);
  const events = await left(page, "events");
  assert.deepEqual(events.filter((/** @type {string} */ type) => type === "select").length, 2);
  assert.ok(events.includes("search") && events.includes("results"));
});

test("inline: suggestions are a row to choose from, and letters are tried as pinyin", async () => {
  const page = await site.open("<suoyin-search></suoyin-search>");
  await search(page, "图");
  await page.getByRole("button", { name: "图书馆开放" }).click();
  await answered(page, "图书馆开放");
  assert.ok(await page.getByRole("combobox").evaluate((field) => field.matches(":focus")));
  await search(page, "tushuguan");
  assert.match((await page.getByRole("status").textContent()) ?? "", /没有找到“tushuguan” · 以下是“图书馆”的结果/);
  assert.equal(await page.getByRole("listbox").getByRole("option").first().evaluate((option) => option.querySelector(".title")?.textContent), "图书馆 0");
  await search(page, "无");
  assert.deepEqual(await barriers(page), []);
});

test("inline: recent searches are offered, unless the page does not want it", async () => {
  const page = await site.open('<suoyin-search></suoyin-search><suoyin-search recent="off" label="搜索博客"></suoyin-search>');
  await page.evaluate(() => Object.assign(globalThis, { cancelled: true }));
  const [field, other] = await page.getByRole("combobox").all();
  if (!field || !other) return assert.fail("there are two boxes");
  await field.fill("图书馆");
  await page.locator("#hit-0").first().click();
  await field.fill("");
  const recent = page.getByRole("listbox").getByRole("option", { name: "图书馆" });
  await recent.waitFor();
  assert.deepEqual(await barriers(page), []);
  await other.focus();
  assert.equal(await recent.count(), 0);
  await field.focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.locator('.base[data-state=results][data-query="图书馆"]').waitFor();
  await field.fill("");
  await page.getByRole("button", { name: "清除" }).filter({ hasText: "清除" }).click();
  assert.equal(await recent.count(), 0);
  assert.equal(await page.evaluate(() => localStorage["suoyin.recent:"]), "[]");
});

test("modal: the shortcut opens a dialog, Escape closes it, and the focus returns", async () => {
  const page = await site.open('<p><a href="#x">正文</a></p><suoyin-search variant="modal"></suoyin-search>');
  const button = page.getByRole("button", { name: /搜索/ });
  assert.equal(await button.getAttribute("aria-keyshortcuts"), "Control+k /");
  await page.getByRole("link", { name: "正文" }).focus();
  await page.keyboard.press("Control+k");
  const dialog = page.getByRole("dialog", { name: "搜索" });
  await dialog.waitFor();
  const field = page.getByRole("combobox");
  assert.ok(await field.evaluate((field) => field.matches(":focus")));
  assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).overflow), "hidden");
  await search(page, "图书馆");
  assert.deepEqual(await barriers(page), []);
  await page.keyboard.press("Escape");
  // A dialog tells of its closing a task after it is hidden.
  await page.waitForFunction(() => getComputedStyle(document.documentElement).overflow === "visible");
  assert.ok(await dialog.isHidden());
  assert.ok(await page.getByRole("link", { name: "正文" }).evaluate((link) => link === document.activeElement));
  await button.click();
  await dialog.waitFor();
  assert.equal(await field.inputValue(), "图书馆", "what was searched for is still there, to be replaced");
  assert.equal(await page.evaluate(() => String(getSelection())), "图书馆");
  await page.mouse.click(5, 5);
  await dialog.waitFor({ state: "hidden" });
  assert.ok(await button.evaluate((button) => button.matches(":focus")));
});

test("modal: on a phone it fills the window, and can be cancelled", async () => {
  const page = await site.open('<suoyin-search variant="modal"></suoyin-search>', { viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true });
  assert.equal(await page.locator(".shortcut").isVisible(), false, "there are no keys to press");
  await page.getByRole("button", { name: /搜索/ }).tap();
  const dialog = page.getByRole("dialog");
  await search(page, "图书馆");
  assert.deepEqual(await dialog.boundingBox(), { x: 0, y: 0, width: 360, height: 640 });
  for (const control of [page.getByRole("combobox"), page.getByRole("button", { name: "取消" }), page.getByRole("button", { name: "清除" })]) {
    assert.ok(((await control.boundingBox())?.height ?? 0) >= 44, String(control));
  }
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
  await page.getByRole("button", { name: "取消" }).tap();
  await dialog.waitFor({ state: "hidden" });
});

test("page: filters, order and page number are in the address, and Back returns to them", async () => {
  const page = await site.open('<suoyin-search variant="page" paging="pages"></suoyin-search>', { query: "?q=图书馆&from=link" });
  await answered(page, "图书馆");
  const parameters = () => Object.fromEntries(new URL(page.url()).searchParams);
  const asked = async () => (await left(page, "asked")).at(-1);
  const group = page.getByRole("group", { name: "分类" });
  await group.getByRole("checkbox", { name: "手册" }).check();
  await page.locator(".summary", { hasText: "7 篇完全匹配" }).waitFor();
  assert.deepEqual((await asked()).filters, { category: ["手册"] });
  assert.ok(await group.getByRole("checkbox", { name: "手册" }).evaluate((box) => box.matches(":focus")), "the focus stays");
  await page.getByLabel("从").fill("2022-01-01");
  await page.waitForFunction(() => location.search.includes("f.date=2022-01-01.."));
  assert.deepEqual((await asked()).filters, { category: ["手册"], date: { from: "2022-01-01" } });
  await page.getByRole("combobox", { name: "排序" }).selectOption("date:desc");
  await page.waitForFunction(() => location.search.includes("sort=date"));
  assert.equal((await asked()).sort, "date:desc");
  assert.deepEqual(parameters(), { q: "图书馆", from: "link", "f.category": "手册", "f.date": "2022-01-01..", sort: "date:desc" });
  assert.deepEqual(await barriers(page), []);
  await page.getByRole("group", { name: "筛选" }).getByRole("button", { name: "清除" }).click();
  await page.locator(".summary", { hasText: "20 篇完全匹配" }).waitFor();
  await page.getByRole("button", { name: "2", exact: true }).click();
  await page.locator(".pages [aria-current]", { hasText: "2" }).waitFor();
  assert.equal((await asked()).offset, 10);
  assert.equal(parameters()["page"], "2");
  await page.goBack();
  await page.locator(".pages [aria-current]", { hasText: "1" }).waitFor();
  await page.goBack();
  await page.waitForFunction(() => location.search.includes("sort=date") && location.search.includes("f.category"));
  assert.ok(await group.getByRole("checkbox", { name: "手册" }).isChecked());
});

test("page: further hits come by scrolling", async () => {
  const page = await site.open('<suoyin-search variant="page" paging="scroll"></suoyin-search>', { query: "?q=图书馆" });
  await answered(page, "图书馆");
  while ((await page.locator(".option:not(.section)").count()) < 25) {
    const count = await page.locator(".option").count();
    await page.mouse.wheel(0, 5000);
    await page.waitForFunction((count) => {
      const { shadowRoot } = /** @type {Element} */ (document.querySelector("suoyin-search"));
      return /** @type {ShadowRoot} */ (shadowRoot).querySelectorAll(".option").length > count;
    }, count);
    await whole(page);
  }
  assert.equal(await page.locator(".more").isVisible(), false);
});

test("a failure is said, told of, and can be mended", async () => {
  const page = await site.open("<suoyin-search></suoyin-search>");
  await page.evaluate(() => Object.assign(globalThis, { broken: true }));
  await page.getByRole("combobox").fill("图书馆");
  const alert = page.getByRole("alert");
  assert.match(await alert.innerText(), /搜索暂时不可用 \(damaged\)/);
  assert.ok((await left(page, "events")).includes("error"));
  await page.evaluate(() => Object.assign(globalThis, { broken: false }));
  await alert.getByRole("button", { name: "重试" }).click();
  await answered(page, "图书馆");
});

test("what was typed into the form that stood there is searched for", async () => {
  const page = await site.open('<suoyin-search><form role="search" action="/s"><input name="q" value="图书馆" autofocus></form></suoyin-search>');
  await answered(page, "图书馆");
  assert.equal(await page.getByRole("combobox").inputValue(), "图书馆");
  assert.equal(await page.locator("form[action='/s']").isVisible(), false);
});

test("language, strings and scheme are the page's, and follow it", async () => {
  const page = await site.open('<div data-theme="dark"><suoyin-search></suoyin-search></div>', { html: 'lang="ja"' });
  const field = page.getByRole("combobox");
  const paper = () => page.locator(".field").evaluate((one) => getComputedStyle(one).backgroundColor);
  assert.equal(await field.getAttribute("placeholder"), "語句や文を入力");
  assert.equal(await paper(), "rgb(29, 32, 36)");
  await page.evaluate(() => {
    document.documentElement.lang = "zh-TW";
    /** @type {HTMLElement} */ (document.querySelector("[data-theme]")).dataset["theme"] = "light";
    const box = /** @type {import("../www/element.js").SuoyinSearch} */ (document.querySelector("suoyin-search"));
    box.strings = { found: (exact) => `${exact}!` };
    box.dir = "rtl";
  });
  await page.locator("input[placeholder=輸入詞語或整句]").waitFor();
  assert.equal(await paper(), "rgb(255, 255, 255)");
  await search(page, "图书馆");
  assert.equal(await page.getByRole("status").textContent(), "20!");
});

test("a page may draw its hits in its own way, and set everything as properties", async () => {
  const page = await site.open("", { script: `
    const box = document.createElement("suoyin-search");
    Object.assign(box, { maxResults: 3, showSections: 0, placeholder: "找", renderResult: ({ id }) => id === "d1" ? undefined : "<b>" + id + "</b>",
      openIndex: async () => ({ search: async (query) => ({ query, total: 3, related: 0, exact: true, took: 0, hits: ["d0", "d1", "d2"].map((id) => ({
        id, url: id, title: "<i>" + id, titleHighlights: [], score: 1, exact: true, snippet: { text: "", highlights: [] }, meta: {} })) }) }) });
    document.querySelector("main").append(box);
    import("./element.js").then(() => box.search("任何"));` });
  await answered(page, "任何");
  assert.deepEqual(await page.getByRole("listbox").getByRole("option").evaluateAll((all) => all.map((one) => one.textContent)), ["<b>d0</b>", "<i>d1d1", "<b>d2</b>"]);
  const box = page.locator("suoyin-search");
  assert.equal(await box.getAttribute("max-results"), "3");
  assert.equal(await page.getByRole("combobox").getAttribute("placeholder"), "找");
  assert.equal(await box.evaluate((one) => /** @type {any} */ (one).value), "任何");
});

test("a template of the page's draws the hits, with a link of its own if it has one", async () => {
  const body = (/** @type {string} */ inside) => `<suoyin-search show-sections="0"><template slot="result">${inside}</template></suoyin-search>`;
  const page = await site.open(body('<b data-text="title"></b><i data-text="category"></i><s data-text="snippet"></s><u data-text="nothing"></u>'));
  await search(page, "图书馆");
  const first = page.getByRole("listbox").getByRole("option").first();
  assert.equal((await first.innerHTML()).replace(/ data-text="\w+"/g, ""), "<b><mark>图书馆</mark> 0</b><i>手册</i><s>城西，<mark>图书馆</mark>0号，开放。</s><u></u>");
  assert.match((await first.getAttribute("href")) ?? "", /docs\/d0\.html/);

  const linked = await site.open(body('<p><a data-href data-text="url"></a></p>'));
  await linked.evaluate(() => {
    addEventListener("suoyin-select", (event) => {
      Object.assign(globalThis, { chosen: /** @type {CustomEvent} */ (event).detail.url });
      event.preventDefault();
    });
  });
  await search(linked, "图书馆");
  assert.equal(await linked.locator("a a").count(), 0, "no link in a link");
  await linked.keyboard.press("ArrowDown");
  await linked.keyboard.press("Enter");
  assert.match(await left(linked, "chosen"), /docs\/d0\.html/);
});

test("a page that calls itself dark by a class is dark, until something nearer says otherwise", async () => {
  const page = await site.open("<div><suoyin-search></suoyin-search></div>", { html: 'class="dark"' });
  const paper = () => page.locator(".field").evaluate((one) => getComputedStyle(one).backgroundColor);
  assert.equal(await paper(), "rgb(29, 32, 36)");
  await page.evaluate(() => document.documentElement.classList.remove("dark"));
  await page.locator(".base[data-theme='']").waitFor();
  assert.equal(await paper(), "rgb(255, 255, 255)");
  await page.evaluate(() => {
    document.documentElement.classList.add("dark");
    /** @type {HTMLElement} */ (document.querySelector("main div")).dataset["theme"] = "light";
  });
  await page.locator(".base[data-theme=light]").waitFor();
  assert.equal(await paper(), "rgb(255, 255, 255)");
});
