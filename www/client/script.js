/**
 * `suoyin.js` with engine and index in it: a script for pages that cannot load modules, such as
 * those opened from a folder.
 *
 *     <script src="suoyin.js"></script>
 *     <script>
 *       Suoyin.open().then(async (index) => {
 *         const { total, hits } = await index.search("文明实践", { limit: 10 });
 *       });
 *     </script>
 *
 * @module
 */

import bindings, { Searcher } from "../../pkg/suoyin.js";
import { compile } from "./engine.js";
import { SuoyinError } from "./error.js";
import { opener } from "./open.js";
import { byScript } from "./suggestions.js";
import { unpack } from "./unpack.js";

/** @import { Bindings } from "./open.js" */

/** What is damaged, where anything is. */
const WHAT = "the script";

/**
 * Sets up `Suoyin`.
 *
 * @param {string} engine Packed by deflate, as base64.
 * @param {string} index Likewise.
 * @param {boolean} [suggests] Whether there are suggestions, in a script beside this one.
 */
export function start(engine, index, suggests) {
  const own = suggests && byScript();
  const open = opener({
    bindings: async () => /** @type {Bindings} */ ({ default: bindings, Searcher }),
    engine: async () => compile(await unpack(engine, WHAT), WHAT),
    index: () => unpack(index, WHAT),
    suggest: (_, source) => (source === undefined && own) || undefined,
  });
  Object.assign(globalThis, { Suoyin: { open, SuoyinError } });
}
