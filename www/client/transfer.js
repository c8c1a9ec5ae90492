/**
 * How bytes come here: requests, files in Node, and what is packed.
 *
 * @module
 */

import { SuoyinError } from "./error.js";

/**
 * Reads what lies at an address.
 *
 * @template T
 * @param {URL} url
 * @param {(response: Response, url: URL) => Promise<T>} read
 * @param {RequestInit} [init]
 * @param {string} [absent] The code of the error when nothing lies there.
 * @returns {Promise<T>}
 */
export async function receive(url, read, init = {}, absent = "load-failed") {
  try {
    const response = await (file(url) ?? fetch(url, init));
    if (response.ok) return await read(response, url);
    // What nobody reads would keep a connection from the next ones.
    response.body?.cancel().catch(() => {});
    const code = [404, 410].includes(response.status) ? absent : "load-failed";
    throw new SuoyinError(`${url} answered ${response.status}`, code);
  } catch (cause) {
    init.signal?.throwIfAborted();
    if (cause instanceof SuoyinError) throw cause;
    if (globalThis.navigator?.onLine === false) {
      throw new SuoyinError(`${url} could not be loaded: there is no network`, "offline", { cause });
    }
    const missing = /** @type {any} */ (cause)?.code === "ENOENT";
    throw new SuoyinError(`${url} could not be loaded`, missing ? absent : "load-failed", { cause });
  }
}

/**
 * What `fetch` cannot do in Node: reads a file.
 *
 * @param {URL} url
 */
function file(url) {
  if (url.protocol !== "file:") return undefined;
  const fs = globalThis.process?.getBuiltinModule?.("fs/promises");
  return fs?.readFile(url).then((bytes) => new Response(bytes));
}

/**
 * The address of what the caller names: relative to the page or the worker's script; in Node it may
 * be a path.
 *
 * @param {string | URL} source
 */
export function resolve(source) {
  const base = globalThis.document?.baseURI ?? globalThis.location?.href;
  try {
    if (base || source instanceof URL || /^[a-z][a-z\d+.-]+:/i.test(source)) return new URL(source, base);
    return process.getBuiltinModule("url").pathToFileURL(source);
  } catch (cause) {
    throw new SuoyinError(`${source} is no address`, "bad-options", { cause });
  }
}

/**
 * Unpacks deflate-raw.
 *
 * @param {Response} packed
 * @param {unknown} what Its name in errors.
 * @returns {Promise<Uint8Array<ArrayBuffer>>}
 */
export async function inflate(packed, what) {
  const bytes = await packed.arrayBuffer();
  const stream = new DecompressionStream("deflate-raw");
  try {
    const unpacked = /** @type {ReadableStream} */ (new Response(bytes).body).pipeThrough(stream);
    return new Uint8Array(await new Response(unpacked).arrayBuffer());
  } catch (cause) {
    throw new SuoyinError(`${what} is damaged; load or build it again`, "damaged", { cause });
  }
}
