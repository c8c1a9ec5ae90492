/**
 * Where the indexes of a box lie, and the script that opens them.
 *
 * @module
 */

/** @import { AnyIndex } from "./session.js" */

/** The element's own script, where that is a file beside an index. */
const OWN = /** @type {HTMLScriptElement | null | undefined} */ (
  globalThis.document?.querySelector('script[src*="suoyin-search.js"]')
);

/** The folder that the element's own script lies in. */
export const home = () => OWN && new URL(".", OWN.src).href;

/**
 * Indexes and scripts that were loaded, or are being loaded, by their addresses: boxes share them.
 *
 * @type {Map<string, Promise<any>>}
 */
const loaded = new Map();

/** How often something did not load: browsers remember modules that failed. */
let failures = 0;

/**
 * What is loaded once, unless it fails.
 *
 * @template T
 * @param {string} key
 * @param {() => Promise<T>} load
 * @returns {Promise<T>}
 */
function once(key, load) {
  let loading = loaded.get(key);
  if (!loading) {
    loaded.set(key, (loading = load()));
    loading.catch(() => {
      failures += 1;
      loaded.delete(key);
    });
  }
  return loading;
}

/**
 * The script for an address, and what it must be told to open.
 *
 * @param {string} source A folder, which ends in `/`, or its `suoyin.js`, `suoyin.wasm` or `suoyin.root`.
 * @param {string} base
 * @returns {{ script: string, index: string | undefined }}
 */
export function locate(source, base) {
  const url = new URL(source, base);
  const { href, pathname } = url;
  if (pathname.endsWith(".js")) return { script: href, index: undefined };
  return { script: new URL("suoyin.js", url).href, index: pathname.endsWith("/") ? undefined : href };
}

/**
 * Opens an index; a second time it is the same one.
 *
 * @param {string} source
 * @returns {Promise<AnyIndex>}
 */
export function openSource(source) {
  const { script: address, index } = locate(source, document.baseURI);
  return once(`index ${index ?? address}`, async () => {
    const open = await script(address, (module) => module.open ?? globals.Suoyin.open);
    return open(index, { worker: true });
  });
}

/**
 * What boxes load when they need it. Of the element in one file it is a second one, which lies beside the first
 * and beside indexes.
 *
 * @param {string} source Where indexes lie.
 * @returns {Promise<typeof import("./results.js")>}
 */
export function results(source) {
  // In one file there are no modules to import.
  if (import.meta.url) return import("./results.js");
  const { href } = new URL("suoyin-results.js", OWN?.src ?? new URL(/** @type {string} */ (source.split(/\s/)[0]), document.baseURI));
  return script(href, () => globals.SuoyinResults);
}

/** What classic scripts leave. */
const globals = /** @type {any} */ (globalThis);

/**
 * Runs a script once. Pages from a folder cannot load modules; elsewhere a script that is none runs as one.
 *
 * @param {string} src
 * @param {(module: any) => any} take What is wanted of it.
 */
function script(src, take) {
  return once(src, async () => {
    const url = new URL(src);
    if (failures) url.searchParams.set("retry", `${failures}`);
    try {
      return take(url.protocol === "file:" ? await classic(src) : await import(/* webpackIgnore: true */ url.href));
    } catch (cause) {
      throw Object.assign(new Error(`${src} could not be loaded`, { cause }), { code: "load-failed" });
    }
  });
}

/**
 * Runs a classic script.
 *
 * @param {string} src
 * @returns {Promise<object>}
 */
function classic(src) {
  const made = document.createElement("script");
  return new Promise((resolve, reject) => {
    Object.assign(made, { src, onload: resolve, onerror: reject });
    document.head.append(made);
  });
}
