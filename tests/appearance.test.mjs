// How the demo page looks: without barriers in every state and every scheme, on a phone too.
// It leaves pictures in target/screenshots/, for whoever wants to look.
import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { barriers } from "./axe.mjs";
import { launch, serve, visit } from "./site.mjs";

/** @import { Browser, BrowserContextOptions } from "playwright-core" */
/** @import { Visit } from "./site.mjs" */

const SCREENSHOTS = fileURLToPath(new URL("../target/screenshots/", import.meta.url));

const DESKTOP = { viewport: { width: 1200, height: 860 }, deviceScaleFactor: 2 };
const PHONE = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };

/** @type {Browser} */
let browser;
/** @type {Awaited<ReturnType<typeof serve>>} */
let site;

before(async () => {
  [browser, site] = await Promise.all([launch(), serve()]);
  await mkdir(SCREENSHOTS, { recursive: true });
});

after(async () => {
  await browser?.close();
  site?.close();
});

/**
 * @param {BrowserContextOptions} options
 * @param {(visit: Visit) => Promise<void>} look
 */
async function looking(options, look) {
  const v = await visit(browser, site.address, options);
  try {
    await look(v);
  } finally {
    await v.page.context().close();
  }
}

for (const [name, size] of Object.entries({ desktop: DESKTOP, phone: PHONE })) {
  for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
    test(`no barriers, ${name}, ${colorScheme}`, () =>
      looking({ ...size, colorScheme }, async (v) => {
        await v.shows("start");
        assert.deepEqual(await barriers(v.page), [], "before typing");
        await v.search("图书馆 开放时间 预约");
        assert.equal(await v.page.locator("[role=listbox] [role=group]").count(), 2);
        await v.field.press("ArrowDown");
        assert.deepEqual(await barriers(v.page), [], "results");
        await v.search("𪚥龘䶛");
        assert.deepEqual(await barriers(v.page), [], "nothing found");
        await v.page.route("**/*.wasm", (route) => route.fulfill({ status: 404 }));
        await v.page.reload();
        await v.shows("error");
        assert.deepEqual(await barriers(v.page), [], "an error");
      }));
  }
}

test("no barriers in English", () =>
  looking({ locale: "en-US" }, async (v) => {
    assert.deepEqual(await barriers(v.page), []);
  }));

test("the scheme is the system's, until the visitor chooses", () =>
  looking({ colorScheme: "dark" }, async (v) => {
    const brightness = () =>
      v.page.evaluate(() => {
        const [red = 0, green = 0, blue = 0] = getComputedStyle(document.body).backgroundColor.match(/\d+/g) ?? [];
        return (Number(red) + Number(green) + Number(blue)) / 3;
      });
    assert.ok((await brightness()) < 60);
    await v.page.getByRole("button", { name: "切换深色与浅色" }).click();
    assert.ok((await brightness()) > 200);
    await v.page.reload();
    assert.ok((await brightness()) > 200, "the choice is remembered");
  }));

test("on a phone nothing is cut off and nothing is too small to touch or read", () =>
  looking({ ...PHONE, viewport: { width: 320, height: 568 } }, async (v) => {
    for (const step of [async () => {}, () => v.search("文明实践"), () => v.search("𪚥龘䶛")]) {
      await step();
      const { scroll, width } = await v.page.evaluate(() => ({
        scroll: document.documentElement.scrollWidth,
        width: document.documentElement.clientWidth,
      }));
      assert.ok(scroll <= width, `${scroll} of ${width}`);
    }
    const size = await v.field.evaluate((field) => parseFloat(getComputedStyle(field).fontSize));
    assert.ok(size >= 16, "smaller text makes phones zoom in");
    for (const button of await v.page.getByRole("button").all()) {
      const box = await button.boundingBox();
      assert.ok(box && Math.min(box.width, box.height) >= 44, JSON.stringify(box));
    }
    assert.equal(await v.field.getAttribute("enterkeyhint"), "search");
  }));

test("the hit the arrows stand on is in sight, below the field", () =>
  looking({ viewport: { width: 900, height: 600 } }, async (v) => {
    await v.search("的");
    const last = (await v.options.count()) - 1;
    const overlaps = () =>
      v.page.evaluate(() => {
        const field = document.querySelector("suoyin-search")?.shadowRoot?.querySelector("form")?.getBoundingClientRect();
        const hit = document.querySelector("suoyin-search")?.shadowRoot?.querySelector("[aria-selected=true]")?.getBoundingClientRect();
        if (!field || !hit) return "nothing is chosen";
        return hit.top >= field.bottom - 1 && hit.bottom <= innerHeight ? "" : `${hit.top} ${field.bottom} ${hit.bottom}`;
      });
    for (const keys of [["ArrowUp"], Array(last).fill("ArrowUp")]) {
      for (const key of keys) await v.field.press(key);
      assert.equal(await overlaps(), "");
    }
  }));

test("forced colours keep the marks and the chosen hit visible; reduced motion stops the line", () =>
  looking({ forcedColors: "active", reducedMotion: "reduce" }, async (v) => {
    await v.search("文明实践");
    await v.field.press("ArrowDown");
    const style = (/** @type {string} */ selector) =>
      v.page.locator(selector).first().evaluate((one) => {
        const { backgroundColor, outlineStyle, animationName } = getComputedStyle(one);
        return { backgroundColor, outlineStyle, animationName };
      });
    const mark = (await style("mark")).backgroundColor;
    const paper = (await style("body")).backgroundColor;
    const outline = (await style("[aria-selected=true]")).outlineStyle;
    assert.notEqual(mark, paper);
    assert.equal(outline, "solid");
    await v.page.locator(".base").evaluate((base) => base.setAttribute("data-state", "loading"));
    const animation = (await style(".field svg")).animationName;
    assert.equal(animation, "none");
  }));

for (const [name, options] of Object.entries({
  "desktop-light": { ...DESKTOP, colorScheme: /** @type {const} */ ("light") },
  "desktop-dark": { ...DESKTOP, colorScheme: /** @type {const} */ ("dark") },
  phone: { ...PHONE, colorScheme: /** @type {const} */ ("light") },
})) {
  test(`screenshot: ${name}`, () =>
    looking(options, async (v) => {
      await v.field.pressSequentially("文明实践");
      await v.answered("文明实践");
      await v.field.press("ArrowDown");
      await v.page.screenshot({ path: `${SCREENSHOTS}${name}.png` });
    }));
}
