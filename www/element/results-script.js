/**
 * `suoyin-results.js`, which `suoyin-search.js` loads where a box needs what is in it.
 *
 * @module
 */

import * as SuoyinResults from "./results.js";

Object.assign(globalThis, { SuoyinResults });
