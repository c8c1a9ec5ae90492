/**
 * Where the suggestions of an index lie, and how they come here when they are first asked for.
 *
 * @module
 */

import { SuoyinError } from "./error.js";

/** @import { Found } from "./open.js" */
/** @import { Suggest } from "./suggest.js" */

/** @typedef {() => Promise<Suggest>} Load */

const NAME = "suoyin-suggest.js";

/**
 * The module beside an index, where the module that was found says that there is one.
 *
 * @param {Found} found
 * @returns {Load | undefined}
 */
export function beside({ module, url }) {
  if (!module || !url || !WebAssembly.Module.customSections(module, "suoyin.suggest").length) return undefined;
  const { href } = new URL(NAME, url);
  return async () => {
    const { suggester } = await import(/* webpackIgnore: true */ /* @vite-ignore */ href).catch((cause) => {
      throw new SuoyinError(`${href} could not be loaded`, "load-failed", { cause });
    });
    return suggester();
  };
}

/**
 * The script beside the one that runs; pages only have one.
 *
 * @returns {Load | undefined}
 */
export function byScript() {
  const own = /** @type {HTMLScriptElement | undefined} */ (globalThis.document?.currentScript);
  if (!own?.src) return undefined;
  const src = new URL(NAME, own.src).href;
  return async () => {
    await new Promise((resolve, reject) => {
      const script = document.createElement("script");
      const failed = () => reject(new SuoyinError(`${src} could not be loaded`, "load-failed"));
      Object.assign(script, { src, nonce: own.nonce, onload: resolve, onerror: failed });
      document.head.append(script);
    });
    return /** @type {any} */ (globalThis).SuoyinSuggest.suggester();
  };
}
