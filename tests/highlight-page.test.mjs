// What `suoyin-highlight.js` marks on the pages that hits lead to, in every browser.
import assert from "node:assert/strict";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { brotliCompressSync } from "node:zlib";
import { browserFor, names } from "./browsers.mjs";
import { Layouts, serve } from "./layouts.mjs";


const STRICT = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'";

/** For pages with styles of their own. */
const STYLED = `${STRICT}; style-src 'unsafe-inline'`;

/** @type {Layouts} */
let layouts;
/** @type {Awaited<ReturnType<typeof serve>>} */
let site;

/** What stands in the page for each case, what is searched for, and what must be marked, in order. */
const CASES = /** @type {[what: string, html: string, query: string, marked: string[]][]} */ ([
  ["in either script", "<p>新時代文明實踐中心，新时代文明实践站</p>", "文明实践", ["文明實踐", "文明实践"]],
  ["across tags", "<p><b>文明</b><i>实<u>践</u></i>，<a href=#>文</a>明</p>", "文明实践", ["文明实践"]],
  ["not across blocks", "<p>文明</p><p>实践</p><ul><li>文<li>明</ul>", "文明实践", ["文明", "实践"]],
  ["across cells of a table: not", "<table><tr><td>文明<td>实践</table>文明实践", "文明实践", ["文明实践"]],
  ["a clause before its terms", "<p>文明。</p><div>讲文明实践</div>", "文明实践", ["文明实践"]],
  ["terms where no clause stands", "<p>文明。</p><div>讲明实</div>", "文明实践", ["文明", "明实"]],
  ["clauses, each", "<p>网络。</p><p>安裝</p>", "安装 网络", ["网络", "安裝"]],
  ["what is excluded: not", "<p>网络。</p><p>安裝</p>", "网络 -安装", ["网络"]],
  ["glosses inside", "<p>引領(lǐng)時代</p>", "引领时代", ["引領(lǐng)時代"]],
  ["how ruby is read: not", "<p><ruby>文<rp>(<rt>wén<rp>)</rp>明<rt>míng</ruby>实践</p>", "文明实践", ["文明实践"]],
  ["wrapped lines, in source and by the author", "<p>文明\n    实践，<b>文</b>\n <i>\n明</i>实<br>践</p>", "文明实践", ["文明实践", "文明实践"]],
  ["two line breaks: not", "<p>文明<br><br>实践</p>", "文明实践", ["文明", "实践"]],
  ["words, whatever their case", "<p>Build the INDEX; rebuild</p>", "index build", ["Build", "INDEX"]],
  ["accents and full width", "<p>CAFÉ ｉｎｄｅｘ</p>", "cafe index", ["CAFÉ", "ｉｎｄｅｘ"]],
  ["beyond the BMP", "<p>𠮷野家、😀文明</p>", "野家 文明", ["野家", "文明"]],
  ["preformatted text as it stands", "<pre>cargo   build\n文明\n实践</pre>", "文明实践 build", ["build", "文明实践"]],
  [
    "what is hidden or edited: not",
    `<script type=x>文明</script><style>文明{}</style><textarea>文明</textarea><select><option>文明</select>
    <div hidden>文明</div><p style="display:none">文明</p><p style="visibility:hidden">文明</p><p hidden=until-found>文明</p>
    <div contenteditable>文明</div><template>文明</template><svg><text>文明</text></svg><noscript>文明</noscript>
    <details><summary>总文明</summary>文明<p>文明</p></details><details open><summary>网</summary>开文明</details>`,
    "文明",
    ["文明", "文明"],
  ],
  ["markup that is only text", "<p>&lt;b&gt;文明&lt;/b&gt;<b title='文明'>&amp;文明</b></p>", "文明", ["文明", "文明"]],
  ["nothing", "<p>没有</p>", "文明实践", []],
]);

/** Scripts of the test itself. */
const SCRIPTS = {
  // Notes what happens; there is no other way to wait for it where a policy is against evaluation.
  "note.js": `const violations = [];
addEventListener("securitypolicyviolation", (event) => violations.push(event.violatedDirective));
document.addEventListener("suoyin-highlight", ({ detail }) => {
  document.documentElement.dataset.told = JSON.stringify({ count: detail.count, violations });
});`,
  "old.js": `Reflect.deleteProperty(CSS, "highlights");`,
};

/** @param {string} body @param {string} [attributes] Of the script. @param {string} [before] */
const page = (body, attributes = `src="docs/module/suoyin-highlight.js"`, before = "") =>
  `<!doctype html><meta charset="utf-8"><title>文明实践</title>${before}<script src="note.js"></script>
<nav>文明实践</nav><main>${body}</main><script ${attributes}></script>`;

