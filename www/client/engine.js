/**
 * Modules: how they are compiled, and the index that may lie in one.
 *
 * @module
 */

import { SuoyinError } from "./error.js";
import { receive } from "./transfer.js";

/** @typedef {{ module?: WebAssembly.Module, index?: Uint8Array }} Contents */

/**
 * The module and the index in it, or an index alone.
 *
 * @param {Response} response
 * @returns {Promise<Contents>}
 */
export async function contents(response) {
  // To compile while it arrives, browsers insist on exactly this type, which not every server gives.
  if (/^application\/wasm$/i.test(response.headers.get("Content-Type") ?? "")) {
    return withIndex(await WebAssembly.compileStreaming(response));
  }
  const bytes = new Uint8Array(await response.arrayBuffer());
  const isModule = [0, 0x61, 0x73, 0x6d].every((byte, at) => bytes[at] === byte);
  return isModule ? withIndex(await WebAssembly.compile(bytes)) : { index: bytes };
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
