/**
 * Where the indexes of a box lie, and the script that opens them.
 *
 * @module
 */

/** @import { AnyIndex } from "./session.js" */

/** @typedef {{ open: (source?: string, options?: object) => Promise<AnyIndex> }} Client */

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
 * What an index without a label is called: the folder it lies in, with its host where one is given.
 *
 * @param {string} source
 */
export function labelOf(source) {
  return source.replace(/^https?:|[^/]*$/g, "").replace(/^[./]+|\/+$/g, "") || source;
}

/**
 * Opens an index; a second time it is the same one.
 *
 * @param {string} source
 * @returns {Promise<AnyIndex>}
 */
export function openSource(source) {
  const { script, index } = locate(source, document.baseURI);
  return once(`index ${index ?? script}`, async () => {
    const { open } = await once(script, () => client(script));
    return open(index, { worker: true });
  });
}

/**
 * Pages from a folder cannot load modules. Elsewhere a script with the index in it is no module, but
 * runs as one.
 *
 * @param {string} script
 * @returns {Promise<Client>}
 */
async function client(script) {
  const url = new URL(script);
  if (failures) url.searchParams.set("retry", String(failures));
  try {
    const module = url.protocol === "file:" ? await classic(script) : await import(/* webpackIgnore: true */ url.href);
    return module.open ? module : { open: /** @type {any} */ (globalThis).Suoyin.open };
  } catch (cause) {
    throw Object.assign(new Error(`${script} could not be loaded`, { cause }), { code: "load-failed" });
  }
}

/**
 * Runs a classic script.
 *
 * @param {string} src
 * @returns {Promise<{ open?: undefined }>}
 */
function classic(src) {
  const script = document.createElement("script");
  return new Promise((resolve, reject) => {
    Object.assign(script, { src, onload: () => resolve({}), onerror: reject });
    document.head.append(script);
  });
}