/** Where the first match is far below, and another one behind a heading. */
const FAR = `<p>讲</p><div style="height: 4000px"></div><p>文明实践</p><p>起</p><div style="height: 4000px"></div>
<h2 id="two">二</h2><p>文明实践</p>`;

before(async () => {
  layouts = new Layouts();
  const write = (/** @type {string} */ name, /** @type {string} */ text) => writeFileSync(join(layouts.folder, name), text);
  for (const [name, text] of Object.entries(SCRIPTS)) write(name, text);
  for (const [at, [, html]] of CASES.entries()) {
    write(`case-${at}.html`, page(html));
    write(`old-${at}.html`, page(html, undefined, `<script src="old.js"></script>`));
  }
  write("far.html", page(FAR));
  for (const layout of ["module", "shards", "script"]) {
    write(`${layout}.html`, page("<p>文明实践</p>", `src="docs/${layout}/suoyin-highlight.js" defer`));
  }
  write("type-module.html", page("<p>文明实践</p>", `type=module src="docs/module/suoyin-highlight.js"`));
  const elsewhere = `data-src="docs/shards/" data-param="q" data-root="aside"`;
  write("elsewhere.html", page("<p>文明实践</p><aside>文明，实践</aside>", `src="docs/script/suoyin-highlight.js" ${elsewhere}`));
  write("empty.html", page("", ""));
  cpSync(fileURLToPath(new URL("../www", import.meta.url)), join(layouts.folder, "www"), { recursive: true });
  site = await serve(layouts.folder);
});

after(() => {
  site?.close();
  layouts?.remove();
});

/** Runs in a page: what it tells, once it does. @returns {Promise<string>} */
function told() {
  const { documentElement } = document;
  return new Promise((resolve) => {
    const look = () => documentElement.dataset["told"] && resolve(documentElement.dataset["told"]);
    new MutationObserver(look).observe(documentElement, { attributes: true });
    look();
  });
}

/** Runs in a page: the texts of all marks, in the order of the page. */
function marks() {
  const highlight = CSS.highlights?.get("suoyin");
  const texts = [...document.querySelectorAll("mark.suoyin")].map((mark) => mark.textContent ?? "");
  if (!highlight) return texts;
  const ranges = /** @type {Range[]} */ ([...highlight]);
  ranges.sort((a, b) => a.compareBoundaryPoints(Range.START_TO_START, b));
  for (const range of ranges) {
    const fragment = range.cloneContents();
    for (const reading of fragment.querySelectorAll("rt, rp")) reading.remove();
    texts.push(fragment.textContent ?? "");
  }
  return texts;
}

const dense = (/** @type {string[]} */ texts) => texts.map((text) => text.replace(/\s+/g, ""));

