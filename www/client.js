/**
 * The JavaScript client: opens an index and asks it.
 *
 *     import { open } from "./client.js";
 *     const index = await open();
 *     const { total, hits } = await index.search("文明实践", { limit: 10 });
 *
 * It finds the module in `pkg/` beside itself, on whatever origin that is. A query goes to the
 * engine as it was typed: no text is folded, split or lower-cased here.
 *
 * @module
 */

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
 * @property {number} took Duration of the search in milliseconds.
 */

/**
 * @typedef {object} SearchOptions
 * @property {number} [limit] At most so many hits; 10 by default.
 * @property {number} [offset] Leave out so many hits from the top.
 * @property {AbortSignal} [signal] Rejects with the signal's reason once it is aborted.
 */

/** What goes wrong, with a `code` for programs and a message for people. */
export class SuoyinError extends Error {
  /**
   * @param {string} message
   * @param {string} code `load-failed`, `not-an-index`, `version`, `truncated`, `damaged`,
   *   `bad-options`, `closed` or `internal`.
   * @param {ErrorOptions} [options]
   */
  constructor(message, code, options) {
    super(message, options);
    this.name = "SuoyinError";
    this.code = code;
  }
}

/**
 * Opens an index.
 *
 * @param {string | URL | Uint8Array | ArrayBuffer} [source] The address or the bytes of an index
 *   file; without it, the index inside the module.
 * @returns {Promise<Index>}
 */
export async function open(source) {
  const { Searcher } = await engine();
  if (source === undefined) return new Index(attempt(() => Searcher.embedded()));
  const bytes = await bytesOf(source);
  return new Index(attempt(() => new Searcher(bytes)));
}

/** An open index. */
class Index {
  /** @type {any} */
  #searcher;

  /** @param {any} searcher */
  constructor(searcher) {
    this.#searcher = searcher;
  }

  /** How many documents the index holds. */
  get documentCount() {
    return /** @type {number} */ (this.#opened().documentCount);
  }

  /**
   * @param {string} query As it was typed.
   * @param {SearchOptions} [options]
   * @returns {Promise<SearchResults>}
   */
  async search(query, { limit, offset, signal } = {}) {
    signal?.throwIfAborted();
    const searcher = this.#opened();
    return attempt(() => searcher.search(String(query), { limit, offset }));
  }

  /** Frees the index's memory. */
  close() {
    this.#searcher?.free();
    this.#searcher = undefined;
  }

  #opened() {
    if (!this.#searcher) throw new SuoyinError("this index was closed", "closed");
    return this.#searcher;
  }
}

/** @typedef {InstanceType<typeof Index>} OpenIndex */

/** @type {Promise<any> | undefined} */
let loading;
let failures = 0;

/** The module's bindings, loaded once; after a failure the next call tries again. */
function engine() {
  loading ??= load().catch((cause) => {
    loading = undefined;
    failures += 1;
    throw new SuoyinError("the search engine could not be loaded", "load-failed", { cause });
  });
  return loading;
}

async function load() {
  const url = new URL("./pkg/suoyin.js", import.meta.url);
  // Some browsers remember that a module failed to load, and never ask for that address again.
  if (failures) url.searchParams.set("retry", String(failures));
  const bindings = await import(url.href);
  await bindings.default({ module_or_path: new URL("./suoyin_bg.wasm", url) });
  return bindings;
}

/**
 * @param {string | URL | Uint8Array | ArrayBuffer} source
 * @returns {Promise<Uint8Array>}
 */
async function bytesOf(source) {
  if (source instanceof Uint8Array) return source;
  if (source instanceof ArrayBuffer) return new Uint8Array(source);
  const response = await fetch(source).catch((cause) => {
    throw new SuoyinError(`${source} could not be loaded`, "load-failed", { cause });
  });
  if (!response.ok) {
    throw new SuoyinError(`${source} answered ${response.status}`, "load-failed");
  }
  return new Uint8Array(await response.arrayBuffer());
}

/**
 * Calls the engine; what it throws becomes a `SuoyinError`.
 *
 * @template T
 * @param {() => T} call
 * @returns {T}
 */
function attempt(call) {
  try {
    return call();
  } catch (cause) {
    const { message, code } = /** @type {{ message?: string, code?: string }} */ (cause);
    throw new SuoyinError(message ?? String(cause), code ?? "internal", { cause });
  }
}
