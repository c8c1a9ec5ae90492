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
import { inflate } from "./transfer.js";

/** @import { Bindings } from "./open.js" */

/** What is damaged, where anything is. */
const WHAT = "the script";

/**
 * Sets up `Suoyin`.
 *
 * @param {string} engine Packed by deflate, as base64.
 * @param {string} index Likewise.
 */
export function start(engine, index) {
  const open = opener({
    bindings: async () => /** @type {Bindings} */ ({ default: bindings, Searcher }),
    engine: async () => compile(await unpack(engine), WHAT),
    index: () => unpack(index),
  });
  Object.assign(globalThis, { Suoyin: { open, SuoyinError } });
}

/** @param {string} text */
async function unpack(text) {
  let binary;
  try {
    binary = atob(text);
  } catch (cause) {
    throw new SuoyinError(`${WHAT} is damaged; load or build it again`, "damaged", { cause });
  }
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < bytes.length; at += 1) bytes[at] = binary.charCodeAt(at);
  return inflate(new Response(bytes), WHAT);
}
