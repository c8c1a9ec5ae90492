/**
 * `suoyin-suggest.js` beside an index: a module that `suoyin.js` loads when suggestions are first
 * asked for.
 *
 * @module
 */

import * as bindings from "../../pkg/suoyin.js";
import { contents } from "./engine.js";
import { attempt } from "./error.js";
import { suggestions } from "./suggest.js";
import { receive } from "./transfer.js";

/** Opens what lies beside this script. */
export async function suggester() {
  const url = new URL("suoyin-suggest.wasm", import.meta.url);
  const { module, index } = await receive(url, contents);
  await bindings.default({ module_or_path: module });
  return suggestions(attempt(() => /** @type {any} */ (bindings).Suggester.open(index), url));
}
