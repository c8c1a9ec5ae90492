// The browsers that pages are tested in, all with one interface.
//
// Chromium and Firefox are driven by Playwright, as the distribution ships them: Firefox by WebDriver
// BiDi, which Playwright calls the channel "moz-firefox". From 1.65 on it asks Firefox for commands
// that the extended support release does not know yet, hence the older version in package.json.
// WebKit, whose own driver only Apple and GTK maintain, is in webkit.mjs.
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { after, before } from "node:test";
import { chromium, firefox } from "playwright-core";
import { WebKit } from "./webkit.mjs";

/** @import { Browser as PlaywrightBrowser, CDPSession, Locator, Page } from "playwright-core" */

/** Milliseconds until what is waited for counts as failed. */
const TIMEOUT = 30_000;

/** @typedef {"chromium" | "firefox" | "webkit"} Name */

/**
 * A browser with a fresh profile, and one page in it. Its language is English.
 *
 * Functions for `evaluate` and `waitFor` run in the page: they see only their arguments, which must
 * be JSON, and give JSON back.
 *
 * @typedef {object} Browser
 * @property {Name} name
 * @property {string} version
 * @property {(url: string) => Promise<void>} open Goes to an address and waits until it is loaded.
 * @property {<A extends unknown[], R>(script: (...args: A) => R, ...args: A) => Promise<Awaited<R>>} evaluate
 * @property {<A extends unknown[]>(script: (...args: A) => unknown, ...args: A) => Promise<void>} waitFor
 *   Waits until the function gives something true, in the page that is then there.
 * @property {(selector: string, text: string) => Promise<void>} type
 *   Focuses an element and types, one key after the other.
 * @property {(key: string) => Promise<void>} press
 *   Presses a key, by its name in `KeyboardEvent.key`, with modifiers before it: `Control+Enter`.
 * @property {(selector: string) => Promise<void>} click
 * @property {() => Promise<Buffer>} screenshot What the window shows, as a PNG.
 * @property {() => Promise<string[]>} problems
 *   Errors and warnings since the start, of scripts, the console and the content security policy. Of
 *   WebKit only those of the page that is shown, and not before it was loaded: its driver tells none.
 * @property {() => Promise<CDPSession>} devtools Chromium's own protocol; of another browser it fails.
 * @property {() => Promise<void>} close
 */

/** Every browser that is tested, or those that `SUOYIN_BROWSERS` names, with commas between them. */
export const names = chosen(["chromium", "firefox", "webkit"]);

/** @param {Name[]} all */
function chosen(all) {
  const wanted = process.env["SUOYIN_BROWSERS"]?.split(",");
  const unknown = wanted?.find((name) => !all.some((known) => known === name));
  if (unknown !== undefined) throw new Error(`SUOYIN_BROWSERS: "${unknown}" is none of ${all.join(", ")}`);
  return wanted ? all.filter((name) => wanted.includes(name)) : all;
}

/**
 * Starts a browser.
 *
 * @param {Name} name
 * @returns {Promise<Browser>}
 */
export async function browser(name) {
  if (name === "webkit") return WebKit.start();
  const launched = await launch(name);
  const context = await launched.newContext({ locale: "en-US" });
  return new Driven(name, launched, await context.newPage());
}

/**
 * A browser for the tests of a block, which is started before them and closed behind them.
 *
 * @param {Name} name
 * @returns {Browser}
 */
export function browserFor(name) {
  /** @type {any} */
  let started;
  before(async () => {
    started = await browser(name);
  });
  after(() => started?.close());
  return new Proxy(/** @type {Browser} */ ({ name }), {
    get(known, key) {
      const member = (started ?? known)[key];
      return typeof member === "function" ? member.bind(started) : member;
    },
  });
}

/**
 * Starts a browser for what only Playwright can do, such as holding requests back.
 *
 * @param {"chromium" | "firefox"} [name]
 * @returns {Promise<PlaywrightBrowser>}
 */
