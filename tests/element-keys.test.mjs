// <suoyin-search> under the hands of visitors: keys, mouse and touch, in each variant.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { names, tap } from "./browsers.mjs";
import { pages } from "./element-pages.mjs";
import { answered } from "./site.mjs";

/** @import { Page } from "playwright-core" */

for (const name of names) {
  if (name === "webkit") {
    test("webkit", { skip: "its driver opens no windows beside each other and takes a finger for a mouse; element-browsers.test.mjs has its keys" });
    continue;
  }
  describe(name, () => {
    const site = pages(name, new Map([["docs/d0.html", "<!doctype html><title>document</title>"]]));
    /** @type {Page} */
    let page;

    const field = () => page.getByRole("combobox").first();
    const panel = () => page.locator(".panel");
    const focused = () => field().evaluate((one) => one.matches(":focus"));

    /** Searches, and waits for the answer. @param {string} query */
    async function search(query) {
      await field().fill(query);
      await answered(page, query);
    }

    /** Firefox can be touched, but not be made to think that this is all it has. */
    const phone = { viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: name === "chromium" };

    /** The id of the option that the arrows stand on. */
    const active = () => field().getAttribute("aria-activedescendant");

    test("inline: the arrows go round through the options and the field, and Home and letters stay the field's", async () => {
      page = await site.open('<suoyin-search max-results="3" show-sections="0"></suoyin-search>');
      await search("图书馆");
      const walk = async (/** @type {string} */ key) => (await page.keyboard.press(key), active());
      const seen = [];
      for (let step = 0; step < 5; step++) seen.push(await walk("ArrowDown"));
      assert.deepEqual(seen, ["hit-0", "hit-1", "hit-2", null, "hit-0"]);
      assert.deepEqual([await walk("ArrowUp"), await walk("ArrowUp")], [null, "hit-2"]);
      assert.equal(await page.locator("[aria-selected=true]").count(), 1);
      await page.keyboard.press("Home");
      assert.equal(await field().evaluate((one) => /** @type {HTMLInputElement} */ (one).selectionStart), 0);
      for (const key of ["Alt+ArrowDown", "Shift+ArrowDown", "Control+ArrowDown"]) {
        assert.equal(await walk(key), "hit-2", `${key} is the browser's`);
      }
      await page.keyboard.press("End");
      await page.keyboard.type("无");
      await answered(page, "图书馆无");
      assert.equal(await active(), null, "the options are others now, and none is chosen");
    });

    test("inline: Enter follows, mod+Enter and the middle button open beside it, Enter on no option stays", async () => {
      page = await site.open("<suoyin-search></suoyin-search>");
      await search("图书馆");
      const address = page.url();
      await page.keyboard.press("Enter");
      assert.equal(page.url(), address);
      await page.keyboard.press("ArrowDown");
      for (const act of [
        () => page.keyboard.press("Control+Enter"),
        () => page.keyboard.press("Shift+Enter"),
        () => page.locator("#hit-0").click({ button: "middle" }),
        () => page.locator("#hit-0").click({ modifiers: ["Control"] }),
      ]) {
        const [opened] = await Promise.all([page.context().waitForEvent("page"), act()]);
        await opened.waitForURL("**/docs/d0.html*");
        assert.equal(await opened.evaluate(() => opener), null, "the other page does not get hold of this one");
        await opened.close();
        assert.equal(page.url(), address);
        assert.ok(await panel().isVisible(), "there may be more to open");
      }
      assert.equal(await page.evaluate(() => /** @type {any} */ (window).events.filter((/** @type {string} */ one) => one === "select").length), 4);
      await page.keyboard.press("Enter");
      await page.waitForURL("**/docs/d0.html*");
    });

    test("inline: Escape closes, then clears; typing opens again", async () => {
      page = await site.open("<suoyin-search></suoyin-search>");
      await search("图书馆");
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Escape");
      assert.equal(await panel().isVisible(), false);
      assert.deepEqual([await field().inputValue(), await active(), await focused()], ["图书馆", null, true]);
      await page.keyboard.press("ArrowDown");
      assert.ok(await panel().isVisible(), "an arrow shows what was found");
      assert.equal(await active(), "hit-0");
      await page.keyboard.press("Escape");
      await page.keyboard.press("Escape");
      assert.deepEqual([await field().inputValue(), await focused()], ["", true]);
      await page.keyboard.type("图");
      await answered(page, "图");
      assert.ok(await panel().isVisible());
      await page.getByRole("button", { name: "清除" }).first().click();
      assert.deepEqual([await field().inputValue(), await focused()], ["", true]);
    });

    test("inline: Escape on a button of the panel closes it, and leads back to the field", async () => {
      page = await site.open("<suoyin-search></suoyin-search>");
      await search("图");
      await page.locator(".suggestion").first().focus();
      await page.keyboard.press("Escape");
      assert.deepEqual([await panel().isVisible(), await focused(), await field().inputValue()], [false, true, "图"]);
    });

    test("a button that goes when it is pressed leaves the focus in the box", async () => {
      page = await site.open("<suoyin-search></suoyin-search>");
      await page.evaluate(() => Object.assign(window, { broken: true, cancelled: true }));
      await field().fill("图书馆");
      const retry = page.locator(".retry");
      await retry.focus();
      const alert = await page.getByRole("alert").elementHandle();
      await field().click();
      assert.ok(await alert?.evaluate((one) => one.isConnected), "what was announced is not announced again");
      await retry.focus();
      await page.evaluate(() => Object.assign(window, { broken: false }));
      await page.keyboard.press("Enter");
      await answered(page, "图书馆");
      assert.ok(await focused(), "after Retry");
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Enter");
      await field().fill("");
      await page.locator(".plain").focus();
      await page.keyboard.press("Enter");
      assert.ok(await focused(), "after the recent searches are forgotten");
    });

    test("page: a number and the end of all filters leave the focus where it was", async () => {
      page = await site.open('<suoyin-search variant="page" paging="pages"></suoyin-search>', { query: "?q=图书馆&f.category=手册" });
      await answered(page, "图书馆");
      await page.locator(".filters .push").focus();
      await page.keyboard.press("Enter");
      await page.locator(".summary", { hasText: "20" }).waitFor();
      assert.ok(await page.locator(".filters").evaluate((one) => one.matches(":focus-within")));
      await page.locator(".pages button", { hasText: "3" }).focus();
      await page.keyboard.press("Enter");
      const current = page.locator(".pages [aria-current]", { hasText: "3" });
      await current.waitFor();
      assert.ok(await current.evaluate((one) => one.matches(":focus")));
    });

    test("shortcuts lead to the box from the page, and are text where somebody types", async () => {
      page = await site.open(`<input aria-label="name"><textarea aria-label="text"></textarea><div contenteditable aria-label="rich">x</div>
        <a href="#x">link</a><suoyin-search></suoyin-search>`);
      for (const [label, read] of /** @type {const} */ ([["name", "value"], ["text", "value"], ["rich", "textContent"]])) {
        const other = page.getByLabel(label);
        await other.click();
        await page.keyboard.press("/");
        assert.ok(await other.evaluate((one) => one.matches(":focus")), label);
        assert.match(await other.evaluate((one, read) => /** @type {any} */ (one)[read], read), /\//);
      }
      await page.getByRole("link").focus();
      for (const key of ["k", "Control+/", "Alt+k", "Control+Shift+F"]) {
        await page.keyboard.press(key);
        assert.equal(await focused(), false, key);
      }
      await page.keyboard.press("/");
      assert.ok(await focused());
      assert.equal(await field().inputValue(), "", "the key itself is no text");
      await page.getByLabel("name").focus();
      await page.keyboard.press("Control+k");
      assert.ok(await focused(), "with a modifier it is no text anywhere");
    });

    test("a shortcut may be the page's choice, and a key that the page has used is not taken", async () => {
      page = await site.open('<a href="#x">link</a><suoyin-search shortcut="s"></suoyin-search>');
      await page.getByRole("link").focus();
      await page.evaluate(() => document.body.addEventListener("keydown", (event) => event.preventDefault(), { once: true }));
      await page.keyboard.press("s");
      assert.equal(await focused(), false);
      await page.keyboard.press("s");
      assert.ok(await focused());
      await page.getByRole("link").focus();
      await page.keyboard.press("/");
      assert.equal(await focused(), false);
      await page.locator("suoyin-search").evaluate((box) => box.setAttribute("shortcut", "off"));
      await page.getByRole("link").focus();
      await page.keyboard.press("s");
      assert.equal(await focused(), false);
    });

    test("modal: Tab stays inside, the page behind stands still, and the focus returns to what had it", async () => {
      page = await site.open(`<a href="#x">link</a>${"<p>text</p>".repeat(99)}<suoyin-search variant="modal"></suoyin-search>`);
      const place = () => page.evaluate(() => scrollY);
      await page.getByRole("link").focus();
      await page.keyboard.press("/");
      await page.getByRole("dialog").waitFor();
      await search("图书馆");
      await page.mouse.move(500, 350);
      await page.mouse.wheel(0, 600);
      for (let step = 0; step < 8; step++) {
        await page.keyboard.press("Tab");
        const inside = await page.evaluate(() => ["SUOYIN-SEARCH", "BODY"].includes(document.activeElement?.tagName ?? ""));
        assert.ok(inside, "nothing behind the dialog gets the focus");
      }
      assert.equal(await place(), 0);
      await page.keyboard.press("Escape");
      await page.getByRole("dialog").waitFor({ state: "hidden" });
      assert.ok(await page.getByRole("link").evaluate((one) => one === document.activeElement));
      await page.keyboard.press("End");
      await page.waitForFunction(() => scrollY > 0);
      await page.keyboard.press("Control+k");
      await page.getByRole("dialog").waitFor();
      await page.keyboard.press("Control+k");
      await page.getByRole("dialog").waitFor({ state: "hidden" });
    });

    test("of several boxes, the one that is used has the shortcut", async () => {
      page = await site.open('<suoyin-search></suoyin-search><suoyin-search id="other"></suoyin-search><suoyin-search variant="modal"></suoyin-search>');
      const other = page.locator("#other").getByRole("combobox");
      await other.focus();
      await page.keyboard.press("Control+k");
      assert.ok(await other.evaluate((one) => one.matches(":focus")));
      await page.getByRole("button", { name: /搜索/ }).click();
      await page.getByRole("dialog").waitFor();
      await page.keyboard.press("Control+k");
      await page.getByRole("dialog").waitFor({ state: "hidden" });
      await page.locator("h1").click();
      await page.keyboard.press("Control+k");
      assert.ok(await focused(), "otherwise the first");
    });

    test("modal: a hit on the same page closes the dialog and is gone to", async () => {
      page = await site.open(`<suoyin-search variant="modal"></suoyin-search><h2 id="there">there</h2>`);
      await page.evaluate(() => {
        const { fakeIndex } = /** @type {any} */ (window);
        const { search } = fakeIndex;
        fakeIndex.search = async (/** @type {string} */ query, /** @type {any} */ options) => {
          const results = await search(query, options);
          for (const hit of results.hits) hit.url = "#there";
          return results;
        };
      });
      await page.getByRole("button", { name: /搜索/ }).click();
      await page.locator("suoyin-search").evaluate((box) => box.setAttribute("base-url", location.href));
      await search("图书馆");
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Enter");
      await page.getByRole("dialog").waitFor({ state: "hidden" });
      assert.equal(new URL(page.url()).hash, "#there");
      // A dialog tells of its closing a task later.
      await page.waitForFunction(() => getComputedStyle(document.documentElement).overflow === "visible");
    });

    test("touch: a tap follows a hit or a section, and Enter puts the keyboard away", async () => {
      page = await site.open("<suoyin-search></suoyin-search>", phone);
      await tap(field());
      await search("图书馆");
      await field().press("Enter");
      const isCoarse = await page.evaluate(() => matchMedia("(pointer: coarse)").matches);
      assert.equal(isCoarse, name === "chromium");
      assert.equal(await focused(), !isCoarse, "which hides the phone's keyboard, where there is one");
      assert.ok(await panel().isVisible(), "and shows what was found");
      await tap(page.locator("#hit-0-0"));
      await page.waitForURL("**/docs/d0.html#*");
      assert.equal(decodeURIComponent(new URL(page.url()).hash), "#借书");
    });

    test("touch: a tap beside the panel closes it, the dialog has its button", async () => {
      page = await site.open('<suoyin-search></suoyin-search><suoyin-search variant="modal"></suoyin-search>', phone);
      await search("图书馆");
      await tap(page.locator("h1"));
      assert.equal(await panel().first().isVisible(), false);
      await tap(page.getByRole("button", { name: /搜索/ }));
      await page.getByRole("dialog").waitFor();
      await tap(page.getByRole("button", { name: "取消" }));
      await page.getByRole("dialog").waitFor({ state: "hidden" });
    });

    test("page: letters change the address, a followed hit is come back from", async () => {
      page = await site.open('<suoyin-search variant="page"></suoyin-search>');
      const entries = await page.evaluate(() => history.length);
      for (const query of ["图", "图书", "图书馆"]) await search(query);
      assert.equal(new URL(page.url()).searchParams.get("q"), "图书馆");
      assert.equal(await page.evaluate(() => history.length), entries, "letters are no steps to go back");
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Enter");
      await page.waitForURL("**/docs/d0.html#*");
      await page.goBack();
      await answered(page, "图书馆");
      assert.equal(await field().inputValue(), "图书馆");
      await page.keyboard.press("Escape");
    });

    test("page: with history=push each query is a step", async () => {
      page = await site.open('<suoyin-search variant="page" history="push"></suoyin-search>', { query: "?q=图" });
      await answered(page, "图");
      await search("图书馆");
      await search("无");
      await page.goBack();
      await answered(page, "图书馆");
      await page.goBack();
      await answered(page, "图");
      await page.goForward();
      await answered(page, "图书馆");
      assert.equal(await field().inputValue(), "图书馆");
    });

    test("page: More adds hits where the focus was, and Tab leads through them", async () => {
      page = await site.open('<suoyin-search variant="page" show-sections="0"></suoyin-search>', { query: "?q=图书馆" });
      await answered(page, "图书馆");
      const more = page.locator(".more");
      await more.focus();
      await page.keyboard.press("Enter");
      await page.locator("#hit-19").waitFor();
      assert.ok(await page.locator("#hit-10").evaluate((one) => one.matches(":focus")), "at the first of the new ones");
      await page.keyboard.press("Tab");
      assert.ok(await page.locator("#hit-11").evaluate((one) => one.matches(":focus")));
      await more.click();
      await page.locator("#hit-24").waitFor();
      assert.equal(await more.isVisible(), false, "there are no more");
    });

    test("page: on a narrow window the filters wait behind a button, and say how many there are", async () => {
      page = await site.open('<suoyin-search variant="page"></suoyin-search>', { query: "?q=图书馆", viewport: { width: 360, height: 640 } });
      await answered(page, "图书馆");
      const button = page.getByRole("button", { name: /^筛选/ });
      assert.equal(await button.getAttribute("aria-expanded"), "false");
      assert.equal(await page.getByRole("checkbox").first().isVisible(), false);
      await button.click();
      assert.equal(await button.getAttribute("aria-expanded"), "true");
      await page.getByRole("checkbox", { name: "通知" }).check();
      await page.getByRole("button", { name: "筛选 (1)" }).waitFor();
      assert.ok(await page.getByRole("checkbox", { name: "通知" }).isVisible(), "they stay open");
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "nothing is beside the window");
    });
  });
}