for (const name of names) {
  describe(name, () => {
    const b = browserFor(name);

    /** Opens a page and waits until all is marked. @param {string} address */
    async function visit(address) {
      await b.open("about:blank");
      await b.open(address);
      const { count, violations } = JSON.parse(await b.evaluate(told));
      assert.deepEqual(violations, []);
      return /** @type {number} */ (count);
    }

    /** @param {string} file @param {string} query @param {Record<string, string>} [more] */
    function address(file, query, more = {}) {
      return `${site.address}${file}?${new URLSearchParams({ highlight: query, policy: STRICT, ...more })}`;
    }

    for (const [at, [what, html, query, marked]] of CASES.entries()) {
      const policy = { policy: html.includes("style") ? STYLED : STRICT };

      test(`marked: ${what}`, async () => {
        const count = await visit(address(`case-${at}.html`, query, policy));
        assert.deepEqual(dense(await b.evaluate(marks)), marked, html);
        assert.equal(count, marked.length);
      });

      test(`by elements: ${what}`, async () => {
        const count = await visit(address(`old-${at}.html`, query, policy));
        assert.deepEqual(dense(await b.evaluate(marks)).join(""), marked.join(""), html);
        assert.equal(count, marked.length);
      });
    }

    for (const layout of ["module", "shards", "script"]) {
      test(`by an index in the layout ${layout}`, async () => {
        await visit(address(`${layout}.html`, "文明實踐"));
        assert.deepEqual(await b.evaluate(marks), ["文明实践"]);
      });
    }

    test("in a page opened from a folder", async () => {
      await visit(`${pathToFileURL(join(layouts.folder, "script.html"))}?highlight=${encodeURIComponent("文明實踐")}`);
      assert.deepEqual(await b.evaluate(marks), ["文明实践"]);
    });

    test("the script as a module", async () => {
      await visit(address("type-module.html", "文明實踐"));
      assert.deepEqual(await b.evaluate(marks), ["文明实践"]);
    });

    test("another index, parameter and root", async () => {
      await visit(address("elsewhere.html", "没有", { q: "实践" }));
      assert.deepEqual(await b.evaluate(marks), ["实践"]);
    });

    test("without the parameter nothing is loaded", async () => {
      await visit(`${site.address}module.html?other=1`);
      const loaded = await b.evaluate(() => performance.getEntriesByType("resource").map(({ name }) => name));
      assert.deepEqual(loaded.filter((name) => /suoyin\.(js|wasm)/.test(name)), []);
      assert.deepEqual(await b.evaluate(marks), []);
    });

    test("the first mark comes into sight, behind what the address points at; nothing gets the focus", async () => {
      /** Runs in the page: where the marks are, from the first on, by the height of the window. */
      const heights = () => {
        const ranges = /** @type {Range[]} */ ([...(CSS.highlights.get("suoyin") ?? [])]);
        return ranges.map((range) => range.getBoundingClientRect().top / innerHeight).sort((a, b) => a - b);
      };
      const inSight = (/** @type {number | undefined} */ height) => height !== undefined && height >= 0 && height < 1;
      await visit(address("far.html", "文明", { policy: STYLED }));
      const [first, second] = await b.evaluate(heights);
      assert.ok(inSight(first) && !inSight(second), `${first}, ${second}`);
      assert.equal(await b.evaluate(() => document.activeElement?.localName), "body");
      await visit(`${address("far.html", "文明", { policy: STYLED })}#two`);
      const behind = await b.evaluate(heights);
      assert.ok(!inSight(behind[0]) && inSight(behind[1]), behind.join());
    });

    test("Escape takes the marks away, and elements leave the page as it was", async () => {
      for (const file of ["case-1.html", "old-1.html"]) {
        await visit(address(file, "文明实践"));
        await b.press("Escape");
        assert.deepEqual(await b.evaluate(marks), [], file);
        assert.equal(await b.evaluate(() => document.querySelector("main")?.innerHTML), `<p><b>文明</b><i>实<u>践</u></i>，<a href="#">文</a>明</p>`);
      }
    });

    test("as a module: what is to be marked, by an index that is open; the last one counts", async () => {
      await b.open(`${site.address}empty.html`);
      const told = await b.evaluate(async () => {
        const main = /** @type {HTMLElement} */ (document.querySelector("main"));
        main.innerHTML = "<p>文明</p><section>实践，文明</section>";
        const { open } = await import(`${location.origin}/docs/module/suoyin.js`);
        const { clear, highlight } = await import(`${location.origin}/www/highlight.js`);
        const texts = () => [.../** @type {Range[]} */ ([...(CSS.highlights.get("suoyin") ?? [])])].map(String);
        const first = highlight({ query: "文明", open });
        const second = highlight({ query: "实践", open });
        const counts = await Promise.all([first, second]);
        const marked = [texts()];
        counts.push(await highlight({ query: "文明", open, root: "section" }));
        marked.push(texts());
        clear();
        marked.push(texts());
        counts.push(await highlight({ query: " ", open }));
        const error = await highlight({ query: "x", src: "nowhere/" }).catch((/** @type {unknown} */ error) => error instanceof Error);
        return { counts, marked, error };
      });
      assert.deepEqual(told, { counts: [0, 1, 1, 0], marked: [["实践"], ["文明"], []], error: true });
    });

    test("long and hostile pages: all is marked that may be, in short turns", async () => {
      await b.open(`${site.address}empty.html`);
      const told = await b.evaluate(async () => {
        const main = /** @type {HTMLElement} */ (document.querySelector("main"));
        const { open } = await import(`${location.origin}/docs/module/suoyin.js`);
        const { highlight } = await import(`${location.origin}/www/highlight.js`);
        const inWorker = () => open(undefined, { worker: true });
        const counts = [];
        // Ten thousand nodes, a megabyte of text in one of them, spaces without end, a deep pile of elements.
        main.append(...Array.from({ length: 5000 }, (_, at) => {
          const paragraph = document.createElement("p");
          paragraph.append(at % 100 ? "没有什么" : "新時代文明", document.createElement("b"));
          return paragraph;
        }));
        main.append("没有。".repeat(350_000), " ".repeat(1_000_000), "文明");
        let deep = /** @type {HTMLElement} */ (main);
        for (let depth = 0; depth < 2000; depth += 1) deep = deep.appendChild(document.createElement("span"));
        deep.append("文明");
        counts.push(await highlight({ query: "文明", open: inWorker, scroll: false }));
        counts.push(await highlight({ query: "没有", open: inWorker, scroll: false }));
        counts.push(await highlight({ query: "文".repeat(100_000), open: inWorker, scroll: false }));
        return counts;
      });
      assert.deepEqual(told, [51, 5000, 0]);
    });
  });
}

test("suoyin-highlight.js takes 3 KB at most", () => {
  const size = brotliCompressSync(readFileSync(join(layouts.folder, "docs/module/suoyin-highlight.js"))).length;
  assert.ok(size <= 3 * 1024, `${size} bytes`);
});
