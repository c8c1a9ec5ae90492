/**
 * `suoyin.js` for an index in a file of its own: a module, with the engine beside it.
 *
 *     import { open } from "./suoyin.js";
 *     const index = await open();
 *     const { total, hits } = await index.search("文明实践", { limit: 10 });
 *
 * @module
 */

import bindings, { Searcher } from "../../pkg/suoyin.js";
import { opener } from "./open.js";
import { beside } from "./suggestions.js";

/** @import { Bindings } from "./open.js" */

export const open = opener({
  bindings: async () => /** @type {Bindings} */ ({ default: bindings, Searcher }),
  url: new URL("suoyin.wasm", import.meta.url),
  script: new URL(import.meta.url),
  suggest: beside,
});
export { SuoyinError } from "./error.js";
