/**
 * One visitor's search, apart from how it looks: which query stands and how it is narrowed, what has
 * been found, what went wrong. Every change is told with the whole new state.
 *
 * @module
 */

import { suggestions } from "./suggest.js";

/** @import { Hit, SearchResults } from "../client/index.js" */
/** @import { Suggestion } from "./suggest.js" */

/** @typedef {Record<string, string[] | { from?: string, to?: string }>} Filters */
/** @typedef {{ title: string, anchor: string, snippet: Hit["snippet"] }} Section */
/** @typedef {Hit & { sections?: Section[], source?: string }} FoundHit `source` is the label of the index it is from. */
/** @typedef {Record<string, { value: string, count: number }[]>} Facets */

/**
 * What was found.
 *
 * @typedef {Omit<SearchResults, "hits"> & {
 *   hits: FoundHit[],
 *   facets?: Facets,
 *   expanded?: { word: string, by: string }[],
 *   failed?: string[],
 * }} Found `failed` are the labels of those indexes, of several, that could not be searched.
 */

/**
 * What the box needs of an index; of those members that may be missing, it does without.
 *
 * @typedef {object} AnyIndex
 * @property {(query: string, options: any) => Promise<Found>} search
 * @property {(query: string, options: { limit?: number, signal?: AbortSignal }) => Promise<Suggestion[]>} [suggest]
 * @property {string[]} [facets] The fields that can be filtered on.
 */

/**
 * @typedef {{ kind: "start" }
 *   | { kind: "loading", query: string }
 *   | { kind: "results", query: string, results: Found, more: boolean, page: number, pages: number,
 *       corrected?: string, suggestions: Suggestion[] }
 *   | { kind: "none", query: string, facets?: Facets, suggestions: Suggestion[] }
 *   | { kind: "error", query: string, error: unknown }} State
 *   `corrected` is the query that was searched instead, because the one that was typed finds nothing.
 */

/**
 * A state of any kind: what others have is not there.
 *
 * @typedef {{ kind: State["kind"], query?: string, results?: Found, more?: boolean, corrected?: string,
 *   suggestions?: Suggestion[], error?: unknown }} Shown
 */

/**
 * How to search, beside the query.
 *
 * @typedef {object} Settings
 * @property {number} limit Hits in an answer, and again for each "more".
 * @property {number} [sections] Sections shown of each hit.
 * @property {string[] | true} [facets] The fields to count.
 * @property {boolean} [suggest]
 */

export class Session {
  /** @type {State} */
  state = { kind: "start" };
  /** @type {Filters} */
  filters = {};
  /** @type {string | null} */
  sort = null;
  /** The fields of the open index that can be filtered on. @type {string[]} */
  fields = [];
  /** Told when an answer begins to be waited for, and when it is no longer. @type {(busy: boolean) => void} */
  onbusy = () => {};
  #open;
  #tell;
  #settings;
  /** @type {Promise<AnyIndex> | undefined} */
  #index;
  /** True once `#index` is there and no waiting needs to be shown. */
  #ready = false;
  #turn = new AbortController();
  /** What was asked last: what the state shows, or will show soon. @type {string | undefined} */
  #asked;

  /**
   * @param {() => Promise<AnyIndex>} open
   * @param {(state: State) => void} tell
   * @param {() => Settings} [settings]
   */
  constructor(open, tell, settings = () => ({ limit: 10 })) {
    this.#open = open;
    this.#tell = tell;
    this.#settings = settings;
  }

  /** The page that is shown, from 0. */
  get page() {
    return this.state.kind === "results" ? this.state.page : 0;
  }

