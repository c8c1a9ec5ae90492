/**
 * An open index, and what it answers.
 *
 * @module
 */

import { SuoyinError, attempt, unlessAborted } from "./error.js";

/** @import { Shards } from "./shards.js" */

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
 * @property {SectionMatch[]} [sections] Those that hold matches, the best first, if asked for.
 * @property {Record<string, string>} meta
 */

/**
 * @typedef {object} SectionMatch
 * @property {string} title
 * @property {string} anchor
 * @property {{ text: string, highlights: [start: number, end: number][] }} snippet
 */

/**
 * @typedef {object} SearchResults
 * @property {string} query
 * @property {number} total Number of documents that match exactly; these come first.
 * @property {number} related Number of further documents that only share terms with the query.
 * @property {boolean} exact
 * @property {Hit[]} hits
 * @property {Record<string, { value: string, count: number }[]>} [facets] In how many of all exact
 *   matches each value of a field stands, whatever the filter on its own field says; by falling
 *   count, at most a thousand values.
 * @property {number} took Duration of the search in milliseconds, without that of requests.
 */

/**
 * A value, several of which one will do, or bounds, inclusive. Bounds compare as texts, and
 * `to: "2023"` goes to the end of that year; numbers compare as numbers.
 *
 * @typedef {string | string[] | { from?: string, to?: string }} Filter
 */

/**
 * @typedef {object} SearchOptions
 * @property {number} [limit] At most so many hits; 10 by default.
 * @property {number} [offset] Leave out so many hits from the top.
 * @property {Record<string, Filter | null | undefined> | null} [filters] What documents must have, by
 *   field: all of it. With filters or an order, an empty query lists all documents that pass.
 * @property {string | null} [sort] A field and a direction, such as `date:desc`; by relevance where
 *   there is none. Exact matches come first still, documents without the field last.
 * @property {string[] | boolean | null} [facets] The fields of which values are to be counted; `true`
 *   for all that the index has.
 * @property {number} [sections] At most so many sections of each hit, as hits of their own.
 * @property {AbortSignal} [signal] Rejects with the signal's reason once it is aborted.
 */

/**
 * The engine's side of an index.
 *
 * @typedef {object} Searcher
 * @property {(query: string, options: object) => SearchResults | { missing: string[] }} search
 * @property {(name: string, bytes: Uint8Array) => void} [load]
 * @property {number} documents
 * @property {string[]} facets
 * @property {() => void} free
 */

/** How often one query may ask for shards: terms, then documents, and something to spare. */
const ROUNDS = 5;

/** An open index. */
export class Index {
  /** @type {Searcher | undefined} */
  #searcher;
  #shards;

  /**
   * @param {Searcher} searcher
   * @param {Shards} [shards]
   */
  constructor(searcher, shards) {
    this.#searcher = searcher;
    this.#shards = shards;
  }

  /** How many documents the index holds. */
  get documentCount() {
    return this.#opened().documents;
  }

  /** The fields, ascending, that documents can be filtered, sorted and counted by. */
  get facets() {
    return this.#opened().facets;
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
