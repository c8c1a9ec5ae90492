// What the browser tests share: the demo page on a local address, and visits to it.
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { listen } from "./listen.mjs";

export { launch } from "./browsers.mjs";

/** @import { Browser, BrowserContextOptions, Page } from "playwright-core" */

const root = fileURLToPath(new URL("..", import.meta.url));

/** Where the demo has its parts: the same layout that `cargo xtask demo` stages. */
const PARTS = /** @type {[prefix: string, folder: string][]} */ ([
  ["pkg/", join(root, "pkg")],
  ["docs/", process.env["SUOYIN_DOCS"] ?? join(root, "docs")],
  ["", join(root, "www")],
]);

const TYPES = /** @type {Record<string, string>} */ ({
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
});

/**
 * Serves the demo; pages of any other origin may use it too.
 *
 * @param {Map<string, string>} [made] Files that are made up, by their paths, before all others.
 * @returns {Promise<{ address: string, close(): void }>}
 */
export async function serve(made = new Map()) {
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? "/", "http://localhost").pathname.slice(1));
    const text = made.get(path);
    if (text !== undefined) {
      response.setHeader("Content-Type", TYPES[extname(path)] ?? "text/plain; charset=utf-8");
      response.end(text);
      return;
    }
    const [prefix, folder] = PARTS.find(([prefix]) => path.startsWith(prefix)) ?? ["", ""];
    const file = join(folder, normalize(`/${path.slice(prefix.length) || "index.html"}`));
    const found = await stat(file).catch(() => undefined);
    response.setHeader("Access-Control-Allow-Origin", "*");
    if (found?.isFile()) {
      response.setHeader("Content-Type", TYPES[extname(file)] ?? "text/plain; charset=utf-8");
      createReadStream(file).pipe(response);
    } else {
      // Browsers ask for the icon of a document that names none.
      response.writeHead(path === "favicon.ico" ? 204 : 404).end();
    }
  });
  return listen(server);
}

/** A box that has drawn its last hit: until then, it keeps room for those that follow. */
const WHOLE = ".base:not(:has([inert])):has(.results:not([style*=padding]), .results[style*=' 0em'])";

/** Waits until a box on the page has drawn its last hit. @param {Page} page */
export const whole = (page) => page.locator(WHOLE).first().waitFor();

/**
 * Waits until a box on the page shows the answer to a query, all of it.
 *
 * @param {Page} page
 * @param {string} query
 */
export const answered = (page, query) =>
  page.locator(`${WHOLE}:is([data-state=results],[data-state=none])[data-query=${JSON.stringify(query)}]`).first().waitFor();

/** A page under test, and all that went wrong on it. */
export class Visit {
  /** Errors of scripts, of the console and of the content security policy. @type {string[]} */
  problems = [];

  /** @param {Page} page */
  constructor(page) {
    this.page = page;
    this.field = page.locator("input[role=combobox]");
    /** Hits; their sections are options, too. */
    this.options = page.locator(".results [role=option]:not(.section)");
    page.on("pageerror", (error) => this.problems.push(String(error)));
    page.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning") this.problems.push(message.text());
    });
  }

  /**
   * Waits for what the page shows.
   *
   * @param {"start" | "loading" | "results" | "none" | "error"} state
   */
  async shows(state) {
    await this.page.locator(`.base[data-state=${state}]`).waitFor();
  }

  /** Types a query and waits for its answer. @param {string} query */
  async search(query) {
    await this.field.fill(query);
    await this.answered(query);
  }

  /** Waits for the answer to a query, until its last hit is drawn. @param {string} query */
  async answered(query) {
    await answered(this.page, query);
  }

  /** The ids of all options in the list, sections of hits among them. */
  ids() {
    return this.page.locator(".results [role=option]").evaluateAll((options) => options.map(({ id }) => id));
  }

  /** The texts of the highlights in the hits that `selector` names. @param {string} selector */
  marks(selector) {
    return this.page.locator(`${selector} mark`).allTextContents();
  }
}

/**
 * Opens the demo as somebody who reads Chinese, unless told otherwise.
 *
 * @param {Browser} browser
 * @param {string} address
 * @param {BrowserContextOptions} [options]
 */
export async function visit(browser, address, options = {}) {
  const context = await browser.newContext({ locale: "zh-CN", ...options });
  const visit = new Visit(await context.newPage());
  await visit.page.goto(address);
  return visit;
}
