/**
 * The parts of an index that are fetched when a query needs them.
 *
 * @module
 */

import { SuoyinError, attempt, closed } from "./error.js";
import { inflate, receive } from "./transfer.js";

/** @import { Searcher } from "./local.js" */

/** Milliseconds until a shard that did not arrive is asked for again: 2.6 s in all. */
const PAUSES = [200, 600, 1800];

export class Shards {
  #searcher;
  #base;
  #pauses;
  #life = new AbortController();
  /** Those on their way, by name; searches that overlap share them. @type {Map<string, Promise<void>>} */
  #coming = new Map();

  /**
   * @param {Searcher} searcher Keeps the shards once they are here.
   * @param {URL} base What their names are relative to.
   * @param {number[]} [pauses]
   */
  constructor(searcher, base, pauses = PAUSES) {
    this.#searcher = searcher;
    this.#base = base;
    this.#pauses = pauses;
  }

  /**
   * Gets all of these, side by side.
   *
   * @param {string[]} names
   */
  async load(names) {
    // What another search has asked for may be about to fail for the last time; this one tries anew.
    const get = (/** @type {string} */ name) => this.#coming.get(name) ?? this.#start(name);
    await Promise.all(names.map((name) => this.#coming.get(name)?.catch(() => get(name)) ?? get(name)));
  }

  /** Ends what is under way. */
  close() {
    this.#life.abort(closed());
  }

  /** @param {string} name */
  #start(name) {
    // Forgotten in the end either way: then the engine has it, or the next search tries again.
    const coming = this.#get(name).finally(() => this.#coming.delete(name));
    this.#coming.set(name, coming);
    return coming;
  }

  /** @param {string} name */
  async #get(name) {
    const url = new URL(name, this.#base);
    const { signal } = this.#life;
    /** @type {RequestCache} */
    let cache = "default";
    for (let tries = 0; ; tries += 1) {
      try {
        const bytes = await receive(url, inflate, { signal, cache }, "not-found");
        signal.throwIfAborted();
        return attempt(() => this.#searcher.load?.(name, bytes), url);
      } catch (error) {
        const { code } = /** @type {SuoyinError} */ (error);
        // What is damaged may lie in a cache on the way: once, it is asked for past all caches.
        const again = code === "load-failed" || (code === "damaged" && cache === "default");
        if (!again || tries === this.#pauses.length) throw error;
        if (code === "damaged") cache = "reload";
        await pause(this.#pauses[tries], signal);
      }
    }
  }
}

/**
 * @param {number | undefined} milliseconds
 * @param {AbortSignal} signal
 * @returns {Promise<void>}
 */
function pause(milliseconds, signal) {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const abort = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", abort);
      resolve();
    }, milliseconds);
    signal.addEventListener("abort", abort, { once: true });
  });
}
