// <suoyin-search> in pages that are slow, broken, strict or full of boxes, over documents that mean harm.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { names } from "./browsers.mjs";
import { FAKE, pages } from "./element-pages.mjs";
import { answered, whole } from "./site.mjs";

/** @import { Page } from "playwright-core" */

for (const name of names) {
  if (name === "webkit") {
    test("webkit", { skip: "its driver holds no requests back and opens no contexts; element-browsers.test.mjs has what it can" });
    continue;
  }
  const noCounts = name === "firefox" && "only Chromium counts nodes and memory";
  const noMedia = name === "firefox" && "Firefox is not driven to want less motion";
  const noSwitch = name === "firefox" && "Firefox is not driven without scripts";

  describe(name, () => {
    const site = pages(name);
    /** @type {Page} */
    let page;

    const field = () => page.getByRole("combobox").first();

    /** What the page's script left there. @param {string} name @returns {Promise<any>} */
    const left = (name) => page.evaluate((name) => /** @type {any} */ (globalThis)[name], name);

    /** A script that searches documents like these, whatever the query. @param {object[]} documents */
    const over = (documents) => `
      import "./element.js";
      const documents = ${JSON.stringify(documents)}.map((one, at) => ({ id: "d" + at, url: "d", titleHighlights: [], score: 1, exact: true,
        snippet: { text: "", highlights: [] }, meta: {}, ...one }));
      document.querySelector("suoyin-search").openIndex = async () => ({ facets: [], search: async (query) =>
        ({ query, total: documents.length, related: 0, exact: true, took: 0, hits: documents }) });
      window.violations = [];
      addEventListener("securitypolicyviolation", ({ blockedURI, effectiveDirective }) => window.violations.push(effectiveDirective + " " + blockedURI));
    `;

    const MARKUP = '<img src=x onerror="window.hurt=1"><script>window.hurt=1</script><b>bold</b>&lt;';

    test("documents: markup is text, wherever it stands", async () => {
      const meta = { date: MARKUP, author: MARKUP, lang: '"><b>', image: `javascript:window.hurt=1` };
      const hit = {
        title: MARKUP, url: `"><b>${MARKUP}`, meta, titleHighlights: [[1, 4]], snippet: { text: MARKUP, highlights: [[1, 4]] },
        section: { title: MARKUP, anchor: MARKUP }, sections: [{ title: MARKUP, anchor: MARKUP, snippet: { text: MARKUP, highlights: [[5, 9]] } }],
      };
      page = await site.open("<suoyin-search></suoyin-search>", { script: over([hit]) });
      await field().fill(MARKUP);
      await page.getByRole("listbox").getByRole("option").first().waitFor();
      assert.equal(await page.locator("#hit-0 .title").textContent(), MARKUP);
      assert.equal(await page.locator("#hit-0-0 .snippet").textContent(), MARKUP);
      assert.equal(await page.locator("#hit-0 mark").first().textContent(), "img");
      for (const made of [".panel img", ".panel b", ".panel script", "[onerror]"]) assert.equal(await page.locator(made).count(), 0, made);
      assert.equal(await left("hurt"), undefined);
      assert.deepEqual(await left("violations"), [], "nothing has even tried");
    });

    test("documents: addresses that are no links make none, and a choice of them leads nowhere", async () => {
      const urls = ["javascript:window.hurt=1", "java\nscript:window.hurt=1", "data:text/html,<script>1</script>", "//elsewhere.example/", "vbscript:x", "blob:x", "https://me@elsewhere.example/"];
      page = await site.open("<suoyin-search></suoyin-search>", { script: over(urls.map((url) => ({ url, title: url }))) });
      const address = page.url();
      await field().fill("x");
      await page.getByRole("listbox").getByRole("option").first().waitFor();
      await whole(page);
      assert.equal(await page.getByRole("listbox").getByRole("option").count(), urls.length);
      assert.equal(await page.locator(".results [role=option][href]").count(), 0);
      for (const press of ["Enter", "Control+Enter"]) {
        await page.keyboard.press("ArrowDown");
        await page.keyboard.press(press);
      }
      assert.equal(page.url(), address);
      assert.equal(page.context().pages().length, 1);
      assert.equal(await left("hurt"), undefined);
    });

    test("documents: a word of a megabyte, other directions and halves of characters", async () => {
      const long = "长".repeat(500_000) + "w".repeat(500_000);
      const turned = "abc \u202Egnp.exe\u202C \u2067xyz";
      const halves = "\uD83D图\uDE00书";
      const documents = [
        { title: long, snippet: { text: long, highlights: [[499_999, 500_001]] } },
        { title: turned, titleHighlights: [[0, 3]], snippet: { text: turned, highlights: [[4, 9]] } },
        { title: halves, titleHighlights: [[1, 2]], url: `d?${halves}`, snippet: { text: halves, highlights: [[0, 1], [2, 2], [3, 99], [-4, 1]] } },
      ];
      page = await site.open("<suoyin-search></suoyin-search>", { script: over(documents), viewport: { width: 360, height: 640 } });
      await field().fill("图");
      await page.locator("#hit-2").waitFor();
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "the page is no wider for it");
      assert.ok(await page.locator(".panel").evaluate((panel) => panel.scrollWidth <= panel.clientWidth), "nor the panel");
      assert.equal(await page.locator("#hit-2 .title").evaluate((one) => one.textContent === "\uD83D图\uDE00书"), true);
      // What turns the direction of text must not turn what stands beside it.
      const isolated = await page.locator("#hit-1").evaluate((option) =>
        [...option.querySelectorAll(":scope > span")].every((one) => getComputedStyle(one).display !== "inline"));
      assert.ok(isolated);
      await field().press("ArrowDown");
      assert.equal(await field().getAttribute("aria-activedescendant"), "hit-0");
    });

    test("a root of 62.5 % leaves the box as large as it is, a larger one makes it larger", async () => {
      page = await site.open("<suoyin-search></suoyin-search>");
      await field().fill("图书馆");
      await answered(page, "图书馆");
      const sizes = (/** @type {string} */ root) =>
        page.evaluate((root) => {
          document.documentElement.style.fontSize = root;
          const box = document.querySelector("suoyin-search")?.shadowRoot;
          const parts = [".base", ".input", ".title", ".snippet", ".meta"].map((one) => box?.querySelector(one));
          const height = box?.querySelector(".field")?.getBoundingClientRect().height;
          return [height, ...parts.map((part) => part && parseFloat(getComputedStyle(part).fontSize))];
        }, root);
      const usual = [44, 16, 16, 16, 15, 13];
      assert.deepEqual(await sizes("100%"), usual);
      assert.deepEqual(await sizes("62.5%"), usual);
      assert.deepEqual(await sizes("200%"), usual.map((one) => 2 * one));
    });

    test("two hundred keystrokes leave one list, that of the last", async () => {
      page = await site.open("<suoyin-search></suoyin-search>");
      await page.evaluate(() => {
        const { fakeIndex } = /** @type {any} */ (window);
        const { search } = fakeIndex;
        let turn = 0;
        // Answers come in any order, and do not heed the signal.
        fakeIndex.search = async (/** @type {string} */ query, /** @type {any} */ { signal: _, ...options }) => {
          const { port1, port2 } = new MessageChannel();
          for (let wait = (turn++ * 7) % 5; wait > 0; wait--) {
            const passed = new Promise((resolve) => (port1.onmessage = resolve));
            port2.postMessage(0);
            await passed;
          }
          port1.close();
          return search(query, options);
        };
      });
      await field().focus();
      // Each key in a task of its own, so that searches are under way meanwhile.
      await page.evaluate(async () => {
        const root = document.querySelector("suoyin-search")?.shadowRoot;
        const input = /** @type {HTMLInputElement} */ (root?.querySelector("input"));
        for (let key = 0; key < 200; key++) {
          input.value = key % 3 ? `图${key}` : "";
          input.dispatchEvent(new InputEvent("input", { bubbles: true }));
          const { port1, port2 } = new MessageChannel();
          await new Promise((resolve) => {
            port1.onmessage = resolve;
            port2.postMessage(0);
          });
          port1.close();
        }
      });
      await answered(page, "图199");
      assert.equal(await page.getByRole("listbox").count(), 1);
      const ids = await page.getByRole("listbox").getByRole("option").evaluateAll((all) => all.map(({ id }) => id));
      assert.equal(new Set(ids).size, ids.length, "every option is there once");
      assert.equal(await field().inputValue(), "图199");
    });

    test("ten thousand searches leave nothing behind, neither nodes nor memory", { skip: noCounts }, async () => {
      page = await site.open("<suoyin-search></suoyin-search>");
      const devtools = await page.context().newCDPSession(page);
      await page.evaluate(() => {
        // The page's own record of what was asked would grow.
        /** @type {any} */ (window).asked = { push() {} };
        /** @type {any} */ (window).events = { push() {} };
      });
      const search = (/** @type {number} */ times) =>
        page.evaluate(async (times) => {
          const box = /** @type {import("../www/element.js").SuoyinSearch} */ (document.querySelector("suoyin-search"));
          for (let turn = 0; turn < times; turn++) await box.search(turn % 2 ? "无" : `图${turn % 7}`);
        }, times);
      const measure = async () => {
        await devtools.send("HeapProfiler.collectGarbage");
        const { nodes, jsEventListeners } = await devtools.send("Memory.getDOMCounters");
        const { usedSize } = await devtools.send("Runtime.getHeapUsage");
        return { nodes, jsEventListeners, usedSize };
      };
      await search(100);
      const before = await measure();
      await search(10_000);
      const after = await measure();
      // Bytes a search: what is forgotten in each is more than that.
      assert.ok(after.usedSize - before.usedSize < 10_000 * 50, `${before.usedSize} became ${after.usedSize}`);
      assert.ok(after.nodes < before.nodes + 500, `${before.nodes} nodes became ${after.nodes}`);
      assert.ok(after.jsEventListeners < before.jsEventListeners + 100, `${before.jsEventListeners} listeners became ${after.jsEventListeners}`);
    });

    test("the engine's own memory does not grow with the searches either", async () => {
      page = await site.open("<suoyin-search></suoyin-search>", { script: `
        import { open } from "./client.js";
        import "./element.js";
        for (const name of ["instantiate", "instantiateStreaming"]) {
          const made = WebAssembly[name];
          WebAssembly[name] = async (...args) => {
            const result = await made.apply(WebAssembly, args);
            window.memory = (result.instance ?? result).exports.memory;
            return result;
          };
        }
        document.querySelector("suoyin-search").openIndex = () => open();` });
      const search = (/** @type {number} */ times) =>
        page.evaluate(async (times) => {
          const box = /** @type {import("../www/element.js").SuoyinSearch} */ (document.querySelector("suoyin-search"));
          for (let turn = 0; turn < times; turn++) await box.search(["图书馆", "文明实践", "的", "library", "无此"][turn % 5] ?? "");
          return /** @type {any} */ (window).memory.buffer.byteLength;
        }, times);
      const before = await search(50);
      assert.ok(before > 0);
      assert.equal(await search(1000), before);
    });

    test("the first key is searched, though nothing was loaded when it was pressed", async () => {
      page = await site.open("<suoyin-search></suoyin-search>");
      await page.evaluate(() => {
        const gate = new Promise((release) => Object.assign(window, { release }));
        const box = /** @type {any} */ (document.querySelector("suoyin-search"));
        box.openIndex = async () => (await gate, /** @type {any} */ (window).fakeIndex);
      });
      await field().pressSequentially("图书馆");
      await page.locator(".base[data-state=loading]").waitFor();
      assert.equal(await page.getByRole("status").textContent(), await page.locator(".summary").textContent());
      assert.notEqual(await page.getByRole("status").textContent(), "", "somebody who cannot see it hears that it loads");
      await page.evaluate(() => /** @type {any} */ (window).release());
      await answered(page, "图书馆");
      assert.deepEqual((await left("asked")).map((/** @type {any} */ { query }) => query), ["图书馆"], "what was typed meanwhile is asked once");
    });

    test("while the index is opened, a hit is drawn that nobody meets, and taken out again", async () => {
      page = await site.open("<suoyin-search></suoyin-search>");
      await page.evaluate(() => {
        const box = /** @type {import("../www/element.js").SuoyinSearch} */ (document.querySelector("suoyin-search"));
        const base = /** @type {HTMLElement} */ (box.shadowRoot?.querySelector(".base"));
        const staged = /** @type {object[]} */ ([]);
        Object.assign(window, { staged, own: 0 });
        box.renderResult = () => void (/** @type {any} */ (window).own += 1);
        new MutationObserver((changes) => {
          for (const stage of /** @type {HTMLElement[]} */ (changes.flatMap(({ addedNodes }) => [...addedNodes]))) {
            const { inert, offsetWidth, textContent } = stage;
            staged.push({ inert, offsetWidth, drawn: Boolean(textContent), ids: box.shadowRoot?.querySelectorAll("#hit-0").length });
          }
        }).observe(base, { childList: true });
      });
      await field().focus();
      await page.waitForFunction(() => /** @type {any} */ (window).staged.length);
      assert.deepEqual(await left("staged"), [{ inert: true, offsetWidth: 1, drawn: true, ids: 0 }]);
      await page.locator(".base [inert]").waitFor({ state: "detached" });
      await field().blur();
      await field().focus();
      await field().fill("图书馆");
      await answered(page, "图书馆");
      assert.equal((await left("staged")).length, 1, "once is enough");
      assert.equal(await left("own") > 0, true, "the page draws what was found");
    });

    test("a box that is taken out as soon as it has the focus opens nothing", async () => {
      page = await site.open("<suoyin-search></suoyin-search>");
      const opened = await page.evaluate(async () => {
        const box = /** @type {HTMLElement} */ (document.querySelector("suoyin-search"));
        box.focus();
        box.remove();
        await new Promise((resolve) => setTimeout(resolve, 50));
        return /** @type {any} */ (window).opened;
      });
      assert.equal(opened, undefined);
    });

    test("an answer that takes long is seen to be waited for", async () => {
      page = await site.open("<suoyin-search></suoyin-search>");
      await field().fill("图书馆");
      await answered(page, "图书馆");
      const busy = () => page.getByRole("listbox").getAttribute("aria-busy");
      const moving = () => page.locator(".field svg").first().evaluate((one) => one.getAnimations().length);
      assert.deepEqual([await busy(), await moving()], ["false", 0]);
      await page.evaluate(() => {
        Object.assign(window, { gate: new Promise((release) => Object.assign(window, { release })) });
      });
      await field().fill("图");
      assert.deepEqual([await busy(), await moving()], ["true", 1]);
      await page.evaluate(() => /** @type {any} */ (window).release());
      await answered(page, "图");
      assert.deepEqual([await busy(), await moving()], ["false", 0]);
    });

    test("where motion is not wanted, waiting is seen as well, and nothing goes on moving", { skip: noMedia }, async () => {
      page = await site.open("<suoyin-search></suoyin-search>", { reducedMotion: "reduce" });
      await page.evaluate(() => Object.assign(/** @type {any} */ (document.querySelector("suoyin-search")), { openIndex: () => new Promise(() => {}) }));
      await field().fill("图书馆");
      const opacity = await page.locator(".field svg").first().evaluate(async (one) => {
        await Promise.all(one.getAnimations().map(({ finished }) => finished));
        return getComputedStyle(one).opacity;
      });
      assert.equal(opacity, "0.2");
    });

    test("a network that fails is said so, and Retry asks it again", async () => {
      page = await site.open('<suoyin-search src="/nowhere/"></suoyin-search>', { script: 'import "./element.js";' });
      let working = false;
      await page.route("**/nowhere/suoyin.js*", (route) =>
        working
          ? route.fulfill({ contentType: "text/javascript", body: `export const open = async () => ({ search: async (query) =>
              ({ query, total: 0, related: 0, exact: false, took: 0, hits: [] }) });` })
          : route.abort(),
      );
      await field().fill("图书馆");
      const alert = page.getByRole("alert");
      await alert.waitFor();
      assert.match(await alert.innerText(), /load-failed/);
      await alert.getByRole("button").click();
      await page.locator(".base[data-state=error]").waitFor();
      working = true;
      await alert.getByRole("button").click();
      await answered(page, "图书馆");
      assert.ok(site.problems.splice(0).every((problem) => /ERR_FAILED/.test(problem)), "the browser itself tells of the requests");
    });

    test("several boxes: each has its own query, panel and ids; a shortcut leads to the first", async () => {
      page = await site.open(`<suoyin-search id="one"></suoyin-search><suoyin-search id="two"></suoyin-search>
        <suoyin-search id="three" variant="modal"></suoyin-search>`);
      const [one, two] = ["#one", "#two"].map((id) => page.locator(`${id} input[role=combobox]`));
      await one?.fill("图书馆");
      await page.locator("#one .base[data-state=results]").waitFor();
      await two?.fill("无");
      await page.locator("#two .base[data-state=none]").waitFor();
      assert.equal(await page.locator("#one .panel").isVisible(), false, "one panel at a time");
      assert.ok(await page.locator("#two .panel").isVisible());
      assert.deepEqual([await one?.inputValue(), await two?.inputValue()], ["图书馆", "无"]);
      await page.locator("h1").click();
      await page.evaluate(() => /** @type {HTMLElement} */ (document.activeElement).blur());
      await page.keyboard.press("Control+k");
      const open = await page.evaluate(() => {
        const boxes = [...document.querySelectorAll("suoyin-search")];
        return [document.activeElement?.id, boxes.filter(({ shadowRoot }) => shadowRoot?.querySelector("dialog[open]")).length];
      });
      assert.deepEqual(open, ["one", 0], "one box answers to a key");
    });

    test("a box that is taken out and put in again works, and listens no more in between", async () => {
      page = await site.open('<div id="here"><suoyin-search variant="modal"></suoyin-search></div><div id="there"></div>');
      const scrolls = () => page.waitForFunction(() => getComputedStyle(document.documentElement).overflow === "visible");
      await page.keyboard.press("Control+k");
      await page.getByRole("dialog").waitFor();
      await page.evaluate(() => {
        const box = /** @type {Element} */ (document.querySelector("suoyin-search"));
        Object.assign(window, { box });
        box.remove();
      });
      await scrolls();
      await page.keyboard.press("Control+k");
      assert.equal(await page.evaluate(() => /** @type {any} */ (window).box.shadowRoot.querySelector("dialog").open), false);
      await page.evaluate(() => document.querySelector("#there")?.append(/** @type {any} */ (window).box));
      await page.keyboard.press("Control+k");
      await page.getByRole("dialog").waitFor();
      await field().fill("图书馆");
      await answered(page, "图书馆");
      await page.evaluate(() => document.querySelector("#here")?.append(/** @type {any} */ (window).box));
      await scrolls();
      await page.keyboard.press("/");
      await page.getByRole("dialog").waitFor();
      assert.equal(await page.getByRole("dialog").count(), 1);
    });

    const form = '<suoyin-search><form role="search" action="/s"><input type="search" name="q" aria-label="q"></form></suoyin-search>';

    test("what stands in the element is there without scripts", { skip: noSwitch }, async () => {
      page = await site.open(form, { javaScriptEnabled: false });
      assert.ok(await page.getByRole("searchbox").isVisible());
    });

    test("what stands in the element gives way to it", async () => {
      page = await site.open(form, { script: `document.querySelector("input").value = "图书馆"; document.querySelector("input").focus();
        ${FAKE.replace('import "./element.js";', 'const box = document.querySelector("suoyin-search"); box.maxResults = 2; box.openIndex = async () => window.fakeIndex;')}
        await import("./element.js");` });
      await answered(page, "图书馆");
      assert.ok(await field().evaluate((one) => one.matches(":focus")), "the focus moves on with what was typed");
      assert.equal(await page.locator(".results .option:not(.section)").count(), 2, "what was set before it was an element holds");
      assert.equal(await page.getByRole("searchbox").count(), 0);
    });

    for (const [lang, placeholder, none] of /** @type {const} */ ([
      ["zh", "输入词语或整句", "没有找到“无”"],
      ["zh-HK", "輸入詞語或整句", "找不到「无」"],
      ["en-GB", "A word, a phrase, a question", "Nothing found for “无”"],
      ["ja-JP", "語句や文を入力", "「无」は見つかりませんでした"],
      ["ko", "단어나 문장을 입력하세요", "‘无’에 대한 결과가 없습니다"],
    ])) {
      test(`the box speaks ${lang}`, async () => {
        page = await site.open("<suoyin-search></suoyin-search>", { html: `lang="${lang}"` });
        await field().fill("无");
        await answered(page, "无");
        const said = await page.evaluate(() => {
          const root = document.querySelector("suoyin-search")?.shadowRoot;
          return [root?.querySelector("input")?.placeholder, root?.querySelector("[role=status]")?.textContent];
        });
        assert.deepEqual(said, [placeholder, none]);
      });
    }

    test("forced colours, reduced motion, and text from right to left", async () => {
      page = await site.open("<suoyin-search></suoyin-search>", { html: 'lang="ar" dir="rtl"', forcedColors: "active", reducedMotion: "reduce", viewport: { width: 700, height: 600 } });
      await field().fill("图书馆");
      await answered(page, "图书馆");
      await field().press("ArrowDown");
      const seen = await page.evaluate(() => {
        const root = /** @type {ShadowRoot} */ (document.querySelector("suoyin-search")?.shadowRoot);
        const one = (/** @type {string} */ selector) => /** @type {HTMLElement} */ (root.querySelector(selector));
        const panel = one(".panel").getBoundingClientRect();
        return {
          mark: getComputedStyle(one("mark")).backgroundColor !== getComputedStyle(one(".option")).backgroundColor,
          chosen: getComputedStyle(one("[aria-selected=true]")).outlineStyle,
          direction: getComputedStyle(one(".base")).direction,
          mirrored: one(".clear").getBoundingClientRect().left < one(".input").getBoundingClientRect().left,
          inside: panel.left >= 0 && panel.right <= innerWidth,
        };
      });
      assert.deepEqual(seen, { mark: true, chosen: "solid", direction: "rtl", mirrored: true, inside: true });
    });

    test("a theme is a few properties of the page, and parts", async () => {
      page = await site.open("<suoyin-search></suoyin-search>");
      await page.evaluate(() => {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync("suoyin-search{--suoyin-mark:rgb(1,2,3);--suoyin-radius:0px} ::part(title){text-transform:uppercase}");
        document.adoptedStyleSheets = [sheet];
      });
      await field().fill("图书馆");
      await answered(page, "图书馆");
      const [mark, radius, title] = await page.evaluate(() => {
        const root = document.querySelector("suoyin-search")?.shadowRoot;
        const style = (/** @type {string} */ selector) => getComputedStyle(/** @type {Element} */ (root?.querySelector(selector)));
        return [style("mark").backgroundColor, style(".field").borderRadius, style(".title").textTransform];
      });
      assert.deepEqual([mark, radius, title], ["rgb(1, 2, 3)", "0px", "uppercase"]);
    });
  });
}
