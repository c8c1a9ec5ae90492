// The pictures of the README, taken of the demo site that `cargo xtask demo --build-only` lays out:
//
//     node tests/pictures.mjs && git diff --stat tests/screenshots
//
// They are made small by pngquant and optipng, which have to be installed.
import { execFileSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { launch } from "./browsers.mjs";
import { listen } from "./listen.mjs";

/** @import { BrowserContextOptions } from "playwright-core" */

const DEMO = fileURLToPath(new URL("../target/demo", import.meta.url));
const PICTURES = fileURLToPath(new URL("screenshots", import.meta.url));

/** Bytes that a picture may have. */
const LIMIT = 60 * 1024;

const TYPES = /** @type {Record<string, string>} */ ({
  ".css": "text/css",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
});

const DESKTOP = { viewport: { width: 1120, height: 720 } };
const DARK = { ...DESKTOP, colorScheme: /** @type {const} */ ("dark") };
const PHONE = { viewport: { width: 390, height: 720 }, isMobile: true, hasTouch: true };

/** @type {[name: string, page: string, query: string, options: BrowserContextOptions][]} */
const WANTED = [
  ["desktop-light", "index.html", "文明实践", DESKTOP],
  ["desktop-dark", "index.html", "文明实践", DARK],
  ["phone", "index.html", "文明实践", PHONE],
  ["inline", "inline.html", "图书馆", DESKTOP],
  ["modal", "modal.html", "台风", DARK],
  ["results", "results.html", "老人", DESKTOP],
];

const server = await listen(
  createServer(async (request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url ?? "/", "http://localhost").pathname));
    try {
      const bytes = await readFile(join(DEMO, path));
      response.writeHead(200, { "Content-Type": TYPES[extname(path)] ?? "application/octet-stream" }).end(bytes);
    } catch {
      response.writeHead(404).end();
    }
  }),
);
const browser = await launch();
try {
  for (const [name, address, query, options] of WANTED) {
    const context = await browser.newContext({ locale: "zh-CN", colorScheme: "light", ...options });
    const page = await context.newPage();
    const answer = await page.goto(server.address + address);
    if (!answer?.ok()) throw new Error(`${address}: no such page; run \`cargo xtask demo --build-only\` first`);
    await page.locator("suoyin-search").evaluate((box, query) => /** @type {any} */ (box).search(query), query);
    await page.locator("[role=listbox] [part~=option]").first().waitFor();
    await page.locator("suoyin-search input[role=combobox]").press("ArrowDown");
    await page.evaluate(() => document.fonts.ready);
    const path = join(PICTURES, `${name}.png`);
    await page.screenshot({ path, animations: "disabled", caret: "hide" });
    await context.close();
    execFileSync("pngquant", ["--force", "--speed", "1", "--quality", "50-90", "--strip", "--output", path, "64", path]);
    execFileSync("optipng", ["-quiet", "-o2", path]);
    const { length } = await readFile(path);
    console.log(`${name}: ${(length / 1024).toFixed(1)} KB`);
    if (length > LIMIT) throw new Error(`${path} has more than ${LIMIT / 1024} KB; make its window smaller`);
  }
} finally {
  await browser.close();
  server.close();
}
