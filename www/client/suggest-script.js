/**
 * `suoyin-suggest.js` beside an index in a script: a script as well, with everything in it.
 *
 * @module
 */

import * as bindings from "../../pkg/suoyin.js";
import { compile } from "./engine.js";
import { attempt } from "./error.js";
import { suggestions } from "./suggest.js";
import { unpack } from "./unpack.js";

/** What is damaged, where anything is. */
const WHAT = "the script of the suggestions";

/**
 * Leaves what `suoyin.js` looks for.
 *
 * @param {string} engine Packed by deflate, as base64.
 * @param {string} data Likewise.
 */
export function start(engine, data) {
  const suggester = async () => {
    const module_or_path = await compile(await unpack(engine, WHAT), WHAT);
    const bytes = await unpack(data, WHAT);
    await bindings.default({ module_or_path });
    return suggestions(attempt(() => /** @type {any} */ (bindings).Suggester.open(bytes)));
  };
  Object.assign(globalThis, { SuoyinSuggest: { suggester } });
}
