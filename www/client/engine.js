/**
 * Modules: how they are compiled, and the index that may lie in one.
 *
 * @module
 */

import { SuoyinError } from "./error.js";
import { receive } from "./transfer.js";

/** @typedef {{ module?: WebAssembly.Module, index?: Uint8Array }} Contents */

/** The smallest module. */
const EMPTY = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);

/**
 * The module and the index in it, or an index alone.
 *
 * @param {Response} response
 * @param {URL} url
 * @returns {Promise<Contents>}
 */
export async function contents(response, url) {
  // To compile while it arrives, browsers insist on exactly this type, which not every server gives.
  if (/^application\/wasm$/i.test(response.headers.get("Content-Type") ?? "")) {
    return withIndex(await compile(response, url));
  }
  const bytes = new Uint8Array(await response.arrayBuffer());
  const isModule = EMPTY.subarray(0, 4).every((byte, at) => bytes[at] === byte);
  return isModule ? withIndex(await compile(bytes, url)) : { index: bytes };
}

/**
 * Throws if the page's policy is against all modules. Browsers do not agree on the error that this
 * gives, and WebKit gives it only when a module is to run.
 *
 * @param {unknown} cause What failed.
 */
export async function assertAllowed(cause) {
  if (await WebAssembly.instantiate(EMPTY).catch(() => undefined)) return;
  const message = "the page's content security policy forbids WebAssembly; add 'wasm-unsafe-eval' to its script-src";
  throw new SuoyinError(message, "forbidden", { cause });
}

/**
 * Compiles a module.
 *
 * @param {Response | Uint8Array<ArrayBuffer>} source
 * @param {unknown} what Its name in errors.
 */
export async function compile(source, what) {
  try {
    return await (source instanceof Response ? WebAssembly.compileStreaming(source) : WebAssembly.compile(source));
  } catch (cause) {
    await assertAllowed(cause);
    // Firefox says of modules that end too early, now and then, that memory was short.
    const wrong = cause instanceof WebAssembly.CompileError || /** @type {any} */ (cause)?.name === "InternalError";
    if (!wrong) throw cause;
    throw new SuoyinError(`${what} is damaged; load or build it again`, "damaged", { cause });
  }
}

/** @param {WebAssembly.Module} module */
function withIndex(module) {
  const [index] = WebAssembly.Module.customSections(module, "suoyin.index");
  return { module, index: index && new Uint8Array(index) };
}

/**
 * The engine at an address.
 *
 * @param {URL} url
 */
export async function engineAt(url) {
  const { module } = await receive(url, contents);
  if (!module) throw new SuoyinError(`${url} is no engine`, "load-failed");
  return module;
}
