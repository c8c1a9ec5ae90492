/**
 * `suoyin.js` for an index in shards: a module, with the engine and the root beside it.
 *
 *     import { open } from "./suoyin.js";
 *     const index = await open();
 *     const { total, hits } = await index.search("文明实践", { limit: 10 });
 *
 * @module
 */

import bindings, { Searcher } from "../../pkg/suoyin.js";
import { engineAt } from "./engine.js";
import { opener } from "./open.js";
import { Shards } from "./shards.js";
import { beside } from "./suggestions.js";

/** @import { Bindings } from "./open.js" */

export const open = opener({
  bindings: async () => /** @type {Bindings} */ (/** @type {unknown} */ ({ default: bindings, Searcher })),
  engine: () => engineAt(new URL("suoyin.wasm", import.meta.url)),
  root: new URL("suoyin.root", import.meta.url),
  shards: Shards,
  script: new URL(import.meta.url),
  suggest: beside,
});
export { SuoyinError } from "./error.js";
