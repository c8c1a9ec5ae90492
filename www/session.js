/**
 * One visitor's search, apart from how it looks: which query stands, what has been found, what
 * went wrong. Every change is told with the whole new state.
 *
 * @module
 */

/** @import { SearchResults, OpenIndex } from "./client.js" */

/**
 * @typedef {{ kind: "start" }
 *   | { kind: "loading", query: string }
 *   | { kind: "results", query: string, results: SearchResults, more: boolean }
 *   | { kind: "none", query: string }
 *   | { kind: "error", query: string, error: unknown }} State
 */

/** Hits in an answer, and again for each "more". */
const PAGE = 10;

export class Session {
  /** @type {State} */
  state = { kind: "start" };
  #open;
  #tell;
  /** @type {Promise<Pick<OpenIndex, "search">> | undefined} */
  #index;
  /** True once `#index` is there and no waiting needs to be shown. */
  #ready = false;
  #turn = new AbortController();
  /** The query asked last: what the state shows, or will show soon. @type {string | undefined} */
  #asked;

  /**
   * @param {() => Promise<Pick<OpenIndex, "search">>} open
   * @param {(state: State) => void} tell
   */
  constructor(open, tell) {
    this.#open = open;
    this.#tell = tell;
  }

  /** Opens the index, once; after a failure, again. */
  opened() {
    this.#index ??= this.#open().then(
      (index) => {
        this.#ready = true;
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
   *   is found, what stood there before stays.
   */
  async search(query, provisional = false) {
    if (query === this.#asked) return;
    if (query.trim() === "") return this.clear();
    const signal = this.#next(query);
    if (!this.#ready) this.#become({ kind: "loading", query });
    try {
      const index = await this.opened();
      if (signal.aborted) return;
      const results = await index.search(query, { limit: PAGE, signal });
      if (signal.aborted) return;
      if (results.hits.length > 0) {
        this.#become({ kind: "results", query, results, more: hasMore(results) });
      } else if (!provisional || this.state.kind === "loading") {
        this.#become({ kind: "none", query });
      } else {
        this.#asked = undefined;
      }
    } catch (error) {
      this.#fail(query, error, signal);
    }
  }

  /** Adds the next hits to those that are shown. */
  async more() {
    const { state } = this;
    if (state.kind !== "results" || !state.more) return;
    const { query, results: shown } = state;
    const signal = this.#next(query);
    try {
      const index = await this.opened();
      const next = await index.search(query, { limit: PAGE, offset: shown.hits.length, signal });
      if (signal.aborted) return;
      const results = { ...next, hits: [...shown.hits, ...next.hits] };
      const more = next.hits.length > 0 && hasMore(results);
      this.#become({ kind: "results", query, results, more });
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

  /** @param {string | undefined} query */
  #next(query) {
    this.#asked = query;
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
    this.#tell(state);
  }
}

/** @param {SearchResults} results */
function hasMore({ hits, total, related }) {
  return hits.length < total + related;
}