export function launch(name = "chromium") {
  if (name === "firefox") {
    return firefox.launch({
      channel: "moz-firefox",
      executablePath: process.env["SUOYIN_FIREFOX"] ?? find("Firefox", ["firefox-esr", "firefox"], "SUOYIN_FIREFOX"),
      // Beyond what Playwright itself switches off: what asks a server of Mozilla's at the start.
      firefoxUserPrefs: {
        "app.normandy.enabled": false,
        "browser.region.network.url": "",
        // A page that was kept alive comes back without the events that Playwright waits for.
        "fission.bfcacheInParent": false,
        "network.captive-portal-service.enabled": false,
        "services.settings.server": "data:,",
        "toolkit.telemetry.server": "data:,",
      },
    });
  }
  const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
  return chromium.launch({
    executablePath: process.env["SUOYIN_CHROMIUM"] ?? find("Chromium", names, "SUOYIN_CHROMIUM"),
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

/**
 * Looks for a program in `PATH`.
 *
 * @param {string} title
 * @param {string[]} names
 * @param {string} variable
 */
function find(title, names, variable) {
  for (const folder of (process.env["PATH"] ?? "").split(delimiter)) {
    for (const name of names) {
      const path = join(folder, name);
      if (existsSync(path)) return path;
    }
  }
  throw new Error(`no ${title}: install it (\`cargo xtask setup\`), or set ${variable} to its path`);
}

/**
 * Taps an element with a finger. Playwright's own tap does nothing in Firefox, although its protocol has it.
 *
 * @param {Locator} locator
 */
export async function tap(locator) {
  const page = locator.page();
  if (page.context().browser()?.browserType().name() !== "firefox") return locator.tap();
  await locator.scrollIntoViewIfNeeded();
  const box = await locator.boundingBox();
  if (!box) throw new Error("what is not there cannot be tapped");
  const at = { x: Math.round(box.x + box.width / 2), y: Math.round(box.y + box.height / 2) };
  const session = /** @type {any} */ (page)._connection.toImpl(page).delegate._session;
  const actions = [{ type: "pointerMove", ...at }, { type: "pointerDown", button: 0 }, { type: "pointerUp", button: 0 }];
  const finger = { type: "pointer", id: "finger", parameters: { pointerType: "touch" }, actions };
  await session.send("input.performActions", { context: session.sessionId, actions: [finger] });
}

/**
 * A browser that Playwright drives.
 *
 * @implements {Browser}
 */
class Driven {
  /** @type {string[]} */
  #problems = [];
  #browser;
  #page;

  /**
   * @param {"chromium" | "firefox"} name
   * @param {PlaywrightBrowser} browser
   * @param {Page} page
   */
  constructor(name, browser, page) {
    this.name = name;
    this.version = browser.version();
    this.#browser = browser;
    this.#page = page;
    page.on("pageerror", (error) => this.#problems.push(String(error)));
    page.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning") this.#problems.push(message.text());
    });
  }

  /** @param {string} url */
  async open(url) {
    await this.#page.goto(url);
  }

  /**
   * @template {unknown[]} A
   * @template R
   * @param {(...args: A) => R} script
   * @param {A} args
   * @returns {Promise<Awaited<R>>}
   */
  evaluate(script, ...args) {
    return this.#page.evaluate(call(script, args));
  }

  /**
   * @template {unknown[]} A
   * @param {(...args: A) => unknown} script
   * @param {A} args
   */
  async waitFor(script, ...args) {
    // Playwright's own way evaluates text over and over, which the policy of most pages forbids.
    const source = `new Promise((resolve) => {
      const end = Date.now() + ${TIMEOUT};
      const look = () => {
        if (${call(script, args)}) resolve(true);
        else if (Date.now() > end) resolve(false);
        else setTimeout(look, 20);
      };
      look();
    })`;
    const end = Date.now() + TIMEOUT;
    /** @type {unknown} */
    let reason;
    while (Date.now() < end) {
      try {
        if (await this.#page.evaluate(source)) return;
      } catch (error) {
        // A page that goes away takes its scripts with it: the next one is asked.
        reason = error;
        await this.#page.waitForLoadState();
      }
    }
    throw new Error(`after ${TIMEOUT / 1000} s it is still not so: ${script}`, { cause: reason });
  }

  /**
   * @param {string} selector
   * @param {string} text
   */
  async type(selector, text) {
    await this.#page.locator(selector).pressSequentially(text);
  }

  /** @param {string} key */
  async press(key) {
    await this.#page.keyboard.press(key);
  }

  /** @param {string} selector */
  async click(selector) {
    await this.#page.locator(selector).click();
  }

  async screenshot() {
    const before = this.#problems.length;
    const picture = await this.#page.screenshot();
    // In Firefox, Playwright adds a style sheet first, which is not the page's fault.
    this.#problems.length = before;
    return picture;
  }

  async problems() {
    return [...this.#problems];
  }

  async devtools() {
    return this.#page.context().newCDPSession(this.#page);
  }

  async close() {
    await this.#browser.close();
  }
}

/**
 * The source of a call of the function.
 *
 * @param {Function} script
 * @param {unknown[]} args
 */
function call(script, args) {
  return `(${script})(...${JSON.stringify(args)})`;
}
