/**
 * Opening: which engine runs, where an index lies, and how both come here.
 *
 * @module
 */

import { assertAllowed, contents, engineAt } from "./engine.js";
import { SuoyinError, attempt, unlessAborted } from "./error.js";
import { Index } from "./index.js";
import { Local } from "./local.js";
import { openRemote } from "./remote.js";
import { inflate, receive, resolve } from "./transfer.js";
import { isWorkerOf, serve } from "./worker.js";

/** @import { Contents } from "./engine.js" */
/** @import { Searcher } from "./local.js" */
/** @import { Shards } from "./shards.js" */
/** @import { Load } from "./suggestions.js" */

/**
 * The bindings that wasm-bindgen makes for the engine.
 *
 * @typedef {object} Bindings
 * @property {(engine: { module_or_path: WebAssembly.Module }) => Promise<unknown>} default
 * @property {{ new (): Searcher, open(bytes: Uint8Array): Searcher }} Searcher
 */

/**
 * What belongs to the script itself.
 *
 * @typedef {object} Home
 * @property {() => Promise<Bindings>} bindings
 * @property {URL} [url] Where the engine lies, with or without an index.
 * @property {URL} [root] Where the root lies, if the engine is the one for shards, which reads no
 *   other indexes.
 * @property {typeof Shards} [shards] With `root`: how its parts come here.
 * @property {() => Promise<WebAssembly.Module>} [engine] The engine, where it is no file of its own
 *   or other than those that lie beside indexes.
 * @property {() => Promise<Uint8Array | undefined>} [index] Its index; `undefined` stands for the one
 *   that was compiled into the engine.
 * @property {URL} [script] The script, where it is a module that a worker can load.
 * @property {(found: Found, source?: unknown) => Load | undefined} [suggest] How suggestions come here;
 *   `undefined` where an index has none.
 */

/**
 * @typedef {object} OpenOptions
 * @property {AbortSignal} [signal] Rejects with the signal's reason once it is aborted.
 * @property {number[]} [pauses] How long to wait before a shard that did not arrive is asked for
 *   again, in milliseconds, one for each time.
 * @property {boolean} [worker] Runs engine and index in a worker, so that neither opening nor
 *   searching ever keeps the page from answering. Where there can be none (a script of another
 *   origin, a page opened from a folder, a worker, Node), they run where the caller is.
 */

/** @typedef {Contents & { url?: URL }} Found What was found, and where. */

/**
 * The `open` of a script.
 *
 * @param {Home} home
 */
export function opener(home) {
  /** The engine runs once, whichever index was the first. @type {Promise<Bindings> | undefined} */
  let running;
  /** @type {WebAssembly.Module | undefined} */
  let compiled;

  /** @param {WebAssembly.Module} [module] */
  async function run(module) {
    const engine = home.engine?.() ?? module ?? engineAt(/** @type {URL} */ (home.url));
    const [bindings, module_or_path] = await Promise.all([home.bindings(), engine]);
    compiled = module_or_path;
    try {
      await bindings.default({ module_or_path });
    } catch (cause) {
      await assertAllowed(cause);
      if (!(cause instanceof WebAssembly.LinkError)) throw cause;
      const message = "engine and script are not of one release; take both from one build";
      throw new SuoyinError(message, "version", { cause });
    }
    return bindings;
  }

  /** @param {WebAssembly.Module} [module] */
  function engine(module) {
    running ??= run(module).catch((cause) => {
      running = undefined;
      if (cause instanceof SuoyinError) throw cause;
      throw new SuoyinError("the search engine could not be loaded", "load-failed", { cause });
    });
    return running;
  }

  /**
   * @param {string | URL | Uint8Array | ArrayBuffer | undefined} source
   * @param {AbortSignal} [signal]
   * @returns {Promise<Found>}
   */
  async function find(source, signal) {
    if (source instanceof Uint8Array || source instanceof ArrayBuffer) {
      if (!home.root) return { index: new Uint8Array(source) };
      throw new SuoyinError("an index in shards is opened by its address, not by its bytes", "bad-options");
    }
    if (source === undefined && home.index) return { index: await home.index() };
    const own = /** @type {URL} */ (home.root ?? home.url);
    let url = source === undefined ? own : resolve(source);
    if (url.pathname.endsWith("/")) url = new URL(home.root ? "suoyin.root" : "suoyin.wasm", url);
    const elsewhere = "; open it by the suoyin.js that `suoyin build` wrote beside it";
    if (home.root) {
      if (url.pathname.endsWith(".root")) return { index: await receive(url, inflate, { signal }), url };
      throw new SuoyinError(`${url} is no root of an index in shards${elsewhere}`, "not-an-index");
    }
    const found = await receive(url, contents, { signal });
    if (found.index || source === undefined) return { ...found, url };
    throw new SuoyinError(`${url} has no index in it${elsewhere}`, "not-an-index");
  }

  /**
   * Opens an index on this thread.
   *
   * @param {string | URL | Uint8Array | ArrayBuffer | undefined} source
   * @param {OpenOptions} options
   */
  async function openHere(source, { signal, pauses }) {
    // An engine of its own is fetched at once, beside the index.
    const own = home.engine && engine();
    own?.catch(() => {}); // It is waited for below, unless the index fails first.
    const found = await unlessAborted(find(source, signal), signal);
    const { module, index, url } = found;
    const { Searcher } = await unlessAborted(own ?? engine(module), signal);
    signal?.throwIfAborted();
    const searcher = attempt(() => (index ? Searcher.open(index) : new Searcher()), url);
    // Of an index in shards, its engine says what else there is.
    if (home.root?.href === url?.href) found.module = compiled;
    return new Local(searcher, home.shards && url && new home.shards(searcher, url, pauses), home.suggest?.(found, source));
  }

  const { script } = home;
  if (script && isWorkerOf(script)) serve(openHere);

  /**
   * Opens an index: the one that belongs to this script, or another one.
   *
   * @param {string | URL | Uint8Array | ArrayBuffer} [source] The address of a `suoyin.wasm` with an
   *   index in it, or of the folder it is in, which ends in `/`; on any origin that allows it, in Node
   *   a path too. Or the bytes of an index. The script of an index in shards opens other such indexes
   *   only, by the address of a `suoyin.root` or its folder.
   * @param {OpenOptions} [options]
   * @returns {Promise<Index>}
   */
  return async function open(source, options = {}) {
    options.signal?.throwIfAborted();
    const remote = options.worker && script && (await openRemote(script, source, options));
    return new Index(remote || (await openHere(source, options)));
  };
}
