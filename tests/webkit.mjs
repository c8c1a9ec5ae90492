// WebKit as GTK has it: WebKitWebDriver and the MiniBrowser it starts, on a display of their own.
//
// The protocol, https://www.w3.org/TR/webdriver2/, is a few requests with JSON in them. It knows
// nothing of the console, so the page is listened to from within, once it is loaded.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";

/** @import { ChildProcess } from "node:child_process" */
/** @import { Readable } from "node:stream" */
/** @import { Browser } from "./browsers.mjs" */

/** Milliseconds until anything counts as failed. */
const TIMEOUT = 30_000;

/** The member of an object that makes it stand for an element of the page. */
const ELEMENT = "element-6066-11e4-a52e-4f735466cecf";

/** What the protocol has in the place of keys that are no characters. */
const KEYS = /** @type {Record<string, string>} */ ({
  Backspace: "\uE003",
  Tab: "\uE004",
  Enter: "\uE007",
  Shift: "\uE008",
  Control: "\uE009",
  Alt: "\uE00A",
  Escape: "\uE00C",
  PageUp: "\uE00E",
  PageDown: "\uE00F",
  End: "\uE010",
  Home: "\uE011",
  ArrowLeft: "\uE012",
  ArrowUp: "\uE013",
  ArrowRight: "\uE014",
  ArrowDown: "\uE015",
  Delete: "\uE017",
  Meta: "\uE03D",
});

/**
 * A WebKit with one page.
 *
 * @implements {Browser}
 */
export class WebKit {
  name = /** @type {const} */ ("webkit");
  version = "";
  #processes = new Processes();
  /** Where the session's commands go. */
  #session = "";

  /** Starts it. */
  static async start() {
    const started = new WebKit();
    try {
      await started.#start();
    } catch (error) {
      await started.close();
      throw error;
    }
    return started;
  }

  async #start() {
    const display = await this.#processes.startDisplay();
    const port = await freePort();
    const driver = await this.#processes.start("WebKitWebDriver", [`--port=${port}`], {
      DISPLAY: display,
      GDK_BACKEND: "x11",
      // English, whatever the system speaks.
      LC_ALL: "C",
      LANGUAGE: "",
    });
    const address = `http://127.0.0.1:${port}`;
    await listening(address, driver);
    const { sessionId, capabilities } = await request("POST", `${address}/session`, {
      capabilities: {},
    });
    this.#session = `${address}/session/${sessionId}`;
    this.version = capabilities.browserVersion;
  }

  /**
   * @param {string} method
   * @param {string} path
   * @param {object} [body]
   */
  #request(method, path, body) {
    return request(method, this.#session + path, body);
  }

  /** @param {string} url */
  async open(url) {
    await this.#request("POST", "/url", { url });
    await this.evaluate(listen);
  }

  /**
   * @template {unknown[]} A
   * @template R
   * @param {(...args: A) => R} script
   * @param {A} args
   * @returns {Promise<Awaited<R>>}
   */
  evaluate(script, ...args) {
    return this.#request("POST", "/execute/sync", { script: `return (${script})(...arguments)`, args });
  }

  /**
   * @template {unknown[]} A
   * @param {(...args: A) => unknown} script
   * @param {A} args
   */
  async waitFor(script, ...args) {
    const end = Date.now() + TIMEOUT;
    /** @type {unknown} */
    let reason;
    // The protocol has nothing to wait for, and a page that goes away takes its scripts with it.
    while (Date.now() < end) {
      try {
        if (await this.evaluate(script, ...args)) return;
        reason = undefined;
      } catch (error) {
        reason = error;
      }
      await sleep(20);
    }
    throw new Error(`after ${TIMEOUT / 1000} s it is still not so: ${script}`, { cause: reason });
  }

  /**
   * @param {string} selector
   * @param {string} text
   */
  async type(selector, text) {
    const found = await this.#find(selector);
    await this.#request("POST", `/element/${found[ELEMENT]}/value`, { text });
  }

  /** @param {string} key */
  async press(key) {
    const keys = key.split(/(?<=.)\+(?=.)/u).map((name) => {
      const value = KEYS[name] ?? name;
      if ([...value].length !== 1) throw new Error(`there is no key ${name}`);
      return value;
    });
    const actions = [
      ...keys.map((value) => ({ type: "keyDown", value })),
      ...keys.reverse().map((value) => ({ type: "keyUp", value })),
    ];
    await this.#request("POST", "/actions", { actions: [{ type: "key", id: "keyboard", actions }] });
  }

  /** @param {string} selector */
  async click(selector) {
    // Its own way to click takes everything in a shadow tree for covered by the host.
    const { x, y } = await this.#request("POST", "/execute/sync", {
      script: `const element = arguments[0];
        element.scrollIntoView({ block: "center", behavior: "instant" });
        const { left, top, width, height } = element.getBoundingClientRect();
        return { x: Math.round(left + width / 2), y: Math.round(top + height / 2) };`,
      args: [await this.#find(selector)],
    });
    const actions = [
      { type: "pointerMove", x, y },
      { type: "pointerDown", button: 0 },
      { type: "pointerUp", button: 0 },
    ];
    await this.#request("POST", "/actions", { actions: [{ type: "pointer", id: "mouse", actions }] });
  }

  /**
   * Waits for an element.
   *
   * @param {string} selector
   */
  async #find(selector) {
    await this.waitFor(find, selector);
    return this.#request("POST", "/execute/sync", { script: `return (${find})(...arguments)`, args: [selector] });
  }

  async screenshot() {
    return Buffer.from(await this.#request("GET", "/screenshot"), "base64");
  }

  /** Only those of the page that is shown, and not before it was loaded. */
  problems() {
    return this.evaluate(() => /** @type {any} */ (window).problemsForTests ?? []);
  }

  /** @returns {Promise<never>} */
  async devtools() {
    throw new Error("WebKit does not speak the protocol of Chromium");
  }

  async close() {
    try {
      if (this.#session) await this.#request("DELETE", "");
    } finally {
      await this.#processes.end();
    }
  }
}

/**
 * Runs in the page: an element, which may be in a shadow tree.
 *
 * @param {string} selector
 */
function find(selector) {
  const hosts = [...document.querySelectorAll("*")].flatMap(({ shadowRoot }) => shadowRoot ?? []);
  for (const tree of [document, ...hosts]) {
    const found = tree.querySelector(selector);
    if (found) return found;
  }
  return null;
}

/** Runs in the page: keeps what goes wrong there. */
function listen() {
  /** @type {string[]} */
  const problems = (/** @type {any} */ (window).problemsForTests = []);
  addEventListener("error", ({ message }) => problems.push(message));
  addEventListener("unhandledrejection", ({ reason }) => problems.push(String(reason)));
  addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI }) =>
    problems.push(`Content Security Policy: ${effectiveDirective} forbids ${blockedURI}`),
  );
  for (const level of /** @type {const} */ (["error", "warn"])) {
    const write = console[level];
    console[level] = (...data) => {
      problems.push(data.join(" "));
      write.apply(console, data);
    };
  }
}

