/**
 * Finds the client that `suoyin build` wrote beside an index, and opens the index in a worker.
 *
 * @module
 */

/** @import { Highlighter } from "../highlight.js" */

/** @typedef {{ open: (source?: string, options?: { worker: boolean }) => Promise<Highlighter> }} Client */

/**
 * @param {string | URL | undefined} src The folder of the index, or its `suoyin.js`.
 * @returns {Promise<Highlighter>}
 */
export async function load(src) {
  if (src === undefined) throw new Error("highlight: say where the index lies, by `src` or `open`");
  const { href } = new URL("suoyin.js", new URL(src, document.baseURI));
  const { open } = location.protocol === "file:" ? await loadClassic(href) : await loadModule(href);
  return open(undefined, { worker: true });
}

/**
 * A script with an index in it runs as a module, too, but exports nothing.
 *
 * @param {string} href
 * @returns {Promise<Client>}
 */
async function loadModule(href) {
  // What lies beside an index is none of a bundler's business.
  const client = await import(/* webpackIgnore: true */ /* @vite-ignore */ href);
  return client.open ? client : Reflect.get(globalThis, "Suoyin");
}

/**
 * Pages opened from a folder can load no modules.
 *
 * @param {string} href
 * @returns {Promise<Client>}
 */
function loadClassic(href) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = href;
    script.onload = () => resolve(Reflect.get(globalThis, "Suoyin"));
    script.onerror = () => reject(new Error(`${href} could not be loaded`));
    document.head.append(script);
  });
}
