// The demo page in a real browser: what a visitor does, and what they see.
import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { launch, serve, visit, whole } from "./site.mjs";

/** @import { Browser, BrowserContextOptions } from "playwright-core" */
/** @import { Visit } from "./site.mjs" */

/** @type {Browser} */
let browser;
/** @type {Awaited<ReturnType<typeof serve>>} */
let site;
/** @type {Visit[]} */
let visits = [];

before(async () => {
  [browser, site] = await Promise.all([launch(), serve()]);
});

after(async () => {
  await browser?.close();
  site?.close();
});

afterEach(async () => {
  const done = visits;
  visits = [];
  for (const { page } of done) await page.context().close();
  assert.deepEqual(done.flatMap(({ problems }) => problems), []);
});

/**
 * @param {string} [path]
 * @param {BrowserContextOptions} [options]
 */
async function open(path = "", options) {
  const made = await visit(browser, site.address + path, options);
  visits.push(made);
  return made;
}

/** The address of a page without the passage that is looked for on it. @param {string | null} address */
const withoutFragment = (address) => (address ?? "").replace(/#.*$/, "");

/** Without the white space and the glosses that may stand inside a match. @param {string} text */
const squash = (text) => text.replace(/\s+|[(（].*?[)）]/gu, "");

test("results come as one types, exact ones marked in both scripts", async () => {
  const v = await open();
  await v.shows("start");
  await v.field.pressSequentially("文明实践");
  await v.answered("文明实践");
  const titles = await v.page.locator(".option:not(.section) .title").allTextContents();
  assert.ok(titles.length > 0);
  const marks = (await v.marks("[role=group][aria-label=完全匹配]")).map(squash);
  assert.ok(marks.length >= titles.length);
  for (const mark of marks) assert.match(mark, /^文明(实践|實踐)$/);
  assert.match(await v.page.getByRole("status").innerText(), /^\d+ 篇完全匹配/);
  assert.match(await v.page.locator("#took").innerText(), /^搜索用时 (不到 0\.1|\d+(\.\d)?) 毫秒。$/);
  assert.equal(await v.page.title(), "文明实践 – 索引 Suoyin");
});

test("the parts of the box that the page loads are announced in its head", async () => {
  const v = await open();
  await v.search("文明实践");
  const [loaded, announced] = await v.page.evaluate(() => {
    const links = /** @type {NodeListOf<HTMLLinkElement>} */ (document.querySelectorAll("link[rel=modulepreload]"));
    const resources = performance.getEntriesByType("resource").map(({ name }) => name);
    return [resources, [...links].map(({ href }) => href)].map((all) => [...new Set(all)].filter((one) => one.includes("/element/")).sort());
  });
  assert.deepEqual(loaded, announced);
});

test("either script finds the same documents", async () => {
  const v = await open();
  const titles = () => v.page.locator(".option:not(.section) .title").allTextContents();
  await v.search("网络");
  const simplified = await titles();
  assert.match((await v.marks(".option")).join(), /網/);
  await v.search("網絡");
  const traditional = await titles();
  // Which of those that answer about as well comes first, the script decides.
  assert.notDeepEqual(traditional, simplified);
  assert.deepEqual(traditional.toSorted(), simplified.toSorted());
});

test("exact hits come first, related ones under their own heading", async () => {
  const v = await open();
  await v.search("图书馆 开放时间 预约");
  const groups = v.page.locator("[role=listbox] [role=group]");
  assert.equal(await groups.count(), 2);
  assert.equal(await groups.nth(0).getAttribute("aria-label"), "完全匹配");
  assert.match(await groups.nth(1).locator(".heading").innerText(), /^相关/);
  const counts = await v.page.getByRole("status").innerText();
  const [, exact, related] = /^(\d+) 篇完全匹配，另有 (\d+) 篇相关$/.exec(counts) ?? assert.fail(counts);
  const options = await groups.nth(0).locator(".option:not(.section)").count();
  assert.equal(options, Math.min(10, Number(exact)));
  assert.ok(Number(related) > 0);
});

test("a question without an exact match says so", async () => {
  const v = await open();
  await v.search("请问图书馆开放时间几点到几点呀");
  assert.match(await v.page.getByRole("status").innerText(), /^没有完全匹配，另有 \d+ 篇相关$/);
  assert.equal(await v.page.locator("[role=listbox] [role=group]").count(), 1);
});

test("more hits are added below, until all are there", async () => {
  const v = await open();
  await v.search("的");
  const more = v.page.locator(".more");
  const total = Number(/^\d+/.exec(await v.page.getByRole("status").innerText())?.[0]);
  assert.ok(total > 20, `${total} documents have 的`);
  assert.equal(await v.options.count(), 10);
  const first = await v.page.locator(".option:not(.section) .title").allTextContents();
  await more.click();
  await v.page.locator("#hit-10:focus").waitFor();
  await whole(v.page);
  assert.equal(await v.options.count(), 20);
  assert.deepEqual((await v.page.locator(".option:not(.section) .title").allTextContents()).slice(0, 10), first);
  while (await more.isVisible()) {
    const shown = await v.options.count();
    await more.click();
    await v.page.locator(`#hit-${shown}`).waitFor();
    await whole(v.page);
  }
  const related = Number(/另有 (\d+)/.exec(await v.page.getByRole("status").innerText())?.[1] ?? 0);
  assert.equal(await v.options.count(), total + related);
});

test("hits are links to the documents", async () => {
  const v = await open();
  await v.search("图书馆");
  const links = await v.options.evaluateAll((all) => all.map((option) => option.getAttribute("href") ?? ""));
  for (const link of links) {
    if (!link.startsWith(site.address)) continue;
    assert.ok(link.startsWith(`${site.address}docs/`), link);
    assert.equal((await v.page.request.get(link)).status(), 200, link);
  }
});

test("arrows walk through the hits, Enter follows, Back returns", async () => {
  const v = await open();
  await v.search("文明实践");
  const count = await v.options.count();
  const ids = await v.ids();
  const active = () => v.field.getAttribute("aria-activedescendant");
  assert.equal(await active(), null);
  assert.equal(await v.field.getAttribute("aria-expanded"), "true");
  await v.field.press("ArrowUp");
  assert.equal(await active(), ids.at(-1));
  await v.field.press("ArrowDown");
  assert.equal(await active(), null, "one step past the end leads back to the text");
  await v.field.press("ArrowDown");
  await v.field.press("ArrowDown");
  assert.equal(await active(), ids[1]);
  assert.equal(await v.page.locator("[aria-selected=true]").count(), 1);
  assert.equal(await v.page.locator(`#${ids[1]}`).getAttribute("aria-selected"), "true");
  assert.ok(await v.field.evaluate((field) => field.matches(":focus")));
  await v.field.press("ArrowUp");
  const target = withoutFragment(await v.page.locator("#hit-0").getAttribute("href"));
  await v.field.press("Enter");
  await v.page.waitForURL((url) => withoutFragment(url.href) === target);
  await v.page.goBack();
  await v.answered("文明实践");
  assert.equal(await v.field.inputValue(), "文明实践");
  assert.equal(await v.options.count(), count);
});

test("Enter with Ctrl opens a new tab", async () => {
  const v = await open();
  await v.search("文明实践");
  await v.field.press("ArrowDown");
  const popup = v.page.context().waitForEvent("page");
  await v.field.press("Control+Enter");
  const target = withoutFragment(await v.page.locator("#hit-0").getAttribute("href"));
  assert.equal(withoutFragment((await popup).url()), target);
  assert.equal(new URL(v.page.url()).searchParams.get("q"), "文明实践");
});

test("Enter without a chosen hit follows nothing", async () => {
  const v = await open();
  await v.search("文明实践");
  await v.field.press("Enter");
  await v.field.press("ArrowDown");
  assert.equal(await v.field.getAttribute("aria-activedescendant"), "hit-0");
});

test("Escape closes the results, an arrow opens them again, Escape twice clears", async () => {
  const v = await open();
  await v.search("文明实践");
  await v.field.press("ArrowDown");
  await v.field.press("Escape");
  await v.shows("start");
  assert.equal(await v.field.inputValue(), "文明实践");
  assert.equal(await v.field.getAttribute("aria-expanded"), "false");
  assert.equal(await v.field.getAttribute("aria-activedescendant"), null);
  await v.field.press("ArrowDown");
  await v.shows("results");
  await v.field.press("Escape");
  await v.field.press("Escape");
  assert.equal(await v.field.inputValue(), "");
  assert.equal(new URL(v.page.url()).search, "");
});

test("an address with ?q= opens with its results; the button clears", async () => {
  const v = await open(`?q=${encodeURIComponent("文明实践")}&from=link`);
  await v.answered("文明实践");
  assert.equal(await v.field.inputValue(), "文明实践");
  await v.page.getByRole("button", { name: "清除" }).click();
  await v.shows("start");
  assert.equal(new URL(v.page.url()).search, "?from=link");
  assert.ok(await v.field.evaluate((field) => field.matches(":focus")));
});

for (const locale of ["zh-CN", "en-US"]) {
  test(`the examples find something, and are links (${locale})`, async () => {
    const v = await open("", { locale });
    const examples = await v.page.locator("#examples .entry-name").allTextContents();
    assert.ok(examples.length >= 3);
    for (const query of examples) {
      await v.page.locator("#examples .entry", { hasText: query }).first().click();
      await v.answered(query);
      assert.ok((await v.options.count()) > 0, query);
      await v.field.fill("");
      await v.shows("start");
    }
    const links = await v.page.locator("#examples .entry").evaluateAll((all) => all.map((one) => one.getAttribute("href")));
    assert.deepEqual(links, examples.map((query) => `?q=${encodeURIComponent(query)}`));
  });
}

test("nothing found is said, with advice", async () => {
  const v = await open();
  await v.search("𪚥龘䶛");
  await v.shows("none");
  assert.equal(await v.page.getByRole("status").innerText(), "没有找到“𪚥龘䶛”");
  assert.ok(await v.page.locator(".notice").first().isVisible());
});

test("text is text: markup in queries stays what it is", async () => {
  const v = await open();
  await v.search("<img src=x onerror=alert(1)>");
  assert.equal(await v.page.locator("main img").count(), 0);
  await v.search('"><script>alert(1)</script>');
  assert.equal(await v.page.locator("main script").count(), 0);
});

test("while the module loads the page says so, and answers once it is there", async () => {
  const v = await open("icon.svg");
  const release = await hold(v, "**/*.wasm");
  await v.page.goto(site.address, { waitUntil: "commit" });
  await v.field.fill("文明实践");
  await v.shows("loading");
  assert.equal(await v.page.getByRole("status").innerText(), "正在载入索引……");
  release();
  await v.answered("文明实践");
});

test("what is typed before the script is there is not lost, nor is the focus", async () => {
  const v = await open("icon.svg");
  const release = await hold(v, "**/page.js");
  await v.page.goto(site.address, { waitUntil: "commit" });
  await v.page.locator("input.fallback").fill("文明实践");
  release();
  await v.answered("文明实践");
  assert.equal(await v.field.inputValue(), "文明实践");
  assert.ok(await v.field.evaluate((field) => field.matches(":focus")));
});

/**
 * Keeps requests waiting until the function it returns is called.
 *
 * @param {Visit} visit
 * @param {string} requests
 */
async function hold({ page }, requests) {
  /** @type {() => void} */
  let release = () => {};
  const gate = new Promise((resolve) => (release = () => resolve(undefined)));
  await page.route(requests, async (route) => {
    await gate;
    await route.continue();
  });
  return release;
}

for (const missing of ["suoyin_bg.wasm", "suoyin.js"]) {
  test(`without ${missing} an error is shown, and retrying mends it`, async () => {
    const v = await open("icon.svg");
    await v.page.route(`**/${missing}*`, (route) => route.fulfill({ status: 404 }));
    await v.page.goto(site.address);
    await v.field.fill("文明实践");
    await v.shows("error");
    const alert = v.page.getByRole("alert");
    assert.match(await alert.innerText(), /搜索暂时不可用 \(load-failed\)/);
    assert.ok(v.problems.every((problem) => /404/.test(problem)), v.problems.join());
    await alert.getByRole("button", { name: "重试" }).click();
    await v.shows("error");
    await v.page.unroute(`**/${missing}*`);
    v.problems.length = 0;
    await alert.getByRole("button", { name: "重试" }).click();
    await v.answered("文明实践");
    assert.ok((await v.options.count()) > 0);
  });
}

test("the page speaks the visitor's language, and can be switched", async () => {
  const v = await open(`?q=${encodeURIComponent("文明实践")}`, { locale: "en-GB" });
  await v.answered("文明实践");
  const html = v.page.locator("html");
  assert.equal(await html.getAttribute("lang"), "en");
  assert.match(await v.page.getByRole("status").innerText(), /^\d+ exact/);
  await v.page.getByRole("button", { name: "中文" }).click();
  assert.equal(await html.getAttribute("lang"), "zh-Hans");
  assert.match(await v.page.getByRole("status").innerText(), /^\d+ 篇完全匹配/);
  assert.equal(await v.field.getAttribute("placeholder"), "输入词语或整句");
  await v.page.reload();
  await v.answered("文明实践");
  assert.equal(await html.getAttribute("lang"), "zh-Hans", "the choice is remembered");
});

test("the slash leads to the field", async () => {
  const v = await open();
  await v.search("文明");
  await v.page.locator("#theme").focus();
  await v.page.keyboard.press("/");
  assert.ok(await v.field.evaluate((field) => field.matches(":focus")));
  await v.field.press("End");
  await v.field.press("/");
  assert.equal(await v.field.inputValue(), "文明/");
});

test("the policy is strict, and nothing on the page breaks it", async () => {
  const v = await open();
  const policy = await v.page.locator("meta[http-equiv=Content-Security-Policy]").getAttribute("content");
  assert.equal(policy, "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'");
  await v.search("文明实践");
  // That violations would be noticed: this one is.
  await v.page.evaluate(() => document.body.setAttribute("onclick", "1"));
  await v.page.locator("h1").click();
  assert.equal(v.problems.length, 1);
  assert.match(v.problems.pop() ?? "", /Content Security Policy/);
});
