/**
 * What goes wrong.
 *
 * @module
 */

/**
 * An error with a `code` for programs and a message for people:
 *
 * | code | what happened |
 * |---|---|
 * | `load-failed` | engine, index or shard did not arrive: no such file or server, an interrupted transfer |
 * | `offline` | the same, and the browser knows of no network |
 * | `not-found` | a shard is not where it should lie |
 * | `not-an-index` | what lies there is something else |
 * | `version` | engine, script and index are not of one release |
 * | `truncated`, `damaged` | these are not the bytes that were written |
 * | `forbidden` | the page's content security policy is against WebAssembly |
 * | `bad-options` | the caller's address, limit or offset makes no sense |
 * | `closed` | the index was closed |
 * | `internal` | a fault of Suoyin's own |
 *
 * What is aborted by a signal rejects with the signal's reason instead.
 */
export class SuoyinError extends Error {
  /**
   * @param {string} message
   * @param {string} code
   * @param {ErrorOptions} [options]
   */
  constructor(message, code, options) {
    super(message, options);
    this.name = "SuoyinError";
    this.code = code;
  }
}

/** The error of whoever uses an index that was closed. */
export function closed() {
  return new SuoyinError("this index was closed", "closed");
}

/**
 * Calls the engine; what it throws becomes a `SuoyinError`.
 *
 * @template T
 * @param {() => T} call
 * @param {URL} [url] Where the bytes are from, if it gets any.
 * @returns {T}
 */
export function attempt(call, url) {
  try {
    return call();
  } catch (cause) {
    const { message, code } = /** @type {{ message?: string, code?: string }} */ (cause);
    throw new SuoyinError(`${url ? `${url}: ` : ""}${message ?? cause}`, code ?? "internal", { cause });
  }
}

/**
 * Waits no longer than until the signal is aborted, and rejects with its reason then.
 *
 * @template T
 * @param {Promise<T>} promise
 * @param {AbortSignal} [signal]
 * @returns {Promise<T>}
 */
export function unlessAborted(promise, signal) {
  if (!signal) return promise;
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener("abort", abort);
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}
