/**
 * An open index, and what it answers.
 *
 * @module
 */

import { closed } from "./error.js";

/** @import { Suggestion } from "./suggest.js" */

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
 * @property {{ word: string, by: string }[]} [expanded] Words of the query, and what was searched for
 *   them too, or instead.
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
 * @property {number} [snippetWidth] Width of a snippet in columns, from 20 to 1,000; 160 by default. A
 *   Chinese character takes two.
 * @property {Partial<Record<"k1" | "b" | "title" | "headings" | "characters", number>> | null} [ranking]
 *   What counts more or less than the index says: BM25's `k1` (0.1 to 3) and `b` (0 to 1), the weights of
 *   a term in the title (0 to 10), of headings that are clauses of the query and of single characters (0
 *   to 2; both count nothing in shards).
 * @property {AbortSignal} [signal] Rejects with the signal's reason once it is aborted.
 */

/**
 * @typedef {object} HighlightOptions
 * @property {boolean} [whole] Only whole clauses, never the terms of one that does not stand there.
 * @property {AbortSignal} [signal]
 */

/**
 * Where an index is: on this thread, or in a worker.
 *
 * @typedef {object} Backend
 * @property {number} documents
 * @property {string[]} facets
 * @property {(method: string, args: unknown[], signal?: AbortSignal) => Promise<any>} ask Calls the
 *   method of the engine that has this name; `suggest` is another module's.
 * @property {() => void} close
 */

/** An open index. */
export class Index {
  /** @type {Backend | undefined} */
  #backend;

  /** @param {Backend} backend */
  constructor(backend) {
    this.#backend = backend;
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
    return this.#opened().ask("search", [String(query), options], signal);
  }

  /**
   * Where a query stands in any text, for instance in that of a page that was found: its clauses, or
   * else its terms, in either script and whatever lines the text is wrapped in. Nothing is fetched.
   * What characters are variants of each other is known as far as the documents of the index need.
   *
   * @param {string} query As it was typed.
   * @param {string} text
   * @param {HighlightOptions} [options]
   * @returns {Promise<[start: number, end: number][]>} Ascending, apart from each other.
   */
  async highlights(query, text, { signal, whole = false } = {}) {
    const ends = await this.#opened().ask("highlights", [String(query), String(text), whole], signal);
    return Array.from({ length: ends.length / 2 }, (_, at) => [ends[2 * at], ends[2 * at + 1]]);
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
    return this.#opened().ask("suggest", [String(query), limit], signal);
  }

  /** Frees the index's memory; searches under way are rejected. */
  close() {
    this.#backend?.close();
    this.#backend = undefined;
  }

  #opened() {
    if (!this.#backend) throw closed();
    return this.#backend;
  }
}
