/**
 * The client of the npm package, for pages that a bundler builds:
 *
 *     import { open } from "suoyin/client";
 *     const index = await open("/search/suoyin.wasm");
 *     const { total, hits } = await index.search("文明实践", { limit: 10 });
 *
 * It brings the engines of the package along, each fetched when an index first needs it, so an index
 * may come from another release of `suoyin build`, as long as its format is the same.
 *
 * @module
 */

import { engineAt } from "./client/engine.js";
import { SuoyinError } from "./client/error.js";
import { opener } from "./client/open.js";
import { Shards } from "./client/shards.js";
import { beside } from "./client/suggestions.js";

/** @import { Bindings, OpenOptions } from "./client/open.js" */

/** @typedef {import("./client/index.js").Hit} Hit */
/** @typedef {import("./client/index.js").Index} Index */
/** @typedef {import("./client/index.js").SearchResults} SearchResults */
/** @typedef {import("./client/index.js").SearchOptions} SearchOptions */

export { SuoyinError };

// Bundlers recognise addresses that are written like this, and take the engines with them.
const openWhole = opener({
  bindings: async () => /** @type {Bindings} */ (await import("./engine/suoyin.js")),
  engine: () => engineAt(new URL("./engine/suoyin.wasm", import.meta.url)),
  suggest: beside,
});

const openShards = opener({
  bindings: async () => /** @type {Bindings} */ (await import("./engine/suoyin-shards.js")),
  engine: () => engineAt(new URL("./engine/suoyin-shards.wasm", import.meta.url)),
  // There is no root beside the package: `open` always names one.
  root: new URL(import.meta.url),
  shards: Shards,
});

/**
 * Opens an index that `suoyin build` wrote.
 *
 * @param {string | URL | Uint8Array | ArrayBuffer} source The address of a `suoyin.wasm` with an index
 *   in it, of a `suoyin.root`, which stands for an index in shards, or of the folder of either, ending
 *   in `/`; on any origin that allows it, in Node a path too. Or the bytes of an index. To name the file
 *   saves a request where the index is in shards.
 * @param {OpenOptions} [options]
 * @returns {Promise<Index>}
 */
export async function open(source, options) {
  if (source === undefined) {
    throw new SuoyinError("which index? open(…) takes the address of a suoyin.wasm or suoyin.root", "bad-options");
  }
  const path = source instanceof URL ? source.pathname : typeof source === "string" ? source.replace(/[?#].*$/s, "") : "";
  if (path.endsWith(".root")) return openShards(source, options);
  if (!path.endsWith("/")) return openWhole(source, options);
  try {
    return await openWhole(source, options);
  } catch (error) {
    // In a folder of shards, the module is an engine without an index.
    if (!(error instanceof SuoyinError) || error.code !== "not-an-index") throw error;
    return openShards(source, options);
  }
}