/** Programs that end with us, however we end. */
class Processes {
  /** @type {ChildProcess[]} */
  #running = [];
  #kill = () => this.#running.forEach((child) => child.kill());

  constructor() {
    process.once("exit", this.#kill);
  }

  /**
   * Starts a program; what it writes to its fourth file can be read.
   *
   * @param {string} program
   * @param {string[]} args
   * @param {Record<string, string>} [environment]
   */
  async start(program, args, environment = {}) {
    const child = spawn(program, args, {
      env: { ...process.env, ...environment },
      stdio: ["ignore", "ignore", "inherit", "pipe"],
    });
    await once(child, "spawn").catch((cause) => {
      throw new Error(`cannot start ${program}: install it (\`cargo xtask setup\`)`, { cause });
    });
    this.#running.push(child);
    return child;
  }

  /** Starts an X server that shows nothing to anybody; gives the name of its display. */
  async startDisplay() {
    const server = await this.start("Xvfb", ["-displayfd", "3", "-screen", "0", "1280x1024x24", "-nolisten", "tcp"]);
    // It closes the file once it has written the number there.
    const number = await text(/** @type {Readable} */ (server.stdio[3]));
    if (!number) throw new Error("Xvfb ended without a display");
    return `:${number.trim()}`;
  }

  async end() {
    process.off("exit", this.#kill);
    const running = this.#running.filter((child) => child.exitCode === null && child.signalCode === null);
    const ended = running.map((child) => once(child, "exit"));
    this.#kill();
    await Promise.all(ended);
  }
}

/** A port that nobody listens on. */
async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  server.close();
  await once(server, "close");
  return port;
}

/**
 * Waits until the driver answers.
 *
 * @param {string} address
 * @param {ChildProcess} driver
 */
async function listening(address, driver) {
  const end = Date.now() + TIMEOUT;
  while (Date.now() < end) {
    if (driver.exitCode !== null) throw new Error(`WebKitWebDriver ended at once (${driver.exitCode})`);
    const answer = await fetch(`${address}/status`).catch(() => undefined);
    if (answer?.ok) return;
    // It says nowhere else that it is ready.
    await sleep(20);
  }
  throw new Error(`WebKitWebDriver does not answer at ${address}`);
}

/**
 * Sends a command and gives the value of its answer.
 *
 * @param {string} method
 * @param {string} url
 * @param {object} [body]
 * @returns {Promise<any>}
 */
async function request(method, url, body) {
  const init = { method, body: body && JSON.stringify(body), signal: AbortSignal.timeout(2 * TIMEOUT) };
  const answer = await fetch(url, /** @type {RequestInit} */ (init));
  const { value } = await answer.json();
  if (!answer.ok) throw new Error(`WebKit: ${method} ${new URL(url).pathname}: ${value.error}: ${value.message}`);
  return value;
}
