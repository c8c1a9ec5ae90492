/**
 * The JavaScript client over the module that was compiled with documents in it:
 *
 *     import { open } from "./client.js";
 *     const index = await open();
 *     const { total, hits } = await index.search("文明实践", { limit: 10 });
 *
 * It finds the module in `pkg/` beside itself, on whatever origin that is. `suoyin build` writes the
 * same client with an engine and an index of its own, as `suoyin.js`. A query goes to the engine as
 * it was typed: no text is folded, split or lower-cased here.
 *
 * @module
 */

import { engineAt } from "./client/engine.js";
import { opener } from "./client/open.js";

/** @typedef {import("./client/index.js").Hit} Hit */
/** @typedef {import("./client/index.js").SearchResults} SearchResults */
/** @typedef {import("./client/index.js").SearchOptions} SearchOptions */
/** @typedef {import("./client/index.js").Index} OpenIndex */

export { SuoyinError } from "./client/error.js";

let failures = 0;

export const open = opener({
  async bindings() {
    const url = new URL("./pkg/suoyin.js", import.meta.url);
    // Some browsers remember that a module failed to load, and never ask for that address again.
    if (failures) url.searchParams.set("retry", String(failures));
    try {
      return await import(url.href);
    } catch (error) {
      failures += 1;
      throw error;
    }
  },
  engine: () => engineAt(new URL("./pkg/suoyin_bg.wasm", import.meta.url)),
  // That which was compiled into the module.
  index: async () => undefined,
  script: new URL(import.meta.url),
});