  /** Opens the index, once; after a failure, again. */
  opened() {
    this.#index ??= this.#open().then(
      (index) => {
        this.#ready = true;
        this.fields = index.facets ?? [];
        return index;
      },
      (error) => {
        this.#index = undefined;
        throw error;
      },
    );
    return this.#index;
  }

  /**
   * Searches. An earlier search that is still under way is forgotten.
   *
   * @param {string} query
   * @param {boolean} [provisional] The query may still change under an input method: when nothing
   *   is found, or nothing exact where something is, what stood there before stays.
   * @param {number} [page] From 0; the pages before it are left out.
   */
  async search(query, provisional = false, page = 0) {
    const asked = this.#key(query, page);
    if (asked === this.#asked) return;
    if (query.trim() === "") return this.clear();
    const signal = this.#next(asked);
    if (!this.#ready) this.#become({ kind: "loading", query });
    try {
      const index = await this.opened();
      if (signal.aborted) return;
      // Asked first: a worker answers in this order, so both are drawn at once.
      const suggesting = this.#settings().suggest ? suggestions(index, query, signal) : [];
      const results = await this.#ask(index, query, page, signal);
      if (signal.aborted) return;
      const found = results.hits.length;
      const shown = /** @type {Shown} */ (this.state);
      if (provisional && !results.total && (found ? shown.results?.total : shown.kind !== "loading")) this.#next(undefined);
      else if (found) this.#found(query, results, page);
      else await this.#foundNothing(index, query, results, page, signal);
      const suggested = await suggesting;
      if (signal.aborted || suggested.length === 0 || this.state.kind !== "results" || this.state.corrected) return;
      this.#become({ ...this.state, suggestions: suggested });
    } catch (error) {
      this.#fail(query, error, signal);
    }
  }

  /** Adds the next hits to those that are shown. */
  async more() {
    const { state } = this;
    if (state.kind !== "results" || !state.more) return;
    const { query, page, results: shown, corrected = query } = state;
    const signal = this.#next(this.#key(query, page + 1));
    try {
      const next = await this.#ask(await this.opened(), corrected, page + 1, signal);
      if (signal.aborted) return;
      const results = { ...next, hits: [...shown.hits, ...next.hits] };
      this.#become({ ...state, results, page: page + 1, more: next.hits.length > 0 && hasMore(results) });
    } catch (error) {
      this.#fail(query, error, signal);
    }
  }

  /** Searches again for what failed. */
  async retry() {
    if (this.state.kind === "error") await this.search(this.state.query);
  }

  /** Forgets the results; the query, which is the page's, stays. */
  clear() {
    this.#next(undefined);
    if (this.state.kind !== "start") this.#become({ kind: "start" });
  }

  /**
   * @param {AnyIndex} index
   * @param {string} query
   * @param {number} page
   * @param {AbortSignal} signal
   */
  #ask(index, query, page, signal) {
    const { limit, sections, facets } = this.#settings();
    const { filters, sort } = this;
    return index.search(query, {
      limit,
      offset: page * limit,
      signal,
      sections,
      facets: index.facets && facets,
      filters,
      sort,
    });
  }

  /**
   * @param {string} query
   * @param {Found} results
   * @param {number} page
   * @param {Suggestion[]} [suggestions]
   * @param {string} [corrected]
   */
  #found(query, results, page, suggestions = [], corrected) {
    const pages = Math.ceil((results.total + results.related) / this.#settings().limit);
    const more = page + 1 < pages && hasMore(results);
    this.#become({ kind: "results", query, results, page, pages, more, suggestions, corrected });
  }

  /**
   * Tries what may have been meant, letters as pinyin or a word without its slip, before giving up.
   *
   * @param {AnyIndex} index
   * @param {string} query
   * @param {Found} results Those without hits.
   * @param {number} page
   * @param {AbortSignal} signal
   */
  async #foundNothing(index, query, results, page, signal) {
    const meant = this.#settings().suggest ? await suggestions(index, query, signal) : [];
    if (signal.aborted) return;
    const better = meant.find(({ kind }) => kind === "pinyin" || kind === "spelling");
    if (better) {
      const instead = await this.#ask(index, better.query, page, signal);
      if (signal.aborted) return;
      if (instead.hits.length > 0) {
        const others = meant.filter((one) => one !== better);
        return this.#found(query, instead, page, others, better.query);
      }
    }
    this.#become({ kind: "none", query, suggestions: meant, facets: results.facets });
  }

  /**
   * @param {string} query
   * @param {number} page
   */
  #key(query, page) {
    return JSON.stringify([query, page, this.filters, this.sort]);
  }

  /** @param {string | undefined} asked */
  #next(asked) {
    this.#asked = asked;
    this.onbusy(Boolean(asked));
    this.#turn.abort();
    this.#turn = new AbortController();
    return this.#turn.signal;
  }

  /**
   * @param {string} query
   * @param {unknown} error
   * @param {AbortSignal} signal
   */
  #fail(query, error, signal) {
    if (signal.aborted) return;
    this.#asked = undefined;
    this.#become({ kind: "error", query, error });
  }

  /** @param {State} state */
  #become(state) {
    this.state = state;
    this.onbusy(state.kind === "loading");
    this.#tell(state);
  }
}

/** @param {Found} results */
function hasMore({ hits, total, related }) {
  return hits.length < total + related;
}
