/**
 * An open index, and what it answers.
 *
 * @module
 */

import { SuoyinError, attempt, unlessAborted } from "./error.js";

/** @import { Shards } from "./shards.js" */
/** @import { Suggest, Suggestion } from "./suggest.js" */
/** @import { Load } from "./suggestions.js" */

/**
 * @typedef {object} Hit
 * @property {string} id
 * @property {string} url As the document gave it: check it before making a link of it.
 * @property {string} title
 * @property {[start: number, end: number][]} titleHighlights In UTF-16 code units, like all ranges.
 * @property {number} score Comparable within one answer only.
 * @property {boolean} exact Whether the whole query stands in the document.
 * @property {{ text: string, highlights: [start: number, end: number][] }} snippet
 * @property {{ title: string, anchor: string }} [section]
 * @property {Record<string, string>} meta
 */

/**
 * @typedef {object} SearchResults
 * @property {string} query
 * @property {number} total Number of documents that match exactly; these come first.
 * @property {number} related Number of further documents that only share terms with the query.
 * @property {boolean} exact
 * @property {Hit[]} hits
 * @property {number} took Duration of the search in milliseconds, without that of requests.
 */

/**
 * @typedef {object} SearchOptions
 * @property {number} [limit] At most so many hits; 10 by default.
 * @property {number} [offset] Leave out so many hits from the top.
 * @property {AbortSignal} [signal] Rejects with the signal's reason once it is aborted.
 */

/**
 * The engine's side of an index.
 *
 * @typedef {object} Searcher
 * @property {(query: string, options: object) => SearchResults | { missing: string[] }} search
 * @property {(name: string, bytes: Uint8Array) => void} [load]
 * @property {number} documents
 * @property {() => void} free
 */

/** How often one query may ask for shards: terms, then documents, and something to spare. */
const ROUNDS = 5;

/** An open index. */
export class Index {
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
  }

  /** How many documents the index holds. */
  get documentCount() {
    return this.#opened().documents;
  }

  /**
   * Searches. Where several searches overlap, abort those that are no longer wanted: they reject at
   * once, and what they have asked for is kept for the next ones.
   *
   * @param {string} query As it was typed.
   * @param {SearchOptions} [options]
   * @returns {Promise<SearchResults>}
   */
  async search(query, { signal, ...options } = {}) {
    for (let round = 0; round < ROUNDS; round += 1) {
      signal?.throwIfAborted();
      const searcher = this.#opened();
      const answer = attempt(() => searcher.search(String(query), options));
      if (!("missing" in answer)) return answer;
      if (this.#shards) await unlessAborted(this.#shards.load(answer.missing), signal);
    }
    throw new SuoyinError("the engine asks for ever more shards", "internal");
  }

  /**
   * What the query may stand for: pinyin, zhuyin, the beginning of a phrase or a title, a misspelling.
   * The first call loads what this takes; where the index was built without, the answer is empty.
   *
   * @param {string} query As it was typed.
   * @param {{ limit?: number, signal?: AbortSignal }} [options]
   * @returns {Promise<Suggestion[]>}
   */
  async suggest(query, { limit = 8, signal } = {}) {
    signal?.throwIfAborted();
    this.#opened();
    // What could not be loaded is tried again.
    this.#suggest ??= this.#load?.().catch((error) => ((this.#suggest = undefined), Promise.reject(error)));
    if (!this.#suggest) return [];
    const suggest = await unlessAborted(this.#suggest, signal);
    return suggest(String(query), limit, async (text) => (await this.search(text, { limit: 0, signal })).total > 0);
  }

  /** Frees the index's memory; searches under way are rejected. */
  close() {
    this.#shards?.close();
    this.#searcher?.free();
    this.#searcher = undefined;
  }

  #opened() {
    if (!this.#searcher) throw closed();
    return this.#searcher;
  }
}

/** The error of whoever uses an index that was closed. */
export function closed() {
  return new SuoyinError("this index was closed", "closed");
}
