/**
 * An index in a worker, as the page sees it. Each index has a worker of its own, which is this very
 * script once more: no other file is needed, and policies that allow the script allow it too.
 *
 * @module
 */

import { SuoyinError, closed, unlessAborted } from "./error.js";
import { resolve } from "./transfer.js";
import { NAME } from "./worker.js";

/** @import { Backend } from "./index.js" */
/** @import { OpenOptions } from "./open.js" */
/** @import { Reply } from "./worker.js" */

/**
 * Opens an index in a worker, or gives nothing where there can be none.
 *
 * @param {URL} script
 * @param {string | URL | Uint8Array | ArrayBuffer | undefined} source
 * @param {OpenOptions} options
 * @returns {Promise<Remote | undefined>}
 */
export async function openRemote(script, source, { signal, pauses }) {
  const isAddress = typeof source === "string" || source instanceof URL;
  const given = isAddress ? resolve(source).href : source;
  const worker = start(script);
  if (!worker) return undefined;
  const remote = new Remote(worker);
  try {
    Object.assign(remote, await remote.ask("open", [given, { pauses }], signal));
    return remote;
  } catch (error) {
    remote.close();
    signal?.throwIfAborted();
    // The worker did not come up, or is under a policy that may not be the page's.
    if (["internal", "forbidden"].includes(/** @type {SuoyinError} */ (error).code)) return undefined;
    throw error;
  }
}

/** @param {URL} script */
function start(script) {
  const { document, Worker, location } = globalThis;
  // Under another name it was bundled with the page's own code, which must not run in a worker.
  const alone = /\/(suoyin|client)\.js$/.test(script.pathname);
  if (!alone || !document || !Worker || script.origin === "null" || script.origin !== location.origin) return undefined;
  try {
    return new Worker(script, { type: "module", name: NAME });
  } catch {
    return undefined;
  }
}

/** @implements {Backend} */
class Remote {
  #worker;
  #last = 0;
  /** @type {Map<number, { resolve: (value: any) => void, reject: (error: unknown) => void }>} */
  #waiting = new Map();
  documents = 0;
  /** @type {string[]} */
  facets = [];

  /** @param {Worker} worker */
  constructor(worker) {
    this.#worker = worker;
    worker.onmessage = (/** @type {MessageEvent<Reply>} */ { data: { id, value, error } }) => {
      const waiting = this.#waiting.get(id);
      this.#waiting.delete(id);
      if (error) waiting?.reject(new SuoyinError(error.message, error.code, { cause: error.cause }));
      else waiting?.resolve(value);
    };
    worker.onerror = (event) => {
      event.preventDefault();
      this.#fail(new SuoyinError("the worker failed", "internal", { cause: event.message }));
    };
  }

  /**
   * @param {string} method
   * @param {unknown[]} args
   * @param {AbortSignal} [signal]
   */
  async ask(method, args, signal) {
    signal?.throwIfAborted();
    const id = (this.#last += 1);
    try {
      this.#worker.postMessage({ id, method, args });
    } catch (cause) {
      throw new SuoyinError("the options must be plain values", "bad-options", { cause });
    }
    const answer = new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
    try {
      return await unlessAborted(answer, signal);
    } finally {
      // What nobody waits for any more need not be done.
      if (this.#waiting.delete(id)) this.#worker.postMessage({ id });
    }
  }

  close() {
    this.#worker.terminate();
    this.#fail(closed());
  }

  /** @param {SuoyinError} error */
  #fail(error) {
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}
