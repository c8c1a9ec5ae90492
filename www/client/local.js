/**
 * An index on this thread.
 *
 * @module
 */

import { SuoyinError, attempt, closed, unlessAborted } from "./error.js";

/** @import { Backend } from "./index.js" */
/** @import { Shards } from "./shards.js" */
/** @import { Suggest } from "./suggest.js" */
/** @import { Load } from "./suggestions.js" */

/**
 * The engine's side of an index. What it answers is JSON or an array of numbers, or, in an index in
 * shards, `{ missing: [name, …] }`.
 *
 * @typedef {object} Searcher
 * @property {(query: string, options: object) => any} search
 * @property {(query: string, text: string, whole: boolean) => Uint32Array} highlights
 * @property {(name: string, bytes: Uint8Array) => void} [load]
 * @property {number} documents
 * @property {string[]} facets
 * @property {() => void} free
 */

/** How often one query may ask for shards: terms, then documents, and something to spare. */
const ROUNDS = 5;

/** @implements {Backend} */
export class Local {
  /** @type {Searcher | undefined} */
  #searcher;
  #shards;
  #load;
  /** @type {Promise<Suggest> | undefined} */
  #suggest;

  /**
   * @param {Searcher} searcher
   * @param {Shards} [shards]
   * @param {Load} [load] Loads the suggestions.
   */
  constructor(searcher, shards, load) {
    this.#searcher = searcher;
    this.#shards = shards;
    this.#load = load;
    this.documents = searcher.documents;
    this.facets = searcher.facets;
  }

  /**
   * @param {string} method
   * @param {unknown[]} args
   * @param {AbortSignal} [signal]
   * @returns {Promise<any>}
   */
  async ask(method, args, signal) {
    if (method === "suggest") return this.#suggested(.../** @type {[string, number]} */ (args), signal);
    for (let round = 0; round < ROUNDS; round += 1) {
      signal?.throwIfAborted();
      const searcher = /** @type {Record<string, any> | undefined} */ (this.#searcher);
      if (!searcher) throw closed();
      const answer = attempt(() => searcher[method](...args));
      if (!answer.missing) return answer;
      if (this.#shards) await unlessAborted(this.#shards.load(answer.missing), signal);
    }
    throw new SuoyinError("the engine asks for ever more shards", "internal");
  }

  /**
   * @param {string} query
   * @param {number} limit
   * @param {AbortSignal} [signal]
   */
  async #suggested(query, limit, signal) {
    signal?.throwIfAborted();
    if (!this.#searcher) throw closed();
    // What could not be loaded is tried again.
    this.#suggest ??= this.#load?.().catch((error) => ((this.#suggest = undefined), Promise.reject(error)));
    if (!this.#suggest) return [];
    const suggest = await unlessAborted(this.#suggest, signal);
    return suggest(query, limit, async (text) => (await this.ask("search", [text, { limit: 0 }], signal)).total > 0);
  }

  close() {
    this.#shards?.close();
    this.#searcher?.free();
    this.#searcher = undefined;
  }
}
